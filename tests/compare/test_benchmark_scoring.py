"""The benchmark's own scorer and maker of pairs: what they call found, missed and false."""

from random import Random

import pytest

from benchmarks.compare_peers import units_of_stream
from benchmarks.compare_scoring import KINDS, Told, agreement, printed_sides
from benchmarks.pair_edits import bare, noisy, other_strength
from benchmarks.pair_forms import houses, owned, print_form, printed_lines
from benchmarks.pairs import HARD, PLAIN, Event, Item, Pair, make_pair, text_of_voice

FIRST = "The caretaker should count the chairs before every party."
SECOND = "The treasurer may lend the keys to a neighbour at once."
THIRD = "Nobody is to sleep in the hall, however late the dance."


def pair_of(old: dict[int, str], new: dict[int, str], *events: Event) -> Pair:
    sides = [[Item(uid, "paragraph", text) for uid, text in side.items()] for side in (old, new)]
    return Pair("A hall", 1, *sides, list(events))


def clause(text: str) -> tuple[tuple[str | None, str], ...]:
    return ((None, text),)


@pytest.fixture
def seeded() -> Random:
    return Random(7)


@pytest.fixture
def removed() -> Pair:
    return pair_of({1: FIRST, 2: SECOND, 3: THIRD}, {1: FIRST, 3: THIRD}, Event("removed", (2,), ()))


def gold_as_told(pair: Pair) -> list[Told]:
    """What was done to a pair, as a tool would tell it that misses nothing."""
    words = [
        {line.item.uid: ((line.number, line.text),) for line in printed_lines(pair, items, house) if line.item}
        for items, house in zip((pair.old, pair.new), houses(pair), strict=True)
    ]
    return [
        Told(
            (event.direction or event.kind,),
            sum((words[0][uid] for uid in event.old), ()),
            sum((words[1][uid] for uid in event.new), ()),
        )
        for event in pair.events
    ]


@pytest.mark.parametrize("seed", [1, 2, 5])
def test_a_report_of_all_that_was_done_scores_one(seed):
    pair = make_pair(text_of_voice("hall"), seed, 120, HARD)

    found = agreement(pair, gold_as_told(pair))

    assert found.mean5 == 1
    assert all(found.kinds[kind].f1 == 1 for kind in KINDS)
    assert (found.alarms, found.directions.misses) == (0, 0)


def test_a_report_of_nothing_finds_nothing(removed):
    assert agreement(removed, []).kinds["removed"].f1 == 0


def test_a_clause_is_known_by_its_letters_whatever_its_number_and_typography(removed):
    told = Told(("removed",), (("7", "The trea\u00adsurer may lend the  keys to a neighbour at once"),), ())

    assert agreement(removed, [told]).kinds["removed"].f1 == 1


def test_a_clause_told_with_a_page_head_within_it_is_still_known(removed):
    words = SECOND.replace("to a neighbour", "A hall September 2024 to a neighbour")

    assert agreement(removed, [Told(("removed",), clause(words), ())]).kinds["removed"].hits == 1


def test_a_change_told_of_a_clause_that_did_not_change_is_a_false_alarm(removed):
    told = [Told(("removed",), clause(SECOND), ()), Told(("reworded",), clause(FIRST), clause(FIRST))]

    found = agreement(removed, told)

    assert found.kinds["reworded"].alarms == 2
    assert found.causes == {"number alone": 2}


def test_words_that_no_edition_has_count_as_a_false_alarm(removed):
    found = agreement(removed, [Told(("added",), (), clause("Something that was never printed in either of them."))])

    assert found.kinds["added"].alarms == 1
    assert found.causes == {"cover or page": 1}


def test_the_title_of_the_document_is_no_clause(removed):
    assert agreement(removed, [Told(("reworded",), clause("September 2024"), clause("September 2025"))]).alarms == 0


def test_a_change_of_strength_counts_as_a_rewording_and_its_direction_is_judged_apart():
    stronger = FIRST.replace("should", "must")
    pair = pair_of({1: FIRST}, {1: stronger}, Event("strength", (1,), (1,), "strengthened"))

    found = agreement(pair, [Told(("reworded", "weakened"), clause(FIRST), clause(stronger))])

    assert (found.kinds["strength"].f1, found.kinds["reworded"].f1) == (1, 1)
    assert (found.directions.hits, found.directions.misses) == (0, 1)


def test_what_else_is_said_of_a_split_clause_is_not_counted():
    pair = pair_of({1: f"{FIRST} {SECOND}"}, {1: FIRST, 2: SECOND}, Event("split", (1,), (1, 2)))

    found = agreement(pair, [Told(("reworded",), clause(f"{FIRST} {SECOND}"), clause(FIRST))])

    assert found.kinds["reworded"].alarms == 0
    assert found.kinds["split"].misses == 3


def test_a_clause_that_stands_twice_is_told_apart_by_its_number():
    pair = pair_of({1: FIRST, 2: SECOND, 3: FIRST}, {1: FIRST, 2: SECOND}, Event("removed", (3,), ()))

    assert agreement(pair, [Told(("removed",), (("3", FIRST),), ())]).kinds["removed"].f1 == 1
    assert agreement(pair, [Told(("removed",), (("1", FIRST),), ())]).kinds["removed"].f1 == 0


def test_a_stream_in_which_a_whole_clause_goes_tells_of_its_removal(removed):
    stream = [
        [tag, f"{line}\n"]
        for line in print_form(removed, "clean")[0].decode().splitlines()
        for tag in ["-" if SECOND in line else "="]
    ]

    units = units_of_stream(removed, "clean", stream)

    assert units["removed"] == {("old", 2)}


def test_a_stream_that_puts_one_clause_for_another_tells_of_a_rewording():
    pair = pair_of({1: FIRST, 2: SECOND}, {1: FIRST, 2: THIRD}, Event("reworded", (2,), (2,)))
    house = houses(pair)[0]
    before = "\n".join(text for _, text in owned(pair, printed_sides(pair)["old"], house, "clean"))
    kept, gone, rest = before.partition(SECOND)

    units = units_of_stream(pair, "clean", [["=", kept], ["-", gone], ["+", THIRD], ["=", rest]])

    assert units["reworded"] == {("old", 2), ("new", 2)}


def test_the_same_seed_makes_the_same_pair():
    first, second = (make_pair(text_of_voice("records"), 4, 80, HARD) for _ in range(2))

    assert print_form(first, "paged") == print_form(second, "paged")
    assert first.events == second.events


def test_what_no_event_names_has_the_same_letters_in_both_editions():
    pair = make_pair(text_of_voice("visits"), 3, 150, HARD)
    named = {uid for event in pair.events for uid in (*event.old, *event.new) if event.kind != "moved"}
    old = {item.uid: bare(item.text) for item in pair.old}

    assert all(bare(item.text) == old[item.uid] for item in pair.new if item.uid not in named)


def test_every_clause_of_one_edition_alone_has_an_event():
    pair = make_pair(text_of_voice("hall"), 6, 150, HARD)
    old, new = ({item.uid for item in side} for side in (pair.old, pair.new))
    named = {uid for event in pair.events for uid in (*event.old, *event.new)}

    assert old ^ new <= named


def test_noise_leaves_the_letters_as_they_are(seeded):
    text = 'The officer\'s "final" self-check differs - it is filed afterwards.'

    assert bare(noisy(text, seeded)) == bare(text)


def test_a_word_of_strength_is_swapped_whole(seeded):
    assert other_strength("Staff is expected to knock.", seeded) == ("Staff must knock.", "strengthened")


def test_plain_pairs_have_no_splits_and_no_mergers():
    pair = make_pair(text_of_voice("hall"), 1, 100, PLAIN)

    assert {event.kind for event in pair.events} == {"added", "removed", "reworded", "moved", "strength"}
