"""The questions of a response."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused
from haven.consultations.models import Question, Response
from haven.consultations.queries.changing import unsent_for_update
from haven.consultations.rules.questions import WantedQuestion, faults_of
from haven.ledger.services import record

SAID_ALREADY = "Somebody has contributed already, so the questions stay as they are."


@transaction.atomic
def set_questions(*, response_id: UUID, questions: Sequence[WantedQuestion], by: Actor, at: datetime) -> list[Question]:
    """Let these be the questions, in this order. Raises `Refused` with advice once somebody has contributed."""
    response = unsent_for_update(response_id=response_id, by=by)
    if response.contributions.filter(version__gt=0).exists():
        raise Refused(Reason.WRONG_STATE, SAID_ALREADY)
    if wrong := faults_of(questions):
        raise Refused(Reason.NOT_READY, " ".join(wrong))
    known = {each.pk: each for each in response.questions.all()}
    kept = [_placed(response, known, each, place) for place, each in enumerate(questions, start=1)]
    response.questions.exclude(pk__in=[each.pk for each in kept]).delete()
    for each in kept:
        each.save()
    about = {"response": response.pk, "area": response.area_id, "questions": len(kept)}
    record("consultation.questions_set", by=by, at=at, about=about)
    return kept


def _placed(response: Response, known: dict[UUID, Question], wanted: WantedQuestion, place: int) -> Question:
    question = known.get(wanted.id) if wanted.id else None
    question = question or Question(response=response)
    question.place, question.kind = place, wanted.kind.value
    question.number, question.words = wanted.number.strip(), wanted.words.strip()
    return question
