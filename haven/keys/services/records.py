"""A record's key: made with the record, given to an organisation, taken back, and forgotten with the record."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused
from haven.engines.sealing.fields import new_key, place, seal
from haven.engines.sealing.keys import wrap
from haven.keys.models import RecordKey, Wrap
from haven.keys.queries import record_key
from haven.keys.roots import at_hand
from haven.keys.services.organisations import make_organisation_keys
from haven.ledger import services as ledger

THE_OWNERS = "A record is not taken back from the organisation whose record it is: it is erased by its rule"


@transaction.atomic
def seal_for(
    *, record: UUID, owner: UUID, readers: Collection[UUID], fields: Mapping[str, bytes], by: Actor, at: datetime
) -> dict[str, bytes]:
    """Make a record's key, for its owner and these readers, and give back its fields, sealed. Once for each record."""
    key = new_key()
    sealed = {name: seal(plain, key=key, bound_to=place(owner, record, name)) for name, plain in fields.items()}
    sample = seal(b"", key=key, bound_to=place(owner, record, "sample"))
    kept = RecordKey.objects.create(record=record, owner=owner, sample=sample, made_at=at)
    holders = sorted({owner, *readers})
    Wrap.objects.bulk_create([_wrapped(kept, key, holder, by, at) for holder in holders])
    ledger.record("record_key.made", by=by, at=at, about={"record": record, "owner": owner, "organisations": holders})
    return sealed


@transaction.atomic
def grant(*, record: UUID, to: UUID, by: Actor, at: datetime) -> bool:
    """Let another organisation open a record; false where it could already. Raises `CannotUnseal`, `RootKeyFault`."""
    kept = RecordKey.objects.select_for_update().get(pk=record)
    if kept.wraps.filter(organisation=to).exists():
        return False
    own = kept.wraps.select_related("key").get(organisation=kept.owner)
    _wrapped(kept, record_key(own, at_hand()), to, by, at).save(force_insert=True)
    ledger.record("record_key.granted", by=by, at=at, about={"record": record, "organisation": to})
    return True


@transaction.atomic
def withdraw(*, record: UUID, organisation: UUID, by: Actor, at: datetime) -> bool:
    """Take a record back from an organisation: it opens no more there. False where it was not there."""
    kept = RecordKey.objects.select_for_update().get(pk=record)
    if organisation == kept.owner:
        raise Refused(Reason.WRONG_STATE, THE_OWNERS)
    taken, _ = kept.wraps.filter(organisation=organisation).delete()
    if taken:
        ledger.record("record_key.withdrawn", by=by, at=at, about={"record": record, "organisation": organisation})
    return bool(taken)


@transaction.atomic
def forget_record(*, record: UUID, by: Actor, at: datetime) -> None:
    """Erase a record by its key: whatever was sealed under it opens for nobody any more. There is no way back."""
    kept = RecordKey.objects.select_for_update().get(pk=record)
    kept.delete()
    ledger.record("record_key.forgotten", by=by, at=at, about={"record": record, "owner": kept.owner})


def _wrapped(kept: RecordKey, key: bytes, holder: UUID, by: Actor, at: datetime) -> Wrap:
    """The record's key for one organisation, under whichever version of its key is in use."""
    above = make_organisation_keys(organisation=holder, by=by, at=at)
    sealed = wrap(key, under=at_hand().opened(above))
    return Wrap(record=kept, organisation=holder, key=above, wrapped=sealed, granted_at=at)
