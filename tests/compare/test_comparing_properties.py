"""What holds of every comparison, whatever the editions say."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from haven.engines.compare.changes import Change, ChangeKind
from haven.engines.compare.clauses import Edition
from haven.engines.compare.comparing import compare
from tests.compare.editions import edition

_MIRROR = {
    ChangeKind.ADDED: ChangeKind.REMOVED,
    ChangeKind.REMOVED: ChangeKind.ADDED,
    ChangeKind.STRENGTHENED: ChangeKind.WEAKENED,
    ChangeKind.WEAKENED: ChangeKind.STRENGTHENED,
    ChangeKind.SPLIT: ChangeKind.MERGED,
    ChangeKind.MERGED: ChangeKind.SPLIT,
}
_WORDS = """schools must should may not never record review share the a concern lead child attendance policy training
visit partner “file” file’s co-operate cooperate annually term 2 3 and of to with""".split()
words = st.lists(st.sampled_from(_WORDS), min_size=3, max_size=14).map(" ".join)
lines = st.builds(lambda mark, text: mark + text.capitalize() + ".", st.sampled_from(["", "", "", "* ", "# "]), words)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Edition, Edition]:
    """Two editions, the second of which is the first with clauses altered, moved, taken out, put in, cut and joined."""
    old = draw(st.lists(lines, min_size=1, max_size=14))
    new = list(old)
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, max(0, len(new) - 1)))
        what = draw(st.sampled_from(["alter", "move", "remove", "add", "cut", "join"]))
        if what == "add" or not new:
            new.insert(at, draw(lines))
        elif what == "remove":
            del new[at]
        elif what == "move":
            new.insert(draw(st.integers(0, len(new) - 1)), new.pop(at))
        elif what == "alter":
            given_words = new[at].split()
            given_words[draw(st.integers(0, len(given_words) - 1))] = draw(st.sampled_from(_WORDS))
            new[at] = " ".join(given_words)
        elif what == "cut" and len(new[at].split()) > 3:
            given_words = new[at].split()
            new[at : at + 1] = [" ".join(given_words[:2]), " ".join(given_words[2:])]
        elif what == "join" and at + 1 < len(new):
            new[at : at + 2] = [f"{new[at]} {new[at + 1].lstrip('*# ')}"]
    numbered = draw(st.booleans())
    return edition(*_numbered(old, numbered)), edition(*_numbered(new, numbered))


def _numbered(given: list[str], numbered: bool) -> list[str]:
    return [f"{at}. {line}" if numbered and line[0] not in "*#" else line for at, line in enumerate(given, 1)]


def _signature(change: Change, *, mirrored: bool) -> tuple[object, ...]:
    kinds = frozenset(_MIRROR.get(kind, kind) if mirrored else kind for kind in change.kinds)
    sides = [tuple(clause.text for clause in side) for side in (change.old, change.new)]
    return kinds, *(reversed(sides) if mirrored else sides)


@given(pairs())
@settings(max_examples=300, deadline=None)
def test_a_document_compared_with_itself_has_no_change(pair: tuple[Edition, Edition]) -> None:
    for one in pair:
        comparison = compare(one, one)
        assert comparison.changes == []
        assert comparison.renumbered_only == 0


@given(pairs())
@settings(max_examples=600, deadline=None)
def test_backwards_it_tells_the_same_backwards(pair: tuple[Edition, Edition]) -> None:
    old, new = pair
    forth, back = compare(old, new), compare(new, old)
    assert Counter(_signature(change, mirrored=False) for change in forth.changes) == Counter(
        _signature(change, mirrored=True) for change in back.changes
    )
    assert forth.renumbered_only == back.renumbered_only


@given(pairs())
@settings(max_examples=300, deadline=None)
def test_the_words_kept_and_lost_are_the_old_text(pair: tuple[Edition, Edition]) -> None:
    for change in compare(*pair).changes:
        if change.old and change.new:
            lost = "".join(text for kind, text in change.words if kind != "new")
            assert lost == " ".join(clause.text for clause in change.old)
            gained = [piece for kind, text in change.words if kind == "new" for piece in text.split()]
            assert all(piece in " ".join(clause.text for clause in change.new) for piece in gained)


@given(pairs())
@settings(max_examples=300, deadline=None)
def test_every_clause_is_accounted_for_once(pair: tuple[Edition, Edition]) -> None:
    old, new = pair
    comparison = compare(old, new)
    for side, of_side in (
        (old, [c for ch in comparison.changes for c in ch.old]),
        (new, [c for ch in comparison.changes for c in ch.new]),
    ):
        assert len({id(clause) for clause in of_side}) == len(of_side)
        assert {id(clause) for clause in of_side} <= {id(clause) for clause in side.clauses}
    gone = sum(len(change.old) - len(change.new) for change in comparison.changes)
    assert len(old.clauses) - len(new.clauses) == gone
