"""Recomputes a whole ledger and names the first entry that does not hold."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple

from haven.engines.chain.checkpoints import Checkpoint, verified
from haven.engines.chain.hashing import HASH_BYTES, LEAF_BYTES, SALT_BYTES, VERSION
from haven.engines.chain.notes import BadNote, VerifierKey
from haven.engines.chain.tree import WIDTH, Edge, NoTile, Place, Tiles, partial_tiles, tiles_at

ERASED = "ledger.erased"
"""The verb of the entry that says which details were erased, and by what rule."""
COMMITMENT = re.compile("[0-9a-f]{64}")
TOLERANCE = 60
"""Seconds that an entry's own time may lie after that of the checkpoint over it: machines' clocks differ."""


class Line(NamedTuple):
    """One entry as stored. `salt` and `detail` are null where the detail was erased."""

    number: int
    leaf: bytes
    salt: bytes | None
    detail: str | None


@dataclass(frozen=True, slots=True)
class Signed:
    """A retained checkpoint as stored: the size it is kept under, and the note."""

    size: int
    note: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a verification found. `first_bad` is the number of the first entry that does not hold, or null.

    `sealed_at` is the time of the last checkpoint in seconds since 1970, `witnessed` the largest size that a witness
    signed; both null where there is none.
    """

    entries: int
    erased: int
    first_bad: int | None
    why: str
    checkpoints: int = 0
    sealed_at: int | None = None
    witnessed: int | None = None

    @property
    def holds(self) -> bool:
        """Whether every entry is as it was written."""
        return self.first_bad is None


class _Fault(Exception):
    """The first entry that does not hold, and why."""

    def __init__(self, number: int, why: str) -> None:
        self.number, self.why = number, why


@dataclass(slots=True)
class _Found:
    """What was seen so far."""

    edge: Edge = field(default_factory=Edge)
    erased: int = 0
    missing: dict[bytes, int] = field(default_factory=dict)
    named: set[bytes] = field(default_factory=set)
    false_erasure: tuple[int, str] | None = None  # the first, and what is amiss with it
    checkpoints: int = 0
    sealed_at: int | None = None
    witnessed: int | None = None


def verify(
    lines: Iterable[Line],
    *,
    checkpoints: Iterable[Signed],
    tiles: Tiles,
    logs: Sequence[VerifierKey],
    witnesses: Sequence[VerifierKey] = (),
    known: Sequence[str] = (),
) -> Verdict:
    """Re-hash every leaf to the root of every retained checkpoint, in order, and look at all that stands beside them.

    `known` are checkpoints from elsewhere, such as those that a witness kept: this ledger must begin with each.
    """
    found = _Found()
    try:
        kept = sorted((_known(each, logs, witnesses) for each in known), key=lambda each: each.head.size)
        _walk(found, iter(lines), checkpoints, tiles, logs, witnesses, kept)
        _look_at_erasures(found)
    except _Fault as fault:
        return _verdict(found, *min((fault.number, fault.why), found.false_erasure or (fault.number, fault.why)))
    return _verdict(found, None, "every entry is as it was written")


def erased_by(said: Mapping[str, Any]) -> set[bytes]:
    """The commitments of the details that an entry says were erased under a rule; empty for every other verb.

    Raises `ValueError`, `KeyError` or `TypeError` where it is one that gives no rule, or does not name and count.
    """
    if said["verb"] != ERASED:
        return set()
    about = said["about"]
    named = [bytes.fromhex(each) for each in about["commitments"] if COMMITMENT.fullmatch(each)]
    counts = {len(named), len(about["commitments"]), len(about["details"]), about["count"]}
    if not said["why"].strip() or len(counts) > 1:
        raise ValueError("an erasure gives its rule, and counts what it names")
    return set(named)


def _walk(
    found: _Found,
    lines: Iterator[Line],
    checkpoints: Iterable[Signed],
    tiles: Tiles,
    logs: Sequence[VerifierKey],
    witnesses: Sequence[VerifierKey],
    kept: list[Checkpoint],
) -> None:
    """Walk from checkpoint to checkpoint, and with them over every line."""
    for signed in _each(checkpoints, found):
        begins = found.edge.size + 1
        try:
            checkpoint = verified(signed.note, logs=logs, witnesses=witnesses)
        except BadNote as wrong:
            raise _Fault(begins, f"the checkpoint at {signed.size} is not one: {wrong}") from wrong
        if checkpoint.head.size != signed.size or signed.size < begins:
            raise _Fault(begins, f"the checkpoint kept at {signed.size} is of {checkpoint.head.size} entries")
        if found.sealed_at is not None and checkpoint.signed_at < found.sealed_at:
            raise _Fault(begins, f"the checkpoint at {signed.size} is older than the one before it")
        while kept and kept[0].head.size < signed.size:
            _take(found, lines, tiles, kept[0].head.size, checkpoint.signed_at)
            _look_for_fork(found, kept.pop(0))
        _take(found, lines, tiles, signed.size, checkpoint.signed_at)
        if found.edge.root() != checkpoint.head.root:
            raise _Fault(begins, f"the tree of {signed.size} entries is not the one that was signed")
        found.checkpoints += 1
        found.sealed_at = checkpoint.signed_at
        if checkpoint.witnessed:
            found.witnessed = signed.size
        while kept and kept[0].head.size == signed.size:
            _look_for_fork(found, kept.pop(0))
    size = found.edge.size
    if _next(lines, size + 1):
        raise _Fault(size + 1, "it stands beyond the last checkpoint")
    if kept:
        raise _Fault(size + 1, f"the ledger ends at {size}, and a checkpoint over {kept[-1].head.size} was signed")
    _look_at_partial_tiles(found, tiles)


def _take(found: _Found, lines: Iterator[Line], tiles: Tiles, size: int, sealed_at: int) -> None:
    """Take in the lines up to a size, tile by tile."""
    hashes: list[bytes] = []
    for number in range(found.edge.size + 1, size + 1):
        line = _next(lines, number)
        if line is None or line.number != number:
            raise _Fault(number, f"entry {number} is missing, or another stands in its place")
        _look_at(found, line, sealed_at)
        hashes.append(sha256(b"\x00" + line.leaf).digest())
        if number % WIDTH == 0 or number == size:
            for tile in found.edge.append(b"".join(hashes)):
                _look_at_tile(tile.level, tile.index, tile.hashes, tiles)
            hashes.clear()


def _each(checkpoints: Iterable[Signed], found: _Found) -> Iterator[Signed]:
    """The checkpoints one by one. One that cannot be read is a fault of the entries that it would have covered."""
    try:
        yield from checkpoints
    except ValueError as wrong:
        raise _Fault(found.edge.size + 1, f"a checkpoint cannot be read: {wrong}") from wrong


def _next(lines: Iterator[Line], number: int) -> Line | None:
    try:
        return next(lines, None)
    except ValueError as wrong:
        raise _Fault(number, f"it cannot be read: {wrong}") from wrong


def _look_at(found: _Found, line: Line, sealed_at: int) -> None:
    """One line by itself: its leaf, its detail, its time. Raises `_Fault`."""
    leaf, salt, detail = line.leaf, line.salt, line.detail
    if len(leaf) != LEAF_BYTES or leaf[:1] != VERSION:
        raise _Fault(line.number, "its leaf has the wrong form")
    if salt is None or detail is None:
        if salt is not None or detail is not None:
            raise _Fault(line.number, "its detail or its salt is missing without the other")
        found.erased += 1
        found.missing[leaf[1:]] = line.number
        return
    if len(salt) != SALT_BYTES or sha256(salt + detail.encode()).digest() != leaf[1:]:
        raise _Fault(line.number, "its detail is not the one that was written")
    try:
        said = json.loads(detail)
        if datetime.fromisoformat(said["at"]).timestamp() > sealed_at + TOLERANCE:
            raise _Fault(line.number, "its time is later than that of the checkpoint over it")
        verb = said["verb"]
    except (ValueError, KeyError, TypeError) as wrong:
        raise _Fault(line.number, "its detail is not of the form of one") from wrong
    if verb == ERASED:
        _look_at_erasure(found, line.number, said)


def _look_at_erasure(found: _Found, number: int, said: Mapping[str, Any]) -> None:
    """Whether all that an erasure names stands before it and is gone. What is amiss is kept, since what it should have
    named may come to be the first that does not hold.
    """
    try:
        named = erased_by(said)
    except (ValueError, KeyError, TypeError, AttributeError):
        wrong = "it is an erasure that gives no rule, or does not name and count what it erased"
    else:
        if named <= found.missing.keys():
            found.named |= named
            return
        found.named |= named & found.missing.keys()
        wrong = "it erases what is still there, or what does not stand before it"
    found.false_erasure = found.false_erasure or (number, wrong)


def _look_at_tile(level: int, index: int, hashes: bytes, tiles: Tiles) -> None:
    """Whether a stored tile holds what was computed. Raises `_Fault`."""
    width = len(hashes) // HASH_BYTES
    covers = WIDTH**level
    try:
        stored = tiles_at([Place(level, index, width)], tiles)[0]
    except NoTile as wrong:
        raise _Fault(index * WIDTH * covers + 1, f"tile {index} of level {level} is missing") from wrong
    if stored == hashes:
        return
    place = next(at for at in range(width) if stored[at * HASH_BYTES :][:HASH_BYTES] != hashes[at * HASH_BYTES :][:32])
    number = (index * WIDTH + place) * covers + 1
    raise _Fault(number, f"tile {index} of level {level} does not hold its hash")


def _look_at_partial_tiles(found: _Found, tiles: Tiles) -> None:
    for place in partial_tiles(found.edge.size):
        _look_at_tile(place.level, place.index, bytes(found.edge.levels[place.level]), tiles)


def _look_for_fork(found: _Found, kept: Checkpoint) -> None:
    if found.edge.root() != kept.head.root:
        raise _Fault(1, f"a fork: another tree of {kept.head.size} entries was signed and kept elsewhere")


def _look_at_erasures(found: _Found) -> None:
    unnamed = [number for commitment, number in found.missing.items() if commitment not in found.named]
    if unnamed:
        raise _Fault(min(unnamed), "its detail is gone, and no entry after it says that it was erased")
    if found.false_erasure:
        raise _Fault(*found.false_erasure)


def _known(note: str, logs: Sequence[VerifierKey], witnesses: Sequence[VerifierKey]) -> Checkpoint:
    try:
        return verified(note, logs=logs, witnesses=witnesses)
    except BadNote as wrong:
        raise _Fault(1, f"a checkpoint from elsewhere is not one: {wrong}") from wrong


def _verdict(found: _Found, first_bad: int | None, why: str) -> Verdict:
    return Verdict(
        entries=found.edge.size,
        erased=found.erased,
        first_bad=first_bad,
        why=why,
        checkpoints=found.checkpoints,
        sealed_at=found.sealed_at,
        witnessed=found.witnessed,
    )
