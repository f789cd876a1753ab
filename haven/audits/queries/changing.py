"""The rows that services change, locked, for those who may change them."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, require
from haven.audits.models import Copy, Cycle, Return
from haven.audits.policy import may_answer, may_keep
from haven.audits.rules.life import Phase, Standing, State, phase_on
from haven.audits.rules.signing import last_day_to_sign
from haven.engines.days.moments import day_in_words, local_day

NOT_YET = "This audit opens on {day}."
OVER = (
    "The final deadline was {day}, so nothing more can be taken in. What you wrote is kept on this page. Ask the "
    "council’s safeguarding lead, who can put the deadline off."
)
TOO_LATE = (
    "It had to have its last signature by {day}, so it cannot be signed any more. Ask the council’s safeguarding lead, "
    "who can put the deadline off."
)
CLOSED = "The council has closed this audit, so nothing more can be taken in. What you wrote is kept on this page."

DECIDING = (
    "organisation_id state sheet_id final_due_on window__opens_on window__first_due_on window__final_due_on "
    "cycle__standing cycle__opens_on cycle__first_due_on cycle__final_due_on"
).split()
"""What decides whether a school may save an answer, whoever saves it."""


def cycle_for_update(*, cycle_id: UUID, by: Actor) -> Cycle:
    """A cycle of an area that she leads. Raises `Refused`."""
    rows = Cycle.objects.select_for_update(of=("self",)).select_related("area", "version", "version__template")
    cycle = rows.defer("version__content").filter(pk=cycle_id).first()
    if cycle is None:
        raise Refused(Reason.NOT_THE_AREA)
    require(may_keep(by, cycle.area_id))
    return cycle


def return_for_update(*, return_id: UUID) -> Return:
    """A return with what decides on it; the caller asks her policy. Raises `Refused` where there is none."""
    rows = Return.objects.select_for_update(of=("self",)).select_related(
        "cycle", "cycle__area", "cycle__version", "organisation", "window", "sheet"
    )
    return _found(rows.defer("cycle__version__content"), return_id)


def answered_for_update(*, return_id: UUID, by: Actor) -> Return:
    """The same, for somebody who works in the school. Raises `Refused`."""
    of = return_for_update(return_id=return_id)
    require(may_answer(by, of))
    return of


def saved_for_update(*, return_id: UUID, by: Actor) -> Return:
    """The same, with no more than decides whether something may be saved: every save asks it. Raises `Refused`."""
    rows = Return.objects.select_for_update(of=("self",)).select_related("cycle", "window").only(*DECIDING)
    of = _found(rows, return_id)
    require(may_answer(by, of))
    return of


def _found(rows: QuerySet[Return], return_id: UUID) -> Return:
    of = rows.filter(pk=return_id).first()
    if of is None:
        raise Refused(Reason.NOT_THE_ORGANISATION)
    return of


def require_open(of: Return, at: datetime) -> None:
    """Raise `Refused`, with advice, unless a school may write on this day. A deadline lasts to its end."""
    if of.cycle.standing == Standing.CLOSED:
        raise Refused(Reason.WRONG_STATE, CLOSED)
    days = of.days
    phase = phase_on(days, local_day(at))
    if phase is Phase.BEFORE or of.cycle.standing == Standing.DRAFT:
        raise Refused(Reason.WRONG_STATE, NOT_YET.format(day=day_in_words(days.opens_on)))
    if phase is Phase.OVER and of.state != State.SENT_BACK:
        raise Refused(Reason.WRONG_STATE, OVER.format(day=day_in_words(days.final_due_on)))


def require_open_to_finish(of: Return, copy: Copy, at: datetime) -> None:
    """Raise `Refused`, with advice, unless a copy that was signed in time may still get its other signatures."""
    if of.cycle.standing == Standing.CLOSED:
        raise Refused(Reason.WRONG_STATE, CLOSED)
    last = last_day_to_sign(of.days.final_due_on, local_day(copy.made_at))
    if local_day(at) > last:
        raise Refused(Reason.WRONG_STATE, TOO_LATE.format(day=day_in_words(last)))
