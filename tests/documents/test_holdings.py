"""What every match of a pattern is said to hold, every match of it does hold."""

import re
from collections.abc import Iterator
from importlib import import_module
from itertools import islice
from pathlib import Path

import pytest

from haven.engines.patterns import late as module
from haven.engines.patterns.holdings import held_by
from haven.engines.patterns.late import keep, late, late_patterns

NOTES = Path(__file__).parents[1] / "reading" / "notes"


@pytest.mark.parametrize(
    ("wording", "held"),
    [
        (r"\bfrom$", ("from",)),
        (r"\b(?:is|are)\s+(?:cancel+ed|called\s+off|postponed)\b", ("called", "cance", "postponed")),
        (r"\b(?:tak(?:e|ing)|takes)\b", ("take", "taking")),  # whoever holds `takes` holds `take`
        (r"don[’']?t", ("don't", "dont", "don’t")),
        (r"(?i:Royal)\s+Assent", ("assent",)),
        (r"(?:due|paid)+\b", ("due", "paid")),
        (r"©|copyright", ("copyright", "©")),
    ],
)
def test_every_match_holds_the_rarest_of_what_it_cannot_do_without(wording: str, held: tuple[str, ...]) -> None:
    assert _held(wording) == held


@pytest.mark.parametrize("wording", [r"\d+", r"due|\d", "(?:due)?", "(?:due)*x", "(?=due)\\w+", "[a-z]+", "é", "a"])
def test_nothing_is_held_for_sure_where_a_match_may_do_without(wording: str) -> None:
    assert _held(wording) == ()


def test_every_match_in_the_notes_holds_what_it_is_said_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_KEPT", tmp_path / "patterns.test")
    assert keep() > 400
    lines = "\n".join(islice(_lines(), 150))
    seen = 0
    for words, flags, _ in sorted(late_patterns()):
        held = _held(words, flags)
        for match in islice(re.compile(words, flags).finditer(lines), 200) if held else ():
            assert any(run in match.group().lower() for run in held), (words, match.group())
            seen += 1
    assert seen > 1000


@pytest.mark.parametrize(
    "text", ["", "The forum is cancelled.", "CANCELLED", "cancelled " * 3, "It is moved", "poſtponed", "is pOSTPONED"]
)
def test_a_pattern_seldom_found_finds_what_it_always_found(text: str) -> None:
    words = r"\b(?:cancel+ed|moved|postponed)\b"
    ours, theirs = late(words, re.IGNORECASE, seldom=True), re.compile(words, re.IGNORECASE)
    for start, end in ((0, len(text)), (2, 9), (4, 16)):
        found, wanted = ours.search(text, start, end), theirs.search(text, start, end)
        assert (found and found.span()) == (wanted and wanted.span())
        matched, match = ours.match(text, start, end), theirs.match(text, start, end)
        assert (matched and matched.span()) == (match and match.span())
        assert [m.span() for m in ours.finditer(text, start, end)] == [
            m.span() for m in theirs.finditer(text, start, end)
        ]


def test_a_search_is_spared_where_nothing_held_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    searched: list[str] = []
    look = module._unless_lacking(("due",), lambda text, start, end: searched.append(text), None)
    look("Nothing here")
    look("It is Due")
    assert searched == ["It is Due"]


def _held(words: str, flags: int = 0) -> tuple[str, ...]:
    return held_by(import_module("re._parser").parse(words, flags))


def _lines() -> Iterator[str]:
    for path in sorted((NOTES / "tune").rglob("*.txt")):
        yield from path.read_text(encoding="utf-8").splitlines()[:14]
