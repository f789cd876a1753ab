"""How well the made-up notes are read: the floors are the figures that Haven promises (docs/reference/reading.md).

Nobody who works on the reader looks at the notes of `unseen`. Where it does not yet keep its promise on them, the floor
is what it has reached, so that it cannot fall back. Raise these as it gets better; take out what is kept.
"""

from functools import cache

import pytest

from benchmarks.reading import WANTED, by_haven
from benchmarks.reading_speed import NOTES
from benchmarks.scoring import SETS, Score, gold_notes, score_notes

REACHED: dict[str, float] = {}


@cache
def reading_of(folder: str) -> Score:
    return score_notes(gold_notes(NOTES / folder), by_haven)


@pytest.mark.parametrize("kind", WANTED)
@pytest.mark.parametrize("folder", SETS)
def test_notes_are_read_as_well_as_promised(folder: str, kind: str) -> None:
    reading = reading_of(folder)
    wrong = [f"{told.note} {told.verdict}: {told.quote}" for told in reading.differences if told.kind == kind]
    floor = REACHED.get(kind, WANTED[kind]) if folder == "unseen" else WANTED[kind]
    assert reading.figure(kind) >= floor, "\n".join(wrong)
