"""The rules of checks, in tables."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from haven.checks.rules.asking import Earlier, Way, may_go_on, may_share, way
from haven.checks.rules.bands import HOURS, Band, Standing, due_at, standing
from haven.checks.rules.prompts import prompts_in
from haven.checks.rules.states import DONE, MOVES, PENDING, TURNS, WORDS, AskState, Deed, Turn, moved
from haven.checks.rules.terms import is_out_of_term
from haven.checks.rules.times import Timed, by_month, shown
from haven.engines.days.hours import OFFICE_HOURS

FRIDAY = datetime(2026, 3, 6, 15, tzinfo=UTC)
MONDAY = datetime(2026, 3, 9, tzinfo=UTC)
A, B = uuid4(), uuid4()


@pytest.mark.parametrize(
    ("band", "due"),
    [(Band.RED, MONDAY.replace(hour=11)), (Band.AMBER, MONDAY.replace(day=11, hour=15)), (Band.BLUE, None)],
)
def test_a_band_gives_opening_hours(band, due) -> None:
    assert due_at(HOURS[band], FRIDAY, OFFICE_HOURS) == due


@pytest.mark.parametrize(
    ("at", "stands"),
    [
        (FRIDAY, Standing.IN_TIME),
        (MONDAY.replace(hour=10), Standing.SOON),
        (MONDAY.replace(hour=11), Standing.SOON),
        (MONDAY.replace(hour=11, second=1), Standing.LATE),
    ],
)
def test_the_last_quarter_is_soon_and_the_next_second_is_late(at, stands) -> None:
    assert standing(MONDAY.replace(hour=11), FRIDAY, at, OFFICE_HOURS) is stands


def test_every_state_has_its_words_and_somebody_whose_turn_it_is() -> None:
    assert set(TURNS) == set(WORDS) == set(AskState)
    assert not PENDING & DONE
    assert [state for state, turn in TURNS.items() if turn is Turn.NOBODY] == [AskState.WITHDRAWN]
    assert set(MOVES) == set(Deed)
    assert moved(AskState.WITHDRAWN, Deed.WRITE) is None


@pytest.mark.parametrize(
    ("reference", "days", "state", "is_other", "expected"),
    [
        ("FH-1", 200, AskState.ANSWERED, True, Way.ANYTHING_NEW),
        ("fh 1", 200, AskState.OPENED, False, Way.JOIN),
        ("FH-2", 90, AskState.NOTHING, False, Way.ANYTHING_NEW),
        ("FH-2", 91, AskState.NOTHING, False, Way.FRESH),
        ("FH-2", 5, AskState.BEGUN, True, Way.FRESH),
    ],
)
def test_the_same_child_is_asked_about_once_in_an_episode(reference, days, state, is_other, expected) -> None:
    earlier = Earlier(A, "FH-1", date(2026, 1, 5), state)
    on = earlier.asked_on + timedelta(days=days)
    assert way(earlier, reference=reference, on=on, within_days=90, is_other=is_other) is expected
    assert way(None, reference=reference, on=on, within_days=90, is_other=is_other) is Way.FRESH


@pytest.mark.parametrize(
    ("of", "asked", "goes_on"), [({A}, {A}, True), ({A, B}, {B, A}, True), ({A}, {A, B}, False), ({A, B}, {A}, False)]
)
def test_a_check_goes_on_only_in_one_about_the_same_children(of, asked, goes_on) -> None:
    assert may_go_on(of=of, asked=asked) is goes_on


@pytest.mark.parametrize(
    ("of", "asked", "is_closed", "shares"),
    [({A}, {A}, True, True), ({A}, {A, B}, True, True), ({A, B}, {A}, True, False), ({A}, {A}, False, False)],
)
def test_an_answer_is_shared_only_with_whoever_was_asked_about_every_child_in_it(of, asked, is_closed, shares) -> None:
    assert may_share(of=of, asked=asked, is_closed=is_closed) is shares


@pytest.mark.parametrize(
    ("opens", "due", "is_out"),
    [(MONDAY, MONDAY, False), (MONDAY, FRIDAY, True), (None, None, True), (MONDAY, None, False)],
)
def test_while_a_school_is_shut_until_it_is_due_the_named_officer_answers(opens, due, is_out) -> None:
    assert is_out_of_term(opens, due) is is_out


def test_fewer_than_five_answers_are_no_figure() -> None:
    answers = [Timed(date(2026, 3, day), Band.RED, timedelta(hours=day), day < 4) for day in range(1, 6)]
    (few,) = by_month(answers[:4])
    assert (few.count, few.in_time, few.median_hours) == (None, None, None)
    (enough,) = by_month(answers)
    assert (enough.count, enough.in_time, enough.median_hours) == (5, 60, 3.0)
    assert [shown(each) for each in (0, 4, 5)] == ["0", "fewer than 5", "5"]


def test_schools_questions_come_first_then_home_education_in_whatever_order_they_are_kept() -> None:
    kept = {kind: [{"key": kind, "words": "What?"}] for kind in ("health", "police", "school", "council")}
    labels = [each.label for each in prompts_in({"prompts": kept})]
    assert labels == ["Schools: What?", "Home education: What?", "Health: What?", "Police: What?"]
