"""What can be told, how it is graded, what could show who told, what is the same, what is counted."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haven.intelligence.rules import counting, grading, linking, outcomes, sanitising, telling
from haven.intelligence.rules.grading import Handling, Information, Priority, Source
from haven.intelligence.rules.linking import Kind, Mention
from haven.intelligence.rules.outcomes import Outcome
from tests.intelligence.told import GRADED, TELLING


def test_what_was_told_comes_back_from_its_words_without_who_told() -> None:
    back = telling.telling_of(TELLING.matter, TELLING.particulars())
    assert back == replace(TELLING, told_by="")
    assert "Casey" not in TELLING.particulars()


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({}, {}),
        ({"matter": "  "}, {"matter": "Say what you know"}),
        ({"matter": "a" * 5_001}, {"matter": "Keep it to 5,000 characters. One matter at a time."}),
        (
            {"matter": "Casey saw a van."},
            {
                "matter": "This says “Casey”, which is also in who told you. Take it out, or say below that it could "
                "show who told us."
            },
        ),
        ({"matter": "Casey saw a van.", "could_show": True}, {}),
        ({"matter": "Casey saw a van.", "told_by": ""}, {}),
    ],
)
def test_what_is_wrong_with_what_is_told(said, wrong) -> None:
    assert replace(TELLING, **said).faults() == wrong


def test_every_choice_has_its_words() -> None:
    tables = [
        (telling.How, telling.HOW_IN_WORDS),
        (telling.Sure, telling.SURE_IN_WORDS),
        (telling.Aware, telling.AWARE_IN_WORDS),
        (telling.Theme, telling.THEME_IN_WORDS),
        (Source, grading.SOURCE_IN_WORDS),
        (Information, grading.INFORMATION_IN_WORDS),
        (Handling, grading.HANDLING_IN_WORDS),
        (Priority, grading.PRIORITY_IN_WORDS),
        (Outcome, outcomes.OUTCOME_IN_WORDS),
        (Kind, linking.KIND_IN_WORDS),
    ]
    assert len(tables) == 10
    assert [kind for kind, words in tables if set(kind) != set(words)] == []


def test_a_reference_is_speakable_and_never_the_same() -> None:
    made = {telling.reference() for _ in range(500)}
    assert len(made) == 500
    assert all(len(each) == 9 and each[4] == "-" and not set(each) & set("01ILOU") for each in made)


@pytest.mark.parametrize(
    ("text", "source", "words"),
    [
        ("Jordan was there", ["Casey"], []),
        ("Casey was there", ["Casey in year nine"], ["Casey"]),
        ("CASEY’s brother was there", ["casey"], ["CASEY’s"]),
        ("Zoé was there", ["Zoe Marsh"], ["Zoé"]),
        ("A teacher at the school said so", ["a teacher at Oakfield Primary School"], []),
        ("At Oakfield, after Oakfield", ["Oakfield Primary School"], ["Oakfield"]),
        ("Al was there", ["Al"], []),  # too short to tell anything apart
        ("", ["Casey"], []),
    ],
)
def test_which_words_could_show_who_told(text, source, words) -> None:
    assert sanitising.shared_words(text, source) == words


def test_whoever_may_not_learn_who_told_cannot_find_out_by_trying_names() -> None:
    def warned(text, *, knows):
        return sanitising.to_warn_of(text, matter="Casey saw it", source=["Priya Nair", "Casey"], knows_source=knows)

    assert warned("Priya or Casey", knows=False) == ["Casey"]
    assert warned("Priya or Casey", knows=True) == ["Priya", "Casey"]


def test_a_grade_has_its_code() -> None:
    assert GRADED.code == "2CP"


@pytest.mark.parametrize(
    ("handling", "conditions", "wrong"),
    [
        (Handling.PERMITTED, "", ""),
        (Handling.PERMITTED, "Do not copy", grading.NO_CONDITIONS),
        (Handling.CONDITIONS, " ", grading.SAY_CONDITIONS),
        (Handling.CONDITIONS, "Do not copy", ""),
    ],
)
def test_conditions_go_with_their_handling(handling, conditions, wrong) -> None:
    assert grading.conditions_fault(handling, conditions) == wrong


def test_what_is_answered_is_never_unanswered() -> None:
    allowed = {(now.value, wished.value) for now in Outcome for wished in Outcome if outcomes.may_follow(now, wished)}
    assert len(allowed) == 4 + 4 * 3
    assert not any(wished == "received" or now == wished for now, wished in allowed)


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        (Kind.PERSON, "Jordan Pike", "PIKE, Jordan"),
        (Kind.PERSON, "Seán O’Dell", "sean odell"),
        (Kind.PLACE, "Harbour Steps", "harbour  steps."),
        (Kind.VEHICLE, "FX19 KLM", "fx19klm"),
        (Kind.NAME, "@Big_Jay", "big jay"),
    ],
)
def test_two_ways_to_write_the_same(kind, one, other) -> None:
    assert linking.normal(kind, one) == linking.normal(kind, other)


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        (Kind.PERSON, "Jordan Pike", "Jordan Pyke"),
        (Kind.PLACE, "Harbour Steps", "Steps Harbour"),
        (Kind.VEHICLE, "FX19 KLM", "FX19 KLN"),
    ],
)
def test_what_is_not_the_same(kind, one, other) -> None:
    assert linking.normal(kind, one) != linking.normal(kind, other)


@pytest.mark.parametrize("words", ["", "  ", "?", "a", "’"])
def test_a_mention_needs_something_to_tell_it_by(words) -> None:
    with pytest.raises(ValueError, match="at least two"):
        linking.normal(Kind.NAME, words)


def test_the_picture_has_every_submission_and_mention_once_and_a_line_for_each_link() -> None:
    mentions = [
        Mention("s1", "AAAA-1111", "e1", "FX19 KLM", Kind.VEHICLE),
        Mention("s1", "AAAA-1111", "e2", "Harbour Steps", Kind.PLACE),
        Mention("s2", "BBBB-2222", "e1", "FX19 KLM", Kind.VEHICLE),
    ]
    picture = linking.drawn(mentions)
    assert [box.words for box in picture.submissions] == ["AAAA-1111", "BBBB-2222"]
    assert [(box.words, box.is_shared) for box in picture.mentions] == [("Harbour Steps", False), ("FX19 KLM", True)]
    assert [(line.left.key, line.right.key) for line in picture.lines] == [("s1", "e1"), ("s1", "e2"), ("s2", "e1")]
    assert len({(box.x, box.y) for box in [*picture.submissions, *picture.mentions]}) == 4
    assert all(box.y + linking.ROW <= picture.height for box in [*picture.submissions, *picture.mentions])


def test_the_picture_of_nothing_is_empty() -> None:
    assert linking.drawn([]).lines == []


@pytest.mark.parametrize(
    ("counts", "shown", "total"),
    [
        ((0, 0), (0, 0), 0),
        ((7, 0), (7, 0), 7),
        ((7, 8), (7, 8), 15),
        ((7, 3, 2), (7, None, None), 12),
        ((7, 3), (None, None), 10),  # the seven would give the three away
        ((9, 7, 3), (9, None, None), 19),
        ((9, 7, 1, 1), (9, None, None, None), 18),
        ((3, 0), (None, 0), None),  # nothing else to hide behind
    ],
)
def test_small_counts_are_hidden_with_what_would_give_them_away(counts, shown, total) -> None:
    table = counting.safe_table({str(place): count for place, count in enumerate(counts)})
    assert tuple(line.count for line in table.lines) == shown
    assert table.total == total


@given(st.lists(st.integers(0, 30), min_size=1, max_size=8))
def test_no_hidden_count_can_be_worked_out(counts) -> None:
    table = counting.safe_table({str(place): count for place, count in enumerate(counts)})
    hidden = [count for count, line in zip(counts, table.lines, strict=True) if line.count is None]
    assert all(line.count is None or line.count == 0 or line.count >= 5 for line in table.lines)
    assert table.total is None or not hidden or (len(hidden) >= 2 and sum(hidden) >= 5)


@pytest.mark.parametrize(
    ("first", "on", "is_over"),
    [
        (date(2026, 2, 1), date(2026, 2, 28), False),
        (date(2026, 2, 1), date(2026, 3, 1), True),
        (date(2025, 12, 1), date(2026, 1, 1), True),
    ],
)
def test_a_month_is_told_of_when_it_is_over(first, on, is_over) -> None:
    assert counting.is_over(first, on) is is_over


def test_the_month_before_and_after() -> None:
    assert counting.month_before(date(2026, 1, 15)) == date(2025, 12, 1)
    assert counting.month_after(date(2025, 12, 1)) == date(2026, 1, 1)


@pytest.mark.parametrize(
    ("counts", "sent", "usual", "percent"),
    [
        ([0] * 10, 0, None, 0),
        ([1, 2, 3, 0, 0, 0, 0, 0], None, None, None),
        ([1, 2, 3, 4, 5, 0, 0, 0, 0, 0], 5, 3, 50),
        ([1, 1, 1, 1, 1, 1], 6, 1, 100),
        ([1, 1, 1, 1, 1, 0], None, 1, None),  # the one who sent nothing could be found
    ],
)
def test_how_many_schools_take_part_points_at_none(counts, sent, usual, percent) -> None:
    found = counting.standing(counts)
    assert (found.sent, found.usual, found.percent) == (sent, usual, percent)
