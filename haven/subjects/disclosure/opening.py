"""Opening what is sealed, for an organisation that holds the record's key. One that does not open harms no other."""

from collections.abc import Collection, Iterable
from uuid import UUID

from haven.keys.queries import Unopened, open_with
from haven.subjects.models import Subject
from haven.subjects.rules.naming import Identity, from_text


def identities(subjects: Iterable[Subject], *, organisations: Collection[UUID]) -> dict[UUID, Identity]:
    """Who each subject is, by the keys of these organisations. What does not open, or was erased, is left out."""
    there = {row.record_id: row for row in subjects if row.names is not None}
    found: dict[UUID, Identity] = {}
    for organisation in sorted(organisations):
        wanted = {record: _fields(row) for record, row in there.items() if row.pk not in found}
        for record, fields in open_with(organisation=organisation, sealed=wanted).items():
            if not isinstance(fields, Unopened):
                names, born = fields["names"].decode(), fields.get("birth_date", b"").decode()
                found[there[record].pk] = from_text(names, born)
    return found


def opened(
    record: UUID, field: str, sealed: bytes | memoryview | None, *, organisations: Collection[UUID]
) -> str | None:
    """One sealed field as text; none where no organisation opens it, or it was erased."""
    if sealed is None:
        return None
    for organisation in sorted(organisations):
        fields = open_with(organisation=organisation, sealed={record: {field: bytes(sealed)}})[record]
        if not isinstance(fields, Unopened):
            return fields[field].decode()
    return None


def _fields(row: Subject) -> dict[str, bytes]:
    assert row.names is not None
    fields = {"names": bytes(row.names)}
    return fields if row.birth_date is None else fields | {"birth_date": bytes(row.birth_date)}
