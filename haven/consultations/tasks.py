"""What consultations do in the background."""

from django.utils import timezone
from procrastinate.contrib.django import app

from haven.access.actor import HAVEN
from haven.consultations import services


@app.periodic(cron="20 6 * * *")
@app.task(queueing_lock="consultations.give_notice", name="consultations.give_notice")
def give_notice(timestamp: int) -> int:  # noqa: ARG001 - every periodic task is told its moment
    """Remind whom the day brings it to be reminded."""
    return services.give_notice(by=HAVEN, at=timezone.now())


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="consultations.send_notices", name="consultations.send_notices")
def send_notices(timestamp: int) -> int:  # noqa: ARG001
    """Write to those there is something to tell."""
    return services.send_notices(by=HAVEN, at=timezone.now())
