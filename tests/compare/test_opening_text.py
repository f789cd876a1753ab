"""Plain text is opened clause by clause, whatever its lines, pages and furniture."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.compare.printed import HEADINGS, guidance, paged, passages, texts, told, wrapped

LINES = guidance()


def test_a_clause_a_line_is_a_passage_a_line() -> None:
    assert texts("a.txt", "\n".join(LINES)) == LINES


def test_headings_among_clauses_are_told_by_how_they_read() -> None:
    kinds = {words: kind for kind, words in told("a.txt", "\n".join(LINES))}

    assert [words for words, kind in kinds.items() if kind == "heading"] == list(HEADINGS)


@settings(max_examples=25, deadline=None)
@given(st.integers(60, 100), st.integers(20, 60), st.sampled_from(["", "Keeping Fairhaven safe", "Fairhaven 2025"]))
def test_wrapping_and_paging_change_nothing(width: int, length: int, head: str) -> None:
    assert texts("a.txt", paged(LINES, width=width, length=length, head=head)) == LINES


@pytest.mark.parametrize("foot", ["Page {n} of {all}", "{n}", "- {n} -", "{n} | Page", "Keeping Fairhaven safe {n}"])
def test_every_kind_of_page_number_is_left_out(foot: str) -> None:
    assert texts("a.txt", paged(LINES, head="Keeping Fairhaven safe", foot=foot)) == LINES


def test_furniture_is_known_where_no_page_end_is_marked() -> None:
    unmarked = paged(LINES, head="Keeping Fairhaven safe").replace("\f", "\n")

    assert texts("a.txt", unmarked) == LINES


def test_without_blank_lines_the_numbers_part_the_clauses() -> None:
    dense = "\n".join(wrapped(LINES, 84, gap=False))

    assert texts("a.txt", dense) == LINES
    assert not any(p.is_apart for p in passages("a.txt", dense)[3:5])


def test_a_page_of_each_passage_is_kept() -> None:
    pages = [p.page for p in passages("a.txt", paged(LINES))]

    assert pages[0] == 1
    assert pages == sorted(pages, key=int)
    assert pages[-1] > 3


def test_a_word_broken_at_the_end_of_a_line_is_whole_again() -> None:
    broken = [
        "The school keeps a record, in the words of whoever raised them, of all its safe-",
        "guarding concerns, of each low-level one and, where it has been told of it, low-",
        "level ones of the agencies it works with, besides whatever happens in the pre-",
        "and after-school clubs.",
    ]
    lines = "\n".join([*wrapped(LINES[:9], 84), *broken, "", *wrapped(LINES[9:20], 84)])

    (text,) = [t for t in texts("a.txt", lines) if t.startswith("The school")]

    assert "safeguarding concerns" in text
    assert "told of it, low-level ones" in text
    assert "pre- and after-school" in text


def test_bullets_keep_their_letters_and_lose_their_glyphs() -> None:
    text = (
        "The lead must do each of these things in every school year, without exception:\n"
        "   • keep the record in a place that is locked and that only the lead and\n     deputies can open;\n"
        "   • tell the governing body each term;\n"
        "       – and the council once a year;\n"
        "   (a) by letter; or\n   (b) by e-mail.\n"
        "The council answers each lead within a month of the letter, in writing.\n"
    )
    found = told("a.txt", text)

    assert [words for kind, words in found if kind == "bullet"] == [
        "keep the record in a place that is locked and that only the lead and deputies can open;",
        "tell the governing body each term;",
        "and the council once a year;",
        "(a) by letter; or",
        "(b) by e-mail.",
    ]
    assert found[-1][0] == "paragraph"


def test_a_table_of_contents_is_left_out() -> None:
    contents = "\n".join(
        ["Contents", *(f"{title} {'.' * 20} {n}" for n, title in enumerate(HEADINGS, 2)), "Annex A ..... 9"]
    )

    assert texts("a.txt", f"{contents}\n\n" + "\n\n".join(LINES)) == LINES


def test_a_reference_that_begins_a_line_is_no_number() -> None:
    reference = [
        "11. The lead must follow what is set out for every school and college in paragraph",
        "12. of the annex to it.",
    ]
    text = "\n".join([*reference, *wrapped([f"{n}. {LINES[n][3:]}" for n in range(12, 30)], 84, gap=False)])

    assert texts("a.txt", text)[0].endswith("in paragraph 12. of the annex to it.")


def test_numbers_on_lines_of_their_own_go_before_their_words() -> None:
    alone = "\n\n".join(line.replace(". ", ".\n\n", 1) if line[0].isdigit() else line for line in wrapped_lines())

    assert texts("a.txt", alone) == LINES


def wrapped_lines() -> list[str]:
    return ["\n".join(wrapped([line], 80, gap=False)) for line in LINES]


def test_ligatures_soft_hyphens_and_odd_blanks_are_made_plain() -> None:
    (text,) = texts("a.txt", "Sta\ufb00 must \ufb01nd\u00a0a safe\u00adguarding\u2009lead.")

    assert text == "Staff must find a safeguarding lead."


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_text_in_another_encoding_is_the_same_text(encoding: str) -> None:
    text = "Staff must ‘have regard’ to this.\nThey should – always – ask."

    assert texts("a.txt", text.encode(encoding)) == text.split("\n")
