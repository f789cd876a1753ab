"""Compares two texts word by word."""

from collections.abc import Sequence
from typing import NamedTuple

from haven.engines.compare.normal import plain
from haven.engines.patterns.late import late

_PIECE = r"(?:[\w\u00ad]+(?:[-\u2010\u2011\u2013'\u2019.,][\w\u00ad]+)*|[^\w\s])"
_TOKEN = late(rf"{_PIECE}\s*")
_SMALL = frozenset("a an and as at be by for from in is it of on or that the their this to with , . ;".split())
_LONELY = 2  # so many small words left between two changes read better as changed
Run = tuple[int, int, int]  # words kept one after another: from where in either text, and how many


class Stretch(NamedTuple):
    """A stretch of two texts, by places of words, from and up to: the same words in both, or other words."""

    old: tuple[int, int]
    new: tuple[int, int]
    is_same: bool


def pieces_of(text: str) -> list[str]:
    """The words and marks of punctuation of a text, each with the space after it; together they are the text."""
    return _TOKEN.findall(text)


def keys_of(text: str, pieces: Sequence[str] | None = None) -> list[str]:
    """The form in which the pieces of a text, if they are not known yet, are compared: without typography and hyphens,
    one for each."""
    keys = list(map(str.rstrip, pieces_of(text) if pieces is None else pieces))
    if text.isascii() and "-" not in text:
        return keys
    return [key if key.isascii() and "-" not in key else plain(key).replace("-", "") or "-" for key in keys]


def stretches_of(old: Sequence[str], new: Sequence[str], runs: Sequence[Run]) -> list[Stretch]:
    """What is the same and what differs, in turn. Small words left alone between two changes count as changed."""
    stretches: list[Stretch] = []
    i = j = 0
    for at, (a, b, length) in enumerate([*runs, (len(old), len(new), 0)]):
        if 0 < at < len(runs) - 1 and _is_lonely(runs, at) and all(key in _SMALL for key in old[a : a + length]):
            continue
        if a > i or b > j:
            stretches.append(Stretch((i, a), (j, b), is_same=False))
        if length:
            stretches.append(Stretch((a, a + length), (b, b + length), is_same=True))
        i, j = a + length, b + length
    return stretches


def _is_lonely(runs: Sequence[Run], at: int) -> bool:
    """Whether little was kept in a run, and more than that changed on either side of it."""
    (a, b, length), before, after = runs[at], runs[at - 1], runs[at + 1]
    changed_before = max(a - before[0] - before[2], b - before[1] - before[2])
    changed_after = max(after[0] - a - length, after[1] - b - length)
    return length <= _LONELY and length < min(changed_before, changed_after)
