"""What actions do in the background."""

from django.utils import timezone
from procrastinate.contrib.django import app

from haven.access.actor import HAVEN
from haven.actions import services


@app.periodic(cron="5 * * * *")
@app.task(queueing_lock="actions.raise_next_occurrences", name="actions.raise_next_occurrences")
def raise_next_occurrences(timestamp: int) -> int:  # noqa: ARG001 - every periodic task is told its moment
    """Raise what has come round."""
    return services.raise_next_occurrences(by=HAVEN, at=timezone.now())


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="actions.send_prompts", name="actions.send_prompts")
def send_prompts(timestamp: int) -> int:  # noqa: ARG001
    """Write to those there is something to tell."""
    return services.send_prompts(by=HAVEN, at=timezone.now())


@app.periodic(cron="0 7 * * 1")
@app.task(queueing_lock="actions.send_weekly_digests", name="actions.send_weekly_digests")
def send_weekly_digests(timestamp: int) -> int:  # noqa: ARG001
    """Write the weekly digest on Monday morning."""
    return services.send_weekly_digests(by=HAVEN, at=timezone.now())


@app.periodic(cron="30 3 * * *")
@app.task(queueing_lock="actions.discard_old_drafts", name="actions.discard_old_drafts")
def discard_old_drafts(timestamp: int) -> int:  # noqa: ARG001
    """Forget forms nobody has touched for long."""
    return services.discard_old_drafts(by=HAVEN, at=timezone.now())
