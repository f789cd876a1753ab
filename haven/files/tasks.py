"""What files do in the background."""

from django.utils import timezone
from procrastinate.contrib.django import app

from haven.access.actor import HAVEN
from haven.files import services


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="files.scan_quarantine", name="files.scan_quarantine")
def scan_quarantine(timestamp: int) -> int:  # noqa: ARG001 - every periodic task is told its moment
    """Ask the scanner about what it could not be asked about before."""
    return services.scan_quarantine(by=HAVEN, at=timezone.now())
