"""What checks do in the background."""

from procrastinate.contrib.django import app

from haven.access.actor import HAVEN
from haven.checks import services
from haven.ledger.clock import now


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="checks.chase", name="checks.chase")
def chase(timestamp: int) -> int:  # noqa: ARG001 - every periodic task is told its moment
    """Prompt for what is due soon, and tell of what is late."""
    return services.chase(by=HAVEN, at=now())
