"""Contributing: an invited organisation says what it thinks, question by question."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, person_of
from haven.actions.services import discard_draft
from haven.consultations.models import Contribution, Reply, Response, Wording
from haven.consultations.queries.changing import contribution_for_update, is_called_off
from haven.consultations.rules.final import plain
from haven.consultations.rules.questions import Said, is_sound
from haven.engines.days.moments import day_in_words, local_day
from haven.ledger.services import record

LATE = (
    "Thank you for your view. It came after {day}, when {area} closed its gathering, so it could not be taken in. What "
    "you wrote is kept for you on this page. If it still matters, ask the council’s safeguarding lead, who can move "
    "the date."
)
GONE = "Thank you for your view. {area} has sent its response already, so nothing can be added."
CALLED_OFF = "Thank you for your view. The draft was withdrawn, so nothing is asked any more."
NOTHING = "Answer at least one question."
STRANGE = "One of the answers does not fit its question. Look at it again."
MEANWHILE = (
    "Somebody else in your organisation has sent its view in the meantime. Both are kept: look at them side by side."
)


@transaction.atomic
def contribute(
    *, contribution_id: UUID, said: Mapping[UUID, Said], seen_version: int, by: Actor, at: datetime
) -> Contribution:
    """Send an organisation's view, or another wording of it. `seen_version` is the wording that she had before her.

    The same words pressed twice are sent once. Raises `Refused` with advice; where a colleague's wording has come in
    between, for the reason `CHANGED_MEANWHILE`.
    """
    contribution = contribution_for_update(contribution_id=contribution_id, by=by)
    said = {question: Said(choice=each.choice, words=plain(each.words)) for question, each in said.items()}
    said = {question: each for question, each in said.items() if each}
    if contribution.version and said == _standing(contribution):
        return contribution
    _require_open(contribution.response, at)
    _require_sound(contribution.response, said)
    if seen_version != contribution.version:
        raise Refused(Reason.CHANGED_MEANWHILE, MEANWHILE)
    contribution.version, contribution.sent_at = contribution.version + 1, at
    contribution.save()
    wording = Wording.objects.create(
        contribution=contribution, number=contribution.version, sent_at=at, sent_by_id=person_of(by)
    )
    Reply.objects.bulk_create(
        Reply(wording=wording, question_id=question, choice=each.choice, words=each.words)
        for question, each in said.items()
    )
    discard_draft(place=f"contribute/{contribution.pk}", by=by, at=at)
    about = {
        "contribution": contribution.pk,
        "response": contribution.response_id,
        "organisation": contribution.organisation_id,
        "area": contribution.response.area_id,
        "version": contribution.version,
    }
    record("consultation.contributed", by=by, at=at, about=about)
    return contribution


def _standing(contribution: Contribution) -> dict[UUID, Said]:
    rows = Reply.objects.filter(wording__contribution=contribution, wording__number=contribution.version)
    return {row.question_id: Said(choice=row.choice, words=row.words) for row in rows}


def _require_open(response: Response, at: datetime) -> None:
    if response.submissions.exists():
        raise Refused(Reason.WRONG_STATE, GONE.format(area=response.area.name))
    if is_called_off(response.edition, local_day(at)):
        raise Refused(Reason.WRONG_STATE, CALLED_OFF)
    if response.last_on < local_day(at):
        late = LATE.format(day=day_in_words(response.last_on), area=response.area.name)
        raise Refused(Reason.WRONG_STATE, late)


def _require_sound(response: Response, said: Mapping[UUID, Said]) -> None:
    if not said:
        raise Refused(Reason.NOT_READY, NOTHING)
    known = {question.pk: question for question in response.questions.all()}
    if any(pk not in known or not is_sound(known[pk].asks, each) for pk, each in said.items()):
        raise Refused(Reason.NOT_ASKABLE, STRANGE)
