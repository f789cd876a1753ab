"""Which changes make what is asked stronger or weaker."""

import pytest

from haven.engines.compare.changes import ChangeKind, Modal
from haven.engines.compare.comparing import compare
from tests.compare.editions import edition


def strength(old: str, new: str) -> tuple[list[str], list[Modal]]:
    """The kinds of strength between two wordings of a clause, and the words."""
    (change,) = compare(edition(old), edition(new)).changes
    kinds = [kind.value for kind in change.kinds if kind in (ChangeKind.STRENGTHENED, ChangeKind.WEAKENED)]
    return kinds, list(change.modals)


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("should", "must", "strengthened"),
        ("may", "should", "strengthened"),
        ("can", "must", "strengthened"),
        ("should", "are expected to", None),
        ("should", "are required to", "strengthened"),
        ("should", "have regard to how they", "strengthened"),
        ("must have regard to how they", "must", "strengthened"),
        ("will", "must", "strengthened"),
        ("SHOULD", "SHALL", "strengthened"),
        ("are not required to", "must", "strengthened"),
        ("may", "must not", "strengthened"),
        ("must", "must not", "strengthened"),
        ("should", "should not", "strengthened"),
        ("may", "cannot", "strengthened"),
        ("must", "shall", None),
        ("need not", "should", "strengthened"),
    ],
)
def test_a_wording_of_strength_that_became_another(old: str, new: str, kind: str | None) -> None:
    line = "Governing bodies {} review the policy each year with all of their staff."
    other = {"strengthened": "weakened", None: None}
    assert strength(line.format(old), line.format(new))[0] == ([kind] if kind else [])
    assert strength(line.format(new), line.format(old))[0] == ([other[kind]] if kind else [])


def test_the_words_are_named() -> None:
    line = "Staff {} tell the lead about a worry on the same day."
    assert strength(line.format("should"), line.format("must"))[1] == [Modal("should", "must")]
    assert strength(line.format("may not"), line.format("may"))[1] == [Modal("may not", "may")]


def test_a_duty_put_in_alone_strengthens() -> None:
    old, new = "Schools review the policy once a year.", "Schools must review the policy once a year."
    assert strength(old, new) == (["strengthened"], [Modal(None, "must")])
    assert strength(new, old) == (["weakened"], [Modal("must", None)])


def test_a_sentence_put_in_is_no_change_of_strength_though_it_asks() -> None:
    old = "Schools review the policy once a year."
    assert strength(old, f"{old} Governors must see the result.") == ([], [Modal(None, "must")])


def test_wordings_that_only_changed_places_with_others_are_not_set_against_each_other() -> None:
    old = "Staff should read it, and leads must sign it on the first day of term."
    new = "Staff should quickly read all of it, and then leads must sign it on the very first day of term."
    assert strength(old, new) == ([], [])


def test_both_ways_in_one_clause() -> None:
    old = "Staff should read it. Leads must sign it before the first day of the new term."
    new = "Staff must read it. Leads should sign it before the first day of the new term."
    assert strength(old, new)[0] == ["strengthened", "weakened"]
