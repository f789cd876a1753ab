"""A pattern that knows with what its matches may begin finds what it finds without."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path

import pytest

from haven.engines.patterns import late as module
from haven.engines.patterns.late import keep, late_patterns

NOTES = Path(__file__).parents[1] / "reading" / "notes"
ODD = "".join(map(chr, [*range(0x250), 0x212A, *range(0x2000, 0x2070), 0x2126, 0xFB05, 0xFB06, 0x1E9E, 0x10400]))
WORDINGS = [
    "s",
    "K",
    "ſ",
    "[r-t]",
    "[^a-y]",
    "[^ſ]",
    "[Ā-ſ]",
    "[ſx]",
    r"[\d_]",
    r"[^\w\s]",
    r"[^\W\d]",
    r"\d",
    r"\S",
    r"\W",
    ".",
    "(?:a|s|0)x?",
    "(?:a|)s",
    "a?s",
    "a*?b+",
    "(?:ab){2,3}",
    "(?:a?){3}k",
    r"\bs",
    "(?=k)[a-z]",
    "(?!k)[a-m]",
    "(?<=[a-j])k",
    "(?i:s)|q",
    "(?>a|k)",
    "[a-c]++d?",
    "(a)?(?(1)b|s)",
    r"(k)\1|z",
    r"(?:\b|_)k",
    "^k|z$",
]


@pytest.mark.parametrize("wording", WORDINGS)
@pytest.mark.parametrize("flags", [0, re.IGNORECASE, re.ASCII, re.IGNORECASE | re.ASCII, re.MULTILINE])
def test_a_pattern_finds_the_same_among_odd_characters(wording: str, flags: int) -> None:
    text = f"{ODD} {ODD[::-1]} kk KK abab sS abc\nkz {ODD.upper()}"
    assert _found(module._compiled(wording, flags), text) == _found(re.compile(wording, flags), text)


def test_every_pattern_of_the_reader_finds_the_same_in_notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_KEPT", tmp_path / "patterns.test")
    assert keep() > 400
    module._kept.cache_clear()
    for words, flags, engine in sorted(late_patterns()):
        for text in _texts():
            assert _found(module._compiled(words, flags, engine), text) == _found(re.compile(words, flags), text), words


def test_most_patterns_of_the_reader_know_with_what_they_may_begin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_KEPT", tmp_path / "patterns.test")
    keep()
    patterns = sorted(late_patterns())
    told = sum(module._compiled(*asked) != re.compile(*asked[:2]) for asked in patterns)
    assert told > len(patterns) // 2


def test_a_machine_of_another_form_is_told_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("haven.engines.patterns.beginnings._MACHINE", 7)
    assert module._compiled(r"\bs", re.IGNORECASE) == re.compile(r"\bs", re.IGNORECASE)


def _found(pattern: re.Pattern[str], text: str) -> list[tuple[tuple[int, int], tuple[str | None, ...]]]:
    return [(match.span(), match.groups()) for match in islice(pattern.finditer(text), 2000)]


@cache
def _texts() -> tuple[str, ...]:
    """Some lines of notes, as they stand, in capitals, and with letters that ignore case oddly."""
    lines = "\n".join(islice(_lines(), 24))
    return lines, lines.upper(), lines[:1200].replace("s", "ſ").replace("k", "\u212a").replace("i", "ı")


def _lines() -> Iterator[str]:
    for path in sorted((NOTES / "tune").rglob("*.txt")):
        yield from path.read_text(encoding="utf-8").splitlines()[4:10]
