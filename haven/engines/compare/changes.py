"""What a comparison says: each change, the clauses it is between, and the words that differ."""

from dataclasses import dataclass, field
from enum import StrEnum

from haven.engines.compare.clauses import Clause

SAME, OLD, NEW = "same", "old", "new"  # of words: in both texts, or in one only


class ChangeKind(StrEnum):
    """What happened to a clause."""

    ADDED = "added"
    REMOVED = "removed"
    REWORDED = "reworded"
    STRENGTHENED = "strengthened"
    WEAKENED = "weakened"
    MOVED = "moved"
    SPLIT = "split"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class Modal:
    """A word of strength that became another; null where there was none, or is none any more."""

    old: str | None
    new: str | None


@dataclass(slots=True)
class Change:
    """One change. `old` is empty for what was added, `new` for what was removed; of a split `new` holds several, of a
    merger `old`. `words` are (SAME | OLD | NEW, text) in order: same and old together are the old text."""

    kinds: tuple[ChangeKind, ...]
    old: tuple[Clause, ...]
    new: tuple[Clause, ...]
    renumbered: bool = False
    words: tuple[tuple[str, str], ...] = ()
    modals: tuple[Modal, ...] = ()
    similarity: float = 0.0
    at: tuple[int, int] = (0, 0)  # where in the old and in the new edition: for the order of reading and the picture


@dataclass(slots=True)
class Comparison:
    """All changes between two editions, in the order of the new one, what was removed where it stood."""

    old: "EditionSummary"
    new: "EditionSummary"
    changes: list[Change]
    renumbered_only: int = 0
    warnings: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class EditionSummary:
    """An edition as a comparison names it."""

    name: str
    title: str | None
    clauses: int
