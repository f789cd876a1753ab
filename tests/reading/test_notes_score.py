"""How well the made-up notes are read: the floors are the figures that Haven promises (docs/reference/reading.md).

Nobody who works on the reader looks at the notes of `unseen`, so what is wrong there is not shown.
"""

from functools import cache

import pytest

from benchmarks.reading import WANTED, by_haven
from benchmarks.reading_speed import NOTES
from benchmarks.scoring import SETS, Score, gold_notes, score_notes


@cache
def reading_of(folder: str) -> Score:
    return score_notes(gold_notes(NOTES / folder), by_haven)


@pytest.mark.parametrize("kind", WANTED)
@pytest.mark.parametrize("folder", SETS)
def test_notes_are_read_as_well_as_promised(folder: str, kind: str) -> None:
    reading = reading_of(folder)
    differing = [told for told in reading.differences if told.kind == kind and folder != "unseen"]
    wrong = [f"{told.note} {told.verdict}: {told.quote}" for told in differing]
    assert reading.figure(kind) >= WANTED[kind], "\n".join(wrong)
