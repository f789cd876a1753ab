"""A file with a child on each line, and what is said where a line is not right."""

from uuid import UUID

import pytest

from haven.notifications.rules.items import Item
from haven.notifications.rules.lines import LARGEST, MOST_LINES, NotAFile, decoded, read_lines

SENDER = UUID(int=7)
HEAD = "reference,happened-on,happened-at,first-name,last-name,born-on,school,present,circumstances,why-this-school"
JONAH = "FH/1,28/2/2026,21:40,Jonah,Quayle,4/5/2016,900001,present,An argument.,"
ISLA = "FH/1,2026-02-28,21.40,Isla,Quayle,2012-02-29,at home,No; not there,,"


def read(*lines: str, head: str = HEAD):
    """What is read of a file with these lines."""
    return read_lines("\r\n".join([head, *lines]), sender=SENDER)


def wrong(*lines: str) -> list[tuple[int, str]]:
    """On which line and in which column something is wrong."""
    return [(each.line, each.column) for each in read(*lines).faults]


def test_a_sound_line_is_read_whole() -> None:
    (line,) = read(JONAH).lines
    assert (line.number, line.urn, line.identity.name, str(line.identity.born_on)) == (
        2,
        900001,
        "Jonah Quayle",
        "2016-05-04",
    )
    assert line.items == {
        Item.REFERENCE: "FH/1",
        Item.HAPPENED_AT: "2026-02-28T21:40:00+00:00",
        Item.PRESENT: "present",
        Item.CIRCUMSTANCES: "An argument.",
    }


def test_choices_are_known_by_their_words_and_a_child_may_learn_at_home() -> None:
    (line,) = read(ISLA.replace("No; not there", '"No, not there"')).lines
    assert (line.urn, line.items[Item.PRESENT]) == (None, "absent")


def test_summer_time_is_the_clocks_own() -> None:
    (line,) = read(JONAH.replace("28/2/2026", "1/7/2025")).lines
    assert line.items[Item.HAPPENED_AT] == "2025-07-01T20:40:00+00:00"


def test_the_same_line_has_the_same_key_wherever_it_stands_and_another_senders_another() -> None:
    first, again = read(JONAH).lines[0], read(ISLA, JONAH).lines[-1]
    assert first.key == again.key
    (other,) = read_lines(f"{HEAD}\n{JONAH}", sender=UUID(int=8)).lines
    assert other.key != first.key
    assert read(JONAH.replace("argument", "quarrel")).lines[0].key != first.key


@pytest.mark.parametrize(
    ("line", "column"),
    [
        (JONAH.replace("FH/1", ""), "reference"),
        (JONAH.replace("28/2/2026", "30/2/2026"), "happened-on"),
        (JONAH.replace("21:40", "25:40"), "happened-at"),
        (JONAH.replace("4/5/2016", "May 2016"), "born-on"),
        (JONAH.replace("900001", "Oakfield"), "school"),
        (JONAH.replace("present", ""), "present"),
        (JONAH + ",more", ""),
    ],
)
def test_what_is_wrong_is_told_by_line_and_column(line: str, column: str) -> None:
    assert wrong(ISLA, line) == [(3, column)]
    assert len(read(ISLA, line).lines) == 1


def test_every_fault_of_a_line_is_told_at_once() -> None:
    assert wrong(",,,,,,,,,x") == [
        (2, name) for name in "reference happened-on happened-at first-name last-name born-on school present".split()
    ]


def test_a_line_that_stands_twice_is_sent_once() -> None:
    found = read(JONAH, ISLA, JONAH)
    assert [each.number for each in found.lines] == [2, 3]
    assert [(each.line, each.what) for each in found.faults] == [(4, "Line 2 says the very same. Take one of them out")]


def test_lines_are_counted_as_a_spreadsheet_counts_them() -> None:
    assert wrong(JONAH.replace("An argument.", '"An argument.\nThen quiet."'), "", ISLA.replace("Isla", "")) == [
        (4, "first-name")
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        (HEAD, "no line below"),
        (HEAD.replace("school,", ""), "missing: school"),
        (f"{HEAD},address", "not known: address"),
        (f"{HEAD},school", "twice"),
        (f'{HEAD}\n"FH/1', "quotation mark"),
        ("\n".join([HEAD, *[JONAH] * (MOST_LINES + 1)]), "201 lines"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(text: str, said: str) -> None:
    with pytest.raises(NotAFile, match=said):
        read_lines(text, sender=SENDER)


def test_names_of_columns_may_be_spelt_a_little_differently_and_cut_by_semicolons() -> None:
    head = HEAD.replace("first-name", "First Name").replace("born-on", "BORN_ON").replace(",", ";")
    assert len(read(JONAH.replace(",", ";"), head=head).lines) == 1


def test_a_file_is_text_of_a_usual_kind() -> None:
    assert decoded("é".encode("utf-8-sig")) == decoded("é".encode("cp1252")) == "é"
    for content, said in ((b"PK\x03\x04", "workbook"), (b"a\x00b", "not a CSV"), (b"a" * (LARGEST + 1), "1 MB")):
        with pytest.raises(NotAFile, match=said):
            decoded(content)
