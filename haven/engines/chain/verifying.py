"""Recomputes a whole ledger and names the first entry that does not hold."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from haven.engines.chain.hashing import LEAF_BYTES, SALT_BYTES, START, VERSION, leaf_of, link_after

ERASED = "ledger.erased"
"""The verb of the entry that says which details were erased, and by what rule."""


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as stored. `salt` and `detail` are null where the detail was erased."""

    number: int
    leaf: bytes
    link: bytes
    salt: bytes | None
    detail: str | None


@dataclass(frozen=True, slots=True)
class Head:
    """What the ledger says of itself: how many entries, and the link of the last."""

    size: int
    link: bytes


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a verification found. `first_bad` is the number of the first entry that does not hold, or null."""

    entries: int
    erased: int
    first_bad: int | None
    why: str

    @property
    def holds(self) -> bool:
        """Whether every entry is as it was written."""
        return self.first_bad is None


def verify(lines: Iterable[Line], head: Head) -> Verdict:
    """Recompute every leaf and link, in order. A missing detail must be named by a later entry of the verb `ERASED`."""
    link, number = START, 0
    missing: set[int] = set()
    named: set[int] = set()
    for line in lines:
        number += 1
        if why := _fault(line, number, link):
            return Verdict(number, len(missing), number, why)
        link = line.link
        if line.detail is None:
            missing.add(number)
        else:
            named |= erased_by(line.detail)
    if number != head.size or link != head.link:
        first = min(number, head.size) + 1 if number != head.size else number
        return Verdict(
            number, len(missing), first, f"the ledger's head speaks of {head.size} entries that end otherwise"
        )
    if unnamed := missing - named:
        return Verdict(number, len(missing), min(unnamed), "its detail is gone, and no entry says that it was erased")
    return Verdict(number, len(missing), None, "every entry is as it was written")


def erased_by(detail: str) -> set[int]:
    """The numbers of the entries whose detail this entry says was erased; empty for every other verb."""
    if f'"{ERASED}"' not in detail:
        return set()
    read = json.loads(detail)
    return set(read["about"]["entries"]) if read.get("verb") == ERASED else set()


def _fault(line: Line, number: int, link: bytes) -> str | None:
    if line.number != number:
        return f"entry {number} is missing or stands twice: number {line.number} stands in its place"
    if len(line.leaf) != LEAF_BYTES or line.leaf[:1] != VERSION:
        return "its leaf has the wrong form"
    if line.link != link_after(link, line.leaf):
        return "its link does not follow from the entry before"
    if (line.salt is None) != (line.detail is None):
        return "its detail or its salt is missing without the other"
    if line.salt is None or line.detail is None:
        return None
    if len(line.salt) != SALT_BYTES or leaf_of(line.salt, line.detail) != line.leaf:
        return "its detail is not the one that was written"
    return None
