"""Follows cross-references: "see paragraph 12" that became "see paragraph 14" because 12 became 14 is no change."""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import partial

from haven.engines.compare.clauses import Clause
from haven.engines.compare.normal import REFERENCE, may_refer, plain
from haven.engines.patterns.late import late

_ORDINAL = late(r"\b[A-Z]\d*(?:\.[a-z0-9]{1,3})*\b|\d+(?:\.\d+)*[a-z]?|\b[ivx]+\b")
_CLAUSES = ("para", "clau")  # what paragraphs are called where they are referred to
_LEFT_OUT = ("page", "figu", "tabl")  # what is numbered anew whenever something before it grows


class References:
    """Where each number of the old edition went."""

    def __init__(self, pairs: Iterable[tuple[Clause, Clause]]) -> None:
        self._went: defaultdict[str, list[str]] = defaultdict(list)
        for old, new in pairs:
            if old.number and new.number:
                went = new.number if _is_figures(new.number) else plain(new.number).rpartition(" ")[2]
                self._went[_spelt(old.number)].append(went)

    def followed(self, text: str, new: str) -> str:
        """The old text with each reference as it must read in the new edition. Where a number went to several places,
        the one that the new text names is taken."""
        if not may_refer(text) or not REFERENCE.search(text):
            return text
        named = frozenset(_ORDINAL.findall(new))
        return REFERENCE.sub(partial(self._followed, named), text)

    def _followed(self, named: frozenset[str], found: re.Match[str]) -> str:
        label = found[1].lower()[:4]
        if label in _LEFT_OUT:
            return _of_any_page(found)
        numbers = _ORDINAL.sub(lambda number: self._new(label, number[0], named), found[3])
        return found[0][: found.start(3) - found.start()] + numbers

    def _new(self, label: str, number: str, named: frozenset[str]) -> str:
        went = self._went.get(f"{label} {number.lower()}", [])
        if not went and (label in _CLAUSES or "." in number):
            went = self._went.get(number.lower(), [])
        if not went:
            return number
        return next((n for n in went if n in named), number if number in named or number in went else went[0])


def unpaged(text: str) -> str:
    """The text with the numbers of pages, figures and tables that it names made alike."""
    if not may_refer(text):
        return text
    return REFERENCE.sub(lambda f: _of_any_page(f) if f[1].lower()[:4] in _LEFT_OUT else f[0], text)


def _is_figures(number: str) -> bool:
    return number.isdecimal() and number.isascii()


def _of_any_page(found: re.Match[str]) -> str:
    return found[0][: found.start(3) - found.start()] + _ORDINAL.sub("0", found[3])


def _spelt(number: str) -> str:
    """A number as references are looked up by: "12", "4.2", "anne b"."""
    if _is_figures(number):
        return number
    label, _, ordinal = plain(number).lower().rpartition(" ")
    return f"{label[:4]} {ordinal}" if label else ordinal
