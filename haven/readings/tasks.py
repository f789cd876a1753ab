"""What reading does in the background."""

from django.utils import timezone
from procrastinate.contrib.django import app

from haven.access.actor import HAVEN
from haven.readings import services


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="readings.send_prompts", name="readings.send_prompts")
def send_prompts(timestamp: int) -> int:  # noqa: ARG001 - every periodic task is told its moment
    """Write to those there is something to tell."""
    return services.send_prompts(by=HAVEN, at=timezone.now())


@app.periodic(cron="15 7 * * *")
@app.task(queueing_lock="readings.remind_of_due", name="readings.remind_of_due")
def remind_of_due(timestamp: int) -> int:  # noqa: ARG001
    """Each morning, remind those whose reading is due soon or overdue, and tell those who came new to a school."""
    return services.remind_of_due(by=HAVEN, at=timezone.now())


@app.periodic(cron="20 * * * *")
@app.task(queueing_lock="readings.find_parts_again", name="readings.find_parts_again")
def find_parts_again(timestamp: int) -> int:  # noqa: ARG001
    """Keep where parts stand once an edition has been given its text, or another."""
    return services.find_parts_again(by=HAVEN, at=timezone.now())


@app.periodic(cron="45 3 * * *")
@app.task(queueing_lock="readings.forget_readers", name="readings.forget_readers")
def forget_readers(timestamp: int) -> int:  # noqa: ARG001
    """Erase the names of staff who left long ago."""
    return services.forget_readers(by=HAVEN, at=timezone.now())
