"""Parts of a reading done side by side come to the same as in turn, whatever becomes of the fork."""

import datetime as dt
import os
import signal
from functools import partial

import pytest

from benchmarks.reading_speed import long_text
from haven.engines.apart import beside, in_turn
from haven.engines.documents.open import open_document
from haven.engines.reading.reader import read
from tests.reading.notes.make_pdf import pdf_of

TODAY = dt.date(2026, 1, 5)


def test_a_fork_answers() -> None:
    assert beside(os.getpid)() != os.getpid() == in_turn(os.getpid)()


def test_several_forks_answer_in_any_order() -> None:
    waiting = [beside(partial(pow, 2, n)) for n in range(5)]
    assert [answer() for answer in reversed(waiting)] == [16, 8, 4, 2, 1]


def test_an_answer_larger_than_a_pipe_holds_comes_whole() -> None:
    assert len(beside(partial(bytes, 3_000_000))()) == 3_000_000


def test_a_fork_that_is_killed_has_its_work_done_in_turn() -> None:
    here = os.getpid()

    def work() -> str:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return "done"

    assert beside(work)() == "done"


def test_what_fails_in_a_fork_fails_here() -> None:
    with pytest.raises(ZeroDivisionError):
        beside(partial(divmod, 1, 0))()


def test_where_no_fork_is_to_be_had_the_work_is_done_in_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> int:
        raise BlockingIOError("no more processes")

    monkeypatch.setattr(os, "fork", refuse)
    assert beside(os.getpid)() == os.getpid()


def test_a_long_note_reads_the_same_side_by_side() -> None:
    document = open_document("long.txt", long_text(60_000).encode())
    assert read(document, TODAY, beside) == read(document, TODAY)


def test_a_long_pdf_opens_the_same_in_halves() -> None:
    words = "\n".join(
        ["columns: 1", "^ Page {page}", *(f"Return form {n} by {n % 28 + 1} May 2026." for n in range(1200))]
    )
    content = pdf_of(words, most_pages=40)
    halved = open_document("long.pdf", content, beside)
    assert halved == open_document("long.pdf", content)
    assert max(block.page or 0 for block in halved.blocks) >= 20
