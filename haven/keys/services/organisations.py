"""Organisations' keys: made, replaced by a new version, and destroyed once nothing stands under them."""

from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused
from haven.engines.sealing.fields import CannotUnseal, new_key
from haven.engines.sealing.keys import unwrap, wrap
from haven.keys.models import OrganisationKey, Purpose, State, Wrap
from haven.keys.queries import Replacing, live_keys, replacing
from haven.keys.roots import Ring, at_hand
from haven.keys.services.roots import make_root
from haven.ledger.services import record

AT_ONCE = 500  # wraps in one transaction
MOVE = """
    update keys_wrap set key_id = %s, wrapped = moved.wrapped
    from unnest(%s::bigint[], %s::bytea[]) as moved (id, wrapped) where keys_wrap.id = moved.id
"""
NO_KEY = "Nothing was ever sealed for this organisation, so it has no key to replace"
UNDER_WAY = "Its key is being replaced already: let that end first"


@transaction.atomic
def make_organisation_keys(*, organisation: UUID, by: Actor, at: datetime) -> OrganisationKey:
    """The organisation's key for wrapping; made, and with it the one for look-ups, where it has none."""
    live = OrganisationKey.objects.filter(organisation=organisation, state=State.LIVE)
    if found := live.filter(purpose=Purpose.WRAPPING).first():
        return found
    make_root(by=by, at=at)  # whoever makes keys waits here for whoever makes them too
    if found := live.filter(purpose=Purpose.WRAPPING).first():
        return found
    _make(organisation, Purpose.LOOKUP, 1, by, at)
    return _make(organisation, Purpose.WRAPPING, 1, by, at)


def keys_in_use(*, organisations: Collection[UUID], by: Actor, at: datetime) -> dict[UUID, OrganisationKey]:
    """The key for wrapping of each of these organisations; made where one has none."""
    live = live_keys(organisations=organisations)
    found = {each: rows[Purpose.WRAPPING] for each, rows in live.items() if Purpose.WRAPPING in rows}
    for each in sorted(set(organisations) - set(found)):
        found[each] = make_organisation_keys(organisation=each, by=by, at=at)
    return found


@transaction.atomic
def rotate_organisation(*, organisation: UUID, by: Actor, at: datetime) -> OrganisationKey:
    """Begin to replace an organisation's key: the new version is used from now on, the old one still opens."""
    keys = OrganisationKey.objects.select_for_update().filter(organisation=organisation, purpose=Purpose.WRAPPING)
    states = {key.state: key for key in keys}
    if State.LIVE not in states:
        raise Refused(Reason.WRONG_STATE, NO_KEY)
    if State.RETIRING in states:
        raise Refused(Reason.WRONG_STATE, UNDER_WAY)
    old = states[State.LIVE]
    old.state = State.RETIRING
    old.save(update_fields=["state"])
    made = _make(organisation, Purpose.WRAPPING, old.version + 1, by, at)
    record("organisation_key.rotated", by=by, at=at, about=_facts(made) | {"before": old.version})
    return made


@dataclass(frozen=True, slots=True)
class Batch:
    """What one batch of wraps came to; `last` is none where there was nothing left to take."""

    last: int | None
    moved: int
    failed: int


@dataclass(frozen=True, slots=True)
class Replaced:
    """What replacing came to: wraps put under the new version, wraps that do not open, old versions destroyed."""

    moved: int
    failed: int
    destroyed: int


@transaction.atomic
def rewrap_some(*, key_id: UUID, after: int, at_most: int, by: Actor, at: datetime) -> Batch:
    """Put the next wraps of an old version under the one in use. One that does not open stays, and is counted."""
    old = OrganisationKey.objects.get(pk=key_id)
    new = OrganisationKey.objects.get(organisation=old.organisation, purpose=Purpose.WRAPPING, state=State.LIVE)
    rows = list(Wrap.objects.select_for_update().filter(key=old, pk__gt=after).order_by("pk")[:at_most])
    if not rows:
        return Batch(None, 0, 0)
    moved = _rewrapped(rows, old, new, at_hand())
    with connection.cursor() as cursor:
        cursor.execute(MOVE, [new.pk, list(moved), list(moved.values())])
    batch = Batch(rows[-1].pk, len(moved), len(rows) - len(moved))
    about = _facts(new) | {"before": old.version, "moved": batch.moved, "failed": batch.failed}
    record("organisation_key.rewrapped", by=by, at=at, about=about)
    return batch


@transaction.atomic
def destroy_key(*, key_id: UUID, by: Actor, at: datetime) -> bool:
    """Destroy a version that was replaced, unless a wrap still stands under it. The database holds to that too."""
    key = OrganisationKey.objects.select_for_update().get(pk=key_id)
    if key.state != State.RETIRING or key.wraps.exists():
        return False
    key.state, key.wrapped, key.destroyed_at = State.DESTROYED, None, at
    key.save(update_fields=["state", "wrapped", "destroyed_at"])
    record("organisation_key.destroyed", by=by, at=at, about=_facts(key))
    return True


def carry_on(
    *, organisations: Collection[UUID] | None, told: Callable[[Replacing], None], by: Actor, at: datetime
) -> Replaced:
    """Go on with whatever is being replaced, in transactions of a few hundred, and destroy what is done with.

    How far it is stands in the rows: broken off at any moment, the next call goes on from there. `told` hears of each
    step before it is taken.
    """
    moved = failed = destroyed = 0
    for one in replacing(organisations=organisations):
        after: int | None = 0
        left = one.left
        while after is not None:
            told(Replacing(one.key, one.organisation, one.version, left))
            batch = rewrap_some(key_id=one.key, after=after, at_most=AT_ONCE, by=by, at=at)
            after = batch.last
            moved, failed, left = moved + batch.moved, failed + batch.failed, left - batch.moved
        destroyed += destroy_key(key_id=one.key, by=by, at=at)
    return Replaced(moved, failed, destroyed)


def _make(organisation: UUID, purpose: Purpose, version: int, by: Actor, at: datetime) -> OrganisationKey:
    root = make_root(by=by, at=at)
    row = OrganisationKey(organisation=organisation, purpose=purpose, version=version, root=root, made_at=at)
    row.wrapped = at_hand().closed(new_key(), row)
    row.save(force_insert=True)
    record("organisation_key.made", by=by, at=at, about=_facts(row))
    return row


def _rewrapped(rows: list[Wrap], old: OrganisationKey, new: OrganisationKey, ring: Ring) -> dict[int, bytes]:
    """The wraps that open, by their rows, under the new key; none of them where the old key itself does not open."""
    moved = {}
    below = ring.opened(new)
    with suppress(CannotUnseal):
        above = ring.opened(old)
        for row in rows:
            with suppress(CannotUnseal):
                moved[row.pk] = wrap(unwrap(bytes(row.wrapped), under=above), under=below)
    return moved


def _facts(key: OrganisationKey) -> dict[str, object]:
    return {"organisation": key.organisation, "purpose": key.purpose, "version": key.version}
