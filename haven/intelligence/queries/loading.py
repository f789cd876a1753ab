"""Rows that a service is about to change: locked, where whoever asks may work with them. Nothing is changed here."""

from datetime import datetime
from uuid import UUID

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, require
from haven.intelligence.models import Submission
from haven.intelligence.policy import may_work
from haven.subjects.rules.ties import Asker, Deed


def submission_to_change(submission_id: UUID, by: Actor, at: datetime) -> Submission:
    """A submission, with its record. One that is not there, and one that she does not see, answer alike: `Refused`."""
    rows = Submission.objects.select_for_update(of=("self",)).select_related("record")
    row = rows.filter(pk=submission_id).first()
    if row is None:
        raise Refused(Reason.NOT_THE_ORGANISATION)
    require(may_work(Asker(by, at), row, Deed.CHANGE))
    return row


def facts_of(submission: Submission) -> dict[str, object]:
    """What the ledger is told of a submission in every entry: never its reference."""
    return {"submission": submission.pk, "area": submission.area_id}
