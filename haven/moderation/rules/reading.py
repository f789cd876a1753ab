"""What a reader looks for in a return: claims with nothing behind them, and what is better or worse than last time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from haven.engines.chain.hashing import digest_of
from haven.questions.rules.kinds import LACKING, Stands


class Moved(StrEnum):
    """How an answer stands beside the one of last time."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    APART = "apart"  # one of the two is worth nothing, or there is none


MOVES: Mapping[Moved, tuple[str, str]] = {
    Moved.BETTER: ("▲", "Better than last time"),
    Moved.WORSE: ("▼", "Worse than last time"),
    Moved.SAME: ("=", "As last time"),
    Moved.APART: ("", ""),
}
"""Shape and words of each."""

_HEIGHT = {Stands.NOT_IN_PLACE: 0, Stands.PARTLY: 1, Stands.IN_PLACE: 2}


def moved(now: str, before: str) -> Moved:
    """How worth stands beside the worth of last time."""
    old, new = (_HEIGHT.get(Stands(each)) if each else None for each in (before, now))
    if old is None or new is None:
        return Moved.APART
    return Moved.SAME if new == old else Moved.BETTER if new > old else Moved.WORSE


@dataclass(frozen=True, slots=True)
class Weighed:
    """What counts of one answer: its worth, how much stands behind it, and how it stands beside last time."""

    stands: str
    behind: int = 0
    moved: Moved = Moved.APART
    is_warned: bool = False
    is_answered: bool = True

    @property
    def is_claim(self) -> bool:
        """Whether the school says that something is in place."""
        return self.stands == Stands.IN_PLACE

    @property
    def is_bare(self) -> bool:
        """Whether it says so with nothing behind it."""
        return self.is_claim and not self.behind

    @property
    def is_lacking(self) -> bool:
        """Whether it says that something is not, or not wholly, in place."""
        return self.stands in LACKING


@dataclass(frozen=True, slots=True)
class Figures:
    """A return or a section of it, counted."""

    asked: int = 0
    answered: int = 0
    claims: int = 0
    backed: int = 0  # of the claims
    lacking: int = 0
    better: int = 0
    worse: int = 0
    warned: int = 0

    @property
    def bare(self) -> int:
        """Claims with nothing behind them."""
        return self.claims - self.backed


def figures(weighed: Iterable[Weighed]) -> Figures:
    """The counts."""
    rows = list(weighed)
    return Figures(
        asked=len(rows),
        answered=sum(each.is_answered for each in rows),
        claims=sum(each.is_claim for each in rows),
        backed=sum(each.is_claim and not each.is_bare for each in rows),
        lacking=sum(each.is_lacking for each in rows),
        better=sum(each.moved is Moved.BETTER for each in rows),
        worse=sum(each.moved is Moved.WORSE for each in rows),
        warned=sum(each.is_warned for each in rows),
    )


def backed_in_words(counted: Figures) -> str:
    """How many of the claims have evidence behind them."""
    if not counted.claims:
        return "The school says of nothing that it is in place."
    if counted.claims == 1:
        return f"The one claim in place has {'evidence' if counted.backed else 'no evidence'} behind it."
    have = "has" if counted.backed == 1 else "have"
    return f"{counted.backed:,} of {counted.claims:,} claims in place {have} evidence behind them."


@dataclass(frozen=True, slots=True)
class Spoken:
    """One remark, as it is part of a feedback."""

    question: str
    kind: str
    words: str


def feedback_digest(*, words: str, area_will: str, sends_back: bool, copy: str, remarks: Sequence[Spoken]) -> str:
    """The SHA-256 of a feedback: of its JSON with sorted fields and no spaces, in UTF-8. `copy` is the digest of the
    copy that it answers."""
    content: dict[str, Any] = {
        "format": "haven-feedback/1",
        "copy": copy,
        "words": words,
        "area_will": area_will,
        "sends_back": sends_back,
        "remarks": [{"question": each.question, "kind": each.kind, "words": each.words} for each in remarks],
    }
    return digest_of(content)


def promised(words: str) -> str:
    """What a promise is told from another by: its words, however they are spaced and begun."""
    return " ".join(words.split()).casefold()
