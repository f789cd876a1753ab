"""The head of every page of a return: whose it is, how far, until when, and the way back."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from haven.access.actor import Actor
from haven.access.roles import SCHOOL_ROLES
from haven.audits.models import Return
from haven.audits.rules.life import OWING, STATES, Phase, Standing, State, due_next, phase_on
from haven.audits.rules.standing import COLOURS, left_or_late
from haven.questions.queries.sheets import tallies_of
from haven.questions.rules.showing import Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What stands at the head: `audits/parts/head.html` and, above it, `audits/parts/way_back.html`."""

    return_id: UUID
    school: str
    cycle: str
    area: str
    label: str  # of the state
    colour: str
    due_on: date
    left: str  # in words; empty once it is sent
    is_late: bool
    counts: Counts | None  # none before it was begun
    reference: str
    trail: tuple[tuple[str, str], ...]  # words and address of each page above this one


def head_of(of: Return, *, by: Actor, on: date) -> Head:
    """The head of a return, read with its cycle, the cycle's area, its window, sheet and school."""
    state, due_on = State(of.state), due_next(of.days, on)
    is_owing = state in OWING and of.cycle.standing == Standing.OPEN
    return Head(
        return_id=of.pk,
        school=of.organisation.name,
        cycle=of.cycle.title,
        area=of.cycle.area.name,
        label=STATES[state],
        colour=COLOURS[state],
        due_on=due_on,
        left=left_or_late(due_on, on) if is_owing else "",
        is_late=is_owing and phase_on(of.days, on) is Phase.OVER,
        counts=sum((each.counts for each in tallies_of(of.sheet_id).values()), Counts()) if of.sheet_id else None,
        reference=of.reference,
        trail=_trail(of, by),
    )


def _trail(of: Return, by: Actor) -> tuple[tuple[str, str], ...]:
    """A school comes from its audit, a lead from her cycle."""
    above = ("Audits", "/audits/")
    if of.organisation_id in by.organisations(SCHOOL_ROLES):
        return above, (of.cycle.title, f"/audits/{of.pk}/")
    return above, (of.cycle.title, f"/audits/cycles/{of.cycle_id}/")
