"""What changes do in the background."""

from django.utils import timezone
from procrastinate.contrib.django import app

from haven.access.actor import HAVEN
from haven.changes import services


@app.periodic(cron="40 3 * * *")
@app.task(queueing_lock="changes.discard_stale_comparisons", name="changes.discard_stale_comparisons")
def discard_stale_comparisons(timestamp: int) -> int:  # noqa: ARG001 - every periodic task is told its moment
    """Forget the comparisons of files that were taken away."""
    return services.discard_stale_comparisons(by=HAVEN, at=timezone.now())
