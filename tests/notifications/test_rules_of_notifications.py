"""The tables by which a notification lives: stages, items, the hash of what is sent, and when somebody is told."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haven.notifications.rules.escalating import TOLD, Due, Offsets, Prompting, due_between, next_after, steps
from haven.notifications.rules.items import ASKED, CORE, EVERYTHING, MINIMUM, Item, faults, in_words, sent_by, tidied
from haven.notifications.rules.sending import (
    AGES,
    Channel,
    NewChild,
    NewExclusion,
    NewNotification,
    age_on,
    as_content,
    body_hash,
    content_of,
    from_content,
    new_reference,
)
from haven.notifications.rules.stages import IN_WORDS, MOVES, OWNERS, UNREAD, Must, Stage, Step, leads_to, must_act
from haven.subjects.rules.naming import Identity

SATURDAY = datetime(2026, 3, 7, 21, 15, tzinfo=UTC)
MONDAY = datetime(2026, 3, 9, 8, 30, tzinfo=UTC)
IN_LESSONS = datetime(2026, 3, 9, 11, 0, tzinfo=UTC)
TUESDAY = datetime(2026, 3, 10, 8, 30, tzinfo=UTC)
TOLD_OF_JONAH = {"reference": "FP/26/118", "happened-at": "2026-03-07T20:10:00+00:00", "present": "present"}
JONAH = Identity("Jonah", "Quayle", date(2016, 5, 4))
OAKFIELD, FORCE, FAIRHAVEN = uuid4(), uuid4(), uuid4()


def sending(**other) -> NewNotification:
    row = {"key": uuid4(), "sender": FORCE, "area": FAIRHAVEN, "channel": Channel.FORM}
    row |= {"children": (NewChild(JONAH, (OAKFIELD,)),), "items": TOLD_OF_JONAH}
    return NewNotification(**row | other)


# Stages


def test_in_every_stage_exactly_one_must_act() -> None:
    named = [stage for stages in OWNERS.values() for stage in stages]
    assert len(OWNERS) == len(Must)
    assert sorted(named) == sorted(Stage)


def test_every_stage_can_be_reached_and_has_its_words() -> None:
    reached = {to for moves in MOVES.values() for to in moves.values()} | {Stage.AVAILABLE}
    assert reached == set(Stage) == set(IN_WORDS)
    assert set(MOVES) == set(Step)


def test_where_somebody_must_act_there_is_something_to_do() -> None:
    acting = [stage for stage in Stage if must_act(stage) is not Must.NOBODY]
    assert len(acting) == 7
    assert [stage for stage in acting if not any(leads_to(step, stage) not in (None, stage) for step in Step)] == []


def test_nothing_that_ended_begins_again() -> None:
    ended = OWNERS[Must.NOBODY]
    others = set(Step) - {Step.RECALL}  # what was read is recalled, whatever became of it since
    moved = {(step, stage): leads_to(step, stage) for stage in ended for step in others if leads_to(step, stage)}
    read_again, handed_on = (Step.OPEN, Stage.CLOSED), (Step.HAND_ON, Stage.CLOSED)
    assert moved == {read_again: Stage.CLOSED, handed_on: Stage.REASSIGNED}


def test_what_happened_is_shown_only_once_the_child_is_confirmed() -> None:
    assert Stage.CONFIRMED in MOVES[Step.OPEN]
    assert not set(MOVES[Step.OPEN]) & {Stage.AVAILABLE, Stage.SEEN, Stage.NOT_OURS, Stage.REASSIGNED}
    assert not set(MOVES[Step.OPEN]) & {Stage.RECALLED_UNOPENED, Stage.RECALLED_AFTER_OPEN}
    assert {to for stage, to in MOVES[Step.RECALL].items() if stage in UNREAD} == {Stage.RECALLED_UNOPENED}
    assert {to for stage, to in MOVES[Step.RECALL].items() if stage not in UNREAD} == {Stage.RECALLED_AFTER_OPEN}


# Items


def test_the_core_is_in_every_profile_and_in_the_order_it_is_read() -> None:
    assert set(sent_by([])) == CORE
    assert sent_by(MINIMUM) == [Item.REFERENCE, Item.HAPPENED_AT, Item.PRESENT, Item.WELFARE]
    assert sent_by(EVERYTHING) == list(Item) == list(ASKED)


def test_what_says_nothing_is_left_out_and_what_is_not_an_item_is_refused() -> None:
    assert tidied({"said": "  ", "reference": " FP/1 "}) == {Item.REFERENCE: "FP/1"}
    with pytest.raises(ValueError, match="home-address"):
        tidied({"home-address": "1 Sea Road"})


@pytest.mark.parametrize(
    ("changed", "item"),
    [
        ({"reference": ""}, Item.REFERENCE),
        ({"reference": "x" * 201}, Item.REFERENCE),
        ({"place": "a kitchen\nupstairs"}, Item.PLACE),
        ({"happened-at": "Saturday"}, Item.HAPPENED_AT),
        ({"happened-at": "2026-03-07T20:10:00"}, Item.HAPPENED_AT),
        ({"happened-at": "2026-03-08T20:10:00+00:00"}, Item.HAPPENED_AT),
        ({"present": "perhaps"}, Item.PRESENT),
        ({"said": "x" * 8001}, Item.SAID),
        ({"circumstances": "An argument."}, Item.CIRCUMSTANCES),
    ],
)
def test_what_cannot_be_sent_is_named(changed: dict[str, str], item: Item) -> None:
    profile = EVERYTHING - {Item.CIRCUMSTANCES}
    assert set(faults(tidied(TOLD_OF_JONAH | changed), profile, SATURDAY)) == {item}


def test_what_can_be_sent_has_no_fault_and_reads_as_words() -> None:
    told = tidied(TOLD_OF_JONAH)
    assert faults(told, MINIMUM, SATURDAY) == {}
    assert in_words(Item.HAPPENED_AT, told[Item.HAPPENED_AT]) == "7 March 2026 at 20:10"
    assert in_words(Item.PRESENT, "absent") == "No, not there"
    assert in_words(Item.REFERENCE, "FP/26/118") == "FP/26/118"


# What is sent


def test_the_same_sending_has_the_same_hash_whatever_its_key_and_order() -> None:
    turned = dict(reversed(TOLD_OF_JONAH.items()))
    assert body_hash(sending()) == body_hash(sending(items=turned, channel=Channel.PROGRAM))
    assert len(body_hash(sending())) == 64


@pytest.mark.parametrize(
    "other",
    [
        {"sender": uuid4()},
        {"area": uuid4()},
        {"are_siblings": True},
        {"items": TOLD_OF_JONAH | {"risk": "high"}},
        {"excluded": (NewExclusion(uuid4(), "relative"),)},
        {"children": (NewChild(JONAH, (uuid4(),)),)},
        {"children": (NewChild(JONAH, (OAKFIELD,), items={"risk": "high"}),)},
        {"children": (NewChild(JONAH, (OAKFIELD,), home_area=FAIRHAVEN),)},
        {"children": (NewChild(JONAH, (OAKFIELD,), override="Repeats a year"),)},
        {"children": (NewChild(Identity("Jona", "Quayle", date(2016, 5, 4)), (OAKFIELD,)),)},
        {"children": (NewChild(Identity("Jonah", "Quayle", date(2016, 5, 5)), (OAKFIELD,)),)},
    ],
)
def test_whatever_differs_changes_the_hash(other: dict[str, object]) -> None:
    assert body_hash(sending(**other)) != body_hash(sending())


def test_what_is_said_of_a_child_stands_over_what_is_said_of_all() -> None:
    child = NewChild(JONAH, (OAKFIELD,), items={"present": "absent", "said": "Nothing."})
    told = content_of(sending(children=(child,)), child)
    assert told[Item.PRESENT] == "absent"
    assert from_content(as_content(told).decode()) == told
    assert len(told) == 4


def test_a_sending_shows_nothing_of_a_child_where_it_is_printed() -> None:
    printed = repr(sending(children=(NewChild(JONAH, (OAKFIELD,), items={"said": "Help"}, override="Because"),)))
    assert not [each for each in ("Jonah", "Quayle", "2016", "Help", "FP/26/118", "Because") if each in printed]


def test_a_reference_can_be_read_out() -> None:
    references = {new_reference() for _ in range(200)}
    assert len(references) == 200
    assert not set("".join(references)) & set("0OI1S5B8Z2UVGQL")


def test_a_birthday_counts_from_its_day() -> None:
    assert [age_on(date(2016, 5, 4), day) for day in (date(2026, 5, 3), date(2026, 5, 4))] == [9, 10]
    assert AGES == (4, 17)


# Telling


def test_at_a_weekend_the_school_is_told_at_once_and_on_the_morning_and_the_council_before_the_bell() -> None:
    found = steps(accepted_at=SATURDAY, deadline_at=MONDAY, is_open=False, offsets=Offsets())
    assert [(each.step, f"{each.at:%a %H:%M}") for each in found] == [
        (Prompting.AT_ONCE, "Sat 21:15"),
        (Prompting.EARLY, "Mon 07:00"),
        (Prompting.DUTY_LIST, "Mon 07:30"),
        (Prompting.MORNING, "Mon 07:30"),
        (Prompting.LAST_CALL, "Mon 08:00"),
        (Prompting.TELEPHONE, "Mon 08:00"),
        (Prompting.MISSED, "Mon 08:30"),
    ]


def test_in_lessons_the_head_is_told_after_half_an_hour_and_the_council_after_an_hour() -> None:
    found = steps(accepted_at=IN_LESSONS, deadline_at=TUESDAY, is_open=True, offsets=Offsets())
    assert [(each.step, f"{each.at:%a %H:%M}") for each in found][:3] == [
        (Prompting.AT_ONCE, "Mon 11:00"),
        (Prompting.HEAD, "Mon 11:30"),
        (Prompting.COUNCIL, "Mon 12:00"),
    ]


@pytest.mark.parametrize("clock", [time(7, 59), time(16), time(22)])
def test_out_of_school_hours_no_head_is_told_at_once(clock: time) -> None:
    at = datetime.combine(date(2026, 3, 9), clock, tzinfo=UTC)
    found = {each.step for each in steps(accepted_at=at, deadline_at=TUESDAY, is_open=True, offsets=Offsets())}
    assert Prompting.AT_ONCE in found
    assert not found & {Prompting.HEAD, Prompting.COUNCIL}


def test_what_was_late_when_it_was_made_is_due_at_once() -> None:
    late = MONDAY + timedelta(minutes=10)
    found = steps(accepted_at=late, deadline_at=MONDAY, is_open=False, offsets=Offsets())
    assert {each.at for each in found} == {late}
    assert {each.step for each in found} == {
        Prompting.AT_ONCE,
        Prompting.DUTY_LIST,
        Prompting.TELEPHONE,
        Prompting.MISSED,
    }


def test_an_area_sets_its_own_times() -> None:
    own = Offsets(10, 20, (time(6, 45),), 90, 15, time(12))
    found = steps(accepted_at=IN_LESSONS, deadline_at=TUESDAY, is_open=True, offsets=own)
    assert [(each.step, f"{each.at:%H:%M}") for each in found][1:] == [
        (Prompting.HEAD, "11:10"),
        (Prompting.COUNCIL, "11:20"),
        (Prompting.EARLY, "06:45"),
        (Prompting.DUTY_LIST, "07:00"),
        (Prompting.TELEPHONE, "08:15"),
        (Prompting.MISSED, "08:30"),
    ]


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))


@given(MOMENTS, st.integers(1, 20_000), st.booleans(), st.lists(st.integers(0, 30_000), max_size=12))
def test_however_often_one_looks_every_step_is_taken_once(
    accepted: datetime, ahead: int, is_open: bool, looks: list[int]
) -> None:
    found = steps(
        accepted_at=accepted, deadline_at=accepted + timedelta(minutes=ahead), is_open=is_open, offsets=Offsets()
    )
    taken: list[Due] = []
    until = None
    for minutes in sorted([*looks, 40_000]):
        moment = accepted + timedelta(minutes=minutes)
        taken += due_between(found, after=until, until=moment)
        until = moment
        if (coming := next_after(found, moment)) is not None:
            assert coming > moment
    assert taken == found
    assert {each.step for each in found} >= {Prompting.AT_ONCE, Prompting.MISSED}
    assert set(TOLD) == set(Prompting)
