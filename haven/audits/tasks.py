"""What audits do in the background."""

from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from haven.access.actor import HAVEN
from haven.audits import services
from haven.audits.rules.bringing import TAKE_IN
from haven.audits.rules.reporting import PRINT_REPORT


@app.periodic(cron="25 6 * * *")
@app.task(queueing_lock="audits.give_notice", name="audits.give_notice")
def give_notice(timestamp: int) -> int:  # noqa: ARG001 - every periodic task is told its moment
    """Tell schools what the day brings: an audit that opens, a deadline that is near."""
    return services.give_notice(by=HAVEN, at=timezone.now())


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="audits.send_notices", name="audits.send_notices")
def send_notices(timestamp: int) -> int:  # noqa: ARG001
    """Write to those there is something to tell."""
    return services.send_notices(by=HAVEN, at=timezone.now())


@app.task(name=PRINT_REPORT)
def print_report(printed_id: str) -> None:
    """Make the documents of a report that somebody waits for."""
    services.print_report(printed_id=UUID(printed_id), by=HAVEN, at=timezone.now())


@app.task(name=TAKE_IN)
def take_in(import_id: str) -> None:
    """Take in a long spreadsheet of last year's answers that somebody waits for."""
    services.finish_import(import_id=UUID(import_id), by=HAVEN, at=timezone.now())


@app.periodic(cron="50 3 * * *")
@app.task(queueing_lock="audits.forget_old_imports", name="audits.forget_old_imports")
def forget_old_imports(timestamp: int) -> int:  # noqa: ARG001
    """Throw away the spreadsheets that nobody went on with."""
    return services.forget_old_imports(by=HAVEN, at=timezone.now())
