"""A round of reading is sent, changed, reminded of and ended."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused
from haven.actions.rules import may_remind_again
from haven.engines.days.moments import local_day
from haven.ledger.services import record
from haven.readings.models import Prompt, Round
from haven.readings.queries.changing import matrix_to_send, round_for_update, school_locked
from haven.readings.queries.standing import standings
from haven.readings.rules.signing import wrong_due

RUNS_ALREADY = "This edition has been sent already. You can change the day by which it is to be read."
ENDED = "This round has ended."
NOBODY_READS = "Nobody reads any part of this edition. Say first who reads what."


@transaction.atomic
def send_round(*, matrix_id: UUID, due_on: date, words: str, by: Actor, at: datetime) -> Round:
    """Ask everybody in a school to read her parts of an edition by a day. A round of an earlier edition ends with it:
    what was signed there carries over where the words are the same. Raises `Refused`, with advice."""
    matrix = matrix_to_send(matrix_id=matrix_id, by=by)
    school = school_locked(school_id=matrix.organisation_id)
    running = Round.objects.filter(organisation=school, document=matrix.edition.document_id, ended_at__isnull=True)
    before = running.select_related("organisation", "matrix__edition__document").first()
    if before and before.matrix_id == matrix.pk:
        raise Refused(Reason.WRONG_STATE, RUNS_ALREADY)
    if wrong := wrong_due(due_on, local_day(at)):
        raise Refused(Reason.NOT_READY, wrong)
    if not any(part.kinds for part in matrix.parts.all()):
        raise Refused(Reason.NOT_READY, NOBODY_READS)
    if before:
        _end(before, by, at)
    said: dict[str, Any] = {"words": " ".join(words.split()), "due_on": due_on, "sent_at": at, "sent_by_id": by.person}
    sent = Round.objects.create(organisation=school, document=matrix.edition.document, matrix=matrix, **said)
    people = _people_waiting(sent, local_day(at))
    Prompt.objects.bulk_create(
        Prompt(round=sent, person_id=each, kind=Prompt.Kind.NEW, made_at=at, made_by_id=by.person) for each in people
    )
    about = _about(sent) | {"due_on": due_on, "ended": before.pk if before else None, "people": len(people)}
    record("reading.round_sent", by=by, at=at, about=about)
    return sent


@transaction.atomic
def amend_round(*, round_id: UUID, due_on: date, words: str, by: Actor, at: datetime) -> Round:
    """Let a round be due on another day, or say something else to those who read. Raises `Refused`, with advice."""
    found = round_for_update(round_id=round_id, by=by)
    if found.ended_at:
        raise Refused(Reason.WRONG_STATE, ENDED)
    if due_on != found.due_on and (wrong := wrong_due(due_on, local_day(at))):
        raise Refused(Reason.NOT_READY, wrong)
    about = _about(found) | {"due_on": due_on, "was_due_on": found.due_on}
    found.due_on, found.words = due_on, " ".join(words.split())
    found.save(update_fields=["due_on", "words"])
    record("reading.round_amended", by=by, at=at, about=about)
    return found


@transaction.atomic
def end_round(*, round_id: UUID, by: Actor, at: datetime) -> Round:
    """Ask no longer. What was signed stays, and how far the school was is kept. Raises `Refused`, with advice."""
    found = round_for_update(round_id=round_id, by=by)
    if found.ended_at:
        raise Refused(Reason.WRONG_STATE, ENDED)
    _end(found, by, at)
    about = _about(found) | {"signed": found.ended_done, "of": found.ended_all}
    record("reading.round_ended", by=by, at=at, about=about)
    return found


@transaction.atomic
def remind(*, round_id: UUID, by: Actor, at: datetime) -> int:
    """Remind those who have not signed and can sign in; how many. Nobody is reminded twice in a row."""
    found = round_for_update(round_id=round_id, by=by)
    if found.ended_at:
        raise Refused(Reason.WRONG_STATE, ENDED)
    last = dict(
        Prompt.objects.filter(round=found, kind=Prompt.Kind.REMINDED)
        .order_by()
        .values_list("person")
        .annotate(last=Max("made_at"))
    )
    due = [each for each in _people_waiting(found, local_day(at)) if may_remind_again(last.get(each), at)]
    Prompt.objects.bulk_create(
        Prompt(round=found, person_id=each, kind=Prompt.Kind.REMINDED, made_at=at, made_by_id=by.person) for each in due
    )
    if due:
        record("reading.reminded", by=by, at=at, about=_about(found) | {"people": len(due)})
    return len(due)


def _people_waiting(round_: Round, on: date) -> Collection[UUID]:
    """Those who can sign in and have something to sign in a round."""
    (standing,) = standings(rounds=[round_], on=on)
    return [row.reader.person for row in standing.waiting if row.reader.person]


def _end(round_: Round, by: Actor, at: datetime) -> None:
    (standing,) = standings(rounds=[round_], on=local_day(at))
    counts = standing.counts
    round_.ended_at, round_.ended_by_id = at, by.person
    round_.ended_done, round_.ended_all = counts.done, counts.all
    round_.save(update_fields=["ended_at", "ended_by", "ended_done", "ended_all"])


def _about(round_: Round) -> dict[str, object]:
    edition = round_.matrix.edition_id
    return {
        "round": round_.pk,
        "organisation": round_.organisation_id,
        "document": round_.document_id,
        "edition": edition,
    }
