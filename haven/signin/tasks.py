"""What sign-in does in the background."""

from procrastinate.contrib.django import app

from haven.access.actor import HAVEN
from haven.ledger.clock import now
from haven.signin import services


@app.periodic(cron="23 2 * * *")
@app.task(queueing_lock="signin.forget_the_expired", name="signin.forget_the_expired")
def forget_the_expired(timestamp: int) -> int:  # noqa: ARG001 - every periodic task is told its moment
    """Delete sessions and cache entries that are over."""
    return services.forget_the_expired(by=HAVEN, at=now())
