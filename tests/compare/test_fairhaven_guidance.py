"""Between the two editions of Fairhaven's own guidance every change made on purpose is told, and nothing else is."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
import yaml

from haven.config import demo
from haven.engines.compare.changes import ChangeKind, Comparison
from haven.engines.compare.clauses import Clause, Edition
from haven.engines.compare.comparing import compare
from haven.engines.compare.normal import plain
from haven.engines.compare.opening.editions import open_edition
from haven.engines.compare.structure import edition_of

GUIDANCE = Path(demo.__file__).parent / "guidance"
LISTED = Path(__file__).with_name("fairhaven_changes.yaml")
BEGINS = 7  # words by which the list knows a clause

Known = tuple[str | None, str]  # a clause's number and the words it begins with
Told = tuple[frozenset[str], tuple[Known, ...], tuple[Known, ...]]  # kinds, old clauses, new clauses


def opened(name: str) -> Edition:
    return edition_of(open_edition(name, (GUIDANCE / name).read_bytes()))


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    return compare(opened("2025.md"), opened("2026.md"))


@pytest.fixture(scope="module")
def listed() -> Counter[Told]:
    changes = yaml.safe_load(LISTED.read_text(encoding="utf-8"))
    return Counter((frozenset(each["kinds"]), as_listed(each["old"]), as_listed(each["new"])) for each in changes)


@pytest.fixture(scope="module")
def reported(comparison: Comparison) -> Counter[Told]:
    return Counter(
        (frozenset(kind.value for kind in each.kinds), as_reported(each.old), as_reported(each.new))
        for each in comparison.changes
    )


def as_listed(clauses: list[tuple[str | None, str]]) -> tuple[Known, ...]:
    """A sub-clause is listed as "44(d)", so that a reader finds it, and printed as (d)."""
    return tuple(
        (number[-2] if number and number.endswith(")") else number, begins(words)) for number, words in clauses
    )


def as_reported(clauses: Iterable[Clause]) -> tuple[Known, ...]:
    return tuple((clause.number, begins(clause.text)) for clause in clauses)


def begins(words: str) -> str:
    return " ".join(plain(words).split()[:BEGINS])


def test_every_change_that_was_made_is_reported_with_its_kinds(listed: Counter[Told], reported: Counter[Told]) -> None:
    assert list(listed - reported) == []


def test_nothing_is_reported_that_was_not_changed(listed: Counter[Told], reported: Counter[Told]) -> None:
    assert list(reported - listed) == []


def test_the_list_has_every_kind_of_change(listed: Counter[Told]) -> None:
    assert frozenset().union(*(kinds for kinds, _, _ in listed)) == {kind.value for kind in ChangeKind}


def test_what_only_got_another_number_is_counted_apart(comparison: Comparison) -> None:
    changed = {clause.text for change in comparison.changes for clause in change.new}
    kept = {clause.text for clause in opened("2026.md").clauses if clause.number} - changed
    assert 200 < comparison.renumbered_only < len(kept)


def test_an_edition_does_not_differ_from_itself() -> None:
    for name in ("2025.md", "2026.md"):
        assert compare(opened(name), opened(name)).changes == []
