"""What became of a notification, what a school returns, and what a table leaves out: no database."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haven.notifications.rules.outcomes import (
    IN_WORDS,
    WHY_IN_WORDS,
    Course,
    Outcome,
    Why,
    by_week,
    monday_of,
    outcome_of,
    why_late,
)
from haven.notifications.rules.returns import IN_WORDS as FIGURES_IN_WORDS
from haven.notifications.rules.returns import (
    Figure,
    digest_of,
    due_on,
    figures_of,
    is_chased,
    is_head_told,
    month_after,
    month_before,
)
from haven.notifications.rules.stages import Stage
from haven.notifications.rules.support import Kind
from haven.notifications.rules.suppressing import TOTAL, in_words, suppressed

SATURDAY = datetime(2026, 2, 28, 22, 10, tzinfo=UTC)
BELL = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
BEFORE, AFTER = BELL - timedelta(minutes=20), BELL + timedelta(minutes=20)
SENT = Course(stage=Stage.AVAILABLE, accepted_at=SATURDAY, made_at=SATURDAY, deadline_at=BELL, rung=1)
READ = replace(SENT, stage=Stage.OPENED, seen_at=BEFORE, confirmed_at=BEFORE, opened_at=BEFORE)
REFUSED = replace(SENT, stage=Stage.NOT_OURS, seen_at=BEFORE, refused_at=BEFORE)


@pytest.mark.parametrize(
    ("course", "at", "became"),
    [
        (READ, AFTER, Outcome.IN_TIME),
        (replace(READ, opened_at=BELL), AFTER, Outcome.IN_TIME),
        (replace(READ, opened_at=BELL + timedelta(seconds=1)), AFTER, Outcome.LATE),
        (replace(READ, stage=Stage.CLOSED), AFTER, Outcome.IN_TIME),
        (replace(READ, stage=Stage.RECALLED_AFTER_OPEN), AFTER, Outcome.IN_TIME),
        (SENT, BELL, Outcome.WAITING),
        (SENT, BELL + timedelta(seconds=1), Outcome.UNREAD),
        (replace(SENT, stage=Stage.CONFIRMED, seen_at=BEFORE, confirmed_at=BEFORE), AFTER, Outcome.UNREAD),
        (REFUSED, AFTER, Outcome.UNREAD),
        (replace(SENT, stage=Stage.RECALLED_UNOPENED), AFTER, Outcome.TAKEN_BACK),
        (replace(REFUSED, stage=Stage.CLOSED), AFTER, Outcome.TAKEN_BACK),
    ],
)
def test_what_became_of_it_follows_from_its_moments(course: Course, at: datetime, became: Outcome) -> None:
    assert outcome_of(course, at) is became


@pytest.mark.parametrize(
    ("course", "why"),
    [
        (SENT, Why.NOBODY_LOOKED),
        (replace(SENT, seen_at=AFTER), Why.NOBODY_LOOKED),
        (replace(SENT, seen_at=BEFORE), Why.NOT_ANSWERED),
        (replace(SENT, seen_at=BEFORE, confirmed_at=AFTER), Why.NOT_ANSWERED),
        (replace(SENT, seen_at=BEFORE, confirmed_at=BEFORE), Why.NOT_OPENED),
        (replace(SENT, rung=2), Why.NO_LEAD),
        (replace(SENT, made_at=BELL - timedelta(minutes=29)), Why.SHORT_NOTICE),
        (replace(SENT, made_at=BELL - timedelta(minutes=29), follows=True), Why.WRONG_SCHOOL),
        (REFUSED, Why.WRONG_SCHOOL),
    ],
)
def test_why_it_was_late_is_the_first_thing_that_kept_it(course: Course, why: Why) -> None:
    assert why_late(course) is why


def test_what_is_sent_on_counts_once_where_it_went() -> None:
    wrong = replace(REFUSED, stage=Stage.REASSIGNED)
    right = replace(READ, made_at=BEFORE, follows=True)
    handed_on = replace(READ, stage=Stage.REASSIGNED)
    at_the_next = replace(SENT, made_at=AFTER, follows_read=True)
    (week,) = by_week([wrong, right, handed_on, at_the_next], last=SATURDAY.date(), weeks=1, at=AFTER)
    assert (week.sent, week.outcomes[Outcome.IN_TIME], week.late) == (2, 2, 0)


def test_weeks_run_from_monday_and_an_empty_one_is_there() -> None:
    late = replace(SENT, stage=Stage.SEEN, seen_at=BEFORE)
    weeks = by_week([READ, late, replace(READ, accepted_at=BELL)], last=date(2026, 3, 5), weeks=3, at=AFTER)
    assert [week.monday for week in weeks] == [date(2026, 2, 16), date(2026, 2, 23), date(2026, 3, 2)]
    assert [week.sent for week in weeks] == [0, 2, 1]
    assert [week.late for week in weeks] == [0, 1, 0]
    assert weeks[1].why[Why.NOT_ANSWERED] == sum(weeks[1].why.values()) == 1


def test_it_counts_as_there_in_time_only_where_it_could_have_been_read() -> None:
    sent_on_late = replace(SENT, made_at=AFTER, follows=True)
    (week,) = by_week([READ, sent_on_late], last=SATURDAY.date(), weeks=1, at=AFTER)
    assert (week.sent, week.there_in_time) == (2, 1)


def test_every_outcome_reason_and_figure_has_its_words() -> None:
    assert set(IN_WORDS) == set(Outcome)
    assert set(WHY_IN_WORDS) == set(Why)
    assert set(FIGURES_IN_WORDS) == set(Figure)


def test_a_return_counts_what_came_what_became_of_it_and_what_was_done() -> None:
    received = [
        (READ, frozenset({Kind.SILENT})),
        (replace(READ, opened_at=AFTER), frozenset({Kind.OVERT, Kind.REFERRED})),
        (READ, frozenset[Kind]()),
        (SENT, frozenset[Kind]()),
        (REFUSED, frozenset[Kind]()),
        (replace(REFUSED, stage=Stage.REASSIGNED), frozenset[Kind]()),
        (replace(SENT, stage=Stage.RECALLED_UNOPENED), frozenset[Kind]()),
    ]
    assert figures_of(received, AFTER) == {
        "received": 7,
        "read-in-time": 2,
        "read-late": 1,
        "not-read": 1,
        "not-ours": 2,
        "taken-back": 1,
        "silent": 1,
        "overt": 1,
        "none": 0,
        "referred": 1,
        "nothing-recorded": 1,
    }


def test_what_is_received_is_what_its_parts_make() -> None:
    figures = figures_of([(READ, frozenset({Kind.NONE})), (REFUSED, frozenset()), (SENT, frozenset())], AFTER)
    parts = (Figure.IN_TIME, Figure.LATE, Figure.UNREAD, Figure.NOT_OURS, Figure.TAKEN_BACK)
    assert figures[Figure.RECEIVED] == sum(figures[part] for part in parts) == 3


def test_a_page_carries_a_digest_that_changes_with_any_number() -> None:
    figures = figures_of([(READ, frozenset())], AFTER)
    others = [figures | {figure.value: figures[figure] + 1} for figure in Figure]
    assert len({digest_of(each) for each in (figures, *others)}) == 1 + len(Figure)
    assert digest_of(figures) == digest_of(dict(reversed(figures.items())))


def test_a_return_is_of_the_month_before_and_due_some_days_into_the_next() -> None:
    assert month_before(date(2026, 3, 31)) == date(2026, 2, 1)
    assert month_before(date(2026, 1, 1)) == date(2025, 12, 1)
    assert month_after(date(2025, 12, 1)) == date(2026, 1, 1)
    assert due_on(date(2026, 2, 1), 10) == date(2026, 3, 10)


@pytest.mark.parametrize(
    ("day", "chased", "again", "head"),
    [
        (10, None, False, False),
        (11, None, True, False),
        (12, 11, False, False),
        (17, 11, False, False),
        (18, 11, True, True),
    ],
)
def test_it_is_chased_from_the_day_after_it_was_due_once_a_week(
    day: int, chased: int | None, again: bool, head: bool
) -> None:
    at = datetime(2026, 3, day, 7, tzinfo=UTC)
    chased_at = datetime(2026, 3, chased, 7, tzinfo=UTC) if chased else None
    assert is_chased(due=date(2026, 3, 10), chased_at=chased_at, at=at) is again
    assert is_head_told(due=date(2026, 3, 10), at=at) is head


ROWS, COLUMNS = ("a", "b"), ("x", "y")
NUMBERS = st.fixed_dictionaries({(row, column): st.integers(0, 4) for row in ROWS for column in COLUMNS})


def test_a_small_number_takes_others_with_it_so_that_no_total_tells_it() -> None:
    numbers = {("jan", "read"): 40, ("jan", "late"): 3, ("feb", "read"): 38, ("feb", "late"): 9}
    table = suppressed(("jan", "feb"), ("read", "late"), numbers, fewest=5)
    assert table.row("jan") == [None, None, 43]
    assert table.row("feb") == [None, None, 47]
    assert table.totals == [78, 12, 90]
    assert in_words(None) == "not shown"
    assert in_words(1200) == "1,200"


def test_noughts_and_numbers_that_are_large_enough_are_shown() -> None:
    numbers = {("jan", "read"): 40, ("feb", "read"): 38, ("feb", "late"): 5}
    table = suppressed(("jan", "feb"), ("read", "late"), numbers, fewest=5)
    assert table.row("jan") == [40, 0, 40]
    assert table.row("feb") == [38, 5, 43]


def test_a_whole_that_is_small_is_not_shown_either() -> None:
    table = suppressed(("jan",), ("read", "late"), {("jan", "read"): 3}, fewest=5)
    assert table.row("jan") == [None, 0, None]
    assert table.totals == [None, 0, None]


def test_nothing_sent_is_told_as_nothing() -> None:
    assert suppressed(("jan",), ("read",), {}, fewest=5).row("jan") == [0, 0]


def test_a_number_below_nought_is_refused() -> None:
    with pytest.raises(ValueError, match="below nought"):
        suppressed(("jan",), ("read",), {("jan", "read"): -1}, fewest=5)


@given(NUMBERS)
def test_whoever_reckons_must_allow_for_every_small_number_to_be_large(numbers: dict[tuple[str, str], int]) -> None:
    fewest = 3
    shown = suppressed(ROWS, COLUMNS, numbers, fewest=fewest).shown
    small = {cell for cell, number in _totalled(numbers).items() if 0 < number < fewest}
    assert all(shown[cell] is None for cell in small)
    could_be = dict.fromkeys(small, 0)
    for world in _worlds(shown, most=4 + fewest):
        for cell in small:
            could_be[cell] = max(could_be[cell], world[cell])
    assert [cell for cell, most in could_be.items() if most < fewest] == []


def test_hiding_the_small_ones_alone_would_not_do() -> None:
    numbers = {("a", "x"): 6, ("a", "y"): 1, ("b", "x"): 6, ("b", "y"): 6}
    true = _totalled(numbers)
    naive = {cell: None if 0 < number < 3 else number for cell, number in true.items()}
    assert {world["a", "y"] for world in _worlds(naive, most=9)} == {1}


def _totalled(numbers: dict[tuple[str, str], int]) -> dict[tuple[str, str], int]:
    rows = {(row, TOTAL): sum(numbers[row, column] for column in COLUMNS) for row in ROWS}
    columns = {(TOTAL, column): sum(numbers[row, column] for row in ROWS) for column in COLUMNS}
    return numbers | rows | columns | {(TOTAL, TOTAL): sum(numbers.values())}


def _worlds(shown, most: int):
    """Every table that agrees with what is shown, where what is hidden is one or more."""
    cells = list(product(ROWS, COLUMNS))
    ranges = [range(1, most + 1) if shown[cell] is None else (shown[cell],) for cell in cells]
    for numbers in product(*ranges):
        world = _totalled(dict(zip(cells, numbers, strict=True)))
        if all(number is None or world[cell] == number for cell, number in shown.items()):
            yield world


def test_a_week_begins_on_monday() -> None:
    assert monday_of(date(2026, 3, 1)) == date(2026, 2, 23)
    assert monday_of(date(2026, 3, 2)) == date(2026, 3, 2)
