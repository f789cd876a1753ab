"""The door through which capabilities above ask the one decision: of a record, and of all records as a filter."""

from uuid import UUID

from django.db import transaction

from haven.access.actor import HAVEN
from haven.people.seeing import working_as
from haven.subjects.models import Record
from haven.subjects.policy import decide, excluded_from, records_for

__all__ = ["decide", "excluded_from", "record_to_decide", "records_for"]


def record_to_decide(*, record_id: UUID) -> Record:
    """A record as Haven sees it: to decide about somebody who perhaps must not, and to write down that she was refused.

    Hand nothing of it to her before the decision.
    """
    with transaction.atomic(), working_as(HAVEN, "subjects.deciding"):
        return Record.objects.get(pk=record_id)
