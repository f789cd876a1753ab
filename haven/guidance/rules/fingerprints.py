"""What tells two files apart or the same: by their words, and by the words of their covers."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from haven.engines.compare.clauses import Clause

COVER_CLAUSES = 3  # taken for the cover where the file has no pages


def words_digest(keys: Iterable[str]) -> str:
    """The same for two files of the same words in the same order, whatever their layout and typography."""
    return _digest(keys)


def cover_digest(clauses: Sequence[Clause]) -> str:
    """The same for two files whose covers have the same words: the first page, or the first clauses."""
    first = [clause for clause in clauses if clause.page == 1] or list(clauses[:COVER_CLAUSES])
    return _digest(key_of(clause) for clause in first)


def key_of(clause: Clause) -> str:
    """By what a clause is told from others, without the one sign that no database keeps."""
    return clause.key.replace("\0", "#") or " ".join(clause.text.split())


@dataclass(frozen=True, slots=True)
class Differing:
    """Which clauses of two editions are not in the other, by their places."""

    only_old: tuple[int, ...]
    only_new: tuple[int, ...]


def differing(old: Sequence[str], new: Sequence[str]) -> Differing:
    """The clauses, told by their keys, that one of two editions has and the other has not; places count from 0."""
    return Differing(_without(old, Counter(new)), _without(new, Counter(old)))


def _without(keys: Sequence[str], others: Counter[str]) -> tuple[int, ...]:
    left = Counter(others)
    alone = []
    for place, key in enumerate(keys):
        if left[key] > 0:
            left[key] -= 1
        else:
            alone.append(place)
    return tuple(alone)


def _digest(keys: Iterable[str]) -> str:
    whole = hashlib.sha256()
    for key in keys:
        whole.update(key.encode())
        whole.update(b"\0")
    return whole.hexdigest()
