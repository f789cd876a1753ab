"""A school at its return: begun, answered, confirmed, with evidence. Nothing is taken in outside its window."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from haven.access.actor import HAVEN, Actor
from haven.access.decision import Reason, Refused
from haven.audits.models import Return
from haven.audits.queries.asked import sheet_of_last_time
from haven.audits.queries.changing import answered_for_update, require_open, saved_for_update
from haven.audits.rules.life import ANSWERABLE, Move, State, after
from haven.audits.services.knowing import put_known, put_prepared
from haven.ledger.services import record
from haven.questions import services as questions
from haven.questions.models import Answer, Sheet, Support
from haven.questions.services.answering import Saved, Typed

SIGNED = "It has been signed, so it cannot be changed. It can be reopened first; its signatures then no longer count."
SENT = "It has been sent, so it cannot be changed. It can be reopened first."
NOT_BEGUN = "Nobody has begun this audit yet."


@transaction.atomic
def begin_return(*, return_id: UUID, by: Actor, at: datetime) -> Return:
    """Open the school's sheet, with whatever is known of its answers standing ready.

    Begun already, it is given back as it is.
    """
    of = answered_for_update(return_id=return_id, by=by)
    if of.sheet_id is not None:
        return of
    require_open(of, at)
    of.sheet = questions.open_sheet(
        version=of.cycle.version,
        organisation=of.organisation,
        address=f"/audits/{of.pk}/",
        before=sheet_of_last_time(of),
        by=by,
        at=at,
    )
    of.state, of.begun_at = after(State(of.state), Move.BEGIN) or State.STARTED, at
    of.save(update_fields=["sheet", "state", "begun_at"])
    about = {"return": of.pk, "cycle": of.cycle_id, "organisation": of.organisation_id, "area": of.cycle.area_id}
    record("return.begun", by=by, at=at, about=about)
    put_prepared(of=of, by=HAVEN, at=at)
    put_known(of=of, by=HAVEN, at=at)
    return of


def save_return(*, return_id: UUID, typed: Mapping[str, Typed], by: Actor, at: datetime) -> Mapping[str, Saved]:
    """Save answers; what became of each, by the question's key. Raises `Refused`, with advice, where none may be."""
    with transaction.atomic():
        of = _answerable(return_id, by, at)
        return questions.save_answers(sheet_id=_sheet(of), typed=typed, by=by, at=at)


def confirm_known(*, return_id: UUID, keys: Collection[str], by: Actor, at: datetime) -> int:
    """Confirm answers that stand ready, as they are; how many."""
    with transaction.atomic():
        of = _answerable(return_id, by, at)
        return questions.confirm_answers(sheet_id=_sheet(of), questions=keys, by=by, at=at)


def choose_wording(*, return_id: UUID, wording_id: int, takes_it: bool, by: Actor, at: datetime) -> Answer:
    """Choose between two wordings of one answer."""
    with transaction.atomic():
        _answerable(return_id, by, at)
        return questions.settle_wording(wording_id=wording_id, takes_it=takes_it, by=by, at=at)


def say_school_traits(*, return_id: UUID, traits: Sequence[str], by: Actor, at: datetime) -> Sheet:
    """Say what kind of school it is."""
    with transaction.atomic():
        of = _answerable(return_id, by, at)
        return questions.say_traits(sheet_id=_sheet(of), traits=traits, by=by, at=at)


def give_evidence(
    *,
    return_id: UUID,
    question: str,
    title: str,
    address: str,
    file: tuple[str, bytes] | None,
    by: Actor,
    at: datetime,
) -> Support:
    """Put a file or a web page behind an answer."""
    with transaction.atomic():
        of = _answerable(return_id, by, at)
        return questions.give_support(
            sheet_id=_sheet(of), question=question, title=title, address=address, file=file, by=by, at=at
        )


def take_back_evidence(*, return_id: UUID, support_id: UUID, by: Actor, at: datetime) -> Sheet:
    """Take it away again."""
    with transaction.atomic():
        _answerable(return_id, by, at)
        return questions.take_back_support(support_id=support_id, by=by, at=at)


def _answerable(return_id: UUID, by: Actor, at: datetime) -> Return:
    of = saved_for_update(return_id=return_id, by=by)
    require_open(of, at)
    if of.state not in ANSWERABLE:
        raise Refused(Reason.WRONG_STATE, SIGNED if of.state == State.SIGNING else SENT)
    return of


def _sheet(of: Return) -> UUID:
    if of.sheet_id is None:
        raise Refused(Reason.WRONG_STATE, NOT_BEGUN)
    return of.sheet_id
