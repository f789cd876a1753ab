"""The rules of a digest, in tables: what a change is told as, how lines are ordered, what an edition's life says."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from haven.digests.rules.digests import (
    BEGINNING,
    GENERAL,
    Asked,
    ChangeTold,
    Content,
    Freshness,
    SaidLine,
    Standpoint,
    Step,
    fingerprint,
    first_title,
    fresh_lines,
    grouped,
    moved,
    packed,
    placed,
    status_told,
    told_changes,
    unpacked,
    what_happened,
)
from haven.digests.rules.prose import blocks_of, contacts_in, first_lines
from haven.engines.compare.changes import Change, ChangeKind, Modal
from haven.engines.compare.clauses import Clause
from haven.guidance.rules.life import Days, Ending

A, B, C, D = (UUID(int=number) for number in range(1, 5))
TODAY = date(2026, 7, 1)
HELD = Days(in_force_on=date(2025, 9, 1))


def _line(name: UUID = A, part: str = "", **more: object) -> SaidLine:
    return SaidLine(**({"id": name, "part": part, "heading": "Clause 1", "meaning": "", "asks": False} | more))


def _content(*lines: SaidLine) -> Content:
    return Content(title="Title", introduction="", closing="", lines=lines, without_effect=3)


def _change(*kinds: ChangeKind, old: int = 1, new: int = 1, **more: object) -> Change:
    clauses = [Clause(f"Words {number}.", number=str(number), heading=("Part one",)) for number in range(1, 4)]
    return Change(kinds, tuple(clauses[:old]), tuple(clauses[:new]), **more)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_change(ChangeKind.ADDED, old=0), ["New in this edition."]),
        (_change(ChangeKind.REMOVED, new=0), ["Taken out."]),
        (_change(ChangeKind.REWORDED), ["Worded differently."]),
        (
            _change(ChangeKind.STRENGTHENED, ChangeKind.REWORDED, modals=(Modal("should", "must"),)),
            ["Asks for more than before: “should” became “must”."],
        ),
        (_change(ChangeKind.WEAKENED), ["Asks for less than before."]),
        (_change(ChangeKind.SPLIT, new=3), ["Split into 3 clauses."]),
        (_change(ChangeKind.MERGED, old=2), ["Made of 2 clauses."]),
        (_change(ChangeKind.MOVED), ["Moved within “Part one”."]),
    ],
)
def test_what_happened_to_a_change_is_said_in_plain_words(change: Change, told: list[str]) -> None:
    assert what_happened(change) == told


def test_a_line_is_headed_by_the_nearest_heading_and_says_where_it_stands() -> None:
    changes = [_change(ChangeKind.REWORDED)] * 3
    paths = [("Part one", "Contacts"), ("Part two",), ()]
    told = told_changes(changes, paths)
    assert [each.part for each in told] == ["Part one", "Part two", BEGINNING]
    assert [each.heading for each in told] == ["Contacts: clause 1", "Clause 1", "Clause 1"]


def test_a_very_long_heading_leaves_room_for_the_clause() -> None:
    (told,) = told_changes([_change(ChangeKind.REWORDED)], [("Part one", "Very long " * 60)])
    assert len(told.heading) <= 200
    assert told.heading.endswith("clause 1")
    assert len(first_title("A long title of a document " * 20, "2026")) <= 200


@pytest.mark.parametrize(
    ("days", "old", "words"),
    [
        (
            Days(for_information_on=date(2026, 6, 1), in_force_on=date(2026, 9, 1)),
            HELD,
            "“2026” is published for information. It is in force from 1 September 2026. Until then “2025” holds.",
        ),
        (
            Days(for_information_on=date(2026, 6, 1)),
            HELD,
            "“2026” is published for information. For now “2025” holds.",
        ),
        (Days(in_force_on=date(2026, 6, 1)), Days(), "“2026” is in force since 1 June 2026."),
        (Days(in_force_on=date(2026, 6, 1)), HELD, "“2026” is in force since 1 June 2026. “2025” holds beside it."),
        (
            Days(opens_on=date(2026, 6, 1), closes_on=date(2026, 8, 1)),
            HELD,
            "“2026” is not final and may still change. Out for consultation until 1 August 2026. For now “2025” holds.",
        ),
        (
            Days(in_force_on=date(2026, 1, 1), ended_on=date(2026, 5, 1), ending=Ending.SUPERSEDED),
            Days(),
            "“2026” no longer holds. Superseded on 1 May 2026.",
        ),
    ],
)
def test_the_top_line_says_which_edition_holds(days: Days, old: Days, words: str) -> None:
    said = status_told(Standpoint(label="2025", days=old, said={}), Standpoint(label="2026", days=days, said={}), TODAY)
    assert " ".join(said) == words


@pytest.mark.parametrize(
    ("new", "order"),
    [
        ((D, "One", 2), [A, D, B, C]),
        ((D, "One", 9), [A, B, D, C]),
        ((D, "Two", None), [A, B, C, D]),
        ((D, "Three", 1), [A, D, B, C]),
        ((D, "Three", 9), [A, B, C, D]),
        ((D, "", None), [D, A, B, C]),
    ],
)
def test_a_new_line_finds_its_place(new: tuple[UUID, str, int | None], order: list[UUID]) -> None:
    assert placed([(A, "One", 0), (B, "One", 4), (C, "Two", 7)], new) == order


def test_a_line_moves_among_those_of_its_part_alone() -> None:
    lines = [(A, "One"), (B, "Two"), (C, "One")]
    assert moved(lines, A, Step.DOWN) == [C, B, A]
    assert moved(lines, C, Step.UP) == [C, B, A]
    assert moved(lines, A, Step.UP) == moved(lines, B, Step.DOWN) == [A, B, C]


def test_lines_stand_under_the_parts_of_the_document_what_is_general_first() -> None:
    lines = [_line(A, "Two"), _line(B, "One"), _line(C), _line(D, "Two")]
    assert [(name, [each.id for each in own]) for name, own in grouped(lines)] == [
        (GENERAL, [C]),
        ("Two", [A, D]),
        ("One", [B]),
    ]


def test_what_is_to_be_done_stands_by_its_day() -> None:
    dated = [Asked(action=uuid4(), what=f"By {day}", due_on=date(2026, 9, day), for_whom="") for day in (20, 10)]
    undated = _line(C, asks=True, meaning="- Think about it.\nSlowly.")
    content = _content(undated, _line(A, asks=True, asked=dated[0]), _line(B, asks=True, asked=dated[1]), _line(D))
    assert [line.does for line in content.to_do] == ["By 10", "By 20", "Think about it."]
    assert _line(heading="Alone", asks=True).does == "Alone"


def test_what_is_kept_reads_as_what_was_said() -> None:
    (told,) = told_changes([_change(ChangeKind.REWORDED, words=(("old", "Before"), ("new", "After")))], [("Part",)])
    asked = Asked(action=uuid4(), what="Do it", due_on=date(2026, 9, 1), for_whom="all schools")
    content = _content(_line(A, "Part", change=told, ref="abc", asked=asked, asks=True), _line(B, meaning="By hand."))
    assert unpacked(packed(content)) == content
    assert isinstance(unpacked(packed(content)).lines[0].change, ChangeTold)
    assert fingerprint(unpacked(packed(content))) == fingerprint(content) != fingerprint(_content())


def test_lines_that_are_new_or_say_something_else_are_told_from_the_version_before() -> None:
    before = _content(_line(A), _line(B, meaning="Before."), _line(C))
    now = _content(_line(C), _line(A), _line(B, meaning="Now."), _line(D))
    assert fresh_lines(before, now) == {B: Freshness.CHANGED, D: Freshness.NEW}


def test_words_become_paragraphs_and_lists() -> None:
    said = "First line\nsecond line\n\nAnother.\n- one\n- two\n\n• three\n\n\nThe end."
    assert blocks_of(said) == [
        ("p", ["First line", "second line"]),
        ("p", ["Another."]),
        ("ul", ["one", "two", "three"]),
        ("p", ["The end."]),
    ]
    assert blocks_of(" \n \n") == []


def test_numbers_and_addresses_are_found_in_what_was_written() -> None:
    said = ["Ring 01632 960 123 or write to lead@example.org.", "By 1 September 2026, 27 schools.", "01632 960 123"]
    assert contacts_in(said) == ["01632 960 123", "lead@example.org"]


def test_an_email_carries_the_first_lines_alone() -> None:
    assert first_lines("Short\n\nwords.") == "Short words."
    assert len(first_lines("Many words. " * 100)) < 310
