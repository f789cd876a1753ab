"""The rules of actions, without a database."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from haven.actions.rules import (
    CLOSED,
    TRANSITIONS,
    WAITING,
    EvidenceAsked,
    Given,
    Group,
    Move,
    State,
    after,
    group_of,
    is_overdue,
    is_own_address,
    lacking,
    may_remind_again,
    occurrences_to_raise,
)
from haven.engines.days.recurrence import Rhythm
from haven.engines.days.school import SchoolCalendar

NOON = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)
TODAY = NOON.date()
NO_TERMS = SchoolCalendar()

TABLE = {
    State.OPEN: {
        Move.CLOSE: "done",
        Move.SET_ASIDE: "not-applicable",
        Move.HAND_ON: "open",
        Move.WITHDRAW: "withdrawn",
    },
    State.RETURNED: {
        Move.CLOSE: "done",
        Move.SET_ASIDE: "not-applicable",
        Move.HAND_ON: "returned",
        Move.WITHDRAW: "withdrawn",
    },
    State.DONE: {Move.RETURN: "returned", Move.REOPEN: "open"},
    State.NOT_APPLICABLE: {Move.RETURN: "returned", Move.REOPEN: "open"},
    State.WITHDRAWN: {Move.RENEW: "open"},
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("move", Move)
def test_a_move_leads_where_the_table_says_or_nowhere(state, move):
    assert after(state, move) == TABLE[state].get(move)


def test_every_state_can_be_left_and_every_move_made():
    assert {state for state, _ in TRANSITIONS} == set(State)
    assert {move for _, move in TRANSITIONS} == set(Move)
    assert WAITING | CLOSED | {State.WITHDRAWN} == set(State)


@pytest.mark.parametrize(
    ("due_on", "due_time", "overdue"),
    [
        (None, None, False),
        (TODAY - timedelta(days=1), None, True),
        (TODAY, None, False),
        (TODAY, time(11, 59), True),
        (TODAY, time(12, 0), False),
        (TODAY, time(12, 1), False),
        (TODAY + timedelta(days=1), time(0, 1), False),
    ],
)
def test_it_is_overdue_once_its_moment_has_passed(due_on, due_time, overdue):
    assert is_overdue(due_on, due_time, NOON) is overdue


def test_in_summer_the_clocks_people_live_by_decide():
    half_past_midnight = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)  # 2 July, 00:30 in London
    assert is_overdue(date(2026, 7, 1), None, half_past_midnight)


@pytest.mark.parametrize(
    ("state", "days", "group"),
    [
        (State.OPEN, -1, Group.OVERDUE),
        (State.RETURNED, -1, Group.OVERDUE),
        (State.OPEN, 0, Group.SOON),
        (State.OPEN, 14, Group.SOON),
        (State.OPEN, 15, Group.LATER),
        (State.OPEN, None, Group.UNDATED),
        (State.DONE, -1, Group.DONE),
        (State.NOT_APPLICABLE, None, Group.DONE),
        (State.WITHDRAWN, -1, Group.WITHDRAWN),
    ],
)
def test_an_assignment_stands_in_one_group_of_the_list(state, days, group):
    due_on = None if days is None else TODAY + timedelta(days=days)
    assert group_of(state, due_on, None, NOON) is group


@pytest.mark.parametrize(
    ("asked", "enough"),
    [
        (EvidenceAsked.NONE, Given()),
        (EvidenceAsked.WORD, Given(has_word=True)),
        (EvidenceAsked.FILE, Given(has_file=True)),
        (EvidenceAsked.LINK, Given(has_link=True)),
        (EvidenceAsked.READING, Given(has_read=True)),
    ],
)
def test_what_is_asked_for_closes_and_nothing_else_does(asked, enough):
    everything_else = Given(
        has_word=not enough.has_word,
        has_file=not enough.has_file,
        has_link=not enough.has_link,
        has_read=not enough.has_read,
    )
    assert lacking(asked, enough) == ""
    assert bool(lacking(asked, everything_else)) is (asked is not EvidenceAsked.NONE)


@pytest.mark.parametrize(
    ("address", "is_own"),
    [("", True), ("/bulletins/1/", True), ("//example.org", False), ("/\\example.org", False), ("javascript:x", False)],
)
def test_an_address_lies_within_haven_or_is_refused(address, is_own):
    assert is_own_address(address) is is_own


def coming(recurs, first, latest, today):
    return list(occurrences_to_raise(recurs, first=first, latest=latest, today=today, school=NO_TERMS))


def test_the_next_month_is_raised_once_this_months_day_is_over():
    first = date(2026, 2, 5)
    assert coming(Rhythm.MONTHLY, first, first, first) == []
    assert coming(Rhythm.MONTHLY, first, first, date(2026, 2, 6)) == [date(2026, 3, 5)]


def test_a_yearly_action_waits_until_its_day_is_near():
    first = date(2026, 3, 5)
    assert coming(Rhythm.YEARLY, first, first, date(2026, 9, 1)) == []
    assert coming(Rhythm.YEARLY, first, first, date(2027, 1, 22)) == [date(2027, 3, 5)]


def test_what_was_missed_while_nobody_worked_is_raised_too():
    first = date(2026, 1, 31)
    assert coming(Rhythm.MONTHLY, first, first, date(2026, 4, 30)) == [
        date(2026, 2, 28),
        date(2026, 3, 31),
        date(2026, 4, 30),
    ]


@given(
    recurs=some.sampled_from(list(Rhythm)),
    first=some.dates(date(2020, 1, 1), date(2028, 12, 31)),
    days=some.lists(some.integers(0, 100), max_size=12),
)
def test_however_often_it_is_asked_no_occurrence_is_raised_twice_or_skipped(recurs, first, days):
    today, latest, step_by_step = first, first, []
    for step in days:
        today += timedelta(days=step)
        for day in coming(recurs, first, latest, today):
            step_by_step.append(day)
            latest = day
    assert step_by_step == coming(recurs, first, first, today)
    assert step_by_step == sorted(set(step_by_step))


def test_nobody_is_reminded_twice_in_one_morning():
    assert may_remind_again(None, NOON)
    assert not may_remind_again(NOON - timedelta(hours=3), NOON)
    assert may_remind_again(NOON - timedelta(hours=12), NOON)
