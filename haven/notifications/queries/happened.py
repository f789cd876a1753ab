"""What happened to deliveries, by a moment: their courses, and what schools recorded. Nothing of any child."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models.query import QuerySet

from haven.notifications.models import Delivery, Support
from haven.notifications.rules.outcomes import Course
from haven.notifications.rules.stages import Stage
from haven.notifications.rules.support import Kind

ENDED = frozenset({Stage.CLOSED, Stage.RECALLED_UNOPENED, Stage.RECALLED_AFTER_OPEN})


@dataclass(frozen=True, slots=True)
class Happened:
    """One delivery: where it went and what became of it."""

    delivery: UUID
    reference: str
    school: UUID | None  # none where a child is taught at home
    course: Course


def happened(rows: QuerySet[Delivery], *, until: datetime) -> list[Happened]:
    """Each of these deliveries as it stood at this moment, in the order in which they were made."""
    found = rows.select_related("follows").order_by("made_at", "pk")
    return [Happened(each.pk, each.reference, each.school_id, course_of(each, until)) for each in found]


def recorded(deliveries: Collection[UUID], *, until: datetime) -> Mapping[UUID, frozenset[Kind]]:
    """What was recorded for each of these by this moment, as far as whoever asks sees it."""
    found: dict[UUID, set[Kind]] = {}
    rows = Support.objects.filter(delivery__in=deliveries, at__lte=until)
    for delivery, kind in rows.values_list("delivery", "kind"):
        found.setdefault(delivery, set()).add(Kind(kind))
    return {delivery: frozenset(kinds) for delivery, kinds in found.items()}


def course_of(row: Delivery, until: datetime) -> Course:
    """One delivery as it stood at this moment. What it follows, where anything, must have been fetched with it."""
    was_read_before = row.follows is not None and row.follows.opened_at is not None
    return Course(
        stage=_stage(row, until),
        accepted_at=row.accepted_at,
        made_at=row.made_at,
        deadline_at=row.deadline_at,
        rung=row.rung,
        follows=row.follows_id is not None and not was_read_before,
        follows_read=was_read_before,
        seen_at=_by(row.seen_at, until),
        confirmed_at=_by(row.confirmed_at, until),
        refused_at=_by(row.refused_at, until),
        opened_at=_by(row.opened_at, until),
    )


def _by(at: datetime | None, until: datetime) -> datetime | None:
    return at if at is not None and at <= until else None


def _stage(row: Delivery, until: datetime) -> Stage:
    """Where it stood then, as far as figures ask: whether it was over, or with its sender."""
    stage, was_opened = Stage(row.stage), _by(row.opened_at, until) is not None
    if _by(row.recalled_at, until):
        return Stage.RECALLED_AFTER_OPEN if was_opened else Stage.RECALLED_UNOPENED
    if _by(row.closed_at, until):
        return Stage.CLOSED
    if stage in ENDED:  # since then
        return Stage.OPENED if was_opened else Stage.AVAILABLE
    return stage
