"""Rows that a service is about to change: locked, where whoever asks sees them."""

from typing import TypeVar
from uuid import UUID

from haven.access.decision import Reason, Refused
from haven.subjects.models import Record, Subject

Row = TypeVar("Row")


def record_to_change(*, record_id: UUID) -> Record:
    """A record. Raises `Refused`."""
    return there(Record.objects.select_for_update().filter(pk=record_id).first())


def subject_to_change(*, subject_id: UUID) -> Subject:
    """A subject, with her record. Raises `Refused`."""
    rows = Subject.objects.select_related("record").select_for_update(of=("self",))
    return there(rows.filter(pk=subject_id).first())


def there(row: Row | None) -> Row:
    """The row that was looked for. One that is not there, and one that she does not see, answer alike: `Refused`."""
    if row is None:
        raise Refused(Reason.NOT_THE_ORGANISATION)
    return row
