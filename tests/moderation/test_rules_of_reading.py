"""What a reader looks for, and whom a rule draws: in tables, without a database."""

from datetime import date
from itertools import permutations

import pytest

from haven.moderation.rules.reading import (
    Figures,
    Moved,
    Spoken,
    Weighed,
    backed_in_words,
    feedback_digest,
    figures,
    moved,
    promised,
)
from haven.moderation.rules.sampling import (
    SCORE,
    Agreement,
    Candidate,
    Rule,
    Way,
    agreement,
    chance,
    draw,
    drawn_digest,
    reasons,
    rule_kept,
    score,
)


@pytest.mark.parametrize(
    ("now", "before", "stands"),
    [
        ("in-place", "partly", Moved.BETTER),
        ("partly", "not-in-place", Moved.BETTER),
        ("not-in-place", "partly", Moved.WORSE),
        ("partly", "in-place", Moved.WORSE),
        ("partly", "partly", Moved.SAME),
        ("in-place", "", Moved.APART),
        ("", "in-place", Moved.APART),
        ("said", "said", Moved.APART),
        ("in-place", "not-applicable", Moved.APART),
    ],
)
def test_an_answer_stands_beside_the_one_of_last_time(now: str, before: str, stands: Moved) -> None:
    assert moved(now, before) is stands


def test_claims_with_nothing_behind_them_are_counted() -> None:
    counted = figures(
        [
            Weighed("in-place", behind=2),
            Weighed("in-place"),
            Weighed("in-place", behind=1, is_warned=True, moved=Moved.BETTER),
            Weighed("partly", behind=1, moved=Moved.WORSE),
            Weighed("not-in-place"),
            Weighed("said", behind=1),
            Weighed("", is_answered=False),
        ]
    )
    assert counted == Figures(asked=7, answered=6, claims=3, backed=2, lacking=2, better=1, worse=1, warned=1)
    assert counted.bare == 1


@pytest.mark.parametrize(
    ("claims", "backed", "words"),
    [
        (64, 31, "31 of 64 claims in place have evidence behind them."),
        (2, 1, "1 of 2 claims in place has evidence behind them."),
        (1, 1, "The one claim in place has evidence behind it."),
        (1, 0, "The one claim in place has no evidence behind it."),
        (0, 0, "The school says of nothing that it is in place."),
    ],
)
def test_how_many_claims_have_evidence_is_said_in_words(claims: int, backed: int, words: str) -> None:
    assert backed_in_words(Figures(claims=claims, backed=backed)) == words


def test_the_digest_of_feedback_changes_with_every_part_of_it() -> None:
    said = {
        "words": "Good.",
        "area_will": "",
        "sends_back": False,
        "copy": "a" * 64,
        "remarks": [Spoken("q", "good", "!")],
    }
    changed = [
        said | {"words": "Bad."},
        said | {"area_will": "A course."},
        said | {"sends_back": True},
        said | {"copy": "b" * 64},
        said | {"remarks": []},
        said | {"remarks": [Spoken("q", "more", "!")]},
    ]
    digests = {feedback_digest(**each) for each in [said, *changed]}  # type: ignore[arg-type]
    assert len(digests) == 7
    assert feedback_digest(**said) == feedback_digest(**dict(reversed(said.items())))  # type: ignore[arg-type]


def _school(name: str, **facts: object) -> Candidate:
    return Candidate(key=name, name=name, number=name, **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("facts", "points"),
    [
        ({}, 0),
        ({"is_overdue": True}, 5),
        ({"judged": 100, "lacking": 9}, 0),
        ({"judged": 100, "lacking": 10}, 1),
        ({"judged": 100, "lacking": 100}, 5),
        ({"judged": 0, "lacking": 0}, 0),
        ({"claims": 10, "bare": 5}, 0),
        ({"claims": 10, "bare": 6}, 3),
        ({"warned": 1}, 1),
        ({"warned": 9}, 3),
        ({"was_sent_back": True}, 2),
        ({"is_overdue": True, "was_sent_back": True}, 7),
    ],
)
def test_the_published_score(facts: dict[str, object], points: int) -> None:
    school = _school("a", **facts)
    assert score(school) == points
    assert bool(reasons(school)) == bool(points)


def test_no_line_of_the_score_gives_more_than_it_says() -> None:
    worst = _school("a", is_overdue=True, was_sent_back=True, judged=10, lacking=10, claims=10, bare=10, warned=99)
    assert [mark.points(worst) for mark in SCORE] == [mark.most for mark in SCORE]


FIVE = [
    _school("a", is_overdue=True, visited_on=date(2025, 1, 1)),
    _school("b", was_sent_back=True),
    _school("c", visited_on=date(2024, 1, 1)),
    _school("d", visited_on=date(2023, 1, 1)),
    _school("e"),
]


@pytest.mark.parametrize(
    ("rule", "drawn"),
    [
        (Rule(seed="s"), []),
        (Rule(risk=1, seed="s"), [("a", Way.RISK)]),
        (Rule(risk=9, seed="s"), [("a", Way.RISK), ("b", Way.RISK)]),
        (
            Rule(risk=2, longest_ago=2, seed="s"),
            [("a", Way.RISK), ("b", Way.RISK), ("e", Way.LONGEST_AGO), ("d", Way.LONGEST_AGO)],
        ),
    ],
)
def test_whom_a_rule_draws(rule: Rule, drawn: list[tuple[str, Way]]) -> None:
    assert [(each.key, each.way) for each in draw(rule, FIVE)] == drawn


def test_those_never_visited_come_before_those_visited_long_ago() -> None:
    keys = [each.key for each in draw(Rule(longest_ago=5, seed="s"), FIVE)]
    assert set(keys[:2]) == {"b", "e"}
    assert keys[2:] == ["d", "c", "a"]


def test_the_same_seed_draws_the_same_whatever_the_order() -> None:
    rule = Rule(random=3, seed="harbour")
    draws = {tuple(each.key for each in draw(rule, order)) for order in permutations(FIVE)}
    assert len(draws) == 1
    assert next(iter(draws)) == tuple(sorted("abcde", key=lambda key: chance("harbour", key))[:3])


def test_seeds_draw_different_schools_and_none_is_favoured() -> None:
    drawn = [draw(Rule(random=1, seed=str(seed)), FIVE)[0].key for seed in range(500)]
    assert {key: 60 < drawn.count(key) < 140 for key in "abcde"} == dict.fromkeys("abcde", True)


def test_a_school_is_drawn_once_with_its_reason() -> None:
    drawn = draw(Rule(risk=5, longest_ago=5, random=5, seed="s"), FIVE)
    assert sorted(each.key for each in drawn) == list("abcde")
    assert drawn[0].why == "5 points: not sent by the final deadline"
    assert {each.why for each in drawn if each.key in "de"} == {"Last visited on 1 January 2023", "Never visited yet"}


def test_a_draw_is_told_by_whom_it_draws() -> None:
    one, other = draw(Rule(random=2, seed="s"), FIVE), draw(Rule(random=3, seed="s"), FIVE)
    assert drawn_digest(one) == drawn_digest(reversed(one))
    assert drawn_digest(one) != drawn_digest(other)


@pytest.mark.parametrize(
    ("kept", "rule"),
    [
        ({}, Rule()),
        ({"risk": 3, "seed": "harbour"}, Rule(risk=3, seed="harbour")),
        ({"risk": -3, "random": 10_000}, Rule(random=100)),
        ({"risk": "many", "seed": None}, Rule()),
    ],
)
def test_a_rule_is_read_back_as_it_is_kept(kept: dict[str, object], rule: Rule) -> None:
    assert rule_kept(kept) == rule
    assert rule_kept(rule.kept) == rule


WORTH = {"met": "in-place", "partly": "partly", "not-met": "not-in-place"}
FINER = {"4": "in-place", "3": "in-place", "2": "partly", "1": "not-in-place"}
TURNED = dict(reversed(FINER.items()))


@pytest.mark.parametrize(
    ("own", "agreed", "worth", "how"),
    [
        ("", "met", WORTH, Agreement.NONE),
        ("met", "met", WORTH, Agreement.SAME),
        ("met", "partly", WORTH, Agreement.LOWER),
        ("not-met", "partly", WORTH, Agreement.HIGHER),
        ("4", "3", FINER, Agreement.LOWER),
        ("3", "4", FINER, Agreement.HIGHER),
        ("4", "3", TURNED, Agreement.LOWER),
        ("3", "4", TURNED, Agreement.HIGHER),
    ],
)
def test_how_a_grade_agreed_stands_beside_the_schools_own(
    own: str, agreed: str, worth: dict[str, str], how: Agreement
) -> None:
    assert agreement(own, agreed, worth) is how


def test_a_promise_is_the_same_however_it_is_spaced_and_begun() -> None:
    assert promised(" We will  run\na course.") == promised("we will run a course.")
    assert promised("We will run a course.") != promised("We will run two courses.")
