"""What subjects does in the background."""

from procrastinate.contrib.django import app

from haven.access.actor import HAVEN
from haven.ledger.clock import now
from haven.subjects import services


@app.periodic(cron="5 7 * * *")
@app.task(queueing_lock="subjects.chase_reviews", name="subjects.chase_reviews")
def chase_reviews(timestamp: int) -> int:  # noqa: ARG001 - every periodic task is told its moment
    """Each morning, tell of broken glass that nobody has looked at in time."""
    return services.chase_reviews(by=HAVEN, at=now())


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="subjects.take_lent_keys", name="subjects.take_lent_keys")
def take_lent_keys(timestamp: int) -> int:  # noqa: ARG001
    """Every ten minutes, take back the keys of what was lent and is over."""
    return services.take_lent_keys(by=HAVEN, at=now())
