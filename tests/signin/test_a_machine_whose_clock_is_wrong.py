"""A session goes by the database’s clock: on a machine whose own is hours wrong it ends no sooner and no later."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from haven.ledger.clock import ASK
from haven.people.models import Cover, Post
from tests.behind import at_the_hour, stop_the_clock
from tests.cast import BEGAN, NOW, TODAY, Cast
from tests.signin.steps import ACCOUNT, code_for, give_app, is_let_in, person_in, sign_in
from tests.signin.test_sessions import BY_CODE, urlpatterns  # noqa: F401 - its page about a child

pytestmark = pytest.mark.django_db
HOURS = pytest.mark.parametrize("wrong", [timedelta(hours=-3), timedelta(hours=3)], ids=["behind", "ahead"])
CODES = "/account/recovery-codes/"
At = Callable[[timedelta], None]


@pytest.fixture
def desk(cast: Cast, settings: Settings) -> Client:
    """A browser at a site that has a confidential page."""
    settings.ROOT_URLCONF = "tests.signin.test_sessions"
    return Client()


@pytest.fixture
def at(cast: Cast, wrong: timedelta) -> Iterator[At]:
    """So much later by the database, whatever the machine says."""
    with time_machine.travel(NOW + wrong, tick=False) as machine:

        def later(by: timedelta) -> None:
            stop_the_clock(NOW + by)
            machine.move_to(NOW + wrong + by)

        later(timedelta())
        yield later


@HOURS
def test_who_signed_in_elsewhere_is_let_in_and_nobody_asks_who_is_there(
    cast: Cast, desk: Client, wrong: timedelta
) -> None:
    with at_the_hour(NOW):
        sign_in(desk, "priya", give_app(cast.priya))
    with time_machine.travel(NOW + wrong, tick=False):
        assert desk.get("/secret/").status_code == 200
        assert desk.get(CODES).status_code == 200
    with at_the_hour(NOW + timedelta(minutes=14)):
        assert desk.get("/secret/").status_code == 200


@HOURS
def test_after_fifteen_idle_minutes_it_asks_and_the_second_factor_opens_it_again(
    cast: Cast, desk: Client, at: At
) -> None:
    sign_in(desk, "priya", give_app(cast.priya))
    at(timedelta(minutes=16))
    answer = desk.get("/secret/")
    assert answer["Location"].startswith(BY_CODE)
    assert desk.get("/secret/").status_code == 302
    cast.priya.authenticator_set.all().delete()
    desk.post(answer["Location"], {"code": code_for(give_app(cast.priya))})
    assert desk.get("/secret/").status_code == 200


def test_where_she_had_signed_in_on_a_machine_that_was_ahead_she_has_not_come_back(cast: Cast, desk: Client) -> None:
    """The hour that the machine noted must not pass for one after she had gone."""
    stop_the_clock(NOW)
    with time_machine.travel(NOW + timedelta(hours=3), tick=False):
        sign_in(desk, "priya", give_app(cast.priya))
    with at_the_hour(NOW + timedelta(minutes=16)):
        assert desk.get("/secret/").status_code == 302


@HOURS
def test_what_needs_a_fresh_second_factor_asks_after_ten_minutes(cast: Cast, desk: Client, at: At) -> None:
    sign_in(desk, "priya", give_app(cast.priya))
    at(timedelta(minutes=9, seconds=59))
    assert desk.get(CODES).status_code == 200
    at(timedelta(minutes=10))
    assert desk.get(CODES)["Location"].startswith(BY_CODE)


@HOURS
def test_it_is_over_after_eight_hours(cast: Cast, desk: Client, at: At) -> None:
    sign_in(desk, "priya", give_app(cast.priya))
    assert Session.objects.get(pk=desk.session.session_key).expire_date == NOW + timedelta(hours=8)
    at(timedelta(hours=7, minutes=59))
    assert is_let_in(desk)
    at(timedelta(hours=8))
    assert not is_let_in(desk)
    assert person_in(desk) is None


@HOURS
def test_a_cover_is_over_when_the_databases_day_is(cast: Cast, at: At) -> None:
    post = Post.objects.get(person=cast.priya)
    Cover.objects.create(post=post, covered_by=cast.sam, starts_on=BEGAN, ends_on=TODAY + timedelta(days=1))
    at(timedelta(hours=14, minutes=29))  # a minute before midnight
    assert cast.client("sam").get("/").wsgi_request.actor.posts
    at(timedelta(hours=14, minutes=30))
    assert cast.client("sam").get("/").wsgi_request.actor.posts == ()


def test_the_hour_comes_with_the_session_and_costs_no_question(cast: Cast, desk: Client) -> None:
    with at_the_hour(NOW):
        sign_in(desk, "priya", give_app(cast.priya))
        with CaptureQueriesContext(connection) as asked:
            request = desk.get("/secret/").wsgi_request
            assert request.now() == NOW
        with CaptureQueriesContext(connection) as of_nobody:
            assert Client().get(ACCOUNT).status_code == 302
    assert not any(each["sql"] == ASK for each in [*asked.captured_queries, *of_nobody.captured_queries])
    assert sum("haven_now" in each["sql"] for each in asked.captured_queries) == 1
