"""What keys do in the background."""

from procrastinate.contrib.django import app

from haven.access.actor import HAVEN
from haven.keys import services
from haven.ledger.clock import now


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="keys.carry_on", name="keys.carry_on")
def carry_on(timestamp: int) -> int:  # noqa: ARG001 - every periodic task is told its moment
    """Go on with keys that are being replaced, where a command was broken off."""
    return services.carry_on(organisations=None, told=lambda _: None, by=HAVEN, at=now()).moved
