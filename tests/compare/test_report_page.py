"""The page of a comparison stands by itself, holds every change whole, and takes nothing in a document for its own."""

import base64
import hashlib
import re
import time

import pytest

from haven.engines.compare.changes import Change, ChangeKind, Comparison, EditionSummary, Modal
from haven.engines.compare.clauses import Clause, ClauseKind
from haven.engines.compare.report import report_of
from tests.compare.reported import JOINED, NEW, OLD, Page, comparison

HOSTILE = "\"><script>alert(1)</script><img src=x onerror=alert(1)>\u202e\x00\x1b[2J &amp; '</p></style>"


@pytest.fixture(scope="module")
def page() -> Page:
    return Page(report_of(comparison()))


def test_it_asks_nothing_of_any_other_place_and_runs_no_script(page: Page) -> None:
    assert not {"script", "img", "link", "iframe", "form", "object", "base"} & {tag for tag, _ in page.elements}
    assert {href[0] for href in page.attributes("href")} == {"#"}
    assert page.attributes("src") == []
    assert [name for _, attrs in page.elements for name in attrs if name.startswith("on") or name == "style"] == []
    assert not re.search(r"url\(|@import|https?:", page.all("style")[0])


def test_its_policy_allows_its_own_style_and_nothing_else(page: Page) -> None:
    (policy,) = [attrs["content"] for _, attrs in page.elements if "http-equiv" in attrs]
    digest = base64.b64encode(hashlib.sha256(page.all("style")[0].encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_it_is_sound_and_every_link_leads_to_one_place_on_it(page: Page) -> None:
    places = page.attributes("id")
    assert page.is_sound
    assert len(places) == len(set(places))
    assert {href[1:] for href in page.attributes("href")} <= set(places)
    assert set(page.attributes("for")) <= set(places)


def test_every_change_is_there_once_in_order_with_its_kinds(page: Page) -> None:
    told = [
        {word.removeprefix("is-") for word in attrs["class"].split()} - {"change"}
        for tag, attrs in page.elements
        if tag == "article"
    ]
    changes = comparison().changes
    assert told == [set(change.kinds) for change in changes]
    assert set().union(*told) == set(ChangeKind)
    assert [place for place in page.attributes("id") if re.fullmatch(r"c\d+", place)] == [
        f"c{at}" for at in range(len(changes))
    ]


def test_a_mark_in_the_picture_leads_to_each_change_of_each_kind() -> None:
    given = comparison()
    lanes = report_of(given).split('<div class="lane is-')[1:]
    assert {lane.split('"')[0] for lane in lanes} == set(ChangeKind)
    for lane in lanes:
        kind = ChangeKind(lane.split('"')[0])
        meant = [f"c{at}" for at, change in enumerate(given.changes) if kind in change.kinds]
        assert re.findall(r'href="#(c\d+)"', lane.split("</div>")[0]) == meant


def test_both_editions_are_named_and_what_stayed_is_counted(page: Page) -> None:
    assert page.all("h1") == ["Local procedures"]
    assert [told.replace("clauses", "clauses ").strip() for told in page.all("dd")] == [
        "Local procedures 20242024.txt, 9 clauses",
        "Local procedures2025.txt, 9 clauses",
    ]
    assert "2 say what the earlier said, 1 of them under another number" in page.all("p", "sum")[0]


def test_what_asks_more_or_less_comes_before_the_rest() -> None:
    page = report_of(comparison())
    first = Page(page[page.index('<ul class="strength">') : page.index('<h2 id="changes">')])
    assert first.all("a") == ["Clause 2", "Clause 3"]
    assert page.index('id="strength"') < page.index('id="changes"')


def test_words_of_strength_are_called_out_in_plain_words(page: Page) -> None:
    assert page.all("p", "modal") == ["“should” became “must”", "“must” became “should”"]


def test_marked_words_are_told_to_those_who_listen(page: Page) -> None:
    assert "removed: should" in page.all("del")
    assert "added: must" in page.all("ins")
    assert sorted(page.all("p", "whole")) == [
        "4 added: Generated pictures of pupils are treated in the same way as photographs of them.",
        "8 removed: Fax machines are kept in a locked room and their paper is counted weekly.",
    ]


def test_clauses_cut_or_joined_show_both_sides_whole(page: Page) -> None:
    sides = page.all("div", "both")
    assert any(all(text in told for text in JOINED) and told.count(JOINED[0]) == 2 for told in sides)
    assert len(sides) == 2


def test_every_word_of_a_changed_clause_is_on_the_page(page: Page) -> None:
    told = "".join(page.all("main")).replace("removed: ", "").replace("added: ", "")
    for change in comparison().changes:
        for clause in (*change.old[-1:], *change.new[-1:]):
            assert clause.text in told


def test_what_moved_says_from_where_to_where(page: Page) -> None:
    assert "Page 2, now page 6 · moved from “Part one: What staff do” to “Part two: What governors do”" in page.all(
        "p", "facts"
    )


def test_each_kind_has_a_choice_with_its_count_and_rules_that_show_it_alone(page: Page) -> None:
    labels = page.all("label")
    assert labels[:3] == ["All 7", "Strengthened 1", "Weakened 1"]
    for kind in ChangeKind:
        assert f"body:has(#f-{kind}:checked) .change:not(.is-{kind},:target)" in page.all("style")[0]
        assert f"f-{kind}" in page.attributes("id")


def test_nothing_in_a_document_becomes_part_of_the_page() -> None:
    old = Clause(HOSTILE, HOSTILE, (HOSTILE,), 1, ClauseKind.PARAGRAPH)
    new = Clause(HOSTILE + " must", HOSTILE, (HOSTILE, HOSTILE), 1)
    words = (("same", HOSTILE), ("old", HOSTILE), ("new", " must"))
    kinds = (ChangeKind.MOVED, ChangeKind.REWORDED, ChangeKind.STRENGTHENED)
    changes = [
        Change(kinds, (old,), (new,), words=words, modals=(Modal(HOSTILE, None),), at=(0, 0)),
        Change((ChangeKind.ADDED,), (), (Clause(HOSTILE, None, (HOSTILE, "x")),), at=(-1, 1)),
        Change((ChangeKind.SPLIT,), (old,), (new, new), words=words, at=(0, 0)),
    ]
    edition = EditionSummary(HOSTILE, HOSTILE, 2)
    page = Page(report_of(Comparison(edition, edition, changes, warnings=(HOSTILE,))))
    safe = Page(report_of(comparison()))
    assert {tag for tag, _ in page.elements} <= {tag for tag, _ in safe.elements}
    assert page.is_sound
    assert {name for _, attrs in page.elements for name in attrs} <= {
        name for _, attrs in safe.elements for name in attrs
    }
    assert "<script>alert(1)</script>" in page.all("h1")[0]
    assert not re.search("[\u202e\x00\x1b]", "".join(page.all("body")))


def test_two_editions_that_say_the_same_make_a_page_that_says_so() -> None:
    edition = EditionSummary("a.txt", None, 1)
    page = Page(report_of(Comparison(edition, edition, [], 1)))
    assert page.all("h1") == ["a.txt"]
    assert page.all("p", "sum") == [
        "No words changed. Of the 1 clause of the later edition 1 says what the earlier said, 1 of them under another "
        "number."
    ]
    assert page.all("article") == []
    assert page.is_sound


def test_two_documents_too_unlike_to_compare_are_not_said_to_be_the_same() -> None:
    editions = EditionSummary("a.txt", None, 30), EditionSummary("b.txt", None, 40)
    page = Page(report_of(Comparison(*editions, [], warnings=("these are two documents",))))
    assert page.all("p", "sum") == ["No changes are told."]


def test_warnings_stand_at_the_top() -> None:
    told = comparison()
    told = told._replace(warnings=("these two do not look like editions of one document",))
    page = report_of(told)
    assert page.index("These two do not look like") < page.index("Where the changes lie")


def test_the_same_comparison_always_makes_the_same_page() -> None:
    assert report_of(comparison()) == report_of(comparison())
    assert len(OLD) == len(NEW) == 9


def test_two_thousand_changes_are_written_in_little_time() -> None:
    words = " ".join(f"word{at}" for at in range(80))
    runs = (("same", words + " "), ("old", "should "), ("new", "must "), ("same", words))
    old, new = (Clause(f"{words} {strong} {words}", "1", ("Part",), 1) for strong in ("should", "must"))
    one = Change((ChangeKind.REWORDED, ChangeKind.STRENGTHENED), (old,), (new,), words=runs, at=(1, 1))
    edition = EditionSummary("a.txt", None, 4000)
    began = time.process_time()
    page = report_of(Comparison(edition, edition, [one] * 2000))
    assert time.process_time() - began < 2.0
    assert page.count("<article") == 2000
