"""Showing the unit what meets in its submissions, as a picture and as the table behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models.query import QuerySet

from haven.access.actor import HAVEN, Actor
from haven.intelligence.disclosure.opening import entity_words
from haven.intelligence.disclosure.recording import require_written
from haven.intelligence.models import Link, Submission
from haven.intelligence.policy import may_work, submissions_for
from haven.intelligence.rules.linking import Kind, Mention, Picture, drawn
from haven.people.seeing import seeing_as, working_as
from haven.subjects.disclosure.recording import Purpose
from haven.subjects.queries.deciding import record_to_decide
from haven.subjects.rules.bases import Flow
from haven.subjects.rules.ties import Asker

LINKS = "to see what links it with others"
MOST = 30  # submissions in one picture: of more, nobody could follow a line
CLOSED = "It does not open"


@dataclass(frozen=True, slots=True)
class LinksView:
    """What one submission mentions, and every other submission that mentions any of it, with all that those mention.

    `are_more` where others were left out.
    """

    submission: UUID
    reference: str
    mentions: Sequence[Mention]
    picture: Picture
    are_more: bool


def open_links(*, submission_id: UUID, by: Actor, at: datetime) -> LinksView:
    """The links of a submission. Every submission of which something is shown is written down first.

    Raises `Refused`.
    """
    with transaction.atomic(), working_as(HAVEN, "intelligence.showing"):
        row = Submission.objects.get(pk=submission_id)
    row.record = record_to_decide(record_id=row.record_id)
    asker, purpose = Asker(by, at), Purpose(Flow.WITHIN, LINKS)
    require_written(may_work(asker, row), record=row.record, purpose=purpose, asker=asker)
    with transaction.atomic(), seeing_as(by):
        others = list(_others(row, asker).select_related("record")[: MOST + 1])
    shown, are_more = others[:MOST], len(others) > MOST
    for each in shown:
        require_written(may_work(asker, each), record=each.record, purpose=purpose, asker=asker)
    with transaction.atomic(), seeing_as(by):
        mentions = _mentions([row, *shown])
    return LinksView(row.pk, row.reference, mentions, drawn(mentions), are_more)


def _others(row: Submission, asker: Asker) -> QuerySet[Submission]:
    own = Link.objects.filter(submission=row, ended_at__isnull=True).values("entity")
    meeting = Link.objects.filter(entity__in=own, ended_at__isnull=True).exclude(submission=row)
    return Submission.objects.filter(submissions_for(asker), pk__in=meeting.values("submission"))


def _mentions(rows: Sequence[Submission]) -> list[Mention]:
    links = Link.objects.filter(submission__in=rows, ended_at__isnull=True).select_related("entity", "submission")
    order = {row.pk: place for place, row in enumerate(rows)}
    words: dict[UUID, str] = {}
    for link in links:
        if link.entity_id not in words:
            words[link.entity_id] = entity_words(link.entity) or CLOSED
    return [
        Mention(
            str(link.submission_id),
            link.submission.reference,
            str(link.entity_id),
            words[link.entity_id],
            Kind(link.entity.kind),
        )
        for link in sorted(links, key=lambda each: order[each.submission_id])
    ]
