"""One clock, the database's, whatever the machine's own says."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from haven.ledger import clock
from tests.behind import stop_the_clock
from tests.cast import NOW

pytestmark = pytest.mark.django_db
HOURS = timedelta(hours=3)


@pytest.fixture(autouse=True)
def _untold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "_told_at", float("-inf"))


@pytest.mark.parametrize("off", [-HOURS, HOURS])
def test_the_hour_is_the_databases_though_the_machine_is_hours_off(off: timedelta) -> None:
    stop_the_clock(NOW)
    with time_machine.travel(NOW + off, tick=False):
        assert clock.now() == NOW


@pytest.mark.parametrize(("off", "said"), [(HOURS, "ahead of"), (-HOURS, "behind")])
def test_a_machine_that_is_off_says_so_in_its_log(caplog: pytest.LogCaptureFixture, off: timedelta, said: str) -> None:
    with time_machine.travel(datetime.now(UTC) + off), caplog.at_level(logging.ERROR):
        clock.now()
    (line,) = (each.getMessage() for each in caplog.records)
    assert line.startswith("this machine's clock is ")
    assert f"{said} the database's" in line


@pytest.mark.parametrize(
    ("of", "said"),
    [
        (timedelta(0), "0.0 s ahead of"),
        (timedelta(seconds=-2.04), "2.0 s ahead of"),
        (timedelta(seconds=59.99), "1 min 0.0 s behind"),
        (HOURS + timedelta(minutes=4, seconds=1.5), "3 h 4 min 1.5 s behind"),
    ],
)
def test_how_far_it_is_off_is_said_in_words(of: timedelta, said: str) -> None:
    assert clock.gap_in_words(of) == said


@pytest.mark.parametrize(("seconds", "count"), [(1.5, 0), (3, 1), (-1.5, 0), (-3, 1)])
def test_two_seconds_are_let_pass(caplog: pytest.LogCaptureFixture, seconds: float, count: int) -> None:
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=seconds)), caplog.at_level(logging.ERROR):
        clock.now()
    assert len(caplog.records) == count


def test_it_says_so_once_in_ten_minutes(caplog: pytest.LogCaptureFixture) -> None:
    with time_machine.travel(datetime.now(UTC) + HOURS), caplog.at_level(logging.ERROR):
        clock.now()
        clock.now()
    assert len(caplog.records) == 1


def test_a_machine_that_is_right_says_nothing(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, logger="haven.ledger.clock"):
        clock.now()
    assert caplog.records == []
    assert abs(clock.gap()) < clock.MOST_OFF
