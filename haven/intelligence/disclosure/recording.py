"""Writing down, before it is shown, what somebody is shown; and what she is refused."""

from django.db import transaction

from haven.access.decision import Decision, Refused
from haven.access.roles import INTELLIGENCE
from haven.subjects.disclosure.recording import Purpose, write_down
from haven.subjects.disclosure.showing import shown_or_refused
from haven.subjects.models import Outcome, Record
from haven.subjects.rules.ties import Asker, Deed, acting_as


def require_written(decision: Decision, *, record: Record, purpose: Purpose, asker: Asker) -> None:
    """Write down that it is shown, or that it was refused: committed before anything is opened. Raises `Refused`."""
    if not decision:
        post = acting_as(asker.actor, INTELLIGENCE, record.area_id) or next(iter(asker.actor.posts), None)
        with transaction.atomic():
            write_down(Outcome.REFUSED, record=record, purpose=purpose, post=post, by=asker.actor, at=asker.at)
        raise Refused(decision.reason)
    shown_or_refused(record, purpose=purpose, deed=Deed.READ, asker=asker)
