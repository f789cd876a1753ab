"""The cache on a table: what is kept, for how long, and who wins when two write."""

from collections.abc import Iterator

import pytest
import time_machine
from django.core.cache import cache
from pytest_django import DjangoAssertNumQueries

from haven.signin.models import CacheEntry
from tests.cast import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """Half past nine, standing still."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def test_what_is_kept_is_given_back_until_it_expires(clock: time_machine.Traveller) -> None:
    cache.set("tries", [1.5, 2.5], timeout=60)
    assert cache.get("tries") == [1.5, 2.5]
    clock.shift(61)
    assert cache.get("tries") is None


def test_what_is_set_again_replaces_it() -> None:
    cache.set("tries", 1)
    cache.set("tries", 2)
    assert (cache.get("tries"), CacheEntry.objects.count()) == (2, 1)


def test_only_the_first_adds() -> None:
    assert cache.add("used-code", "y", timeout=30)
    assert not cache.add("used-code", "z", timeout=30)
    assert cache.get("used-code") == "y"


def test_after_it_has_expired_another_may_add(clock: time_machine.Traveller) -> None:
    cache.add("used-code", "y", timeout=30)
    clock.shift(31)
    assert cache.add("used-code", "z", timeout=30)
    assert cache.get("used-code") == "z"


def test_it_can_be_kept_longer_unless_it_is_over(clock: time_machine.Traveller) -> None:
    cache.set("tries", 1, timeout=60)
    assert cache.touch("tries", timeout=120)
    clock.shift(100)
    assert cache.get("tries") == 1
    clock.shift(100)
    assert not cache.touch("tries", timeout=120)


def test_what_is_kept_for_ever_stays(clock: time_machine.Traveller) -> None:
    cache.set("tries", 1, timeout=None)
    clock.shift(10 * 365 * 24 * 3600)
    assert cache.get("tries") == 1


def test_what_is_deleted_is_gone() -> None:
    cache.set("tries", 1)
    cache.delete("tries")
    assert cache.get("tries") is None


def test_a_write_is_one_statement(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        cache.set("tries", 1)
    with django_assert_num_queries(1):
        cache.add("tries", 1)
