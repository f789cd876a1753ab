"""PDFs are opened clause by clause, whichever way they are set."""

import textwrap

import pytest

from haven.engines.apart import best
from haven.engines.compare.opening.editions import open_edition
from tests.compare.printed import guidance, passages, pdf_of, texts, told
from tests.documents.opened import pdf_file

LINES = guidance()
Lines = list[tuple[float, float, float, str]]


@pytest.mark.parametrize("size", [9, 10, 12])
@pytest.mark.parametrize("gap", [0, 4, 12])
def test_the_size_of_type_and_the_gaps_between_paragraphs_change_nothing(size: float, gap: float) -> None:
    assert texts("a.pdf", pdf_of(LINES, size=size, gap=gap)) == LINES


@pytest.mark.parametrize("gap", [0, 10])
def test_numbers_that_hang_in_the_margin_go_before_their_words(gap: float) -> None:
    assert texts("a.pdf", pdf_of(LINES, gap=gap, hang=36)) == LINES


@pytest.mark.parametrize("hang", [0, 24])
def test_columns_are_read_one_after_the_other(hang: float) -> None:
    assert texts("a.pdf", pdf_of(LINES, size=9, columns=2, hang=hang)) == LINES


@pytest.mark.parametrize("foot", ["{n}", "Page {n} of {all}", "Fairhaven council    {n}"])
def test_heads_and_feet_are_left_out(foot: str) -> None:
    assert texts("a.pdf", pdf_of(LINES, head="Keeping Fairhaven safe", foot=foot)) == LINES


def test_numbers_printed_after_all_the_text_are_put_where_they_stand() -> None:
    words: Lines = []
    numbers: Lines = []
    y = 780.0
    for line in LINES[1:12]:
        number, _, text = line.partition(" ")
        numbers.append((50, y, 10, number))
        for part in textwrap.wrap(text, 90):
            words.append((80, y, 10, part))
            y -= 13
        y -= 10

    assert texts("a.pdf", pdf_file([[*words, *numbers]])) == LINES[1:12]


def test_heads_that_alternate_between_left_and_right_pages_are_left_out() -> None:
    def page(number: int) -> Lines:
        outside = (
            (50.0, f"{number} Keeping Fairhaven safe") if number % 2 else (380.0, f"Fairhaven council, 2025 {number}")
        )
        body = [(50.0, 740.0 - 20 * at, 10.0, LINES[5 * number + at][:80]) for at in range(5)]
        return [(outside[0], 810, 9, outside[1]), *body]

    found = texts("a.pdf", pdf_file([page(number) for number in range(1, 9)]))

    assert not any("Fairhaven" in text for text in found)
    assert found[0] == LINES[5][:80].strip()


def test_headings_are_told_by_their_size_and_have_levels() -> None:
    page: Lines = [
        (50, 780, 22, "Keeping Fairhaven safe"),
        (50, 740, 16, "What staff must do"),
        (50, 715, 10, "Every member of staff reports what worries her to the lead at once."),
        (50, 690, 13, "Records"),
        (50, 670, 10, "The lead keeps a record of each report and of what was done about it."),
    ]
    headings = [(p.level, p.text) for p in passages("a.pdf", pdf_file([page])) if p.kind.value == "heading"]

    assert headings == [(1, "Keeping Fairhaven safe"), (2, "What staff must do"), (3, "Records")]


def test_a_row_of_a_table_is_a_passage() -> None:
    rows = [
        ("Who", "What they must do", "By when"),
        ("Lead", "Complete the audit", "31 March"),
        ("Governors", "Read the audit", "30 April"),
    ]
    page: Lines = [
        (x, 700 - 20 * at, 10, words)
        for at, row in enumerate(rows)
        for x, words in zip((50, 150, 400), row, strict=True)
    ]
    page.insert(0, (50, 760, 10, "This table says who must do what, and by when in each school year it is to be done."))

    assert told("a.pdf", pdf_file([page]))[1:] == [("row", " | ".join(row)) for row in rows]


def test_footnotes_stand_behind_what_they_interrupt() -> None:
    first: Lines = [
        (50, 700 - 13 * at, 10, "The lead keeps a record of all that staff have told her about the") for at in range(4)
    ]
    first += [
        (50, 80, 7.5, "1 A lead is a senior member of staff."),
        (50, 70, 7.5, "2 See the annex to this guidance."),
    ]
    second: Lines = [(50, 780, 10, "children of the school, and of what she decided about each of them.")]

    found = told("a.pdf", pdf_file([first, second]))

    assert [kind for kind, _ in found] == ["footnote", "footnote", "paragraph"]
    assert found[0][1] == "1 A lead is a senior member of staff."
    assert found[2][1].endswith("about the children of the school, and of what she decided about each of them.")


def test_bullets_are_parted_and_nested_by_their_indent() -> None:
    page: Lines = [
        (50, 700, 10, "The lead must do each of these things in every school year, whatever else she does:"),
        (70, 687, 10, "\u2022 keep the record in a place that is locked, so that only she and her deputies"),
        (80, 674, 10, "can open it;"),
        (90, 661, 10, "\u2013 and show it to the council;"),
        (70, 648, 10, "\u2022 tell the governing body."),
        (50, 628, 10, "The governing body answers."),
    ]
    found = passages("a.pdf", pdf_file([page]))

    assert [(p.kind.value, p.level, p.text) for p in found[1:]] == [
        ("bullet", 0, "keep the record in a place that is locked, so that only she and her deputies can open it;"),
        ("bullet", 1, "and show it to the council;"),
        ("bullet", 0, "tell the governing body."),
        ("paragraph", 0, "The governing body answers."),
    ]


def test_a_table_of_contents_is_left_out() -> None:
    titles = [f"Part {n}: Duty number {n}" for n in range(1, 7)]
    contents: Lines = [(50, 760, 16, "Contents")]
    contents += [(50, 720 - 20 * n, 10, f"{title} {'.' * 40} {n + 2}") for n, title in enumerate(titles)]
    body = [[(50.0, 760.0, 16.0, title), (50.0, 730.0, 10.0, LINES[n][:80])] for n, title in enumerate(titles, 2)]

    assert [t for t in texts("a.pdf", pdf_file([contents, *body])) if t.startswith("Part")] == titles
    assert "Contents" not in texts("a.pdf", pdf_file([contents, *body]))


def test_a_long_file_opens_the_same_side_by_side() -> None:
    long = pdf_of(guidance(400), foot="{n}")

    assert open_edition("a.pdf", long, best()) == open_edition("a.pdf", long)
