"""What school policies do in the background."""

from django.utils import timezone
from procrastinate.contrib.django import app

from haven.access.actor import HAVEN
from haven.policies import services


@app.periodic(cron="15 4 * * *")
@app.task(queueing_lock="policies.start_due_reviews", name="policies.start_due_reviews")
def start_due_reviews(timestamp: int) -> int:  # noqa: ARG001 - every periodic task is told its moment
    """Start the reviews that come up."""
    return services.start_due_reviews(by=HAVEN, at=timezone.now())


@app.periodic(cron="45 4 * * *")
@app.task(queueing_lock="policies.discard_old_files", name="policies.discard_old_files")
def discard_old_files(timestamp: int) -> int:  # noqa: ARG001
    """Keep the files of old versions no longer than the settings say."""
    return services.discard_old_files(by=HAVEN, at=timezone.now())
