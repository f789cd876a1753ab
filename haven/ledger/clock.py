"""What time it is: the database says it, for everything that is confidential and for the ledger (decision 32).

One host's clock may be hours wrong; the row locks, the deadlines and the ledger's times all go by this one.
"""

import logging
from datetime import UTC, datetime, timedelta
from time import monotonic

from django.db import connection
from django.db.models import DateTimeField, Func

LOG = logging.getLogger(__name__)
MOST_OFF = timedelta(seconds=2)  # that this machine's clock may differ from the database's
TOLD_EVERY = 600.0  # seconds between two lines of the log about it, of one process
ASK = "select haven_now(), clock_timestamp()"
"""In a transaction the first stands still, at its beginning, and tests may stop it; the second never does."""

BESIDE = {
    "haven_now": Func(function="haven_now", output_field=DateTimeField()),
    "running": Func(function="clock_timestamp", output_field=DateTimeField()),
}
"""The same two, to be asked for beside a row that is read anyway: then the hour costs no question of its own."""

_told_at = float("-inf")


def now() -> datetime:
    """The hour, by one question to the database. Take it once for each request or task and hand it on as `at`."""
    at, running = _asked()
    return heard(at, running)


def heard(at: datetime, running: datetime) -> datetime:
    """The hour, where the database was asked for both beside something else."""
    _tell(running - datetime.now(UTC))
    return at


def gap() -> timedelta:
    """How far the database's clock is ahead of this machine's; below nothing where it is behind."""
    _, running = _asked()
    return running - datetime.now(UTC)


def gap_in_words(of: timedelta) -> str:
    """Such as `3 h 0 min 2.1 s behind`: this machine's clock, beside the database's."""
    minutes, seconds = divmod(round(abs(of.total_seconds()), 1), 60)
    hours, minutes = divmod(int(minutes), 60)
    long = f"{hours} h {minutes} min " if hours else f"{minutes} min " if minutes else ""
    return f"{long}{seconds:.1f} s {'behind' if of > timedelta() else 'ahead of'}"


def _asked() -> tuple[datetime, datetime]:
    with connection.cursor() as cursor:
        cursor.execute(ASK)
        at, running = cursor.fetchone()
    return at, running


def _tell(of: timedelta) -> None:
    global _told_at  # noqa: PLW0603 - one line for a process, not one for each request
    if abs(of) > MOST_OFF and monotonic() - _told_at > TOLD_EVERY:
        _told_at = monotonic()
        LOG.error("this machine's clock is %s the database's: set it right", gap_in_words(of))
