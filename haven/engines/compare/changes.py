"""What a comparison says: each change, the clauses it is between, and the words that differ."""

from enum import StrEnum
from typing import NamedTuple

from haven.engines.compare.clauses import Clause
from haven.engines.compare.records import Record

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


class Modal(NamedTuple):
    """A word of strength that became another; null where there was none, or is none any more."""

    old: str | None
    new: str | None


class Change(Record):
    """One change. `old` is empty for what was added, `new` for what was removed; of a split `new` holds several, of a
    merger `old`. `words` are (SAME | OLD | NEW, text) in order: same and old together are the old text. `at` is where
    in the old and in the new edition: for the order of reading and the picture."""

    __slots__ = ("at", "kinds", "modals", "new", "old", "renumbered", "similarity", "words")

    def __init__(
        self,
        kinds: tuple[ChangeKind, ...],
        old: tuple[Clause, ...],
        new: tuple[Clause, ...],
        renumbered: bool = False,
        words: tuple[tuple[str, str], ...] = (),
        modals: tuple[Modal, ...] = (),
        similarity: float = 0.0,
        at: tuple[int, int] = (0, 0),
    ) -> None:
        self.kinds = kinds
        self.old = old
        self.new = new
        self.renumbered = renumbered
        self.words = words
        self.modals = modals
        self.similarity = similarity
        self.at = at


class EditionSummary(NamedTuple):
    """An edition as a comparison names it."""

    name: str
    title: str | None
    clauses: int


class Comparison(NamedTuple):
    """All changes between two editions, in the order of the new one, what was removed where it stood."""

    old: EditionSummary
    new: EditionSummary
    changes: list[Change]
    renumbered_only: int = 0
    warnings: tuple[str, ...] = ()
