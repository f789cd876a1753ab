"""Recording what was sent, word by word."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, person_of
from haven.actions.services import discard_draft
from haven.consultations.models import Notice, Response, Submission
from haven.consultations.queries.changing import response_for_update
from haven.consultations.rules.final import LONGEST_TEXT, Way, digest_of, plain
from haven.engines.days.moments import local_day
from haven.files.services import store_file
from haven.ledger.services import record

NOT_YET = "Choose the day on which it was sent: it cannot lie ahead."
NO_WORDS = "Give the words that were sent."
TOO_LONG = f"Keep to {LONGEST_TEXT:,} characters, and attach the rest as a file."
UNANSWERED = "Not every question has its answer: {numbers}. Write it, or say that the question is left out."
NOT_INVITED = "Nobody has been invited yet."


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedSubmission:
    """What was sent. A second wish with the same `key` gives back the record of the first."""

    key: UUID
    sent_on: date
    way: Way
    text: str
    reference: str = ""
    file: tuple[str, bytes] | None = None


@transaction.atomic
def record_submission(*, response_id: UUID, wanted: WantedSubmission, by: Actor, at: datetime) -> Submission:
    """Keep what was sent in the area's name: its exact words, frozen, and their digest in the ledger.

    From then on nobody contributes any more. One that was recorded wrongly is recorded anew; both stay.
    """
    response = response_for_update(response_id=response_id, by=by)
    if known := response.submissions.filter(pk=wanted.key).first():
        return known
    _require_ready(response, wanted, at)
    text = plain(wanted.text)
    last = response.submissions.first()
    submission = Submission(
        id=wanted.key,
        response=response,
        number=last.number + 1 if last else 1,
        sent_on=wanted.sent_on,
        way=wanted.way.value,
        reference=wanted.reference.strip(),
        text=text,
        digest=digest_of(text),
        recorded_at=at,
        recorded_by_id=person_of(by),
    )
    if wanted.file:
        name, content = wanted.file
        submission.file = store_file(name=name, content=content, by=by, at=at)
    submission.save(force_insert=True)
    _tell(response, by, at)
    discard_draft(place=f"record/{response.pk}", by=by, at=at)
    record("consultation.sent", by=by, at=at, about=_about(response, submission))
    return submission


def _require_ready(response: Response, wanted: WantedSubmission, at: datetime) -> None:
    if response.invited_at is None:
        raise Refused(Reason.WRONG_STATE, NOT_INVITED)
    if wanted.sent_on > local_day(at):
        raise Refused(Reason.NOT_READY, NOT_YET)
    if not plain(wanted.text):
        raise Refused(Reason.NOT_READY, NO_WORDS)
    if len(wanted.text) > LONGEST_TEXT:
        raise Refused(Reason.NOT_READY, TOO_LONG)
    if lacking := [each.called.lower() for each in response.questions.filter(answer__isnull=True)]:
        raise Refused(Reason.NOT_READY, UNANSWERED.format(numbers=", ".join(lacking)))


def _tell(response: Response, by: Actor, at: datetime) -> None:
    """Those who contributed see what was sent in their name too."""
    Notice.objects.bulk_create(
        Notice(contribution=each, kind=Notice.Kind.SENT, made_at=at, made_by_id=by.person)
        for each in response.contributions.filter(version__gt=0)
    )


def _about(response: Response, submission: Submission) -> dict[str, object]:
    return {
        "response": response.pk,
        "edition": response.edition_id,
        "area": response.area_id,
        "submission": submission.pk,
        "number": submission.number,
        "sent_on": submission.sent_on,
        "way": submission.way,
        "digest": submission.digest,
    }
