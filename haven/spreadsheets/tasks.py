"""What spreadsheets do in the background."""

from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from haven.access.actor import HAVEN
from haven.spreadsheets import services
from haven.spreadsheets.rules.bringing import TAKE_IN


@app.task(name=TAKE_IN)
def take_in(import_id: str) -> None:
    """Take in a long spreadsheet of last year's answers that somebody waits for."""
    services.finish_import(import_id=UUID(import_id), by=HAVEN, at=timezone.now())


@app.periodic(cron="50 3 * * *")
@app.task(queueing_lock="spreadsheets.forget_old_imports", name="spreadsheets.forget_old_imports")
def forget_old_imports(timestamp: int) -> int:  # noqa: ARG001 - every periodic task is told its moment
    """Throw away the spreadsheets that nobody went on with."""
    return services.forget_old_imports(by=HAVEN, at=timezone.now())
