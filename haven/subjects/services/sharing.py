"""To share or not to share: decided by a person, with reasons, and recorded either way."""

from datetime import datetime
from uuid import UUID

from haven.access.actor import Actor
from haven.access.decision import require
from haven.ledger.services import record
from haven.people.seeing import seeing
from haven.subjects.disclosure.recording import Purpose, write_down
from haven.subjects.models import Disclosure, Outcome
from haven.subjects.policy import decide
from haven.subjects.queries.loading import record_to_change
from haven.subjects.rules.ties import READERS, Asker, Deed, acting_as
from haven.subjects.services.records import send_record


@seeing("subjects.sharing")
def decide_to_share(*, record_id: UUID, to: UUID, purpose: Purpose, by: Actor, at: datetime) -> Disclosure:
    """Send a record to an organisation: the disclosure is written down before the record can be read there."""
    row = record_to_change(record_id=record_id)
    require(decide(Asker(by, at), Deed.SEND_ON, row))
    post = acting_as(by, READERS, row.area_id)
    disclosure = write_down(Outcome.SENT, record=row, purpose=purpose, post=post, by=by, at=at, to=to)
    send_record(record_id=record_id, to=to, by=by, at=at)
    record("subject.shared", by=by, at=at, about={"record": row.pk, "to": to, "area": row.area_id})
    return disclosure


@seeing("subjects.sharing")
def decide_to_keep_back(*, record_id: UUID, to: UUID, purpose: Purpose, by: Actor, at: datetime) -> Disclosure:
    """Decide not to send a record to an organisation that might have had it, and say why."""
    row = record_to_change(record_id=record_id)
    require(decide(Asker(by, at), Deed.SEND_ON, row))
    post = acting_as(by, READERS, row.area_id)
    disclosure = write_down(Outcome.KEPT_BACK, record=row, purpose=purpose, post=post, by=by, at=at, to=to)
    record("subject.kept_back", by=by, at=at, about={"record": row.pk, "to": to, "area": row.area_id})
    return disclosure
