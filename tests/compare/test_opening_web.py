"""Web pages and markdown are opened as they are read, without what only leads round a site."""

from haven.engines.compare.opening.editions import open_edition
from tests.compare.printed import guidance, passages, texts, told


def test_a_paragraph_is_a_passage() -> None:
    lines = guidance()

    assert texts("a.html", "".join(f"<p>{line}</p>\n" for line in lines)) == lines
    assert texts("a.md", "\n\n".join(lines)) == lines


def test_what_leads_round_a_site_is_left_out() -> None:
    page = (
        "<title>Keeping safe</title><header><a href=/>Fairhaven</a></header><nav><ul><li>Home</ul></nav>"
        "<main><h1>Records</h1><p>Keep them.</p></main><footer><p>Contact us</p></footer><script>x()</script>"
    )

    assert told("a.html", page) == [("heading", "Records"), ("paragraph", "Keep them.")]
    assert open_edition("a.html", page.encode()).title == "Keeping safe"


def test_hidden_and_struck_words_are_left_out() -> None:
    page = (
        "<style>.gone{display:none}</style><p>Staff <del>should</del><ins>must</ins> ask<sup>[2]</sup>.</p>"
        "<p class=gone>Old.</p><p hidden>Older.</p><p style='display:none'>Oldest.</p>"
    )

    assert texts("a.html", page) == ["Staff must ask."]


def test_entries_of_lists_have_their_depth_and_the_numbers_that_are_shown() -> None:
    page = "<ol start=4><li>Ask<ul><li>the lead<li>a deputy</ul><li>Write it down</ol><ol type=a><li>or not</ol>"
    found = passages("a.html", page)

    assert [(p.kind.value, p.level, p.number, p.text) for p in found] == [
        ("paragraph", 0, "4", "Ask"),
        ("bullet", 1, None, "the lead"),
        ("bullet", 1, None, "a deputy"),
        ("paragraph", 0, "5", "Write it down"),
        ("bullet", 0, None, "or not"),
    ]


def test_a_row_of_a_table_a_term_and_its_meaning_are_passages() -> None:
    page = "<table><tr><th>Who<th>What<tr><td>Lead<td>Keep <b>it</b></table><dl><dt>Lead<dd>A senior member</dl>"

    assert told("a.html", page) == [
        ("row", "Who | What"),
        ("row", "Lead | Keep it"),
        ("paragraph", "Lead"),
        ("paragraph", "A senior member"),
    ]


def test_a_number_in_an_element_of_its_own_is_set_off_from_the_words() -> None:
    assert texts("a.html", "<p><span>2.1</span>Staff must ask.</p>") == ["2.1 Staff must ask."]


def test_very_deep_nesting_is_read_to_a_depth() -> None:
    assert texts("a.html", "<div>" * 5000 + "Keep it." + "</div>" * 5000) == ["Keep it."]


def test_the_marks_of_markdown_are_no_words() -> None:
    text = (
        "Staff **must** ask the [lead](https://example.org/a_(b)) or *a `de_puty`*[^1] &amp; ~~not~~ 5 * 3 \\* x_y_z."
    )

    assert texts("a.md", text) == ["Staff must ask the lead or a de_puty & 5 * 3 * x_y_z."]


def test_headings_lists_tables_and_notes_of_markdown() -> None:
    text = (
        "Keeping safe\n============\n\n## 2 Records ##\n\n1. Keep them\n1. Show them\n   - to the council\n\n"
        "| Who | What |\n|---|:--:|\n| Lead | `a|b` \\| c |\n\n> Ask if unsure.\n\n[^1]: See the annex.\n"
    )
    found = passages("a.md", text.replace("`a|b`", "ab"))

    assert [(p.kind.value, p.level, p.number, p.text) for p in found] == [
        ("heading", 1, None, "Keeping safe"),
        ("heading", 2, None, "2 Records"),
        ("paragraph", 0, "1", "Keep them"),
        ("paragraph", 0, "2", "Show them"),
        ("bullet", 1, None, "to the council"),
        ("row", 0, None, "Who | What"),
        ("row", 0, None, "Lead | ab | c"),
        ("paragraph", 0, None, "Ask if unsure."),
        ("footnote", 0, "1", "See the annex."),
    ]


def test_front_matter_is_told_field_by_field() -> None:
    text = "---\ntitle: Keeping safe\ndate: 2025-01-17 # day\ntags:\n  - Records\n  - Training\n---\nKeep it.\n"

    assert told("a.md", text) == [
        ("row", "title: Keeping safe"),
        ("row", "date: 2025-01-17"),
        ("row", "tags: Records, Training"),
        ("paragraph", "Keep it."),
    ]
    assert open_edition("a.md", text.encode()).title == "Keeping safe"


def test_html_within_markdown_is_read_as_a_page_is() -> None:
    text = (
        "<div class=box>\n<p>Ask <b>first</b>.</p>\n</div>\n\n<table>\n<tr><td>a</td><td>b</td></tr>\n\n</table>\nIt."
    )

    assert told("a.md", text) == [("paragraph", "Ask first."), ("row", "a | b"), ("paragraph", "It.")]
