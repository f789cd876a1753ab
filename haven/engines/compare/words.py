"""The words of clauses, and how alike they make two clauses."""

import re
from collections import Counter
from math import log

from haven.engines.compare.matching import Matching
from haven.engines.compare.sequences import common_length

_WORD = re.compile(r"\w+(?:'\w+)*")


class Words:
    """The words of the clauses in question, and what each word tells: the rarer it is, the more."""

    def __init__(self, matching: Matching) -> None:
        self._clauses = matching.clauses
        self.lists: tuple[dict[int, list[str]], dict[int, list[str]]] = ({}, {})
        self._bags: tuple[dict[int, Counter[str]], dict[int, Counter[str]]] = ({}, {})
        for side in (0, 1):
            for at in matching.left(side):
                self.of(side, at)
        in_clauses: Counter[str] = Counter()
        for side in (0, 1):
            for bag in self._bags[side].values():
                in_clauses.update(bag.keys())
        size = sum(len(bags) for bags in self._bags)
        self._worth = {word: log(1 + size / count) for word, count in in_clauses.items()}
        self._unknown = log(1 + size)

    def of(self, side: int, at: int) -> list[str]:
        """The words of a clause, in order."""
        words = self.lists[side].get(at)
        if words is None:
            words = self.lists[side][at] = _WORD.findall(self._clauses[side][at].key.lower())
            self._bags[side][at] = Counter(words)
        return words

    def bag(self, side: int, at: int) -> Counter[str]:
        """The words of a clause, and how often each stands in it."""
        self.of(side, at)
        return self._bags[side][at]

    def worth(self, bag: Counter[str]) -> float:
        """What words tell together."""
        known, unknown = self._worth, self._unknown
        return sum(known.get(word, unknown) * count for word, count in bag.items())

    def likeness(self, i: int, j: int) -> float:
        """How alike two clauses are, from 0 to 1: by what their words tell, and by the order of their words."""
        old, new = self.bag(0, i), self.bag(1, j)
        together = self.worth(old) + self.worth(new)
        if not together:
            return 0.0
        a, b = self.of(0, i), self.of(1, j)
        in_order = 2 * common_length(a, b) / (len(a) + len(b))
        return (2 * self.worth(old & new) / together + in_order) / 2
