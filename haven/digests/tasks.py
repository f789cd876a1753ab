"""What digests do in the background."""

from django.utils import timezone
from procrastinate.contrib.django import app

from haven.access.actor import HAVEN
from haven.digests import services


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="digests.announce_digests", name="digests.announce_digests")
def announce_digests(timestamp: int) -> int:  # noqa: ARG001 - every periodic task is told its moment
    """Write to those there is a digest to read for."""
    return services.announce_digests(by=HAVEN, at=timezone.now())
