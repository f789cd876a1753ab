"""Hours as people write them are read back as the hours they mean."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haven.engines.reading.when.clock import find_clocks


def hours_in(text: str) -> list[tuple[str, str | None]]:
    return [(c.at.isoformat("minutes"), c.until.isoformat("minutes") if c.until else None) for c in find_clocks(text)]


def renderings(at: dt.time) -> list[str]:
    hour, half = at.hour % 12 or 12, "am" if at.hour < 12 else "pm"
    return [
        f"{hour}.{at:%M}{half}",
        f"{hour}:{at:%M}{half}",
        f"{hour}:{at:%M} {half}",
        f"{hour}.{at:%M} {half[0]}.m.",
        f"{hour}.{at:%M}{half.upper()}",
        f"{at:%H:%M}",
    ]


minutes = st.builds(dt.time, st.integers(0, 23), st.sampled_from([0, 5, 15, 20, 30, 45, 59]))


@given(minutes, st.integers(0, 4))
def test_every_rendering_of_an_hour_is_read_back_as_that_hour(at: dt.time, rendering: int) -> None:
    assert hours_in(f"starts at {renderings(at)[rendering]} in the hall") == [(at.isoformat("minutes"), None)]


@given(st.builds(dt.time, st.integers(13, 23), st.sampled_from([0, 15, 30, 45])))
def test_an_hour_of_the_long_day_is_read_as_written(at: dt.time) -> None:
    assert hours_in(f"at {at:%H:%M} sharp") == [(at.isoformat("minutes"), None)]


@given(minutes, minutes, st.sampled_from(["-", "–", " to ", " - ", " until ", " till "]))
def test_a_stretch_of_hours_keeps_both_its_ends(first: dt.time, last: dt.time, dash: str) -> None:
    text = f"{renderings(first)[0]}{dash}{renderings(last)[1]}"
    assert hours_in(text) == [(first.isoformat("minutes"), last.isoformat("minutes"))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("6pm to 7:30pm", ("18:00", "19:30")),
        ("9.15 for 9.30 until 12.30", ("09:30", "12:30")),
        ("9 for 9.15, finish by 4pm", ("09:15", "16:00")),
        ("half past three", ("15:30", None)),
        ("9.30am to half past three", ("09:30", "15:30")),
        ("quarter to four - quarter past five", ("15:45", "17:15")),
        ("a quarter past eight in the morning", ("08:15", None)),
        ("ten to nine in the evening", ("20:50", None)),
        ("twenty-five past two", ("14:25", None)),
        ("4 o'clock till 5.30", ("16:00", "17:30")),
        ("four o’clock", ("16:00", None)),
        ("0930-1230 hrs", ("09:30", "12:30")),
        ("1400 hrs", ("14:00", None)),
        ("noon-3pm", ("12:00", "15:00")),
        ("12 noon", ("12:00", None)),
        ("10.00 – 12.00 noon", ("10:00", "12:00")),
        ("midday to 1pm", ("12:00", "13:00")),
        ("midnight", ("23:59", None)),
        ("6.30 - 8 p.m.", ("18:30", "20:00")),
        ("6–7.30pm", ("18:00", "19:30")),
        ("9.30-3pm", ("09:30", "15:00")),
        ("11-1pm", ("11:00", "13:00")),
        ("9-3.30", ("09:00", "15:30")),
        ("1-2.30", ("13:00", "14:30")),
        ("13.30-15.30", ("13:30", "15:30")),
        ("09.00–10.30", ("09:00", "10:30")),
        ("between 5:00 and 7:00pm", ("17:00", "19:00")),
        ("from 10am until 12 noon", ("10:00", "12:00")),
        ("4 to 4.45 pm", ("16:00", "16:45")),
        ("9AM", ("09:00", None)),
        ("12.30–1.15pm", ("12:30", "13:15")),
    ],
)
def test_the_ways_of_writing_hours(text: str, expected: tuple[str, str | None]) -> None:
    assert hours_in(text) == [expected]


@pytest.mark.parametrize(
    "text",
    ["24/7", "9.1% last week", "£6,200", "01632 960742", "in 2024", "KS2", "P6/7", "11 – 16 year olds were", "25:61"],
)
def test_what_only_looks_like_an_hour_is_not_a_sure_one(text: str) -> None:
    assert [c for c in find_clocks(text) if not c.is_weak] == []


def test_a_bare_number_is_weak_and_a_written_hour_is_not() -> None:
    assert [c.is_weak for c in find_clocks("7 schools")] == [True]
    assert [c.is_weak for c in find_clocks("7pm")] == [False]
