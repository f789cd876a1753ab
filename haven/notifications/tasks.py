"""What notifications does in the background, every minute and every morning."""

from procrastinate.contrib.django import app

from haven.access.actor import HAVEN
from haven.ledger.clock import now
from haven.notifications import services


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="notifications.sweep", name="notifications.sweep")
def sweep(timestamp: int) -> int:  # noqa: ARG001 - every periodic task is told its moment
    """Tell whoever must be told now, and send what waits."""
    looked = services.sweep(by=HAVEN, at=now())
    services.send_prompts(by=HAVEN, at=now())
    return looked


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="notifications.send_prompts", name="notifications.send_prompts")
def send_prompts(timestamp: int) -> int:  # noqa: ARG001
    """Send what waits, beside the sweep: after a time in which nothing ran, no letter waits until all is swept."""
    return services.send_prompts(by=HAVEN, at=now())


@app.periodic(cron="15 7 * * *")
@app.task(queueing_lock="notifications.remind", name="notifications.remind")
def remind(timestamp: int) -> int:  # noqa: ARG001
    """Each morning, remind schools of what they wished to look at again."""
    return services.remind(by=HAVEN, at=now())


@app.periodic(cron="5 7 * * *")
@app.task(queueing_lock="notifications.return", name="notifications.return")
def returns(timestamp: int) -> int:  # noqa: ARG001
    """Each morning, make the returns of the month before that are not there yet, and ask again for what is overdue."""
    at = now()
    services.make_returns(by=HAVEN, at=at)
    services.chase_returns(by=HAVEN, at=at)
    return services.tell_of_returns(by=HAVEN, at=at)


@app.periodic(cron="25 * * * *")
@app.task(queueing_lock="notifications.chase_copies", name="notifications.chase_copies")
def chase_copies(timestamp: int) -> int:  # noqa: ARG001
    """Each hour, tell of copies that nobody has said in time are destroyed."""
    return services.chase_copies(by=HAVEN, at=now())


@app.periodic(cron="35 3 * * *")
@app.task(queueing_lock="notifications.forget_prompts", name="notifications.forget_prompts")
def forget_prompts(timestamp: int) -> int:  # noqa: ARG001
    """Each night, forget who was written to long ago."""
    return services.forget_prompts(by=HAVEN, at=now())
