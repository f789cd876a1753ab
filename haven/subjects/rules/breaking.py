"""Breaking the glass: for how long, for what, who may, and by when somebody must have looked at it."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from haven.access.roles import Role
from haven.engines.days.counting import nth_after
from haven.engines.days.working import WORKING_DAYS

USUAL = timedelta(minutes=60)
MOST = timedelta(hours=3)
REVIEWED_WITHIN = 5  # working days


class Why(StrEnum):
    """The reasons there are. Each is told to the record's owner."""

    DANGER = "danger"
    SECTION_47 = "section-47"
    OWNER_AWAY = "owner-away"
    OTHER = "other"


WHY_IN_WORDS = {
    Why.DANGER: "A child may be in danger now",
    Why.SECTION_47: "A strategy discussion cannot wait for the owner",
    Why.OWNER_AWAY: "Nobody of the organisation that keeps it can be reached",
    Why.OTHER: "Another reason, which I give below",
}

ON_DUTY = frozenset({Role.MASH_COORDINATOR, Role.DUTY_OFFICER, Role.SAFEGUARDING_LEAD, Role.SAFEGUARDING_OFFICER})
"""Who may in the council, for a record of an area it serves."""

COVERING = frozenset({Role.DSL, Role.DEPUTY_DSL})
"""Whose cover may, for a record about a child of the school that she covers in."""

REVIEWERS = frozenset({Role.PRIVACY_OFFICER})


class Verdict(StrEnum):
    """What the privacy officer made of it."""

    RIGHT = "right"
    WRONG = "wrong"


def ends_at(at: datetime, wished: timedelta) -> datetime:
    """When it is over: three hours after it began at the latest, however long was wished."""
    return at + min(max(wished, timedelta(minutes=1)), MOST)


def review_due(day: date) -> date:
    """The last day on which a review is in time."""
    return nth_after(WORKING_DAYS, day, REVIEWED_WITHIN)
