"""The words of a change are marked on either side, in one run and in short, and none is lost."""

from hypothesis import given, settings
from hypothesis import strategies as st

from haven.engines.compare.changes import Change, ChangeKind
from haven.engines.compare.clauses import Clause, Edition
from haven.engines.compare.comparing import compare
from haven.engines.compare.marking import excerpt, inline, news_marked, olds_marked
from tests.compare.reported import comparison

_WORDS = "schools must should “file” file’s co-operate the a of and training – paragraph 12, term; annually".split()
texts = st.lists(st.sampled_from(_WORDS), min_size=6, max_size=30).map(" ".join)


def _together(runs: list[tuple[str, str]], *kinds: str) -> str:
    return "".join(text for kind, text in runs if kind in kinds)


def _one(old: str, new: str) -> Change:
    changes = compare(Edition("a", None, [Clause(old)]), Edition("b", None, [Clause(new)])).changes
    return changes[0]


def _words(text: str) -> str:
    return " ".join(text.split())


def test_marks_lose_no_word_of_either_side() -> None:
    for change in comparison().changes:
        for clauses, marked in ((change.old, olds_marked(change)), (change.new, news_marked(change))):
            if change.words:
                assert [_words(_together(runs, "same", "old", "new")) for runs in marked] == [c.text for c in clauses]


@given(texts, st.integers(0, 5), st.sampled_from(_WORDS))
@settings(max_examples=150)
def test_one_run_holds_the_old_text_and_the_new(text: str, at: int, word: str) -> None:
    words = text.split()
    words[at] = word
    changes = compare(
        Edition("a", None, [Clause(text)]), Edition("b", None, [Clause(" ".join(words).replace("“file”", '"file"'))])
    ).changes
    for change in changes:
        if change.old and change.new:
            assert _words(_together(inline(change), "same", "new")) == change.new[0].text
            assert _words(_together(change.words, "same", "old")) == change.old[0].text


def test_what_stayed_is_shown_as_the_later_edition_prints_it() -> None:
    change = _one(
        "Keep the “file” (see paragraph 4) for six years.", 'Keep the "file" (see paragraph 4) for ten years.'
    )
    assert inline(change) == [
        ("same", 'Keep the "file" (see paragraph 4) for '),
        ("old", "six "),
        ("new", "ten "),
        ("same", "years."),
    ]


def test_each_part_of_a_clause_that_was_cut_has_its_own_marks() -> None:
    old = Clause("Keep the file locked. Send it on within a week.", "1")
    news = (Clause("Keep the file safe.", "1"), Clause("Send it on within a week.", "2"))
    words = (("same", "Keep the file "), ("old", "locked"), ("new", "safe"), ("same", ". Send it on within a week."))
    change = Change((ChangeKind.SPLIT, ChangeKind.REWORDED), (old,), news, words=words)
    assert news_marked(change) == [
        [("same", "Keep the file "), ("new", "safe"), ("same", ".")],
        [("same", "Send it on within a week.")],
    ]
    assert olds_marked(change)[0][1] == ("old", "locked")


def test_marks_that_do_not_fit_the_text_leave_it_unmarked() -> None:
    words = (("same", "Quite other words than these"), ("new", "here"))
    change = Change((ChangeKind.REWORDED,), (Clause("One two."),), (Clause("Three four."),), words=words)
    assert olds_marked(change) == [[("same", "One two.")]]
    assert news_marked(change) == [[("same", "Three four.")]]


def test_an_excerpt_begins_near_the_words_of_strength() -> None:
    before = "The lead writes down what she was told on the day itself, in ink, with the time. " * 3
    change = _one(
        f"Every day{before} Staff should ring the council at once and write to the parents.",
        f"Every week{before} Staff must ring the council at once and write to the parents.",
    )
    shown = excerpt(change, context=30, room=80)
    assert shown[0][1].startswith("… ")
    assert ("old", "should ") in shown
    assert ("new", "must ") in shown
    assert "Every" not in _together(shown, "same")


def test_an_excerpt_of_a_long_clause_is_short() -> None:
    text = "word " * 500
    change = Change((ChangeKind.ADDED,), (), (Clause(text.strip()),))
    (run,) = excerpt(change, context=60, room=200)
    assert run[0] == "new"
    assert 150 < len(run[1]) <= 202
    assert run[1].endswith("…")
