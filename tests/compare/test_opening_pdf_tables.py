"""Rows of tables and columns of PDFs are put together as a reader does it."""

from tests.compare.printed import texts, told
from tests.documents.opened import pdf_file

Lines = list[tuple[float, float, float, str]]
PITCH = 13.0
HEAD = [["Matter"], ["What is to be done"], ["Time"]]
ROWS = [
    [["Who sees to the", "keys"], ["The lead must look at it at", "the end of each month,", "even then"], ["no limit"]],
    [["The register"], ["Each school keeps it in words that", "a child would understand"], ["two", "days"]],
    [["Questions about", "the rota"], ["A deputy answers them"], ["one", "week"]],
]  # fmt: skip
SENTENCES = [
    "The lead keeps a record of each concern that was raised and of",
    "what was decided about it, and shows it to the governing body",
    "once in each term, or sooner where the council asks her to.",
]


def table(
    rows: list[list[list[str]]], y: float, edges: tuple[float, ...] = (60, 150, 330), gap: float = 0.0
) -> tuple[Lines, float]:
    """Rows written cell after cell, and where the next would begin."""
    placed: Lines = []
    for row in rows:
        for x, cell in zip(edges, row, strict=False):
            placed += [(x, y - PITCH * at, 10, words) for at, words in enumerate(cell)]
        y -= PITCH * max(map(len, row)) + gap
    return placed, y


def told_rows(rows: list[list[list[str]]]) -> list[tuple[str, str]]:
    return [("row", " | ".join(" ".join(cell) for cell in row)) for row in rows]


def column(lines: list[str], x: float, y: float) -> Lines:
    return [(x, y - PITCH * at, 10, words) for at, words in enumerate(lines)]


def passage(number: int) -> list[str]:
    return [f"{number}. {SENTENCES[0]}", *SENTENCES[1:]]


def test_rows_whose_cells_wrap_are_whole_without_rules_and_without_gaps() -> None:
    words = column(SENTENCES, 60, 760)
    rows, _ = table(ROWS, 700)

    assert told("a.pdf", pdf_file([[*words, *rows]]))[1:] == told_rows(ROWS)


def test_a_cell_set_at_the_middle_of_its_row_is_in_that_row() -> None:
    rows: Lines = []
    for at, (first, second, third) in enumerate(ROWS):
        y = 700 - 60.0 * at
        middle = y - PITCH * (len(second) - 1) / 2
        for x, cell in zip((60, 150, 330), (first, second, third), strict=True):
            rows += column(cell, x, middle + PITCH * (len(cell) - 1) / 2)

    assert told("a.pdf", pdf_file([rows])) == told_rows(ROWS)


def test_a_row_that_a_page_breaks_goes_on_in_its_own_cells() -> None:
    whole = [["Who sees to the", "cupboard"], ["The lead must look into it at the", "end of each month"], ["no limit"]]
    first, _ = table([*ROWS, [cell[:1] for cell in whole]], 300)
    rest = [*column(whole[0][1:], 60, 780), *column(whole[1][1:], 150, 780)]
    second, _ = table(ROWS[:1], 750)

    found = told("a.pdf", pdf_file([first, [*rest, *second]]))

    assert found == told_rows([*ROWS, whole, ROWS[0]])


def test_a_new_row_at_the_top_of_a_page_is_not_the_rest_of_the_last() -> None:
    first, _ = table(ROWS[:2], 300)
    second, _ = table(ROWS[2:], 780)

    assert told("a.pdf", pdf_file([first, second])) == told_rows(ROWS)


def test_a_head_that_is_printed_again_is_told_once() -> None:
    first, _ = table([HEAD, *ROWS], 300)
    second, _ = table([HEAD, *ROWS[::-1]], 780)

    assert told("a.pdf", pdf_file([first, second])) == told_rows([HEAD, *ROWS, *ROWS[::-1]])


def test_a_table_across_two_columns_stands_after_both_and_before_what_is_below() -> None:
    above = [*column(passage(1) + passage(2), 50, 780), *column(passage(3) + passage(4), 370, 780)]
    rows, y = table(ROWS, 680, (60, 250, 480))
    below = [*column(passage(5) + passage(6), 50, y - 20), *column(passage(7) + passage(8), 370, y - 20)]

    found = told("a.pdf", pdf_file([[*above, *rows, *below]]))

    assert [words[:2] for kind, words in found if kind != "row"] == [f"{number}." for number in range(1, 9)]
    assert found[4:7] == told_rows(ROWS)


def test_a_table_in_the_second_column_leaves_the_first_as_it_is() -> None:
    left = column([words for number in range(1, 6) for words in passage(number)], 50, 780)
    rows, _ = table(ROWS * 2, 780, (370, 455, 620))

    found = told("a.pdf", pdf_file([[*left, *rows]]))

    assert [words[:2] for _, words in found[:5]] == [f"{number}." for number in range(1, 6)]
    assert found[5:] == told_rows(ROWS * 2)


def test_a_short_heading_over_two_columns_stands_after_those_above_it() -> None:
    upper = [*column(passage(1) + passage(2), 50, 780), *column(passage(3) + passage(4), 370, 780)]
    lower = [*column(passage(5) + passage(6), 50, 640), *column(passage(7) + passage(8), 370, 640)]

    found = texts("a.pdf", pdf_file([[*upper, (50, 670, 16, "Records"), *lower]]))

    assert [words[:2] for words in found] == ["1.", "2.", "3.", "4.", "Re", "5.", "6.", "7.", "8."]


def test_short_columns_of_text_are_read_one_after_the_other() -> None:
    page = [*column(passage(1), 50, 780), *column(passage(2), 370, 780)]

    assert texts("a.pdf", pdf_file([page])) == [" ".join(passage(1)), " ".join(passage(2))]


def test_columns_that_do_not_begin_at_one_height_are_whole() -> None:
    left = column([words for number in (1, 2, 3) for words in passage(number)], 50, 780)
    right = column([words for number in (4, 5, 6) for words in passage(number)], 370, 777)

    assert texts("a.pdf", pdf_file([[*left, *right]])) == [" ".join(passage(number)) for number in range(1, 7)]


def test_an_entry_of_a_list_goes_on_in_the_next_column() -> None:
    left = column([words for number in range(1, 4) for words in passage(number)], 50, 780)
    left += [(60, 660, 10, "\u2022 keep the record in a place"), (70, 647, 10, "that is locked, so that only she")]
    right: Lines = [(390, 780, 10, "and her deputies can open it,"), (390, 767, 10, "whoever is away;")]
    right += [(380, 754, 10, "\u2022 tell the governing body;")]
    right += column([words for number in range(4, 8) for words in passage(number)], 370, 730)

    found = [words for kind, words in told("a.pdf", pdf_file([[*left, *right]])) if kind == "bullet"]

    assert found == [
        "keep the record in a place that is locked, so that only she and her deputies can open it, whoever is away;",
        "tell the governing body;",
    ]


def test_text_above_a_head_that_pages_repeat_is_kept() -> None:
    pages = []
    for number in range(1, 9):
        rows, y = table([HEAD, *ROWS], 760)
        rest = [(60.0, 780.0, 10.0, f"what was said of case {'abcdefgh'[number - 1]} goes on here.")]
        pages.append([(50.0, 815.0, 8.0, "Keeping Fairhaven safe"), *rest, *rows, *column(passage(number), 60, y - 30)])

    assert sum("goes on here" in words for words in texts("a.pdf", pdf_file(pages))) == 8
