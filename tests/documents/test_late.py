"""Patterns compiled late are the patterns they stand for, kept or not, and what is kept harms nothing."""

import datetime as dt
import marshal
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from haven.engines.documents.open import open_document
from haven.engines.patterns import late as module
from haven.engines.patterns.late import keep, late, late_patterns
from haven.engines.reading.reader import read

HERE = ""  # what stands for an engine where none asks


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A place of its own for what is kept."""
    monkeypatch.setattr(module, "_KEPT", tmp_path / "new")
    monkeypatch.setattr(module, "_asked", set(module._asked))
    module._kept.cache_clear()
    yield Path(module._place(HERE))
    module._kept.cache_clear()


def test_a_late_pattern_is_not_compiled_before_it_is_used(kept: Path) -> None:
    broken = late("(")
    with pytest.raises(re.error):
        broken.search("anything")


def test_every_pattern_of_the_reader_is_the_same_kept_as_compiled(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "with_beginnings", lambda parsed, flags, code: code)
    assert keep() == len(late_patterns()) > 400
    module._kept.cache_clear()
    for words, flags, engine in late_patterns():
        ours, theirs = module._compiled(words, flags, engine), re.compile(words, flags)
        assert (ours.pattern, ours.flags, ours.groups, ours.groupindex) == (
            theirs.pattern,
            theirs.flags,
            theirs.groups,
            theirs.groupindex,
        )
        assert ours == theirs, words


def test_a_note_reads_the_same_with_kept_patterns_and_without(kept: Path) -> None:
    text = b"Please return the audit to audit@example.org by Friday 5 March 2027. Call PC Bell on 07700 900111."
    document, today = open_document("note.txt", text), dt.date(2027, 2, 1)
    without = read(document, today)
    keep()
    assert read(document, today) == without


@pytest.mark.parametrize("content", [b"", b"not marshal", marshal.dumps(("another Python", {})), marshal.dumps(7)])
def test_what_cannot_be_used_is_passed_over(kept: Path, content: bytes) -> None:
    kept.parent.mkdir()
    kept.write_bytes(content)
    assert late(r"\d+").findall("1 and 22") == ["1", "22"]


def test_code_that_the_machine_refuses_is_compiled_again(kept: Path) -> None:
    kept.parent.mkdir()
    kept.write_bytes(marshal.dumps((module._PYTHON, {(r"\d+x", 0): (0, b"\xff\xff\0\0", 0, {}, (None,))})))
    assert late(r"\d+x").findall("1x and 22x") == ["1x", "22x"]


def test_an_engine_takes_its_own_patterns_from_what_is_kept_and_no_others(kept: Path) -> None:
    assert keep() > 400
    module._kept.cache_clear()
    shelves = {engine: module._kept(engine) for engine in ("documents", "reading")}
    for words, flags, engine in late_patterns():
        assert engine not in shelves or (words, flags) in shelves[engine]
    assert 0 < len(shelves["documents"]) < len(shelves["reading"]) / 4
    assert not module._kept("another")


def test_where_nothing_may_be_written_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(module, "_KEPT", tmp_path / "file" / "patterns.test")
    assert keep() == 0


def test_a_python_that_keeps_its_patterns_otherwise_keeps_none(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def renamed(words: str, flags: int) -> tuple[object, ...]:
        raise AttributeError(words)

    monkeypatch.setattr(module, "_made", renamed)
    assert keep() == 0
    assert not kept.exists()
    assert late(r"\d+").findall("1 and 22") == ["1", "22"]
