"""How urgent a check is, and by when it is to be answered: opening hours of the MASH, counted by its own clock.

The hours that Haven brings are those of Surrey as a coroner was told (red 4 and amber 24 working hours, green 72 hours,
blue without a target): https://www.accountabilityindex.uk/pfd/7272526/. That green, too, counts opening hours, and that
a MASH is open from nine to five, has no source. An area sets its own.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from haven.engines.days.hours import OpeningHours, hours_after, hours_between


class Band(StrEnum):
    """How urgent it is."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    BLUE = "blue"


LABELS: Mapping[Band, str] = {Band.RED: "Red", Band.AMBER: "Amber", Band.GREEN: "Green", Band.BLUE: "Blue"}

HOURS: Mapping[Band, int] = {Band.RED: 4, Band.AMBER: 24, Band.GREEN: 72, Band.BLUE: 0}
"""What holds where an area sets nothing. Nought is no target."""

SOON = 4
"""In the last quarter of the time something is due soon. No source."""


class Standing(StrEnum):
    """How an answer stands against its time."""

    NO_TARGET = "no target"
    IN_TIME = "in time"
    SOON = "due soon"
    LATE = "late"


def due_at(hours: int, asked_at: datetime, clock: OpeningHours) -> datetime | None:
    """When so many opening hours have run since it was asked; none where there is no target. Raises NeverOpens."""
    return hours_after(clock, asked_at, timedelta(hours=hours)) if hours else None


def standing(due: datetime | None, asked_at: datetime, at: datetime, clock: OpeningHours) -> Standing:
    """How it stands at this moment. At the very moment it is due it is still in time."""
    if due is None:
        return Standing.NO_TARGET
    if at > due:
        return Standing.LATE
    left, whole = hours_between(clock, at, due), hours_between(clock, asked_at, due)
    return Standing.SOON if left * SOON <= whole else Standing.IN_TIME
