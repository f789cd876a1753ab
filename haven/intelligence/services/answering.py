"""Answering: whoever told something learns what became of it, and the unit does not learn who she is."""

from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from haven.access.actor import HAVEN, Actor
from haven.access.decision import Reason, Refused, person_of
from haven.engines.days.moments import local_day
from haven.intelligence import letters
from haven.intelligence.disclosure.opening import source_of
from haven.intelligence.models import Receipt, Source, Submission
from haven.intelligence.queries.loading import facts_of, submission_to_change
from haven.intelligence.rules.outcomes import Outcome, may_follow
from haven.kit.letters import went_out
from haven.ledger.services import record
from haven.people.seeing import seeing, working_as

CHOOSE = "Choose what became of it"


@seeing("intelligence.working")
def answer(*, submission_id: UUID, outcome: Outcome, by: Actor, at: datetime) -> Submission:
    """Say what became of a submission, or think better of it. The same answer again changes nothing.

    Haven finds the receipt in the sealed source and tells nobody. Where the source does not open, the answer stands and
    the receipt waits.
    """
    row = submission_to_change(submission_id, by, at)
    if row.outcome == outcome:
        return row
    if not may_follow(Outcome(row.outcome), outcome):
        raise Refused(Reason.NOT_ASKABLE, CHOOSE)
    row.outcome, row.answered_at, row.answered_by_id = outcome, at, person_of(by)
    row.save(update_fields=["outcome", "answered_at", "answered_by"])
    record("matter.answered", by=by, at=at, about=facts_of(row) | {"outcome": outcome})
    with working_as(HAVEN, "intelligence.answering"):
        _tell(row, outcome, at)
    return row


def _tell(row: Submission, outcome: Outcome, at: datetime) -> None:
    """Write it on the receipt, and to whoever holds it."""
    source = source_of(Source.objects.get(submission=row))
    if source is None:
        return
    receipt = Receipt.objects.select_related("person").get(pk=source.receipt)
    receipt.outcome, receipt.outcome_on = outcome, local_day(at)
    receipt.save(update_fields=["outcome", "outcome_on"])
    if receipt.person.is_active:
        send = partial(letters.something_new, to=receipt.person.email)
        transaction.on_commit(partial(went_out, send), robust=True)
