"""Days as people write them are read back as the days they mean."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haven.engines.reading.when.days import find_days
from haven.engines.reading.when.names import WEEKDAY_NAMES
from haven.engines.reading.when.stretch import Days, Kind, Stretch

NOTE = dt.date(2025, 1, 14)
MONTHS = "January February March April May June July August September October November December".split()
SHORT_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec".split()
SHORT_WEEKDAYS = "Mon Tues Weds Thurs Fri Sat Sun".split()


def days_in(text: str, note: dt.date = NOTE, *, is_past: bool = False) -> list[Days]:
    return find_days(Stretch(text, 0, len(text), note, is_past))


def spans_in(text: str, note: dt.date = NOTE) -> list[tuple[str, str | None]]:
    return [(d.day.isoformat(), d.until.isoformat() if d.until else None) for d in days_in(text, note)]


def nth(day: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(day % 10 if day not in {11, 12, 13} else 0, "th")
    return f"{day}{ending}"


def with_year(day: dt.date) -> list[str]:
    month, short = MONTHS[day.month - 1], SHORT_MONTHS[day.month - 1]
    weekday, brief = WEEKDAY_NAMES[day.weekday()], SHORT_WEEKDAYS[day.weekday()]
    return [
        f"{day.day} {month} {day.year}",
        f"{nth(day.day)} {month} {day.year}",
        f"{nth(day.day)} of {month}, {day.year}",
        f"{weekday} {day.day} {month} {day.year}",
        f"{brief} {nth(day.day)} {short} {day.year}",
        f"{weekday}, {nth(day.day)} {month} {day.year}",
        f"the {nth(day.day)} {month} {day.year}",
        f"{month} {nth(day.day)}, {day.year}",
        f"{month} {day.day}, {day.year}",
        f"{day.day}/{day.month}/{day.year}",
        f"{day:%d/%m/%Y}",
        f"{day:%d.%m.%Y}",
        f"{day:%d-%m-%Y}",
        f"{day:%d/%m/%y}",
        f"{day.day}.{day.month}.{day:%y}",
        f"{day.isoformat()}",
        f"{day.day}-{short}-{day.year}",
    ]


near_days = st.dates(min_value=dt.date(2021, 1, 1), max_value=dt.date(2029, 12, 31))


@given(
    near_days,
    st.integers(min_value=0, max_value=16),
    st.sampled_from(["Return it by {}.", "On {} we meet.", "({})", "{}", "It is {}, at last"]),
)
def test_every_rendering_of_a_date_is_read_back_as_that_date(day: dt.date, rendering: int, frame: str) -> None:
    written = with_year(day)[rendering]
    found = days_in(frame.format(written))
    assert [d.day for d in found] == [day], written
    assert found[0].conflict is None


@given(st.dates(min_value=NOTE, max_value=NOTE + dt.timedelta(days=250)))
def test_a_day_without_a_year_that_lies_ahead_is_the_next_such_day(day: dt.date) -> None:
    month = MONTHS[day.month - 1]
    assert [d.day for d in days_in(f"{nth(day.day)} {month}")] == [day]


@given(near_days, near_days)
def test_a_weekday_that_does_not_fit_its_date_is_told_and_the_date_is_kept(day: dt.date, other: dt.date) -> None:
    weekday = WEEKDAY_NAMES[other.weekday()]
    (found,) = days_in(f"{weekday} {day.day} {MONTHS[day.month - 1]} {day.year}")
    assert found.day == day
    assert (found.conflict is None) == (day.weekday() == other.weekday())


@given(near_days, st.integers(min_value=1, max_value=60), st.sampled_from([" - ", "–", " to ", " until ", " – "]))
def test_two_days_with_a_dash_between_them_are_one_stretch(day: dt.date, length: int, dash: str) -> None:
    last = day + dt.timedelta(days=length)
    text = f"{day.day} {MONTHS[day.month - 1]} {day.year}{dash}{last.day} {MONTHS[last.month - 1]} {last.year}"
    assert spans_in(text) == [(day.isoformat(), last.isoformat())]


words = st.sampled_from(
    "schools pupils staff of in and the were £ % pages children aged about case KS2 Year Room section visited".split()
)


@given(st.lists(st.one_of(words, st.integers(min_value=0, max_value=99999).map(str)), max_size=40))
def test_words_and_numbers_without_a_month_hold_no_day(parts: list[str]) -> None:
    assert days_in(" ".join(parts)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("20th/21st January 2021", [("2021-01-20", "2021-01-21")]),
        ("20 & 21 Jan", [("2025-01-20", "2025-01-21")]),
        ("5-9 July", [("2025-07-05", "2025-07-09")]),
        ("10/11 June", [("2025-06-10", "2025-06-11")]),
        ("18–24th November", [("2025-11-18", "2025-11-24")]),
        ("Monday 17th – Friday 21st February", [("2025-02-17", "2025-02-21")]),
        ("Monday 28 October 2024 to Friday 1 November", [("2024-10-28", "2024-11-01")]),
        ("20 December to 3 January", [("2024-12-20", "2025-01-03")]),
        ("Tuesday 18 and Tuesday 25 March", [("2025-03-18", None), ("2025-03-25", None)]),
        ("27 and 28 February and 3 March", [("2025-02-27", "2025-02-28"), ("2025-03-03", None)]),
        ("Monday 2nd June and Tuesday 3rd June", [("2025-06-02", "2025-06-03")]),
        ("4, 11 and 18 November", [("2025-11-04", None), ("2025-11-11", None), ("2025-11-18", None)]),
        ("Wednesday 22ndJanuary", [("2025-01-22", None)]),
        ("Monday 18thth November", [("2024-11-18", None)]),
        ("w/c 3rd March", [("2025-03-03", "2025-03-07")]),
        ("week beginning 19 May", [("2025-05-19", "2025-05-23")]),
        ("w/e 21 March", [("2025-03-21", None)]),
        ("by 13/3", [("2025-03-13", None)]),
        ("30.4.25", [("2025-04-30", None)]),
        ("2026-01-14", [("2026-01-14", None)]),
        ("March 22nd, 2025", [("2025-03-22", None)]),
        ("20 may (costs covered)", [("2025-05-20", None)]),
        ("Fri 13th of December", [("2024-12-13", None)]),
        ("Room 4, 6 March", [("2025-03-06", None)]),
        ("31 February 2025", []),
        ("between 18 March and 4 April", [("2025-03-18", "2025-04-04")]),
        ("moved from Thurs 20 March to Thurs 27 March", [("2025-03-20", None), ("2025-03-27", None)]),
        ("12 Oct 25, 4pm", [("2025-10-12", None)]),
    ],
)
def test_lists_ranges_and_weeks_are_told_apart(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert spans_in(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "175/157",
        "s175/s157",
        "IS 46/22 (replaces IS 09/21)",
        "ref 07/02/22-DM",
        "24/7",
        "open 24/7 all year",
        "2 may be enough, 12 may have left",
        "Years 5 and 6",
        "pages 11-13",
        "£9.30",
        "01632 960742",
        "version 3.2.1",
        "in 2018 and 2019",
        "KCSIE 2021",
        "Education Act 2002",
        "September 2020",
        "11 – 16 year olds",
        "9/10 heads said so",
        "course TB-0312",
        "case 21/0417",
        "3/4 of schools",
    ],
)
def test_what_only_looks_like_a_day_is_none(text: str) -> None:
    assert days_in(text) == []


def test_words_of_the_past_keep_a_day_behind_the_note() -> None:
    note = dt.date(2023, 11, 15)
    assert [d.day for d in days_in("The return opened on 6th November.", note, is_past=True)] == [dt.date(2023, 11, 6)]
    assert [d.day for d in days_in("It was published on 20 March.", note, is_past=True)] == [dt.date(2023, 3, 20)]


def test_a_year_end_is_crossed_forward() -> None:
    note = dt.date(2023, 11, 15)
    assert [d.day for d in days_in("by noon on Friday 26th January", note)] == [dt.date(2024, 1, 26)]


def test_a_weekday_settles_which_year_is_meant_when_the_day_is_just_gone() -> None:
    note = dt.date(2024, 4, 18)
    (found,) = days_in("Monday 10 March", note)
    assert found.day == dt.date(2025, 3, 10)
    assert found.conflict is None


def test_days_joined_by_or_are_tentative() -> None:
    found = days_in("Thursday 10 or Tuesday 15 October, to be confirmed", dt.date(2024, 6, 3))
    assert [(d.day.day, d.is_tentative) for d in found] == [(10, True), (15, True)]


def test_sessions_that_repeat_on_days_in_a_row_stay_two() -> None:
    found = days_in("Two drop-ins, both the same: 19 and 20 March")
    assert [d.day.day for d in found] == [19, 20]
    assert {d.kind for d in found} == {Kind.DAY}
