"""Spelling, what a search means, fingerprints, the picture of a lineage, and how dates are said."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haven.engines.compare.clauses import Clause
from haven.guidance.rules.catalogue import doubled, identifier
from haven.guidance.rules.facts import DocumentFacts, EditionFacts, Standing, faults_of_document, faults_of_edition
from haven.guidance.rules.fingerprints import cover_digest, differing, words_digest
from haven.guidance.rules.life import Days, Ending
from haven.guidance.rules.lineage import WIDTH, bars_of, span_of
from haven.guidance.rules.reading import Marked, marked, place_in_words, shortened
from haven.guidance.rules.searching import Part, PartKind, stems_within, wanted
from haven.guidance.rules.showing import beside_label, dated, standing_in_words
from haven.guidance.rules.spelling import one_spelling, plain_spelling, spellings

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("organize", "organise"),
        ("organization", "organisation"),
        ("recognizing", "recognising"),
        ("analyze", "analyse"),
        ("behavior", "behaviour"),
        ("misbehavior", "misbehaviour"),
        ("labor", "labour"),
        ("favorable", "favourable"),
        ("counselor", "counsellor"),
        ("counseling", "counselling"),
        ("children", "child"),
        ("people", "person"),
        ("program", "programme"),
        ("center", "centre"),
        ("pediatric", "paediatric"),
        ("practise", "practice"),
        ("license", "licence"),
    ],
)
def test_two_spellings_are_one(written: str, same: str) -> None:
    assert one_spelling(written) == one_spelling(same) == same


@pytest.mark.parametrize("word", ["laboratory", "governor", "minor", "error", "honorary", "must", "care", "model"])
def test_other_words_stay_as_they_are(word: str) -> None:
    assert one_spelling(word) == word


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Children’s Wishes", "child wishes"),
        ("well-being", "wellbeing"),
        ("Co-operate on-line", "cooperate online"),
        ("multi-agency", "multi agency"),
        ("and/or", "and or"),
        ("school's", "school"),
        ("schools' heads", "schools heads"),
    ],
)
def test_a_text_is_spelt_plainly(text: str, plain: str) -> None:
    assert plain_spelling(text).split() == plain.split()


@given(st.text())
def test_what_is_spelt_plainly_is_not_spelt_more_plainly(text: str) -> None:
    words = plain_spelling(text).split()
    assert [one_spelling(one_spelling(word)) for word in words] == [one_spelling(word) for word in words]


def test_every_way_to_write_a_word_is_marked() -> None:
    assert spellings("organise") == {"organise", "organize"}
    assert {"child", "children"} <= spellings("child")


@pytest.mark.parametrize(
    ("searched", "parts"),
    [
        ("must", [Part(PartKind.WORD, "must")]),
        ("the child", [Part(PartKind.WORD, "child")]),
        ("the", [Part(PartKind.WORD, "the")]),
        ('"have regard"', [Part(PartKind.ROW, "have regard")]),
        ("“have regard", [Part(PartKind.ROW, "have regard")]),
        ("multi-agency", [Part(PartKind.ROW, "multi agency")]),
        ("safeg*", [Part(PartKind.BEGINNING, "safeg")]),
        ("childr*", [Part(PartKind.BEGINNING, "childr", ("child",))]),
        ("dsl", [Part(PartKind.WORD, "dsl", ("designated safeguarding lead",))]),
        ("", []),
        ("*", []),
        ('""', []),
        ("&|!()':", []),
    ],
)
def test_what_is_typed_means_this(searched: str, parts: list[Part]) -> None:
    assert list(wanted(searched).parts) == parts


@given(st.text(max_size=60))
def test_whatever_is_typed_asks_for_letters_and_digits_only(searched: str) -> None:
    for part in wanted(searched).parts:
        assert all(word.isalnum() for each in (part.plain, *part.others) for word in each.split())


def test_a_beginning_too_short_is_refused() -> None:
    assert wanted("ab*").fault
    assert wanted("multi-ag*").fault


def test_a_beginning_longer_than_the_stem_has_its_stem_among_those_within() -> None:
    assert "organis" in stems_within("organisatio")
    assert all(len(stem) > 3 for stem in stems_within("safeguardi"))


def _clauses(*texts: str, page: int | None = None) -> list[Clause]:
    return [Clause(text, page=page) for text in texts]


def test_the_same_words_have_the_same_fingerprint_in_any_typography() -> None:
    assert words_digest(["a", "b"]) == words_digest(["a", "b"]) != words_digest(["ab"])
    assert words_digest(["b", "a"]) != words_digest(["a", "b"])


def test_the_cover_is_the_first_page_or_the_first_clauses() -> None:
    cover = _clauses("Working together", page=1)
    assert cover_digest([*cover, *_clauses("old", page=2)]) == cover_digest([*cover, *_clauses("new", page=2)])
    assert cover_digest(_clauses("a", "b", "c", "d")) == cover_digest(_clauses("a", "b", "c", "e"))
    assert cover_digest(_clauses("a", "b", "x", "d")) != cover_digest(_clauses("a", "b", "c", "d"))


@given(st.lists(st.sampled_from("abcd"), max_size=12), st.lists(st.sampled_from("abcd"), max_size=12))
def test_what_stands_in_both_and_what_stands_in_one_make_up_each_text(old: list[str], new: list[str]) -> None:
    found, back = differing(old, new), differing(new, old)
    assert len(old) - len(found.only_old) == len(new) - len(found.only_new)
    assert (found.only_old, found.only_new) == (back.only_new, back.only_old)
    assert differing(old, old).only_old == ()


def test_a_lineage_shows_when_an_edition_was_out_for_information_and_in_force() -> None:
    life = Days(
        opens_on=date(2024, 1, 1),
        closes_on=date(2024, 7, 1),
        issued_on=date(2024, 10, 1),
        for_information_on=date(2024, 10, 1),
        in_force_on=date(2025, 1, 1),
    )
    span = span_of([life], TODAY)
    assert span is not None
    assert (span.starts_on, span.ends_on) == (date(2024, 1, 1), date(2027, 1, 1))
    bars = bars_of(life, span, TODAY)
    assert [name for name, _, _ in bars] == ["consultation", "information", "force"]
    assert bars[0][1] == 0
    assert bars[-1][1] + bars[-1][2] == WIDTH
    assert [year for year, _ in span.years] == [2024, 2025, 2026]


def test_a_promise_is_a_mark_in_the_picture_and_no_dates_make_none() -> None:
    life = Days(expected_on=date(2026, 9, 1))
    span = span_of([life], TODAY)
    assert span is not None
    assert [name for name, _, _ in bars_of(life, span, TODAY)] == ["promised"]
    assert span_of([Days()], TODAY) is None


@pytest.mark.parametrize(
    ("days", "said", "words"),
    [
        (Days(in_force_on=date(2025, 9, 1)), {}, "In force since 1 September 2025"),
        (Days(closes_on=date(2026, 4, 22)), {}, "Out for consultation until 22 April 2026"),
        (Days(expected_on=date(2026, 9, 1)), {}, "Promised: expected 1 September 2026"),
        (Days(expected_on=date(2025, 9, 1)), {}, "Promised: was expected 1 September 2025"),
        (Days(issued_on=TODAY, in_force_on=date(2026, 9, 1)), {}, "For information: in force from 1 September 2026"),
        (Days(in_force_on=TODAY), {"in_force_on": "spring 2026"}, "In force since spring 2026"),
        (Days(ended_on=TODAY, ending=Ending.WITHDRAWN), {}, "Withdrawn on 2 March 2026"),
        (
            Days(opens_on=date(2025, 1, 1), closes_on=date(2025, 2, 1), answered_on=date(2025, 3, 1)),
            {},
            "Consultation closed on 1 February 2025, response out on 1 March 2025",
        ),
    ],
)
def test_where_an_edition_stands_is_said_with_the_date_that_matters(
    days: Days, said: dict[str, str], words: str
) -> None:
    assert standing_in_words(days, said, TODAY) == words


@pytest.mark.parametrize(
    ("standing", "label", "beside"),
    [
        ("In force since spring 2026", "In force", "since spring 2026"),
        ("Superseded: spring 2026", "Superseded", "spring 2026"),
        ("Consultation closed on 1 May", "Consultation closed", "on 1 May"),
    ],
)
def test_beside_its_label_a_standing_does_not_say_it_again(standing: str, label: str, beside: str) -> None:
    assert beside_label(standing, label) == beside


def test_a_date_without_a_source_is_said_to_be_unconfirmed() -> None:
    first, second = dated(Days(issued_on=TODAY, in_force_on=TODAY), {}, ["in_force_on"])
    assert (first.is_unsourced, second.is_unsourced) == (False, True)


def test_what_is_found_is_cut_into_marked_and_unmarked_stretches() -> None:
    assert marked("a <b> c", "<", ">") == (Marked("a ", False), Marked("b", True), Marked(" c", False))
    assert marked("<b>", "<", ">") == (Marked("b", True),)


def test_a_long_clause_is_cut_round_the_first_word_that_is_marked() -> None:
    long = (Marked("before " * 200, False), Marked("word", True), Marked(" after" * 200, False))
    shown = "".join(each.text for each in shortened(long, 100))
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert "word" in shown
    assert len(shown) < 120
    assert shortened(long[1:2], 100) == long[1:2]


def test_a_clause_says_where_it_stands() -> None:
    assert (
        place_in_words(number="12", heading=("A title", "Part one", "Duties"), page=7)
        == "Part one › Duties, paragraph 12, page 7"
    )
    assert place_in_words(number="", heading=(), page=None) == ""


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (EditionFacts(label=" "), "label"),
        (EditionFacts(label="1", days=Days(ended_on=TODAY, ending=Ending.ABSORBED)), "into which document"),
        (EditionFacts(label="1", superseded_by=identifier("x")), "Only an edition that was superseded"),
        (EditionFacts(label="1", absorbed_into=identifier("x")), "Only an edition that was absorbed"),
    ],
)
def test_what_is_known_of_an_edition_must_fit_together(facts: EditionFacts, said: str) -> None:
    assert any(said in each for each in faults_of_edition(facts))


def test_what_is_known_of_a_document_must_fit_together() -> None:
    bad = DocumentFacts(title="", publisher=" ", standing=Standing.LOCAL)
    assert len(faults_of_document(bad, is_national=True)) == 3
    assert len(faults_of_document(bad, is_national=False)) == 2


def test_an_identifier_is_the_same_everywhere_and_keys_that_double_are_named() -> None:
    assert identifier("a", "b") == identifier("a", "b") != identifier("a")
    assert doubled(["a", "b", "a"]) == ["a"]
