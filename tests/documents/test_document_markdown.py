"""Markdown: it reads as prose."""

import datetime as dt

from haven.engines.documents.document import BlockKind
from tests.documents.opened import cells_of, content_of, links_of, opened, told, words_of


def test_mark_up_is_gone_from_the_words() -> None:
    document = opened("a.md", "Return **all** of _it_ by `noon` on ***Friday***.\n")
    assert document.text == "Return all of it by noon on Friday."


def test_a_wrapped_paragraph_is_one_line() -> None:
    assert (
        opened("a.md", "Return the form\nby Friday.\n\nThank you.").text == "Return the form by Friday.\n\nThank you."
    )


def test_links_lie_behind_their_words() -> None:
    document = opened("a.md", "See [the form](https://forms.example.org/x?a=1&b=2) or <https://www.example.org/y>.")
    assert links_of(document) == [
        ("the form", "https://forms.example.org/x?a=1&b=2"),
        ("https://www.example.org/y", "https://www.example.org/y"),
    ]
    assert document.text == "See the form or https://www.example.org/y."


def test_headings_of_both_kinds_have_their_level() -> None:
    document = opened("a.md", "Network\n=======\n\n### Police\n\nText.")
    assert [(b.kind, b.level) for b in document.blocks[:2]] == [(BlockKind.HEADING, 1), (BlockKind.HEADING, 3)]
    assert document.title == "Network"


def test_bullets_lose_their_mark_and_keep_their_depth() -> None:
    document = opened("a.md", "- One\n- Two\n    - Deeper\n")
    assert [(document.text[b.start : b.end], b.level) for b in document.blocks] == [
        ("One", 0),
        ("Two", 0),
        ("Deeper", 1),
    ]


def test_a_pipe_table_becomes_cells_under_their_headings() -> None:
    document = opened("a.md", "| Action | By |\n|---|---|\n| Send **it** | 5 March |\n")
    assert cells_of(document) == {(0, 0): "Action", (0, 1): "By", (1, 0): "Send it", (1, 1): "5 March"}
    assert [b.is_header for b in document.blocks] == [True, True, False, False]


def test_front_matter_gives_title_and_day_and_is_not_read() -> None:
    document = opened(
        "a.md", "---\ntitle: June news\npublishDate: 2025-06-01T11:00:00Z\nlayout: x\n---\n\nBring hats.\n"
    )
    assert (document.title, document.date) == ("June news", dt.date(2025, 6, 1))
    assert content_of(document) == ["June news", "Bring hats."]


def test_a_day_that_cannot_be_is_no_day() -> None:
    assert opened("a.md", "---\ndate: 2025-02-31\n---\nText.").date is None


def test_struck_words_in_a_sentence_are_left_out() -> None:
    assert opened("a.md", "Return it by ~~12 March~~ 19 March.").text == "Return it by 19 March."


def test_a_line_struck_out_as_a_whole_is_noise() -> None:
    assert told(opened("a.md", "Read this.\n\n~~Return it by 12 March.~~")) == [
        ("paragraph", "Read this."),
        ("noise", "Return it by 12 March."),
    ]


def test_indented_notes_are_prose_and_not_code() -> None:
    assert opened("a.md", "Notes\n\n    Return the form by Friday.").text.endswith("Return the form by Friday.")


def test_html_within_markdown_is_read_as_html() -> None:
    assert opened("a.md", "Closes on 15<sup>th</sup> December.<br>Bring <b>pens</b>.").text == (
        "Closes on 15th December.\nBring pens."
    )


def test_code_blocks_keep_their_words() -> None:
    assert words_of(opened("a.md", "```\nRing 999.\n```\n"), BlockKind.PARAGRAPH) == ["Ring 999."]


def test_lines_that_each_give_a_number_stay_lines() -> None:
    document = opened("a.md", b"Ann Archer 01632 960102\nBen Booth ben@example.org\n\nThe desk is open\nall day.\n")
    assert [document.text[b.start : b.end] for b in document.blocks] == [
        "Ann Archer 01632 960102",
        "Ben Booth ben@example.org",
        "The desk is open all day.",
    ]
