"""What questionnaires do in the background."""

from django.utils import timezone
from procrastinate.contrib.django import app

from haven.access.actor import HAVEN
from haven.questions import services


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="questions.look_into_files", name="questions.look_into_files")
def look_into_files(timestamp: int) -> int:  # noqa: ARG001 - every periodic task is told its moment
    """Flag evidence that holds no words."""
    return services.look_into_files(by=HAVEN, at=timezone.now())
