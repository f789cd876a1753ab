"""What audits do in the background."""

from django.utils import timezone
from procrastinate.contrib.django import app

from haven.access.actor import HAVEN
from haven.audits import services


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
