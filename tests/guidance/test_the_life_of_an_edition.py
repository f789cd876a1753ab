"""Where an edition stands follows from its dates alone: promised, consulted on, for information, in force, over."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haven.guidance.rules.life import (
    OVER,
    STAGES,
    Days,
    Ending,
    Stage,
    Together,
    faults_of,
    is_in_force,
    is_late,
    stage_on,
    together,
)

ORDER = [stage for stage, _ in STAGES]
START = date(2020, 1, 1)

LIFE = Days(
    expected_on=date(2021, 6, 1),
    opens_on=date(2020, 10, 1),
    closes_on=date(2020, 12, 1),
    answered_on=date(2021, 3, 1),
    issued_on=date(2021, 7, 6),
    for_information_on=date(2021, 7, 6),
    in_force_on=date(2021, 9, 1),
    ended_on=date(2022, 9, 1),
    ending=Ending.SUPERSEDED,
)


@pytest.mark.parametrize(
    ("day", "stage"),
    [
        (date(2020, 9, 30), Stage.PROMISED),
        (date(2020, 10, 1), Stage.CONSULTATION),
        (date(2020, 12, 1), Stage.CONSULTATION),
        (date(2020, 12, 2), Stage.CONSULTED),
        (date(2021, 7, 5), Stage.CONSULTED),
        (date(2021, 7, 6), Stage.FOR_INFORMATION),
        (date(2021, 8, 31), Stage.FOR_INFORMATION),
        (date(2021, 9, 1), Stage.IN_FORCE),
        (date(2022, 8, 31), Stage.IN_FORCE),
        (date(2022, 9, 1), Stage.SUPERSEDED),
    ],
)
def test_an_edition_passes_through_its_stages(day: date, stage: Stage) -> None:
    assert stage_on(LIFE, day) is stage


@pytest.mark.parametrize(
    ("days", "day", "stage"),
    [
        (Days(), START, Stage.PROMISED),
        (Days(issued_on=START), START, Stage.FOR_INFORMATION),
        (Days(closes_on=date(2021, 3, 4)), date(2021, 3, 4), Stage.CONSULTATION),
        (Days(closes_on=date(2021, 3, 4)), date(2021, 3, 5), Stage.CONSULTED),
        (Days(opens_on=date(2020, 2, 25)), date(2020, 5, 1), Stage.CONSULTATION),
        (Days(in_force_on=START, ended_on=date(2022, 9, 1), ending=Ending.ABSORBED), date(2022, 9, 1), Stage.ABSORBED),
        (Days(issued_on=START, ended_on=START, ending=Ending.WITHDRAWN), START, Stage.WITHDRAWN),
    ],
)
def test_an_edition_of_which_little_is_known_still_stands_somewhere(days: Days, day: date, stage: Stage) -> None:
    assert stage_on(days, day) is stage


def test_an_edition_that_was_promised_and_has_not_come_is_late() -> None:
    promised = Days(expected_on=date(2026, 9, 1))
    assert not is_late(promised, date(2026, 9, 1))
    assert is_late(promised, date(2026, 9, 2))
    assert not is_late(replace(promised, issued_on=date(2026, 8, 1)), date(2026, 9, 2))


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (Days(opens_on=date(2021, 1, 2), closes_on=date(2021, 1, 1)), "close before it opens"),
        (Days(opens_on=date(2021, 1, 2), answered_on=date(2021, 1, 1)), "answered before it opens"),
        (Days(issued_on=date(2021, 1, 2), in_force_on=date(2021, 1, 1)), "into force before it is issued"),
        (Days(issued_on=date(2021, 1, 2), for_information_on=date(2021, 1, 1)), "for information before"),
        (Days(for_information_on=date(2021, 1, 2), in_force_on=date(2021, 1, 1)), "before it is for information"),
        (
            Days(issued_on=date(2021, 1, 2), ended_on=date(2021, 1, 1), ending=Ending.WITHDRAWN),
            "end before it is issued",
        ),
        (Days(in_force_on=date(2021, 1, 2), ended_on=date(2021, 1, 1), ending=Ending.WITHDRAWN), "comes into force"),
        (Days(opens_on=date(2021, 1, 2), issued_on=date(2021, 1, 1)), "before its consultation opens"),
        (Days(ended_on=date(2021, 1, 1)), "when the edition ended and how"),
        (Days(ending=Ending.ABSORBED), "when the edition ended and how"),
    ],
)
def test_dates_that_cannot_follow_each_other_are_named(days: Days, said: str) -> None:
    assert any(said in each for each in faults_of(days))


def test_a_life_in_order_has_no_fault() -> None:
    assert faults_of(LIFE) == []


@st.composite
def lives(draw: st.DrawFn) -> Days:
    """Dates in the order of a life, some of them missing."""
    steps = sorted(draw(st.lists(st.integers(0, 900), min_size=7, max_size=7)))
    days = [START + timedelta(days=step) for step in steps]
    names = ("opens_on", "closes_on", "answered_on", "issued_on", "for_information_on", "in_force_on", "ended_on")
    kept = {name: day for name, day in zip(names, days, strict=True) if draw(st.booleans())}
    ending = draw(st.sampled_from(Ending)) if "ended_on" in kept else None
    return Days(**kept, ending=ending)


def _days() -> list[date]:
    return [START + timedelta(days=n) for n in range(-1, 902)]


@given(lives())
def test_no_edition_ever_goes_back_to_an_earlier_stage(life: Days) -> None:
    assert faults_of(life) == []
    stages = [ORDER.index(stage_on(life, day)) for day in _days()]
    assert stages == sorted(stages)


@given(lives())
def test_an_edition_is_in_force_from_its_day_until_the_day_it_ended_and_never_else(life: Days) -> None:
    for day in _days()[::7]:
        begun = life.in_force_on is not None and life.in_force_on <= day
        ended = life.ended_on is not None and life.ended_on <= day
        assert is_in_force(life, day) is (begun and not ended)


@given(lives())
def test_what_is_over_stays_over(life: Days) -> None:
    over = [stage_on(life, day) in OVER for day in _days()]
    assert over == sorted(over)


@given(st.lists(lives(), max_size=5), st.integers(0, 900))
def test_the_stretches_say_of_every_day_which_editions_are_in_force_at_once(editions: list[Days], step: int) -> None:
    day = START + timedelta(days=step)
    held = tuple(place for place, days in enumerate(editions) if is_in_force(days, day))
    said = [each.places for each in together(editions) if each.from_on <= day and (each.until_on or date.max) > day]
    assert said == ([held] if len(held) > 1 else [])


def test_the_edition_before_may_hold_beside_the_one_after() -> None:
    first = Days(in_force_on=date(2015, 3, 26), ended_on=date(2019, 9, 29), ending=Ending.SUPERSEDED)
    second = Days(in_force_on=date(2018, 7, 4))
    assert together([first, second]) == [Together((0, 1), date(2018, 7, 4), date(2019, 9, 29))]
