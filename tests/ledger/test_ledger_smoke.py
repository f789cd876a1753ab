from datetime import UTC, datetime
import pytest
from django.db import transaction, DatabaseError
from haven.access.actor import HAVEN
from haven.ledger.models import Entry
from haven.ledger.queries import verified
from haven.ledger.services import erase, record

AT = datetime(2026, 3, 1, 9, tzinfo=UTC)

@pytest.mark.django_db
def test_smoke():
    for n in range(5):
        record("x.y", by=HAVEN, at=AT, about={"n": n})
    assert verified().holds
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.filter(number=2).update(leaf=b"x")
    erase([2], rule="R1", by=HAVEN, at=AT)
    v = verified()
    assert v.holds and v.erased == 1 and v.entries == 6, v
