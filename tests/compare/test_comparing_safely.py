"""Comparing in the process that parses: the same answer, and refusals that name the file."""

import json

import pytest

from haven.engines.compare import safely, wire
from haven.engines.compare.changes import Comparison
from haven.engines.compare.comparing import compare
from haven.engines.compare.opening.editions import open_edition
from haven.engines.compare.safely import compare_safely, open_safely, printed_safely
from haven.engines.compare.structure import edition_of
from haven.engines.documents.limits import LARGEST_EDITION
from haven.engines.documents.refusal import Unreadable

OLD = b"""Records of concerns

1. Schools should keep a written record of each concern.
2. The lead reads each record in the same week. She tells the headteacher what she did.
3. Records move with the child to the next school (see paragraph 2).
"""
NEW = b"""Records of concerns

1. Schools must keep a written record of each concern.
2. A trip abroad needs a named lead.
3. The lead reads each record in the same week.
4. She tells the headteacher what she did.
5. Records move with the child to the next school (see paragraph 3).
"""


def here() -> Comparison:
    """The comparison made in this process."""
    return compare(edition_of(open_edition("old.txt", OLD)), edition_of(open_edition("new.txt", NEW)))


def test_what_comes_back_is_what_comparing_here_gives() -> None:
    there = compare_safely(("old.txt", OLD), ("new.txt", NEW))
    assert there.changes == here().changes
    assert (there.old, there.new, there.renumbered_only) == (here().old, here().new, here().renumbered_only)


def test_what_is_printed_is_the_same_as_plain_values() -> None:
    assert json.loads(printed_safely(("old.txt", OLD), ("new.txt", NEW))) == json.loads(json.dumps(wire.plain(here())))


def test_an_edition_comes_back_as_it_was_opened() -> None:
    edition, opened = open_safely("old.txt", OLD), edition_of(open_edition("old.txt", OLD))
    assert edition == opened
    assert [clause.key for clause in edition.clauses] == [clause.key for clause in opened.clauses]


@pytest.mark.parametrize(
    ("old", "new", "name", "said"),
    [
        (("old.txt", b""), ("new.txt", NEW), "old.txt", "empty"),
        (("old.txt", OLD), ("new.pdf", b"words"), "new.pdf", "not a PDF"),
        (("old.txt", OLD), ("new.eml", NEW), "new.eml", "not compared"),
        (("old.txt", OLD), ("new.txt", b"a" * (LARGEST_EDITION + 1)), "new.txt", "larger than 40 MB"),
        (("old.docx", b"PK\x03\x04rubbish"), ("new.txt", NEW), "old.docx", "."),
    ],
)
def test_a_refusal_names_the_file(old: tuple[str, bytes], new: tuple[str, bytes], name: str, said: str) -> None:
    for comparing in (compare_safely, printed_safely):
        with pytest.raises(Unreadable, match=said) as refused:
            comparing(old, new)
        assert refused.value.name == name
        assert "\n" not in refused.value.line


def test_long_editions_are_opened_side_by_side_and_refused_alike() -> None:
    lines = "\n\n".join(f"{n}. Schools keep record number {n} of what was said and done." for n in range(1, 6000))
    long = lines.encode()
    assert compare_safely(("a.txt", long), ("b.txt", long)).changes == []
    with pytest.raises(Unreadable, match="not a PDF") as refused:
        compare_safely(("a.txt", long), ("b.pdf", b"words " * 9))
    assert refused.value.name == "b.pdf"


@pytest.mark.parametrize(
    "said",
    [b"", b"no JSON", b"[]", b"{}", b'{"old": 1, "new": 2, "changes": [], "summary": {}, "warnings": []}'],
)
def test_an_answer_that_is_none_is_not_believed(said: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safely, "answered", lambda *_, **__: said)
    with pytest.raises(Unreadable, match="damaged"):
        compare_safely(("old.txt", OLD), ("new.txt", NEW))
    with pytest.raises(Unreadable, match="damaged"):
        open_safely("old.txt", OLD)


def tampered(change: dict[str, object]) -> bytes:
    known = json.loads(wire.packed(here()))
    known["changes"][0] |= change
    return json.dumps(known).encode()


@pytest.mark.parametrize(
    "change",
    [
        {"kinds": ["painted"]},
        {"words": [["same", 7]]},
        {"at": ["1", 2]},
        {"at": [1]},
        {"clause_kinds": [[], []]},
        {"old": {"number": 1, "heading": [], "text": "a", "page": None}},
        {"modals": [7]},
    ],
)
def test_nothing_in_an_answer_is_believed_before_it_is_checked(change: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        wire.unpacked(tampered(change))
