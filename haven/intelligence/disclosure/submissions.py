"""Showing the unit what was told, without who told it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from haven.access.actor import HAVEN, Actor
from haven.intelligence.disclosure.opening import Who, entity_words, report_text, source_of, words_of
from haven.intelligence.disclosure.recording import require_written
from haven.intelligence.models import Link, Report, Source, Submission
from haven.intelligence.policy import may_learn_source, may_work, submissions_for
from haven.intelligence.rules.linking import Kind
from haven.intelligence.rules.telling import Telling
from haven.people.seeing import seeing_as, working_as
from haven.subjects.disclosure.recording import Purpose
from haven.subjects.queries.deciding import record_to_decide
from haven.subjects.rules.bases import Flow
from haven.subjects.rules.ties import Asker

WORK = "to work with what was told"


@dataclass(frozen=True, slots=True)
class Mentioned:
    """Something that is mentioned. `words` is none where it does not open; `others` counts the other submissions."""

    link: UUID
    kind: Kind
    words: str | None
    others: int


@dataclass(frozen=True, slots=True)
class ReportShown:
    """The newest version of what was sanitised."""

    report: UUID
    version: int
    reference: str
    text: str | None


@dataclass(frozen=True, slots=True)
class SubmissionView:
    """What was told, as the unit reads it. `telling` is none where it does not open."""

    submission: UUID
    reference: str
    received_at: datetime
    telling: Telling | None
    mentioned: Sequence[Mentioned]
    report: ReportShown | None


@dataclass(frozen=True, slots=True)
class SourceView:
    """Who told. `who` is none where it does not open."""

    submission: UUID
    reference: str
    who: Who | None


def open_submission(*, submission_id: UUID, by: Actor, at: datetime) -> SubmissionView:
    """What was told, the disclosure written down first. A refusal is written down, too. Raises `Refused`."""
    with transaction.atomic(), working_as(HAVEN, "intelligence.showing"):
        row = Submission.objects.get(pk=submission_id)
    row.record = record_to_decide(record_id=row.record_id)
    asker, purpose = Asker(by, at), Purpose(Flow.WITHIN, WORK)
    require_written(may_work(asker, row), record=row.record, purpose=purpose, asker=asker)
    with transaction.atomic(), seeing_as(by):
        row = Submission.objects.select_related("record").get(pk=submission_id)
        return SubmissionView(
            submission=row.pk,
            reference=row.reference,
            received_at=row.received_at,
            telling=words_of(row),
            mentioned=_mentioned(row, asker),
            report=_report(row),
        )


def open_source(*, submission_id: UUID, why: str, is_fresh: bool, by: Actor, at: datetime) -> SourceView:
    """Who told it, for the unit’s lead alone, who has just shown her second factor again and says why. Written down
    first, as is every refusal. Raises `Refused`, with advice where no reason was given.
    """
    with transaction.atomic(), working_as(HAVEN, "intelligence.showing"):
        row = Source.objects.get(submission=submission_id)
    row.record = record_to_decide(record_id=row.record_id)
    asker, purpose = Asker(by, at, is_fresh), Purpose(Flow.WITHIN, why)
    require_written(may_learn_source(asker, row), record=row.record, purpose=purpose, asker=asker)
    with transaction.atomic(), seeing_as(by):
        row = Source.objects.select_related("submission").get(submission=submission_id)
        return SourceView(submission_id, row.submission.reference, source_of(row))


def _mentioned(row: Submission, asker: Asker) -> list[Mentioned]:
    links = Link.objects.filter(submission=row, ended_at__isnull=True).select_related("entity")
    return [
        Mentioned(each.pk, Kind(each.entity.kind), entity_words(each.entity), _others(each, asker)) for each in links
    ]


def _others(link: Link, asker: Asker) -> int:
    """In how many other submissions it is mentioned, of those that whoever asks may read."""
    elsewhere = Link.objects.filter(entity=link.entity_id, ended_at__isnull=True).exclude(submission=link.submission_id)
    return Submission.objects.filter(submissions_for(asker), pk__in=elsewhere.values("submission")).count()


def _report(row: Submission) -> ReportShown | None:
    last = Report.objects.filter(submission=row).first()
    if last is None:
        return None
    return ReportShown(last.pk, last.version, last.reference, report_text(last, organisation=last.unit_id))
