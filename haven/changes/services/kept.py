"""Comparisons of two editions that are kept: worked out once, in the background where they are long."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from haven.access.actor import Actor
from haven.access.decision import require_haven
from haven.changes.models import Comparison, packed
from haven.changes.queries.comparing import editions_compared, is_at_hand, kept_comparison, worked_out
from haven.changes.queries.neighbours import editions_by_name, neighbours_without
from haven.changes.rules.background import AFTER_ALL_ELSE, KEEP_COMPARISON
from haven.guidance.models import Edition
from haven.ledger.services import record


def keep_comparison(*, old_id: UUID, new_id: UUID, by: Actor, at: datetime) -> None:
    """Work out every change between two editions that she may read, once: what holds already is left as it is. Long
    editions are compared in the background."""
    old, new = editions_compared(old_id=old_id, new_id=new_id, by=by)
    if not is_at_hand(old=old, new=new):
        ask_for_comparison(old_id=old_id, new_id=new_id, by=by, at=at)
    else:
        _keep(old, new, by, at)


@transaction.atomic
def ask_for_comparison(*, old_id: UUID, new_id: UUID, by: Actor, at: datetime) -> None:  # noqa: ARG001
    """Have two editions that she may read compared in the background, once however often it is asked."""
    editions_compared(old_id=old_id, new_id=new_id, by=by)
    once = f"{KEEP_COMPARISON} {old_id} {new_id}"
    task = app.configure_task(KEEP_COMPARISON, priority=AFTER_ALL_ELSE, queueing_lock=once)
    try:
        with transaction.atomic():
            task.defer(old_id=str(old_id), new_id=str(new_id))
    except AlreadyEnqueued:
        return


def work_out_comparison(*, old_id: UUID, new_id: UUID, by: Actor, at: datetime) -> None:
    """Compare two editions, as the background does for whoever asked."""
    require_haven(by)
    editions = editions_by_name(old_id=old_id, new_id=new_id)
    if editions:
        _keep(*editions, by, at)


def keep_neighbours(*, at_most: int, by: Actor, at: datetime) -> int:
    """Compare editions that follow one another and are not compared yet, so many at most; how many."""
    require_haven(by)
    pairs = neighbours_without(at_most=at_most)
    for old, new in pairs:
        _keep(old, new, by, at)
    return len(pairs)


@transaction.atomic
def discard_stale_comparisons(*, by: Actor, at: datetime) -> int:
    """Forget the comparisons of files that were taken away since; how many."""
    require_haven(by)
    hold = Q(old__sha256=F("old_sha256"), new__sha256=F("new_sha256"))
    count, _ = Comparison.objects.exclude(hold).delete()
    if count:
        record("changes.comparisons_discarded", by=by, at=at, about={"comparisons": count})
    return count


def _keep(old: Edition, new: Edition, by: Actor, at: datetime) -> None:
    """Work out first, so that nothing is locked meanwhile."""
    if kept_comparison(old=old, new=new):
        return
    found = worked_out(old=old, new=new)
    files: dict[str, Any] = {"old_sha256": old.sha256, "new_sha256": new.sha256}
    kept = files | {"packed": packed(found), "change_count": len(found.changes), "made_at": at}
    about = {"old": old.pk, "new": new.pk, "document": new.document_id, "changes": len(found.changes)}
    with transaction.atomic():
        Comparison.objects.update_or_create(old=old, new=new, defaults=kept)
        record("changes.editions_compared", by=by, at=at, about=about)
