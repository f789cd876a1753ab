"""When somebody is told, and who, until somebody has read it. By deadlines, never by how often a letter was sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from haven.engines.days.moments import local, local_day, moment
from haven.notifications.rules.stages import Stage

MORNINGS = (time(7), time(7, 30), time(8))
DAY_BEGINS = time(8)  # from when somebody at a school can be expected to look, on a day it is open


class Prompting(StrEnum):
    """One step of telling."""

    AT_ONCE = "at-once"
    HEAD = "head"
    COUNCIL = "council"
    EARLY = "early"
    MORNING = "morning"
    LAST_CALL = "last-call"
    DUTY_LIST = "duty-list"
    TELEPHONE = "telephone"
    MISSED = "missed"
    NOT_OURS = "not-ours"  # the sender's: a school said so
    RECALLED = "recalled"


class Audience(StrEnum):
    """Who is told."""

    READERS = "readers"  # whoever may read it: leads and deputies, who covers for them, or whoever stands in for all
    HEAD = "head"
    COUNCIL = "council"  # its duty officer
    SENDER_AND_COUNCIL = "sender and council"
    SENDER = "sender"


TOLD: Mapping[Prompting, Audience] = {
    Prompting.AT_ONCE: Audience.READERS,
    Prompting.HEAD: Audience.HEAD,
    Prompting.COUNCIL: Audience.COUNCIL,
    Prompting.EARLY: Audience.READERS,
    Prompting.MORNING: Audience.READERS,
    Prompting.LAST_CALL: Audience.READERS,
    Prompting.DUTY_LIST: Audience.COUNCIL,
    Prompting.TELEPHONE: Audience.COUNCIL,
    Prompting.MISSED: Audience.SENDER_AND_COUNCIL,
    Prompting.NOT_OURS: Audience.SENDER,
    Prompting.RECALLED: Audience.READERS,
}

WHILE_UNREAD = frozenset(Prompting) - {Prompting.NOT_OURS, Prompting.RECALLED}
"""Steps that tell nobody any more once somebody has read it."""

ON_DUTY_LIST = frozenset({Prompting.COUNCIL, Prompting.DUTY_LIST, Prompting.TELEPHONE, Prompting.MISSED})
"""Steps after which a delivery stands on the council's duty list."""


@dataclass(frozen=True, slots=True)
class Offsets:
    """An area's own times, in minutes and clock times. No source gives figures: these are the project's."""

    head_after: int = 30
    council_after: int = 60
    mornings: tuple[time, ...] = MORNINGS
    duty_list_before: int = 60
    telephone_before: int = 30
    day_ends: time = time(16)  # until when somebody looks


@dataclass(frozen=True, slots=True, order=True)
class Due:
    """A step and its moment."""

    at: datetime
    step: Prompting


def steps(*, accepted_at: datetime, deadline_at: datetime, is_open: bool, offsets: Offsets) -> Sequence[Due]:
    """Every step of one delivery, earliest first. `is_open` says whether the school was open on the day it came.

    A step whose moment had passed when the delivery was made is due at once, so none is ever left out for being late.
    """
    found = [Due(accepted_at, Prompting.AT_ONCE)]
    if (
        is_open
        and moment(local_day(accepted_at), time(8)) <= accepted_at
        and local(accepted_at).time() < offsets.day_ends
    ):
        found.append(Due(accepted_at + timedelta(minutes=offsets.head_after), Prompting.HEAD))
        found.append(Due(accepted_at + timedelta(minutes=offsets.council_after), Prompting.COUNCIL))
    morning = local_day(deadline_at)
    for step, clock in zip((Prompting.EARLY, Prompting.MORNING, Prompting.LAST_CALL), offsets.mornings, strict=False):
        at = moment(morning, clock)
        if accepted_at < at < deadline_at:
            found.append(Due(at, step))
    found.append(Due(deadline_at - timedelta(minutes=offsets.duty_list_before), Prompting.DUTY_LIST))
    found.append(Due(deadline_at - timedelta(minutes=offsets.telephone_before), Prompting.TELEPHONE))
    found.append(Due(deadline_at, Prompting.MISSED))
    return sorted(Due(max(each.at, accepted_at), each.step) for each in found)


def whom(step: Prompting, stage: Stage) -> Audience:
    """Whom a step tells: where it is back with its sender, the sender in the place of the school."""
    audience = TOLD[step]
    if stage is Stage.NOT_OURS and audience in (Audience.READERS, Audience.HEAD):
        return Audience.SENDER
    return audience


def due_between(found: Sequence[Due], *, after: datetime | None, until: datetime) -> list[Due]:
    """The steps that came due after one moment (from the first, where none is given) and until another, with it."""
    return [each for each in found if (after is None or each.at > after) and each.at <= until]


def next_after(found: Sequence[Due], at: datetime) -> datetime | None:
    """When the next step is due; none after the last."""
    return next((each.at for each in found if each.at > at), None)


def _somebody_looks(at: datetime, offsets: Offsets) -> bool:
    return DAY_BEGINS <= local(at).time() < offsets.day_ends
