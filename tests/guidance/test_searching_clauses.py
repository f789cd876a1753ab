"""Search finds words however they are spelt, words in a row, and beginnings; in what is in force unless asked."""

from datetime import date, timedelta

import pytest

from haven.access.decision import Refused
from haven.guidance.queries.searching import Found, Sought, clauses_found
from tests.cast import TODAY, Cast
from tests.guidance.texts import document, edition, filled, kept

pytestmark = pytest.mark.django_db


def _search(cast: Cast, words: str, name: str = "priya", **more: object) -> Found:
    return clauses_found(by=cast.actor(name), on=TODAY, sought=Sought(words=words, **more), start=0, size=20)


def _texts(found: Found) -> list[str]:
    return ["".join(each.text for each in line.text) for line in found.clauses]


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("organise", 3),
        ("organize", 3),
        ("organising", 3),
        ("governor minutes", 4),
        ('"have regard to"', 2),
        ("“have regard to”", 2),
        ('"must not wait"', 5),
        ("strateg*", 4),
        ("meeting governors", 4),
        ("wishe*", 2),
        ("wishes child's", 2),
        ('"five school day"', 3),
    ],
)
def test_a_clause_is_found(cast: Cast, words: str, number: int) -> None:
    kept(cast)
    found = _search(cast, words)
    assert [line.where.split(",")[1] for line in found.clauses] == [f" paragraph {number}"]


@pytest.mark.parametrize(
    "words", ['"regard have"', '"must wait"', "organigram", "xyz*", "thresholds zebra", '"not must"']
)
def test_what_no_clause_has_is_not_found(cast: Cast, words: str) -> None:
    kept(cast)
    assert _search(cast, words).total == 0


def test_children_and_child_are_one_word(cast: Cast) -> None:
    kept(cast)
    assert _search(cast, "children").total == _search(cast, "child").total == 4


def test_the_words_looked_for_are_marked_as_they_were_written(cast: Cast) -> None:
    kept(cast)
    (line,) = _search(cast, "organize").clauses
    assert [each.text for each in line.text if each.is_marked] == ["organise"]


def test_words_with_signs_of_mark_up_or_of_queries_do_no_harm(cast: Cast) -> None:
    kept(cast)
    for words in ("<b>child", "child & | ! ( )", "'child", "child:*", "\\", '"', "*", "child \x00 lead", "a" * 300):
        _search(cast, words)


def test_a_beginning_of_two_letters_is_refused_in_words(cast: Cast) -> None:
    kept(cast)
    assert "three letters" in _search(cast, "ch*").fault


def test_only_editions_in_force_are_searched_unless_all_are_asked_for(cast: Cast) -> None:
    of = document(cast)
    filled(cast, edition(cast, of), "The old words speak of lanterns.")
    newer = edition(cast, of, "2027", issued_on=TODAY, in_force_on=TODAY + timedelta(days=60))
    filled(cast, newer, "The coming words speak of lanterns and boats.")
    assert _texts(_search(cast, "lanterns")) == ["The old words speak of lanterns."]
    assert _search(cast, "lanterns", has_all=True).total == 2
    assert _search(cast, "boats").total == 0
    assert _search(cast, "boats", edition=newer.pk).total == 1


def test_one_document_can_be_searched(cast: Cast) -> None:
    first = kept(cast)
    other = edition(cast, document(cast, title="Another procedure"), issued_on=date(2025, 7, 1), in_force_on=TODAY)
    filled(cast, other, "Another must.")
    assert _search(cast, "must", document=other.document_id).total == 1
    assert _search(cast, "must", document=first.document_id).total == 3


def test_more_than_three_hundred_are_said_to_be_more(cast: Cast) -> None:
    filled(cast, edition(cast, document(cast)), *(f"Paragraph {n} says that schools must do it." for n in range(305)))
    found = _search(cast, "must")
    assert (found.total, found.has_more, len(found.clauses)) == (300, True, 20)


@pytest.mark.parametrize("name", ["sam", "nadia", "nobody"])
def test_who_reads_no_guidance_searches_none(cast: Cast, name: str) -> None:
    kept(cast)
    with pytest.raises(Refused):
        _search(cast, "must", name)
