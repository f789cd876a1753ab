"""A record's key: made with the record, given to an organisation, taken back, and forgotten with the record."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused
from haven.engines.sealing.fields import new_key, place, seal
from haven.engines.sealing.keys import wrap
from haven.keys.models import OrganisationKey, RecordKey, Wrap
from haven.keys.queries import Unlocked, record_key
from haven.keys.roots import at_hand
from haven.keys.services.organisations import keys_in_use
from haven.ledger import services as ledger
from haven.ledger.together import part

THE_OWNERS = "A record is not taken back from the organisation whose record it is: it is erased by its rule"


@dataclass(frozen=True, slots=True)
class Sealing:
    """A record that is to have a key: whose it is, who may open it besides, and its fields in clear."""

    record: UUID
    owner: UUID
    readers: Collection[UUID]
    fields: Mapping[str, bytes] = field(repr=False)


@dataclass(frozen=True, slots=True, order=True)
class Grant:
    """That an organisation is to open a record."""

    record: UUID
    to: UUID


@part()
def seal_all(*, records: Sequence[Sealing], by: Actor, at: datetime) -> list[dict[str, bytes]]:
    """Make each record's key, for its owner and its readers, and give back its fields, sealed. Once for each record."""
    holders = [sorted({each.owner, *each.readers}) for each in records]
    above = keys_in_use(organisations={one for those in holders for one in those}, by=by, at=at)
    unlocked, kept, wraps, deeds, sealed = Unlocked(at_hand()), [], [], [], []
    for new, those in zip(records, holders, strict=True):
        key, bound = new_key(), partial(place, new.owner, new.record)
        sealed.append({name: seal(plain, key=key, bound_to=bound(name)) for name, plain in new.fields.items()})
        sample = seal(b"", key=key, bound_to=bound("sample"))
        kept.append(RecordKey(record=new.record, owner=new.owner, sample=sample, made_at=at))
        wraps += [_wrapped(kept[-1], key, above[each], unlocked, at) for each in those]
        about = {"record": new.record, "owner": new.owner, "organisations": those}
        deeds.append(ledger.Deed("record_key.made", about))
    RecordKey.objects.bulk_create(kept)
    Wrap.objects.bulk_create(wraps)
    ledger.record_all(deeds, by=by, at=at)
    return sealed


def grant(*, record: UUID, to: UUID, by: Actor, at: datetime) -> bool:
    """Let another organisation open a record; false where it could already. Raises `CannotUnseal`, `RootKeyFault`."""
    return bool(grant_all(grants=[Grant(record, to)], by=by, at=at))


@part()
def grant_all(*, grants: Collection[Grant], by: Actor, at: datetime) -> Sequence[Grant]:
    """The same for many: those that were new."""
    kept = _locked({each.record for each in grants})
    rows = list(Wrap.objects.select_related("key").filter(record__in=kept))
    new = sorted(set(grants) - {Grant(row.record_id, row.organisation) for row in rows})
    owners = {row.record_id: row for row in rows if row.organisation == kept[row.record_id].owner}
    above = keys_in_use(organisations={each.to for each in new}, by=by, at=at)
    unlocked = Unlocked(at_hand())
    keys = {record: record_key(owners[record], unlocked) for record in {each.record for each in new}}
    Wrap.objects.bulk_create(
        _wrapped(kept[each.record], keys[each.record], above[each.to], unlocked, at) for each in new
    )
    about = [{"record": each.record, "organisation": each.to} for each in new]
    ledger.record_all([ledger.Deed("record_key.granted", each) for each in about], by=by, at=at)
    return new


def withdraw(*, record: UUID, organisation: UUID, by: Actor, at: datetime) -> bool:
    """Take a record back from an organisation: it opens no more there. False where it was not there."""
    return bool(withdraw_all(grants=[Grant(record, organisation)], by=by, at=at))


@part()
def withdraw_all(*, grants: Collection[Grant], by: Actor, at: datetime) -> Sequence[Grant]:
    """The same for many: those that were there."""
    kept = _locked({each.record for each in grants})
    if any(each.to == kept[each.record].owner for each in grants):
        raise Refused(Reason.WRONG_STATE, THE_OWNERS)
    rows = Wrap.objects.filter(record__in=kept).values_list("pk", "record", "organisation")
    there = {pk: Grant(record, organisation) for pk, record, organisation in rows}
    taken = {pk: each for pk, each in there.items() if each in set(grants)}
    Wrap.objects.filter(pk__in=taken).delete()
    about = [{"record": each.record, "organisation": each.to} for each in sorted(taken.values())]
    ledger.record_all([ledger.Deed("record_key.withdrawn", each) for each in about], by=by, at=at)
    return sorted(taken.values())


@transaction.atomic
def forget_record(*, record: UUID, by: Actor, at: datetime) -> None:
    """Erase a record by its key: whatever was sealed under it opens for nobody any more. There is no way back."""
    kept = RecordKey.objects.select_for_update().get(pk=record)
    kept.delete()
    ledger.record("record_key.forgotten", by=by, at=at, about={"record": record, "owner": kept.owner})


def _locked(records: Collection[UUID]) -> dict[UUID, RecordKey]:
    """Their keys, locked until the transaction ends, in one order for everybody."""
    kept = {row.pk: row for row in RecordKey.objects.select_for_update().filter(pk__in=records).order_by("pk")}
    if len(kept) < len(records):
        raise RecordKey.DoesNotExist("a record without a key is given to nobody, and taken from nobody")
    return kept


def _wrapped(kept: RecordKey, key: bytes, above: OrganisationKey, unlocked: Unlocked, at: datetime) -> Wrap:
    """The record's key under the key of an organisation that is in use."""
    sealed = wrap(key, under=unlocked.by(above))
    return Wrap(record=kept, organisation=above.organisation, key=above, wrapped=sealed, granted_at=at)
