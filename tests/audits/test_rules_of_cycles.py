"""Where a school is, how late, whose turn it is, what a lead does next; and the picture of what came in: by tables."""

from datetime import date, timedelta

import pytest

from haven.access.roles import Role
from haven.audits.rules.arriving import HEIGHT, WIDTH, Arrival, arrivals
from haven.audits.rules.life import USUAL_STEPS, Phase, Standing, State, Window, due_next, fault_of_window, phase_on
from haven.audits.rules.standing import (
    GONE,
    Late,
    Sums,
    deadline_in_words,
    late_on,
    left_or_late,
    next_for_lead,
    places,
    reminder_due,
    step_waited,
    summed,
    turn_in_words,
    where_of,
    window_now,
    year_in_words,
)

OPENS, FIRST, FINAL = date(2026, 1, 5), date(2026, 2, 3), date(2026, 2, 28)
DAYS = Window(OPENS, FIRST, FINAL)
DAY = timedelta(days=1)
OWING = where_of(State.STARTED, 0, USUAL_STEPS)
SENT = where_of(State.SUBMITTED, 0, USUAL_STEPS)


@pytest.mark.parametrize(
    ("today", "phase", "due", "late"),
    [
        (OPENS - DAY, Phase.BEFORE, FIRST, Late.NO),
        (OPENS, Phase.OPEN, FIRST, Late.NO),
        (FIRST, Phase.OPEN, FIRST, Late.NO),  # a deadline lasts to its end
        (FIRST + DAY, Phase.FINAL, FINAL, Late.FIRST),
        (FINAL, Phase.FINAL, FINAL, Late.FIRST),
        (FINAL + DAY, Phase.OVER, FINAL, Late.FINAL),
    ],
)
def test_where_a_day_stands_in_a_window(today: date, phase: Phase, due: date, late: Late) -> None:
    assert (phase_on(DAYS, today), due_next(DAYS, today), late_on(DAYS, OWING, today)) == (phase, due, late)
    assert late_on(DAYS, SENT, today) is Late.NO


def test_days_of_a_window_run_forward() -> None:
    assert fault_of_window(DAYS) == ""
    assert "before the day on which it opens" in fault_of_window(Window(OPENS, OPENS - DAY, FINAL))
    assert "before the first" in fault_of_window(Window(OPENS, FIRST, FIRST - DAY))
    assert fault_of_window(Window(OPENS, OPENS, OPENS)) == ""


@pytest.mark.parametrize(
    ("state", "step", "key", "label"),
    [
        (State.WAITING, 0, "waiting", "Not started"),
        (State.STARTED, 0, "started", "Being answered"),
        (State.SIGNING, 2, "signing-2", "Waiting to be signed: Headteacher"),
        (State.SIGNING, 3, "signing-3", "Waiting to be signed: Chair of governors or safeguarding governor"),
        (State.SUBMITTED, 0, "submitted", "Sent, not read yet"),
        (State.SENT_BACK, 0, "sent-back", "Sent back for more"),
        (State.READ, 0, "read", "Read and answered"),
    ],
)
def test_where_a_school_is_says_whose_signature_is_waited_for(state: State, step: int, key: str, label: str) -> None:
    where = where_of(state, step, USUAL_STEPS)
    assert (where.key, where.label) == (key, label)
    assert where in places(USUAL_STEPS)


def test_a_school_that_closed_owes_nothing_and_keeps_what_it_sent() -> None:
    assert where_of(State.STARTED, 0, USUAL_STEPS, is_gone=True) == GONE
    assert not GONE.is_owing
    assert where_of(State.READ, 0, USUAL_STEPS, is_gone=True).key == "read"


def test_a_signature_is_waited_for_only_while_it_is_signed() -> None:
    assert [step_waited(State.SIGNING, signed) for signed in (0, 1, 2)] == [1, 2, 3]
    assert [step_waited(state, 1) for state in State if state is not State.SIGNING] == [0] * 5


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (9, "9 days left"),
        (1, "tomorrow is the last day"),
        (0, "today is the last day"),
        (-1, "1 day late"),
        (-12, "12 days late"),
    ],
)
def test_how_long_there_is_is_said_in_words(left: int, words: str) -> None:
    assert left_or_late(FIRST, FIRST - left * DAY) == words


def test_the_deadline_that_counts_is_said() -> None:
    assert deadline_in_words(DAYS, OPENS - DAY) == "Opens on 5 January 2026"
    assert deadline_in_words(DAYS, FIRST) == "The first deadline is 3 February 2026: today is the last day"
    assert deadline_in_words(DAYS, FIRST + DAY) == "The final deadline is 28 February 2026: 24 days left"
    assert deadline_in_words(Window(OPENS, FINAL, FINAL), FIRST).startswith("The final deadline is 28 February")


def test_whose_turn_it_is_is_said_to_the_school() -> None:
    said = {state: turn_in_words(state, 2 if state is State.SIGNING else 0, USUAL_STEPS) for state in State}
    assert said[State.SIGNING] == "This person signs next: headteacher."
    assert said[State.STARTED].endswith("designated safeguarding lead.")
    assert len(set(said.values())) == len(State)


def test_a_reminder_comes_before_each_deadline_and_never_twice_for_a_day() -> None:
    def due(today: date, since: date = OPENS) -> date | None:
        return reminder_due(DAYS, (14, 3), since=since, today=today)

    assert due(FIRST - 15 * DAY) is None
    assert due(FIRST - 14 * DAY) == due(FIRST - 4 * DAY) == FIRST - 14 * DAY
    assert due(FIRST - 3 * DAY) == due(FIRST) == FIRST - 3 * DAY
    assert due(FIRST + DAY) is None
    assert due(FINAL - 14 * DAY) == FINAL - 14 * DAY
    assert due(FINAL + DAY) is None
    assert due(OPENS - DAY) is None
    assert due(FIRST - 10 * DAY, since=FIRST - 12 * DAY) is None  # it was asked after that day
    assert reminder_due(DAYS, (), since=OPENS, today=FIRST) is None


def test_of_several_groups_the_days_count_that_are_due_first() -> None:
    early, late = Window(OPENS, FIRST, FINAL), Window(FINAL + 20 * DAY, FINAL + 40 * DAY, FINAL + 60 * DAY)
    assert window_now([late, early], FIRST) == early
    assert window_now([early, late], FINAL + DAY) == late  # which opens next
    assert window_now([early, late], FINAL + 30 * DAY) == late
    assert window_now([early, late], FINAL + 90 * DAY) == late  # which ended last


def test_sums_leave_out_schools_that_closed_with_nothing_sent() -> None:
    sums = summed(
        {
            ("waiting", False): 3,
            ("waiting", True): 2,
            ("signing", False): 1,
            ("submitted", False): 2,
            ("submitted", True): 1,
            ("read", False): 1,
        }
    )
    assert (sums.asked, sums.sent, sums.owing, sums.started, sums.not_started, sums.unread) == (8, 4, 4, 1, 3, 3)
    assert (sums.gone, sums.percent) == (2, 50)
    assert sums.bar == (("done", 0.0, 50.0), ("open", 50.0, 12.5))
    assert (Sums().percent, Sums().bar) == (0, ())
    assert Sums(asked=300, sent=299).percent == 99  # a hundred means all
    assert Sums(asked=96, sent=37).percent == 39  # to the nearest, as in the report


@pytest.mark.parametrize(
    ("standing", "sums", "today", "words"),
    [
        (Standing.DRAFT, Sums(), OPENS, "open it for your schools"),
        (Standing.CLOSED, Sums(asked=2, sent=1), FINAL, "It is closed."),
        (Standing.OPEN, Sums(asked=2), OPENS - DAY, "It opens on 5 January 2026."),
        (Standing.OPEN, Sums(asked=2, sent=1), OPENS, "1 school has still to send it. You can remind"),
        (Standing.OPEN, Sums(asked=1200), OPENS, "1,200 schools have still to send it."),
        (Standing.OPEN, Sums(asked=2), FINAL + DAY, "put the deadline off, or close it"),
        (Standing.OPEN, Sums(asked=2, sent=2, read=1), FINAL, "1 waits to be read."),
        (Standing.OPEN, Sums(asked=2, sent=2), FINAL, "2 wait to be read."),
        (Standing.OPEN, Sums(asked=2, sent=2, read=2), FINAL, "You can close it."),
    ],
)
def test_a_lead_is_told_what_to_do_next(standing: Standing, sums: Sums, today: date, words: str) -> None:
    assert words in next_for_lead(standing, DAYS, sums, today)


def test_a_school_year_is_said_by_both_its_years() -> None:
    assert [year_in_words(year) for year in (2026, 2099)] == ["2026–27", "2099–00"]


def _came(*days: date | None) -> list[Arrival]:
    return [Arrival(day, DAYS) for day in days]


def test_the_picture_says_how_many_had_come_by_each_deadline() -> None:
    early = [OPENS + 3 * DAY] * 6 + [FIRST] * 2
    seen = arrivals(_came(*early, FINAL, FINAL + DAY), DAYS, FINAL + 2 * DAY)
    assert (seen.by_first, seen.by_final, seen.sent, seen.asked) == (80, 90, 10, 10)
    assert [(each.day, each.came, each.so_far, each.percent, each.mark) for each in seen.days] == [
        (OPENS + 3 * DAY, 6, 6, 60, ""),
        (FIRST, 2, 8, 80, "first deadline"),
        (FINAL, 1, 9, 90, "final deadline"),
        (FINAL + DAY, 1, 10, 100, ""),
    ]


def test_the_picture_says_nothing_of_a_deadline_that_has_not_passed() -> None:
    seen = arrivals(_came(OPENS, None), DAYS, FIRST)
    assert (seen.by_first, seen.by_final) == (None, None)
    assert arrivals(_came(OPENS, None), DAYS, FIRST + DAY).by_first == 50


def test_the_picture_goes_up_in_steps_within_its_frame() -> None:
    days = Window(OPENS, OPENS + 5 * DAY, OPENS + 10 * DAY)
    seen = arrivals([Arrival(OPENS + 5 * DAY, days), Arrival(None, days)], days, OPENS + 5 * DAY)
    assert seen.line.startswith(f"M0 {HEIGHT}L0.0 {HEIGHT}")
    assert seen.line.endswith("H300.0V80.0")
    assert seen.marks == [("first", 300.0), ("final", float(WIDTH)), ("today", 300.0)]


def test_the_picture_of_nothing_is_empty() -> None:
    seen = arrivals([], DAYS, OPENS - DAY)
    assert (seen.line, seen.days, seen.by_first) == ("", [], None)


def test_each_schools_own_deadline_decides_whether_it_came_in_time() -> None:
    later = Window(OPENS, FIRST + 10 * DAY, FINAL)
    seen = arrivals([Arrival(FIRST + DAY, DAYS), Arrival(FIRST + DAY, later)], DAYS, FIRST + 11 * DAY)
    assert seen.by_first == 50


def test_the_usual_chain_is_lead_head_and_whoever_governs() -> None:
    assert [set(step) for step in USUAL_STEPS] == [{Role.DSL}, {Role.HEAD}, {Role.CHAIR, Role.GOVERNOR}]
