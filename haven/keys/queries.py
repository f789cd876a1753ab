"""Opening and sealing with the keys that are there. Whether this actor may, the capability above has asked its policy,
and it has recorded the reading first."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial
from uuid import UUID

from django.db.models import Count

from haven.engines.sealing.fields import CannotUnseal, place, seal, unseal
from haven.engines.sealing.keys import derived, unwrap
from haven.engines.sealing.lookup import blind_index
from haven.keys.models import OrganisationKey, Purpose, RecordKey, RootKey, State, Wrap
from haven.keys.roots import Ring, RootKeyFault, at_hand
from haven.ledger.together import once_each


class Why(StrEnum):
    """Why a record does not open for an organisation."""

    NOT_GRANTED = "it was never given to this organisation, was taken back, or is erased"
    NO_ROOT_KEY = "the root key is not at hand"
    DAMAGED = "the key or what it sealed is not as it was written"


@dataclass(frozen=True, slots=True)
class Unopened:
    """What stands in a record's place where it does not open. Every other record opens all the same."""

    record: UUID
    why: Why


Fields = Mapping[str, bytes]


class Unlocked:
    """Organisations' keys, each taken out once however many records are opened by it."""

    def __init__(self, ring: Ring) -> None:
        self.ring = ring
        self._keys: dict[UUID, bytes] = {}

    def by(self, row: OrganisationKey) -> bytes:
        """An organisation's key. Raises `CannotUnseal`."""
        if row.pk not in self._keys:
            self._keys[row.pk] = self.ring.opened(row)
        return self._keys[row.pk]


def open_with(*, organisation: UUID, sealed: Mapping[UUID, Fields]) -> dict[UUID, Fields | Unopened]:
    """The fields of each record, opened by what this organisation was granted; or why a record does not open."""
    opened = _opened(organisation, sealed)
    if any(isinstance(each, Unopened) and each.why is Why.NO_ROOT_KEY for each in opened.values()):
        return _opened(organisation, sealed)  # it may have been replaced between our two looks
    return opened


def seal_with(*, record: UUID, fields: Fields) -> dict[str, bytes]:
    """Further fields of a record that has its key already, sealed. Raises `CannotUnseal`, `RootKeyFault`."""
    kept = RecordKey.objects.get(pk=record)
    wrap = kept.wraps.select_related("key").get(organisation=kept.owner)
    key = record_key(wrap, Unlocked(at_hand()))
    return {name: seal(plain, key=key, bound_to=place(kept.owner, record, name)) for name, plain in fields.items()}


def index_of_words(*, organisation: UUID, field: str, words: str) -> bytes | None:
    """By what an organisation finds words, normalised already, among its sealed records; none where nothing was ever
    sealed for it. Whatever it finds is opened and compared: two may share an index. Raises `CannotUnseal`,
    `RootKeyFault`."""
    found = lookups(organisations=[organisation], field=field).get(organisation)
    return found(words) if found else None


def lookups(*, organisations: Collection[UUID], field: str) -> dict[UUID, Callable[[str], bytes]]:
    """For each organisation for which something was ever sealed: by what it finds words. Raises as `index_of_words`."""
    ring = at_hand()
    keys = {
        organisation: derived(ring.opened(rows[Purpose.LOOKUP]), f"haven blind index|{field}")
        for organisation, rows in live_keys(organisations=organisations).items()
        if Purpose.LOOKUP in rows
    }
    return {organisation: partial(blind_index, key=key) for organisation, key in keys.items()}


def live_keys(*, organisations: Collection[UUID]) -> Mapping[UUID, Mapping[Purpose, OrganisationKey]]:
    """The keys in use of those among these that have any, by purpose. One that is replaced meanwhile still opens, and
    what is put under one that was destroyed meanwhile, the database refuses."""
    return once_each("keys.live", organisations, _live)


def _live(organisations: Collection[UUID]) -> dict[UUID, dict[Purpose, OrganisationKey]]:
    found: defaultdict[UUID, dict[Purpose, OrganisationKey]] = defaultdict(dict)
    for row in OrganisationKey.objects.filter(organisation__in=organisations, state=State.LIVE):
        found[row.organisation][Purpose(row.purpose)] = row
    return found


def record_key(wrap: Wrap, unlocked: Unlocked) -> bytes:
    """A record's key, from its wrap with the wrap's key beside it. Raises `CannotUnseal`."""
    return unwrap(bytes(wrap.wrapped), under=unlocked.by(wrap.key))


def _opened(organisation: UUID, sealed: Mapping[UUID, Fields]) -> dict[UUID, Fields | Unopened]:
    """The rows are read in one statement, so that a key that is being replaced is seen before or after, never amid."""
    rows = Wrap.objects.select_related("key", "record").filter(organisation=organisation, record__in=sealed)
    wraps = {wrap.record_id: wrap for wrap in rows}
    unlocked = Unlocked(_ring())
    return {record: _one(record, fields, wraps.get(record), unlocked) for record, fields in sealed.items()}


def _one(record: UUID, fields: Fields, wrap: Wrap | None, unlocked: Unlocked) -> Fields | Unopened:
    if wrap is None:
        return Unopened(record, Why.NOT_GRANTED)
    if wrap.key.root_id not in unlocked.ring.keys:
        return Unopened(record, Why.NO_ROOT_KEY)
    try:
        key = record_key(wrap, unlocked)
        owner = wrap.record.owner
        return {
            name: unseal(bytes(each), key=key, bound_to=place(owner, record, name)) for name, each in fields.items()
        }
    except CannotUnseal:
        return Unopened(record, Why.DAMAGED)


def _ring() -> Ring:
    try:
        return at_hand()
    except RootKeyFault:
        return Ring({})


@dataclass(frozen=True, slots=True)
class Replacing:
    """How far an organisation's key is replaced: of so many records still under the old version."""

    key: UUID
    organisation: UUID
    version: int
    left: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How the keys stand. `root` is none before the first; `is_at_hand` whether Haven has the one in use."""

    root: RootKey | None
    is_at_hand: bool
    fault: str
    organisations: int
    records: int
    wraps: int
    oldest_made_at: datetime | None
    replacing: tuple[Replacing, ...]


def standing() -> Standing:
    """How the keys stand, for `haven keys status` and `haven check`."""
    root = RootKey.objects.filter(is_current=True).first()
    try:
        names, fault = set(at_hand().keys), ""
    except RootKeyFault as broken:
        names, fault = set(), str(broken)
    live = OrganisationKey.objects.filter(state=State.LIVE, purpose=Purpose.WRAPPING)
    return Standing(
        root=root,
        is_at_hand=root is not None and root.name in names,
        fault=fault,
        organisations=live.count(),
        records=RecordKey.objects.count(),
        wraps=Wrap.objects.count(),
        oldest_made_at=live.order_by("made_at").values_list("made_at", flat=True).first(),
        replacing=tuple(replacing(organisations=None)),
    )


def organisations_with_keys() -> list[UUID]:
    """Every organisation for which something was ever sealed."""
    live = OrganisationKey.objects.filter(state=State.LIVE, purpose=Purpose.WRAPPING)
    return list(live.values_list("organisation", flat=True))


def replacing(*, organisations: Collection[UUID] | None) -> Iterable[Replacing]:
    """What is being replaced, of these organisations or of all."""
    rows = OrganisationKey.objects.filter(state=State.RETIRING).annotate(left=Count("wraps"))
    if organisations is not None:
        rows = rows.filter(organisation__in=organisations)
    return [Replacing(row.pk, row.organisation, row.version, row.left) for row in rows]
