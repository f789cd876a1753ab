"""What of the comparisons of an area's documents has still to be judged; for the lead's home page."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, Q

from haven.access.actor import Actor
from haven.changes.models import Comparison, Judgement
from haven.changes.policy import judgements_of
from haven.changes.rules.comparing import Sides, sides_of
from haven.engines.days.moments import local_day
from haven.guidance.rules.life import OVER, stage_on

LOOKED_AT = 5  # of the newest comparisons: each has to be unpacked
NEW_FOR = timedelta(days=60)  # while a lead is told of one that she has not begun


@dataclass(frozen=True, slots=True, kw_only=True)
class Unjudged:
    """A comparison of which some changes wait for a lead."""

    title: str
    old: UUID
    new: UUID
    old_label: str
    new_label: str
    left: int
    all: int


def unjudged_for(*, by: Actor, at: datetime, at_most: int) -> tuple[Unjudged, ...]:
    """The newest comparisons of documents that she judges and has not come to the end of: those begun, and new ones."""
    if not by.leads:
        return ()
    hers = Q(new__document__area__in=by.leads) | Q(new__document__area__isnull=True)
    same = Q(old__sha256=F("old_sha256"), new__sha256=F("new_sha256"))
    rows = Comparison.objects.filter(hers, same, change_count__gt=0).select_related("old", "new__document")
    kept = list(rows.order_by("-made_at")[:LOOKED_AT])
    judgements = Judgement.objects.filter(judgements_of(by), document__in={each.new.document_id for each in kept})
    judged = {(each.document_id, each.sides) for each in judgements}
    begun = {document for document, _ in judged}
    lines = (
        _line(each, {sides for document, sides in judged if document == each.new.document_id})
        for each in kept
        if stage_on(each.new.days, local_day(at)) not in OVER
        and (each.new.document_id in begun or at - each.made_at < NEW_FOR)
    )
    return tuple([line for line in lines if line.left][:at_most])


def _line(kept: Comparison, judged: set[Sides]) -> Unjudged:
    changes = [sides_of(change) for change in kept.told.changes]
    return Unjudged(
        title=kept.new.document.title,
        old=kept.old_id,
        new=kept.new_id,
        old_label=kept.old.label,
        new_label=kept.new.label,
        left=sum(sides not in judged for sides in changes),
        all=len(changes),
    )
