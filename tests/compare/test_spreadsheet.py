"""The table of a comparison has one line a change, and nothing in it is a formula."""

import csv
import io

import pytest

from haven.engines.compare.changes import Change, ChangeKind, Comparison, EditionSummary, Modal
from haven.engines.compare.clauses import Clause
from haven.engines.compare.spreadsheet import COLUMNS, STARTS_A_FORMULA, csv_of
from haven.kit import sheets
from tests.compare.reported import CUT, comparison


def _rows(given: Comparison) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(csv_of(given), newline="")))


def test_there_is_one_line_for_each_change_in_order() -> None:
    given = comparison()
    rows = _rows(given)
    assert tuple(rows[0]) == COLUMNS
    assert [row["Old number"] for row in rows] == [", ".join(c.number or "" for c in ch.old) for ch in given.changes]
    assert [row["New number"] for row in rows] == [", ".join(c.number or "" for c in ch.new) for ch in given.changes]


def test_a_line_says_what_changed_and_how_strongly_it_is_asked() -> None:
    row = next(row for row in _rows(comparison()) if "strengthened" in row["What happened"])
    assert row["What happened"] == "strengthened, reworded"
    assert (row["Heading"], row["Old page"], row["New page"]) == ("Part one: What staff do", "1", "1")
    assert row["What changed"] == "“should” became “must”"
    assert row["Strength"] == "should → must"
    assert row["Old text"].replace("should", "must") == row["New text"]


def test_what_was_added_has_no_old_side_and_what_was_removed_no_new_one() -> None:
    rows = {row["What happened"]: row for row in _rows(comparison())}
    assert [rows["added"][name] for name in ("Old number", "Old page", "Old text")] == ["", "", ""]
    assert [rows["removed"][name] for name in ("New number", "New page", "New text")] == ["", "", ""]
    assert rows["added"]["What changed"] == "new in this edition"
    assert rows["removed"]["What changed"] == "taken out"


def test_a_clause_that_was_cut_has_each_part_on_a_line_of_its_cell() -> None:
    (row,) = (row for row in _rows(comparison()) if row["What happened"] == "split")
    assert row["New text"].split("\n") == [CUT.split(". ")[0] + ".", CUT.split(". ")[1]]
    assert row["New number"] == "7, 8"


@pytest.mark.parametrize("start", STARTS_A_FORMULA)
def test_no_cell_starts_a_formula(start: str) -> None:
    hostile = f"{start}HYPERLINK(1)"
    clause = Clause(hostile, hostile, (hostile,))
    change = Change((ChangeKind.REWORDED,), (clause,), (clause,), modals=(Modal(hostile, hostile),))
    edition = EditionSummary("a", None, 1)
    (row,) = _rows(Comparison(edition, edition, [change]))
    written = [row[name] for name in ("Old number", "New number", "Heading", "Old text", "New text", "Strength")]
    assert all(cell.startswith(f"'{start}") for cell in written)


def test_it_agrees_with_every_other_table_on_what_starts_a_formula() -> None:
    assert STARTS_A_FORMULA == sheets.STARTS_A_FORMULA
