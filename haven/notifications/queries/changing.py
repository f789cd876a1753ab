"""A delivery that is about to change, and its next stage."""

from haven.access.decision import Reason, Refused
from haven.notifications.models import Delivery
from haven.notifications.rules.stages import Stage, Step, leads_to

NOT_NOW = "Somebody has done that already, or it was recalled. Look at it again"


def next_stage(delivery: Delivery, step: Step) -> Stage:
    """Where a step leads. Raises `Refused`, with advice, where it cannot be done."""
    stage = leads_to(step, Stage(delivery.stage))
    if stage is None:
        raise Refused(Reason.WRONG_STATE, NOT_NOW)
    return stage
