"""A delivery that is about to change: locked, its next stage, and what the ledger is told of it."""

from uuid import UUID

from haven.access.decision import Reason, Refused
from haven.notifications.models import Delivery
from haven.notifications.rules.stages import Stage, Step, leads_to

NOT_NOW = "Somebody has done that already, or it was recalled. Look at it again"


def delivery_to_change(*, delivery_id: UUID) -> Delivery:
    """A delivery, locked until the transaction ends. One that she does not see, and one that there is not, answer
    alike: `Refused`."""
    row = Delivery.objects.select_for_update(of=("self",)).filter(pk=delivery_id).first()
    if row is None:
        raise Refused(Reason.NOT_THE_ORGANISATION)
    return row


def next_stage(delivery: Delivery, step: Step) -> Stage:
    """Where a step leads. Raises `Refused`, with advice, where it cannot be done."""
    stage = leads_to(step, Stage(delivery.stage))
    if stage is None:
        raise Refused(Reason.WRONG_STATE, NOT_NOW)
    return stage


def facts_of(delivery: Delivery) -> dict[str, object]:
    """What the ledger is told: which delivery, never of whom."""
    return {
        "delivery": delivery.pk,
        "notification": delivery.notification_id,
        "stage": delivery.stage,
        "area": delivery.area_id,
    }
