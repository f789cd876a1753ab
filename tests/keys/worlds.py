"""Organisations by identifier, records sealed for them, and a root key of the test's own."""

from collections.abc import Collection
from uuid import UUID, uuid4

from haven.access.actor import HAVEN
from haven.keys.queries import Fields, Unopened, open_with
from haven.keys.services import Sealing, seal_all
from tests.cast import NOW

POLICE, OAKFIELD, ASHDOWN = UUID(int=101), UUID(int=102), UUID(int=103)
CANARY = b"a canary sang in the library"
BY = {"by": HAVEN, "at": NOW}


def sealed(*, owner: UUID = POLICE, readers: Collection[UUID] = (), text: bytes = CANARY) -> tuple[UUID, Fields]:
    """A new record with one field, and that field sealed."""
    record = uuid4()
    return record, seal_all(records=[Sealing(record, owner, readers, {"narrative": text})], **BY)[0]


def read(organisation: UUID, record: UUID, fields: Fields) -> Fields | Unopened:
    """The record as the organisation opens it."""
    return open_with(organisation=organisation, sealed={record: fields})[record]
