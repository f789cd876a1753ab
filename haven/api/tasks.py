"""What the programs' door does in the background."""

from procrastinate.contrib.django import app

from haven.access.actor import HAVEN
from haven.api import services
from haven.ledger.clock import now


@app.periodic(cron="40 * * * *")
@app.task(queueing_lock="api.sweep_nonces", name="api.sweep_nonces")
def sweep_nonces(timestamp: int) -> int:  # noqa: ARG001 - every periodic task is told its moment
    """Forget requests that are too old to be taken anyway."""
    return services.sweep_nonces(by=HAVEN, at=now())
