"""The area's own answer to each question, written beside what others say."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, person_of
from haven.actions.services import discard_draft
from haven.consultations.models import Answer, Question
from haven.consultations.queries.changing import question_for_update
from haven.consultations.rules.final import LONGEST_TEXT, plain
from haven.consultations.rules.questions import Said, label_of
from haven.ledger.services import record

NOTHING = "Choose or write an answer, or say that the question is left out."
STRANGE = "That cannot be answered to this question. Look at it again."
MEANWHILE = (
    "Somebody else has answered this question in the meantime. Both are kept: hers is shown below, yours is still in "
    "the box. Take from hers what you want, then save."
)


@transaction.atomic
def write_answer(*, question_id: UUID, said: Said, seen_version: int, by: Actor, at: datetime) -> Answer:
    """Write the area's answer to a question. `seen_version` is the answer that she had before her."""
    question = question_for_update(question_id=question_id, by=by)
    said = Said(choice=said.choice, words=plain(said.words))
    if not said:
        raise Refused(Reason.NOT_READY, NOTHING)
    if (said.choice and not label_of(question.asks, said.choice)) or len(said.words) > LONGEST_TEXT:
        raise Refused(Reason.NOT_ASKABLE, STRANGE)
    answer = _answer(question)
    if (answer.choice, answer.words) == (said.choice, said.words):
        return answer
    if seen_version != answer.version:
        raise Refused(Reason.CHANGED_MEANWHILE, MEANWHILE)
    answer.choice, answer.words, answer.is_left_out = said.choice, said.words, False
    _save(answer, by, at)
    record("consultation.answer_written", by=by, at=at, about=_about(question) | {"version": answer.version})
    return answer


@transaction.atomic
def leave_out(*, question_id: UUID, by: Actor, at: datetime) -> Answer:
    """Say that the area does not answer a question. What was written before stays in nobody's way: it is gone."""
    question = question_for_update(question_id=question_id, by=by)
    answer = _answer(question)
    if answer.is_left_out:
        return answer
    answer.choice, answer.words, answer.is_left_out = "", "", True
    _save(answer, by, at)
    record("consultation.answer_left_out", by=by, at=at, about=_about(question) | {"version": answer.version})
    return answer


def _answer(question: Question) -> Answer:
    return Answer.objects.filter(question=question).first() or Answer(question=question, version=0)


def _save(answer: Answer, by: Actor, at: datetime) -> None:
    answer.version, answer.written_at, answer.written_by_id = answer.version + 1, at, person_of(by)
    answer.save()
    discard_draft(place=f"answer/{answer.question_id}", by=by, at=at)


def _about(question: Question) -> dict[str, object]:
    return {"question": question.pk, "response": question.response_id, "area": question.response.area_id}
