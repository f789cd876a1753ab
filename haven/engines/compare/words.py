"""The words of clauses, and how alike they make two clauses."""

from collections import Counter
from math import log

from haven.engines.compare.matching import Matching
from haven.engines.compare.sequences import common_length
from haven.engines.patterns.late import late

_WORD = late(r"\w+(?:'\w+)*")
_LOOSE = late(r"(?<!\w)'|'(?!\w)")  # an apostrophe that is no part of a word
_ROUNDED = 1e-9  # more than sums of fractions are out by
_APART = "".join(sign if sign.isalnum() or sign in "_'" else " " for sign in map(chr, range(128)))


class Words:
    """The words of clauses, and what each word tells: the rarer it is among the clauses in question, the more."""

    def __init__(self, matching: Matching) -> None:
        self._clauses = matching.clauses
        self._lists: tuple[dict[int, list[str]], dict[int, list[str]]] = ({}, {})
        self._bags: tuple[dict[int, Counter[str]], dict[int, Counter[str]]] = ({}, {})
        self._worth: dict[str, float] = {}
        self._worths: tuple[dict[int, float], dict[int, float]] = ({}, {})
        self._unknown = 1.0

    def weigh(self, matching: Matching) -> None:
        """Work out what each word tells among the clauses that are left."""
        in_clauses: Counter[str] = Counter()
        size = 0
        for side in (0, 1):
            for at in matching.left(side):
                in_clauses.update(self.bag(side, at).keys())
                size += 1
        self._worth = {word: log(1 + size / count) for word, count in in_clauses.items()}
        self._unknown = log(1 + size)
        self._worths = ({}, {})

    def of(self, side: int, at: int) -> list[str]:
        """The words of a clause, in order."""
        words = self._lists[side].get(at)
        if words is None:
            words = self._lists[side][at] = _words_of(self._clauses[side][at].key.lower())
        return words

    def bag(self, side: int, at: int) -> Counter[str]:
        """The words of a clause, and how often each stands in it."""
        bag = self._bags[side].get(at)
        if bag is None:
            bag = self._bags[side][at] = Counter(self.of(side, at))
        return bag

    def worth(self, bag: Counter[str]) -> float:
        """What words tell together."""
        known, unknown = self._worth, self._unknown
        return sum([known.get(word, unknown) * count for word, count in bag.items()])

    def worth_of(self, side: int, at: int) -> float:
        """What the words of a clause tell together."""
        worth = self._worths[side].get(at)
        if worth is None:
            worth = self._worths[side][at] = self.worth(self.bag(side, at))
        return worth

    def in_order(self, i: int, j: int) -> float:
        """How much of two clauses is the same words in the same order, from 0 to 1."""
        old, new = self.of(0, i), self.of(1, j)
        return 2 * common_length(old, new) / (len(old) + len(new)) if old and new else 0.0

    def likeness(self, i: int, j: int, least: float = 0.0) -> float:
        """How alike two clauses are, from 0 to 1: by what their words tell, and by the order of their words. Where they
        cannot be so alike as the least that is of interest, 0."""
        old, new = self.bag(0, i), self.bag(1, j)
        together = self.worth_of(0, i) + self.worth_of(1, j)
        if not together:
            return 0.0
        known, unknown = self._worth, self._unknown
        kept = [(word, min(old[word], new[word])) for word in old.keys() & new.keys()]
        both = 2 * sum([known.get(word, unknown) * count for word, count in kept]) / together
        most = 2 * sum([count for _, count in kept]) / (len(self.of(0, i)) + len(self.of(1, j)))  # kept in order
        if (both + most) / 2 < least - _ROUNDED:
            return 0.0
        return (both + self.in_order(i, j)) / 2


def lacking(bag: Counter[str], other: Counter[str]) -> Counter[str]:
    """The words of a bag that are not, or not as often, in another: `bag - other`, in a third of the time."""
    return Counter({word: count - here for word, count in bag.items() if count > (here := other.get(word, 0))})


def shared(bag: Counter[str], other: Counter[str]) -> Counter[str]:
    """The words of a bag that are also in another: `bag & other`, in a third of the time."""
    return Counter({word: min(count, here) for word, count in bag.items() if (here := other.get(word, 0))})


def _words_of(text: str) -> list[str]:
    """The words of a text: what `_WORD` finds, which takes three times as long."""
    if not text.isascii():
        return _WORD.findall(text)
    words = text.translate(_APART).split()
    return _WORD.findall(text) if "'" in text and _LOOSE.search(text) else words
