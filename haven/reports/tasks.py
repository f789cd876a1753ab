"""What reports do in the background."""

from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from haven.access.actor import HAVEN
from haven.reports import services
from haven.reports.rules.reporting import PRINT_REPORT


@app.task(name=PRINT_REPORT)
def print_report(printed_id: str) -> None:
    """Make the documents of a report that somebody waits for."""
    services.print_report(printed_id=UUID(printed_id), by=HAVEN, at=timezone.now())
