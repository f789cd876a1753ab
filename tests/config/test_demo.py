"""The demonstration lets one be any of the cast, has a year behind it, and exists only where it is asked for."""

from datetime import date, timedelta

import pytest
from django.conf import LazySettings
from django.test import Client

from haven.config.demo.fairhaven import CAST
from haven.config.demo.writing import after_christmas, notes, weekday
from haven.config.urls import urlpatterns
from tests.shape.source import HAVEN

pytestmark = pytest.mark.django_db


@pytest.fixture
def demonstration(settings: LazySettings) -> Client:
    """A browser at the demonstration."""
    settings.IS_DEMO = True
    settings.ROOT_KEY = "5a" * 32
    settings.ROOT_URLCONF = "tests.config.demo_urls"
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [HAVEN / "config" / "demo" / "templates"]}]
    return Client()


def test_everyone_of_the_cast_can_be_chosen(demonstration: Client) -> None:
    page = demonstration.get("/demo/").content.decode()
    assert all(member.name in page and member.title in page for member in CAST)


def test_nobody_else_can_be_chosen(demonstration: Client) -> None:
    assert demonstration.post("/demo/mallory/").status_code == 404


def test_without_the_demonstration_there_is_no_such_address() -> None:
    assert [str(each.pattern) for each in urlpatterns if "demo" in str(each.pattern)] == []
    assert Client().post("/demo/priya/").status_code == 404


def test_notes_are_sent_on_weekdays_and_speak_of_weekdays() -> None:
    written = notes(date(2026, 11, 22))
    assert len(written) > 10
    assert all(note.sent_on.weekday() < 5 for note in written)
    assert not any("{" in note.text for note in written)
    assert {weekday(date(2026, 11, 16) + timedelta(days=n)).weekday() for n in range(7)} == {0, 1, 2, 3, 4}


def test_no_note_speaks_of_a_day_in_the_christmas_holidays() -> None:
    days = [after_christmas(date(2026, 12, 1) + timedelta(days=n)) for n in range(60)]
    assert not [day for day in days if date(2026, 12, 18) < day < date(2027, 1, 4)]
    assert after_christmas(date(2026, 12, 18)) == date(2026, 12, 18)
    assert after_christmas(date(2028, 1, 1)) == date(2028, 1, 10)
