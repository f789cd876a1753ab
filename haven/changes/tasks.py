"""What changes do in the background."""

from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from haven.access.actor import HAVEN
from haven.changes import services
from haven.changes.rules.background import AFTER_ALL_ELSE, COMPARE_PAIR, KEEP_COMPARISON, MOST_AT_ONCE


@app.periodic(cron="40 3 * * *")
@app.task(queueing_lock="changes.discard_stale_comparisons", name="changes.discard_stale_comparisons")
def discard_stale_comparisons(timestamp: int) -> int:  # noqa: ARG001 - every periodic task is told its moment
    """Forget the comparisons of files that were taken away."""
    return services.discard_stale_comparisons(by=HAVEN, at=timezone.now())


@app.task(name=COMPARE_PAIR)
def compare_pair(pair_id: str) -> None:
    """Compare two files of somebody's own."""
    services.compare_pair(pair_id=UUID(pair_id), by=HAVEN, at=timezone.now())


@app.periodic(cron="*/15 * * * *")
@app.task(queueing_lock="changes.sweep_pairs", name="changes.sweep_pairs")
def sweep_pairs(timestamp: int) -> int:  # noqa: ARG001
    """Throw away the files that were compared and not kept."""
    return services.sweep_pairs(by=HAVEN, at=timezone.now())


@app.task(name=KEEP_COMPARISON)
def keep_comparison(old_id: str, new_id: str) -> None:
    """Compare two long editions that somebody waits for."""
    services.work_out_comparison(old_id=UUID(old_id), new_id=UUID(new_id), by=HAVEN, at=timezone.now())


@app.periodic(cron="*/3 * * * *")
@app.task(queueing_lock="changes.keep_neighbours", priority=AFTER_ALL_ELSE, name="changes.keep_neighbours")
def keep_neighbours(timestamp: int) -> int:  # noqa: ARG001
    """Compare the editions that came in with those before them."""
    return services.keep_neighbours(at_most=MOST_AT_ONCE, by=HAVEN, at=timezone.now())
