"""Cross-references that follow a renumbering are no change; those that point elsewhere are."""

import pytest

from haven.engines.compare.comparing import compare
from tests.compare.editions import edition

LINES = [
    "Schools keep a record of each concern that is shared with them.",
    "The lead reads new records at the end of each week in term.",
    "Governors hear a summary in the autumn and in the summer term.",
    "Staff who travel with pupils carry the telephone number of the lead.",
]
EXTRA = "Coaches and tutors from outside are asked for their training."


def told(reference: str, new_reference: str, label: str = "{}. {}") -> list[list[str]]:
    """The kinds of change, beside the clause put in first, where a fifth clause has a reference."""
    old = [label.format(at, line) for at, line in enumerate([*LINES, f"Trips need a plan ({reference})."], 1)]
    new = [
        label.format(at, line) for at, line in enumerate([EXTRA, *LINES, f"Trips need a plan ({new_reference})."], 1)
    ]
    changes = compare(edition(*old), edition(*new)).changes
    return [[kind.value for kind in change.kinds] for change in changes if change.old]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("see paragraph 2", "see paragraph 3"),
        ("see para. 2", "see para. 3"),
        ("see paragraphs 1, 2 and 4", "see paragraphs 2, 3 and 5"),
        ("see paragraphs 1 to 3", "see paragraphs 2 to 4"),
        ("see paragraphs 1-3", "see paragraphs 2–4"),
        ("see paragraph 2", "see paragraph 2"),  # left as it was: no word of it changed
        ("see page 12", "see page 14"),
        ("see figure 3", "see figure 4"),
    ],
)
def test_a_reference_that_follows_is_no_change(old: str, new: str) -> None:
    assert told(old, new) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("see paragraph 2", "see paragraph 4"),
        ("see paragraphs 1 and 2", "see paragraphs 2 and 5"),
        ("under section 17 of the Act", "under section 47 of the Act"),
        ("within 2 days", "within 3 days"),
    ],
)
def test_a_reference_that_points_elsewhere_is_reworded(old: str, new: str) -> None:
    assert told(old, new) == [["reworded"]]


def test_a_reference_follows_numbers_with_a_letter() -> None:
    old, new = "as paragraph A2 says", "as paragraph A3 says"
    assert told(old, new, label="A{} {}") == []
    assert told(old, "as paragraph A4 says", label="A{} {}") == [["reworded"]]


def test_what_reads_the_same_is_no_change_though_its_number_went_elsewhere() -> None:
    old = ["1. Schools keep records.", "2. Leads read them.", "3. Governors hear of 3 (see paragraph 2)."]
    new = [
        "1. Schools keep records.",
        "2. Trips need a plan.",
        "3. Leads read them.",
        "4. Governors hear of 3 (see paragraph 2).",
    ]
    assert [change.kinds[0].value for change in compare(edition(*old), edition(*new)).changes] == ["added"]


def test_a_reference_follows_a_heading() -> None:
    old = [*LINES, "Look in Annex B first, then ask the lead.", "# Annex B: Words we use", "A child is under eighteen."]
    new = [*LINES, "Look in Annex C first, then ask the lead.", "# Annex C: Words we use", "A child is under eighteen."]
    comparison = compare(edition(*old), edition(*new))
    assert comparison.changes == []
    assert comparison.renumbered_only == 1


def test_a_reference_follows_to_either_part_of_what_was_split() -> None:
    whole = f"{LINES[1]} {LINES[2]}"
    old = [f"1. {LINES[0]}", f"2. {whole}", f"3. {LINES[3]} (see paragraph 2)"]
    new = [f"1. {LINES[0]}", f"2. {LINES[1]}", f"3. {LINES[2]}", f"4. {LINES[3]} (see paragraph 3)"]
    assert [change.kinds[0].value for change in compare(edition(*old), edition(*new)).changes] == ["split"]
