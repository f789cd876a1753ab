"""Answering a return: written feedback, signed and dated; sending it back for more; and keeping what was promised."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, person_of, require
from haven.actions.models import Action
from haven.actions.rules import WantedAction
from haven.actions.services import raise_action
from haven.audits.models import Copy, Return
from haven.audits.queries.changing import CLOSED, return_for_update
from haven.audits.rules.life import Standing, State
from haven.audits.services.signing import note_answer, open_for_more
from haven.ledger.services import record
from haven.moderation.models import Feedback, Remark
from haven.moderation.policy import council_of, may_keep, may_oversee, may_remark
from haven.moderation.queries.feedback import promise_for_update, promise_of
from haven.moderation.queries.reading import about_of, standing_copy
from haven.moderation.rules.reading import Spoken, feedback_digest
from haven.moderation.services.reading import note_reading

SAY = "Write the feedback."
SAY_WHY = "Say what more is asked for."


@transaction.atomic
def give_feedback(*, return_id: UUID, words: str, area_will: str, by: Actor, at: datetime) -> Feedback:
    """Answer a return in writing. Her remarks and her colleagues' on it are shown with it. It never changes again."""
    of = _in_hand(return_id, by)
    if not words.strip():
        raise Refused(Reason.NOT_ASKABLE, SAY)
    if known := _given_already(of, words, area_will, sends_back=False, by=by):
        return known
    given = _give(of, standing_copy(of), words, area_will, sends_back=False, by=by, at=at)
    note_answer(of=of, by=by, at=at)
    about = about_of(of) | {"feedback": given.pk, "copy": given.copy_id, "digest": given.digest}
    record("feedback.given", by=by, at=at, about=about)
    return given


@transaction.atomic
def send_back(*, return_id: UUID, words: str, area_will: str, by: Actor, at: datetime) -> Feedback:
    """Ask a school for more. What it signed lapses with its signatures; it can write again, and signs anew."""
    of = return_for_update(return_id=return_id)
    require(may_oversee(by, of))
    if of.state == State.SENT_BACK and (known := _given_already(of, words, area_will, sends_back=True, by=by)):
        return known
    require(may_remark(by, of))
    if not words.strip():
        raise Refused(Reason.NOT_ASKABLE, SAY_WHY)
    if of.cycle.standing == Standing.CLOSED:
        raise Refused(Reason.WRONG_STATE, CLOSED)
    copy = standing_copy(of)
    given = _give(of, copy, words, area_will, sends_back=True, by=by, at=at)
    open_for_more(of=of, by=by, at=at)
    about = about_of(of) | {"feedback": given.pk, "copy": copy.pk, "digest": given.digest}
    record("return.sent_back", by=by, at=at, about=about, why=given.words)
    return given


@transaction.atomic
def act_upon_promise(*, feedback_id: UUID, wanted: WantedAction, by: Actor, at: datetime) -> Action:
    """Make of what the area promised an action that it asks, once for all whom it was promised. Raises `Refused`."""
    feedback = promise_for_update(feedback_id=feedback_id)
    area = feedback.copy.of.cycle.area
    require(may_keep(by, area.pk))
    if (standing := promise_of(feedback).action) and standing.pk != feedback.pk:
        return standing  # the same was promised to another school, and asked there
    action = raise_action(area=area, wanted=wanted, by=by, at=at)
    about = about_of(feedback.copy.of) | {"feedback": feedback.pk, "action": action.pk}
    record("feedback.acted_upon", by=by, at=at, about=about)
    return action


def _in_hand(return_id: UUID, by: Actor) -> Return:
    of = return_for_update(return_id=return_id)
    require(may_remark(by, of))
    return of


def _given_already(of: Return, words: str, area_will: str, *, sends_back: bool, by: Actor) -> Feedback | None:
    """The same from the same form, sent twice."""
    last = Feedback.objects.filter(copy__of=of).order_by("-given_at").first()
    same = (words.strip(), area_will.strip(), sends_back, person_of(by))
    if last and (last.words, last.area_will, last.sends_back, last.given_by_id) == same:
        return None if last.copy.remarks.filter(shown_at__isnull=True).exists() else last
    return None


def _give(of: Return, copy: Copy, words: str, area_will: str, *, sends_back: bool, by: Actor, at: datetime) -> Feedback:
    words, area_will = words.strip(), area_will.strip()
    note_reading(return_id=of.pk, by=by, at=at)  # who answers it has read it
    remarks = list(copy.remarks.filter(shown_at__isnull=True))
    digest = feedback_digest(
        words=words, area_will=area_will, sends_back=sends_back, copy=copy.digest, remarks=_spoken(remarks)
    )
    number = copy.feedback.count() + 1
    given = Feedback.objects.create(
        copy=copy,
        number=number,
        words=words,
        area_will=area_will,
        sends_back=sends_back,
        digest=digest,
        given_at=at,
        given_by_id=person_of(by),
        name=by.name,
        place=council_of(by, of.cycle.area_id),
    )
    copy.remarks.filter(pk__in=[each.pk for each in remarks]).update(shown_at=at)
    return given


def _spoken(remarks: Sequence[Remark]) -> list[Spoken]:
    return [Spoken(each.question, each.kind, each.words) for each in remarks]
