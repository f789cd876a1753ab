"""The rules of reading, in tables, without a database."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from haven.access.roles import Role
from haven.engines.compare.clauses import Clause
from haven.readings.rules import kinds, moving, paging, parts, signing, usual
from haven.readings.rules.changed import changed
from haven.readings.rules.kinds import ReaderKind
from haven.readings.rules.parts import Heading
from haven.readings.rules.signing import Duty, Signed, State, Way

OLD, NEW, AN_ID = UUID(int=1), UUID(int=2), UUID(int=9)
DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Part one: Safeguarding information for all staff", "part 1"),
        ("Part 1", "part 1"),
        ("PART I", "part 1"),
        ("Part five – reports", "part 5"),
        ("Annex A", "annex a"),
        ("Annexe  b: Further information", "annex b"),
        ("Appendix I", "appendix i"),
        ("Chapter 03", "chapter 3"),
        ("About this document", "about this document"),
        ("Annex: Further information", "annex further information"),
        ("Participation of children", "participation of children"),
    ],
)
def test_a_part_is_told_by_its_number_or_else_its_words(name: str, key: str) -> None:
    assert parts.part_key(name) == key


def _found(*headings: tuple[int, str, int], count: int = 20, title: str = "A guide") -> list[tuple[str, int, int]]:
    told = parts.parts_found([Heading(*each) for each in headings], count, title)
    return [(each.name, each.place or 0, each.until or 0) for each in told]


def test_parts_begin_where_part_or_annex_stands_whatever_lies_above() -> None:
    assert _found(
        (1, "A guide", 0), (3, "Summary", 1), (6, "Part one: Staff", 1), (9, "Signs", 2), (12, "Annex A", 1)
    ) == [
        ("Summary", 3, 6),
        ("Part one: Staff", 6, 12),
        ("Annex A", 12, 21),
    ]


def test_a_list_of_contents_and_the_title_are_no_parts() -> None:
    headings = ((2, "A guide", 0), (4, "Contents", 0), (5, "Part one", 0), (6, "Part one", 0), (12, "Part two", 0))
    assert _found(*headings) == [("Part one", 6, 12), ("Part two", 12, 21)]


def test_without_numbers_the_topmost_headings_that_are_several_part_it() -> None:
    assert _found((1, "A guide", 0), (3, "Duties", 1), (8, "Records", 1)) == [("Duties", 3, 8), ("Records", 8, 21)]


@pytest.mark.parametrize("headings", [(), ((1, "A guide", 0),), ((1, "A guide", 0), (5, "Duties", 1))])
def test_what_has_no_parts_is_read_as_a_whole(headings: tuple[tuple[int, str, int], ...]) -> None:
    assert _found(*headings) == [("The whole document", 1, 21)]


def test_an_edition_without_text_has_no_parts() -> None:
    assert parts.parts_found([], 0) == []


@settings(max_examples=50)
@given(st.lists(st.tuples(st.integers(1, 60), st.booleans()), max_size=80))
def test_every_clause_stands_on_one_page_in_order(told: list[tuple[int, bool]]) -> None:
    clauses = [paging.Measured(place, words * 5, is_heading) for place, (words, is_heading) in enumerate(told, 1)]
    pages = paging.pages_of(clauses)
    assert [place for first, last in pages for place in range(first, last + 1)] == [each.place for each in clauses]
    for first, last in pages[:-1]:
        assert first == last or not clauses[last - 1].is_heading


def test_a_page_does_not_end_within_a_list() -> None:
    told = [paging.Measured(n, 100, is_heading=False, goes_on=n > 4) for n in range(1, 12)]
    assert paging.pages_of(told) == [(1, 7), (8, 11)]


@pytest.mark.parametrize(
    ("text", "names", "faults"),
    [
        ("Jo Quayle, Cook\nIsla Dunmore\tTeacher\tdirect", ["Jo Quayle", "Isla Dunmore"], 0),
        ("Name, Job\n\n  Jo   Quayle ; Cook ", ["Jo Quayle"], 0),
        (", Cook", [], 1),
        ("Jo Quayle, Cook, sideways", [], 1),
        ("x" * 200, [], 1),
    ],
)
def test_a_list_of_people_is_read_line_by_line(text: str, names: list[str], faults: int) -> None:
    told = kinds.listed(text, frozenset({ReaderKind.INDIRECT}))
    assert [each.name for each in told.readers] == names
    assert len(told.faults) == faults


def test_who_has_no_kind_of_her_own_has_that_of_the_list() -> None:
    told = kinds.listed("Jo Quayle, Cook\nIsla Dunmore, Teacher, Direct", frozenset({ReaderKind.INDIRECT}))
    assert [each.kinds for each in told.readers] == [{ReaderKind.INDIRECT}, {ReaderKind.DIRECT}]


def test_a_post_makes_somebody_a_reader_of_a_kind() -> None:
    assert kinds.usual_kinds([Role.DSL, Role.GOVERNOR]) == {ReaderKind.LEADER, ReaderKind.SAFEGUARDING_GOVERNOR}
    assert kinds.usual_kinds([Role.SCHOOL_STAFF]) == {ReaderKind.DIRECT}
    assert kinds.usual_kinds([Role.POLICE_OFFICER]) == frozenset()


@pytest.mark.parametrize(
    ("part", "kind", "ground"),
    [
        ("Part one: Information for all", ReaderKind.DIRECT, usual.Ground.GUIDED),
        ("Part one", ReaderKind.INDIRECT, usual.Ground.GUIDED),
        ("Annex B", ReaderKind.DIRECT, usual.Ground.GUIDED),
        ("Part five", ReaderKind.DIRECT, usual.Ground.UNCONFIRMED),
        ("Part two", ReaderKind.GOVERNOR, usual.Ground.UNCONFIRMED),
        ("Annex A", ReaderKind.INDIRECT, None),  # where the governing body chooses so
        ("Annex B", ReaderKind.INDIRECT, None),
    ],
)
def test_who_usually_reads_what_and_whether_that_is_confirmed(
    part: str, kind: ReaderKind, ground: usual.Ground | None
) -> None:
    assert usual.usual_of(usual.KCSIE, part).grounds.get(kind) == ground
    assert usual.usual_of(None, part).kinds == frozenset()


def _duty(edition: UUID = NEW, key: str = "part 1", words: str = "w", was_key: str = "") -> Duty:
    return Duty(edition, key, frozenset({ReaderKind.DIRECT}), words, was_key)


def _signed(edition: UUID = OLD, key: str = "part 1", words: str = "w", on: date = DAY) -> Signed:
    return Signed(AN_ID, edition, key, words, Way.HAVEN, on)


@pytest.mark.parametrize(
    ("signed", "duty", "state"),
    [
        (_signed(NEW), _duty(), State.SIGNED),
        (_signed(), _duty(), State.CARRIED),
        (_signed(key="annex b"), _duty(key="annex a"), State.CARRIED),  # the same words under another name
        (_signed(words="other"), _duty(), State.OPEN),
        (_signed(NEW, words="other"), _duty(), State.OPEN),  # another file was given for the edition
        (_signed(NEW, words=""), _duty(), State.SIGNED),  # signed while its text was not in Haven
        (_signed(words=""), _duty(words=""), State.OPEN),  # of two editions without text nothing can be said
        (_signed(NEW, words=""), _duty(words="", key="part 2"), State.OPEN),
        (None, _duty(), State.OPEN),
    ],
)
def test_which_signature_answers_which_duty(signed: Signed | None, duty: Duty, state: State) -> None:
    answer = signing.answer_to(duty, [signed] if signed else [])
    assert signing.state_of(duty, [ReaderKind.DIRECT], answer, due_on=DAY, today=DAY) is state


def test_what_is_overdue_and_what_is_for_nobody() -> None:
    after = DAY + timedelta(days=1)
    assert signing.state_of(_duty(), [ReaderKind.DIRECT], None, due_on=DAY, today=after) is State.LATE
    assert signing.state_of(_duty(), [ReaderKind.LEADER], None, due_on=DAY, today=after) is State.NONE


def test_what_changed_is_told_from_the_newest_signature_under_this_or_the_former_name() -> None:
    older, newer = _signed(words="a"), _signed(words="b", key="annex b", on=DAY + timedelta(days=9))
    assert signing.signed_before(_duty(was_key="annex b"), [older, newer]) == newer
    assert signing.signed_before(_duty(), [older, newer]) == older
    assert signing.signed_before(_duty(words=""), [older]) is None


def test_percentages_are_never_rounded_up_to_all() -> None:
    assert signing.Counts(199, 1, 0).percent == 99
    assert signing.Counts(2, 0, 0).percent == 100
    assert signing.Counts().percent == 100
    assert signing.Counts(1, 1, 2).bar == (("done", 0.0, 25.0), ("open", 25.0, 25.0), ("late", 50.0, 50.0))


@pytest.mark.parametrize(
    ("days", "kind"),
    [(-8, ""), (-7, "soon"), (-6, ""), (0, ""), (1, "overdue"), (2, ""), (8, "overdue"), (15, "overdue")],
)
def test_on_which_days_people_are_reminded(days: int, kind: str) -> None:
    assert signing.reminder_due(DAY, DAY + timedelta(days=days)) == kind


@pytest.mark.parametrize(("days", "is_wrong"), [(-1, True), (0, False), (731, False), (732, True)])
def test_a_day_by_which_to_read_lies_ahead(days: int, is_wrong: bool) -> None:
    assert bool(signing.wrong_due(DAY + timedelta(days=days), DAY)) is is_wrong


@pytest.mark.parametrize(("today", "due"), [(2, 30), (7, 3), (8, 3), (9, 6)])  # of March, a Monday the first
def test_the_day_that_is_proposed_is_a_weekday_about_four_weeks_on(today: int, due: int) -> None:
    proposed = signing.usual_due(date(2026, 3, today))
    assert (proposed.day, proposed.weekday() < 5) == (due, True)


def _worded(key: str, *clauses: str) -> moving.Worded:
    return moving.Worded(key, key.title(), "/".join(clauses), clauses)


def test_two_parts_that_swapped_their_letters_are_told_by_their_words() -> None:
    old = [_worded("annex a", "one", "two", "three"), _worded("annex b", "four", "five", "six")]
    new = [_worded("annex a", "four", "five", "six"), _worded("annex b", "one", "two", "three")]
    told = {each.old.key: (each.way, each.new and each.new.key) for each in moving.movement(old, new).moved}
    assert told == {"annex a": (moving.Way.RENAMED, "annex b"), "annex b": (moving.Way.RENAMED, "annex a")}


def test_the_same_name_over_other_words_is_in_doubt() -> None:
    told = moving.movement([_worded("annex a", "one", "two")], [_worded("annex a", "three", "four")]).moved
    assert [(each.way, each.is_settled) for each in told] == [(moving.Way.DOUBTFUL, False)]


def test_without_text_parts_go_by_name_alone() -> None:
    old, new = moving.Worded("part 1", "Part one"), moving.Worded("part 1", "Part one")
    (told,) = moving.movement([old], [new]).moved
    assert (told.way, told.percent) == (moving.Way.CHANGED, None)


def test_what_was_taken_out_is_told_and_a_new_number_alone_is_not() -> None:
    old = [
        Clause("Keep a list.", number="1"),
        Clause("Tell the lead.", number="2"),
        Clause("Use the old form.", number="3"),
    ]
    new = [Clause("Tell the lead.", number="1"), Clause("Keep a list.", number="2")]
    told = changed(old, new)
    assert told.passages == ()
    assert [each.text for each in told.gone] == ["Use the old form."]


def test_of_two_texts_that_have_nothing_in_common_everything_is_new() -> None:
    told = changed([Clause("Apples are red.")], [Clause("Ships sail east."), Clause("Rain falls.")])
    assert [each.is_reworded for each in told.passages] == [False, False]
    assert [each.text for each in told.gone] == ["Apples are red."]
