"""What a report says in sentences, and what its edition without names hides."""

from collections import defaultdict
from datetime import date
from itertools import product

import pytest

from haven.reports.rules.reporting import Arrived, Best, Edition, Gist, InTime, Since, share_told, shortened, summary
from haven.reports.rules.shares import ALL_IN_PLACE, HALF_IN_PLACE, LESS_IN_PLACE, MOST_IN_PLACE, NOTHING_JUDGED, Share
from haven.reports.rules.withholding import (
    WITHHELD,
    alike,
    counts_told,
    names_found,
    roughly,
    shares_told,
    short_name,
    shown_groups,
    told_together,
)

FIRST, FINAL = date(2025, 2, 3), date(2025, 2, 28)
IN_TIME = Arrived(asked=419, sent=415, first=InTime(FIRST, 335, True), final=InTime(FINAL, 377, True))
BEFORE = Arrived(asked=400, sent=398, first=InTime(FIRST, 360, True), final=InTime(FINAL, 398, True))


def told(edition: Edition = Edition.NAMED, **known: object) -> list[str]:
    return summary(Gist(area="Fairhaven", edition=edition, **({"arrived": Arrived(asked=96, sent=40)} | known)))


@pytest.mark.parametrize(
    ("known", "says"),
    [
        ({"arrived": Arrived()}, "Fairhaven has not asked any school yet."),
        ({"arrived": Arrived(asked=96)}, "Fairhaven asked 96 schools. None has sent its audit yet."),
        ({"arrived": Arrived(asked=96, sent=1)}, "Fairhaven asked 96 schools. 1 has sent the audit: 1%. 95 have not."),
        (
            {"arrived": Arrived(asked=96, sent=95)},
            "Fairhaven asked 96 schools. 95 have sent the audit: 99%. 1 has not.",
        ),
        ({"arrived": Arrived(asked=96, sent=96)}, "Fairhaven asked 96 schools. All of them have sent the audit."),
        ({"arrived": Arrived(asked=1, sent=1)}, "Fairhaven asked 1 school. It has sent the audit."),
    ],
)
def test_the_first_sentence_says_who_was_asked_and_who_sent(known: dict[str, object], says: str) -> None:
    assert told(**known)[0] == says


def test_deadlines_are_told_beside_those_of_last_time_once_they_are_over() -> None:
    assert told(arrived=IN_TIME, before=BEFORE)[1] == (
        "335 had sent it by the first deadline, 3 February 2025: 80%; 377 had sent it by the final deadline, "
        "28 February 2025: 90%. Last time it was 90% by the first and 99% by the final deadline."
    )
    not_over = Arrived(asked=9, sent=3, first=InTime(FIRST, 3, False), final=InTime(FINAL, 3, False))
    assert told(arrived=not_over, before=BEFORE) == [
        "Fairhaven asked 9 schools. 3 have sent the audit: 33%. 6 have not."
    ]


WHOLE = {
    "share": Share(811, 139, 50),
    "most": Best("Training", Share(99, 1, 0)),
    "least": Best("Online safety", Share(62, 20, 18)),
    "lacking": Best("8.1, “Filtering is tested”", Share(56, 30, 14)),
    "since": Since(schools=37, then=Share(77, 23, 0), now=Share(81, 19, 0), better=1, worse=24),
    "claims": 200,
    "backed": 132,
    "same": 45,
    "compared": 50,
    "promises": 1,
}


def test_everything_there_is_to_say_is_said_exactly_with_names() -> None:
    assert told(**WHOLE)[1:] == [
        "Of 1,000 answers that can be judged, 81% are in place, 14% partly and 5% not.",
        "Most is in place in “Training” (99%), least in “Online safety” (62%).",
        "The question with least in place is 8.1, “Filtering is tested”: 56%.",
        "37 schools sent this audit and the one before. On what was asked both times, 81% is in place; last time 77%. "
        "1 question has more in place, 24 less.",
        "Something stands behind 66% of what schools say is in place: a file, a web page or a record.",
        "On moderation visits 45 of 50 grades that schools gave themselves held: 90%.",
        "Because of what schools sent, Fairhaven has promised 1 thing of its own.",
    ]


def test_without_names_every_share_is_told_to_the_nearest_five() -> None:
    said = " ".join(told(Edition.UNNAMED, **WHOLE))
    assert "about 80% are in place, 15% partly and 5% not" in said
    assert "“Training” (95%), least in “Online safety” (60%)" in said
    assert "1,000" not in said


def test_nothing_is_said_of_what_there_is_none_of() -> None:
    assert told() == ["Fairhaven asked 96 schools. 40 have sent the audit: 42%. 56 have not."]
    assert "Every question is wholly in place." in told(share=Share(4, 0, 0))


def test_sections_that_stand_alike_are_not_told_apart() -> None:
    ends = {"most": Best("Training", Share(9, 1, 0)), "least": Best("Records", Share(9, 0, 1))}
    assert "Every section is about as far: 90% is in place." in told(**ends)


def test_a_share_of_nothing_is_a_dash() -> None:
    assert share_told(Share(), Edition.NAMED) == "–"


def test_long_words_are_cut_between_two_words() -> None:
    assert shortened("The board gets a report, at least every term.", 26) == "The board gets a report…"
    assert shortened("Short.", 26) == "Short."


@pytest.mark.parametrize(
    ("counts", "says"),
    [
        ((96, 0, 0), ["96", "0", "0"]),
        ((80, 10, 6), ["80", "10", "6"]),
        ((92, 3, 1), ["88 or more", "1 to 4", "1 to 4"]),
        ((95, 0, 1), ["92 or more", "0", "1 to 4"]),
        ((2, 90, 10), ["1 to 4", "88 or more", "10"]),
        ((5, 90, 2), [WITHHELD] * 3),
        ((2, 2, 0), [WITHHELD] * 3),
        ((3, 3, 3), [WITHHELD] * 3),
        ((0, 0, 0), [WITHHELD] * 3),
    ],
)
def test_a_count_of_a_few_is_never_told_exactly(counts: tuple[int, ...], says: list[str]) -> None:
    assert counts_told(counts, 5) == says


def test_a_count_of_a_few_can_be_reckoned_from_nothing_that_is_told() -> None:
    for whole in range(1, 31):
        known = defaultdict(set)
        for first, second in product(range(whole + 1), repeat=2):
            counts = (first, second, whole - first - second)
            if counts[2] >= 0:
                known[tuple(counts_told(counts, 5))].add(counts)
        for said, possible in known.items():
            for place, words in enumerate(said):
                assert words != "1 to 4" or len({counts[place] for counts in possible}) > 1, (whole, said)


@pytest.mark.parametrize(("exact", "says"), [(None, None), (0, 0), (1, 5), (52, 50), (53, 55), (99, 95), (100, 100)])
def test_what_is_not_all_is_never_rounded_to_all(exact: int | None, says: int | None) -> None:
    assert roughly(exact) == says


@pytest.mark.parametrize(
    ("share", "says"),
    [
        (Share(), (0, 0, 0)),
        (Share(7, 0, 0), (100, 0, 0)),
        (Share(95, 0, 1), (95, 0, 5)),
        (Share(98, 1, 1), (90, 5, 5)),
        (Share(33, 33, 34), (30, 35, 35)),
        (Share(81, 14, 5), (80, 15, 5)),
    ],
)
def test_the_parts_of_a_bar_are_steps_of_five_that_make_a_hundred(share: Share, says: tuple[int, int, int]) -> None:
    assert sum(shares_told(share)) in (0, 100)
    assert shares_told(share) == says


BANDS = {"a": ALL_IN_PLACE, "m": MOST_IN_PLACE, "h": HALF_IN_PLACE, "l": LESS_IN_PLACE, "-": NOTHING_JUDGED}


@pytest.mark.parametrize(
    ("column", "says"),
    [
        ("a" * 5 + "m" * 5 + "h" * 5 + "l" * 5, {"a": "100", "m": "75–99", "h": "50–74", "l": "<50"}),
        ("a" * 9 + "l", {"a": "any", "l": "any"}),
        ("a" * 9 + "hll" + "m" * 2, {"l": "<100", "h": "<100", "m": "<100", "a": "100"}),
        ("m" * 9 + "aa", {"m": "75+", "a": "75+"}),
        ("a" * 4 + "-" * 20, {}),
        ("a" * 5 + "-", {"a": "100"}),
    ],
)
def test_every_word_of_a_column_stands_for_five_schools(column: str, says: dict[str, str]) -> None:
    known = told_together([BANDS[each] for each in column], 5)
    assert {key: known[band].word for key, band in BANDS.items() if band in known and key in column} == says


def test_a_school_stands_in_a_row_only_where_enough_were_asked_the_same() -> None:
    assert alike([(True, False)] * 5 + [(True, True)] * 4, 5) == [True] * 5 + [False] * 4


@pytest.mark.parametrize(
    ("sizes", "shown"),
    [
        ({"Primary": 60, "Secondary": 12}, {"Primary", "Secondary"}),
        ({"Primary": 60, "Secondary": 12, "Nursery": 2}, {"Primary"}),
        ({"Primary": 60, "Secondary": 12, "Nursery": 3, "Middle": 3}, {"Primary", "Secondary"}),
        ({"Primary": 60, "Nursery": 2}, set()),
        ({"Primary": 60, "Nursery": 0}, {"Primary"}),
    ],
)
def test_a_small_group_cannot_be_reckoned_from_the_others(sizes: dict[str, int], shown: set[str]) -> None:
    assert set(shown_groups(sizes, 5)) == shown


def test_names_are_found_whatever_their_capitals_and_signs() -> None:
    names = ["St Mary’s C of E Primary School", "900001", "Tom Reed"]
    words = "We thank ST MARY'S C of E  Primary School, and Tom  Reed."
    assert names_found(words, names) == [names[0], names[2]]
    assert names_found("School 9000012 and Tom Reedy.", names) == []


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Oakfield Primary School", "oakfield"),
        ("St Agatha’s Church of England Primary School", "agathas"),
        ("Fairhaven Academy", ""),
        ("The High School", ""),
    ],
)
def test_a_school_is_known_by_its_short_name_too(name: str, short: str) -> None:
    assert short_name(name, but=("Fairhaven",)) == short


@pytest.mark.parametrize("sent", range(1, 96))
def test_what_was_sent_and_what_was_not_make_a_hundred(sent: int) -> None:
    arrived = Arrived(asked=96, sent=sent)
    assert arrived.share(sent) + arrived.share(96 - sent) == 100
