"""The root key: made, replaced, split in three, restored from two shares, and tested."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused
from haven.engines.sealing.fields import CannotUnseal, place, unseal
from haven.engines.sealing.keys import name_of
from haven.engines.sealing.sharing import Share, joined, split
from haven.keys import roots
from haven.keys.models import OrganisationKey, RecordKey, RootKey, State
from haven.keys.queries import Unlocked, record_key
from haven.keys.roots import RootKeyFault
from haven.ledger.services import record

LOCK = 960_004  # held while a root key comes into use, and while an organisation's key is put under it
MISSING = (
    "The root key {name} is not at hand, and nothing confidential opens. Put its file back, or run "
    "haven keys restore with two of its shares"
)
ONE_ALONE = (
    "The root key is handed in from outside: hand in a new one after it, with a space between, and run this again"
)
UNOPENED = "{count} keys of organisations do not open under the root key in use: restore them from a backup first"
NO_ROOT = "No root key is in use here yet. Where a backup is to be restored, restore the database first"
OTHER_KEY = "These shares give the root key {given}, and the one in use here is {name}"
HANDED_IN = "The root key is handed in from outside: hand in the one that these shares give"


@transaction.atomic
def make_root(*, by: Actor, at: datetime) -> RootKey:
    """The root key in use: made, where none ever was; never anew where one was lost. Raises `RootKeyFault`."""
    _lock()
    if current := RootKey.objects.filter(is_current=True).first():
        if current.name not in roots.at_hand().keys:
            raise RootKeyFault(MISSING.format(name=current.name))
        _tidy(current)
        return current
    if not roots.at_hand().keys:
        roots.make()
    name = next(iter(roots.at_hand().keys))
    made = RootKey.objects.create(name=name, is_current=True, made_at=at)
    record("root_key.made", by=by, at=at, about={"root_key": name})
    return made


def rotate_root(*, by: Actor, at: datetime) -> RootKey:
    """Put a new root key in the place of the one in use: every organisation's key is wrapped under it, or none.

    The new key is on the disk before anything rests on it, and the old one until nothing does. Raises `Refused`,
    `RootKeyFault`.
    """
    _tidy(make_root(by=by, at=at))
    made = _move_to(_new_root(), by, at)
    _tidy(made)
    return made


@transaction.atomic
def split_root(*, by: Actor, at: datetime) -> tuple[Share, Share, Share]:
    """Three shares of the root key in use, to be shown once and kept by three holders. Raises `RootKeyFault`."""
    current = make_root(by=by, at=at)
    shares = split(roots.at_hand().keys[current.name])
    current.split_at = at
    current.save(update_fields=["split_at"])
    record("root_key.split", by=by, at=at, about={"root_key": current.name, "split": shares[0].split.hex()})
    return shares


@transaction.atomic
def restore_root(*, shares: Sequence[Share], by: Actor, at: datetime) -> RootKey:
    """Write the root key in use, which was lost, from two of its shares. Raises `Refused`, `BadShare`."""
    _lock()
    current = RootKey.objects.filter(is_current=True).first()
    key = joined(shares)
    if current is None:
        raise Refused(Reason.WRONG_STATE, NO_ROOT)
    if name_of(key) != current.name:
        raise Refused(Reason.WRONG_STATE, OTHER_KEY.format(given=name_of(key), name=current.name))
    if roots.is_handed_in():
        raise Refused(Reason.WRONG_STATE, HANDED_IN)
    roots.put_back(key)
    if current.name not in roots.at_hand().keys:
        raise RootKeyFault("another root key lies in its place: move that file away first")
    holders = sorted(share.holder for share in shares)
    record("root_key.restored", by=by, at=at, about={"root_key": current.name, "shares": holders})
    return current


@dataclass(frozen=True, slots=True)
class Drilled:
    """What a test of the keys found: records tried, records that opened, and for how many organisations."""

    tried: int
    opened: int
    wraps: int


@transaction.atomic
def drill(*, count: int, by: Actor, at: datetime) -> Drilled:
    """Open so many records, drawn at random, for every organisation that may read them. Raises `RootKeyFault`."""
    current = make_root(by=by, at=at)
    unlocked = Unlocked(roots.at_hand())
    drawn = RecordKey.objects.prefetch_related("wraps__key").order_by("?")[:count]
    found = [(_opens(each, unlocked), len(each.wraps.all())) for each in drawn]
    drilled = Drilled(len(found), sum(opens for opens, _ in found), sum(wraps for _, wraps in found))
    if 0 < drilled.opened == drilled.tried:
        current.drilled_at = at
        current.save(update_fields=["drilled_at"])
    about = {"root_key": current.name, "tried": drilled.tried, "opened": drilled.opened}
    record("root_key.drilled", by=by, at=at, about=about)
    return drilled


def _opens(kept: RecordKey, unlocked: Unlocked) -> bool:
    """Whether the record opens for each of its readers, and has one."""
    wraps = kept.wraps.all()
    try:
        for wrap in wraps:
            key = record_key(wrap, unlocked)
            unseal(bytes(kept.sample), key=key, bound_to=place(kept.owner, kept.record, "sample"))
    except CannotUnseal:
        return False
    return bool(wraps)


def _lock() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [LOCK])


def _tidy(current: RootKey) -> None:
    """Where the next root key is the one in use already, put its file in the old one's place."""
    if not roots.is_handed_in() and roots.next_name() == current.name:
        roots.promote()


def _new_root() -> str:
    """The name of a root key that was never in use: handed in beside the old one, or made and kept beside it."""
    known = set(RootKey.objects.values_list("name", flat=True))
    if not roots.is_handed_in():
        roots.make_next()
    fresh = [name for name in roots.at_hand().keys if name not in known]
    if not fresh:
        raise Refused(Reason.NOT_READY, ONE_ALONE)
    return fresh[0]


@transaction.atomic
def _move_to(name: str, by: Actor, at: datetime) -> RootKey:
    _lock()
    old = RootKey.objects.get(is_current=True)
    old.is_current, old.replaced_at = False, at
    old.save(update_fields=["is_current", "replaced_at"])
    made = RootKey.objects.create(name=name, is_current=True, made_at=at)
    rows = OrganisationKey.objects.select_for_update().exclude(state=State.DESTROYED)
    moved, ring, unopened = [], roots.at_hand(), 0
    for row in rows:
        try:
            plain = ring.opened(row)
        except CannotUnseal:
            unopened += 1
            continue
        row.root = made
        row.wrapped = ring.closed(plain, row)
        moved.append(row)
    if unopened:
        raise Refused(Reason.WRONG_STATE, UNOPENED.format(count=unopened))
    OrganisationKey.objects.bulk_update(moved, ["root", "wrapped"], batch_size=500)
    about = {"root_key": name, "before": old.name, "organisation_keys": len(moved)}
    record("root_key.rotated", by=by, at=at, about=about)
    return made
