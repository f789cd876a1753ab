"""Where an area's response stands, for whoever keeps it and for whoever is asked."""

from collections.abc import Mapping
from enum import StrEnum


class Standing(StrEnum):
    """Where a response stands."""

    PREPARING = "preparing"
    GATHERING = "gathering"
    WRITING = "writing"
    SENT = "sent"
    CALLED_OFF = "called-off"


STANDINGS: Mapping[Standing, tuple[str, str]] = {
    Standing.PREPARING: ("Being prepared", "grey"),
    Standing.GATHERING: ("Gathering views", "blue"),
    Standing.WRITING: ("Gathering is over", "orange"),
    Standing.SENT: ("Sent", "green"),
    Standing.CALLED_OFF: ("Withdrawn", "red"),
}
"""Each as people say it, and the colour of its tag."""


def standing_of(*, is_invited: bool, is_sent: bool, is_called_off: bool, is_over: bool) -> Standing:
    """Where a response stands: sent whatever came afterwards, and over once its last day is."""
    if is_sent:
        return Standing.SENT
    if is_called_off:
        return Standing.CALLED_OFF
    if not is_invited:
        return Standing.PREPARING
    return Standing.WRITING if is_over else Standing.GATHERING


ASKED: Mapping[Standing, tuple[str, str]] = {
    Standing.GATHERING: ("Your view is asked", "blue"),
    Standing.WRITING: ("Closed", "grey"),
    Standing.SENT: ("Sent for the area", "green"),
    Standing.CALLED_OFF: ("Withdrawn", "red"),
}
"""The same for those who are asked and have said nothing."""

GIVEN = ("You have answered", "green")
"""For those who have, while it still gathers."""


def tag_for(standing: Standing, *, has_said: bool) -> tuple[str, str]:
    """What those who are asked read of it, and the colour of its tag."""
    return GIVEN if has_said and standing is Standing.GATHERING else ASKED[standing]
