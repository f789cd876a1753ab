"""HTML: what a reader would see."""

import pytest

from haven.engines.documents.document import BlockKind
from tests.documents.opened import cells_of, links_of, opened, told, words_of


def page(body: str, head: str = "") -> str:
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>var due = '1 May'</script>",
        "<style>p{}</style>",
        "<!-- Return it by 1 May -->",
        "<template><p>1 May</p></template>",
        '<p hidden="">1 May</p>',
        '<div style="display:none">1 May</div>',
        '<div style="visibility: hidden">1 May</div>',
        '<span style="font-size:0px;color:#fff">1 May</span>',
        '<span style="mso-hide:all">1 May</span>',
        '<div style="max-height:0;overflow:hidden">1 May</div>',
        '<div style="opacity:0">1 May</div>',
        '<p class="x pre">1 May</p>',
        '<p id="gone">1 May</p>',
    ],
)
def test_what_is_hidden_is_not_read(hidden: str) -> None:
    sheet = "<style>.pre, #gone { display: none !important } @media print { .seen { display: none } }</style>"
    assert opened("a.html", page(f"<p>Read this.</p>{hidden}", sheet)).text == "Read this."


def test_what_is_hidden_only_on_some_screens_is_read() -> None:
    sheet = "<style>@media print { .seen { display: none } }</style>"
    assert opened("a.html", page('<p class="seen">Read this.</p>', sheet)).text == "Read this."


@pytest.mark.parametrize("style", ["font-size:0.9em", "opacity:0.8", "max-height:0.5em;", "line-height:0"])
def test_small_is_not_hidden(style: str) -> None:
    assert opened("a.html", page(f'<p style="{style}">Read this.</p>')).text == "Read this."


@pytest.mark.parametrize(
    "mark",
    ["<s>{}</s>", "<del>{}</del>", "<strike>{}</strike>", '<span style="text-decoration:line-through">{}</span>'],
)
def test_struck_words_are_not_read(mark: str) -> None:
    struck = mark.format("Return it by 3 May.")
    assert told(opened("a.html", page(f"<p>Read.</p><p>{struck}</p>"))) == [
        ("paragraph", "Read."),
        ("noise", "Return it by 3 May."),
    ]
    assert opened("a.html", page(f"<p>By {mark.format('3 May')} 4 May.</p>")).text == "By 4 May."


def test_addresses_lie_behind_words_also_for_mail_and_telephone() -> None:
    document = opened(
        "a.html",
        page('<a href="mailto:a@example.org">Ann</a>, <a href="tel:01632960001">ring</a> <a href="#top">top</a>'),
    )
    assert links_of(document) == [("Ann", "mailto:a@example.org"), ("ring", "tel:01632960001")]


def test_a_link_around_a_picture_has_the_pictures_words() -> None:
    assert links_of(opened("a.html", page('<p>Go <a href="https://x.example.org"><img alt="Book now"></a></p>'))) == [
        ("Book now", "https://x.example.org")
    ]


@pytest.mark.parametrize(
    "wrapped",
    [
        "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fx.example.org%2Fa%3Fb%3D1&amp;data=05",
        "https://urldefense.com/v3/__https://x.example.org/a?b=1__;!!abc$",
        "https://urldefense.proofpoint.com/v2/url?u=https-3A__x.example.org_a-3Fb-3D1&amp;d=x",
    ],
)
def test_links_lead_past_the_checkers_of_mail_systems(wrapped: str) -> None:
    assert links_of(opened("a.html", page(f'<a href="{wrapped}">here</a>'))) == [
        ("here", "https://x.example.org/a?b=1")
    ]


def test_a_script_behind_a_link_is_no_address() -> None:
    assert (
        links_of(opened("a.html", page('<a href="javascript:alert(1)">x</a> <a href=" data:text/html,a">y</a> words')))
        == []
    )


def test_lists_are_bullets_with_their_depth() -> None:
    document = opened("a.html", page("<ul><li>One<ul><li>Deeper</li></ul></li><li>Two</li></ul>"))
    assert [(b.kind, b.level, document.text[b.start : b.end]) for b in document.blocks] == [
        (BlockKind.BULLET, 0, "One"),
        (BlockKind.BULLET, 1, "Deeper"),
        (BlockKind.BULLET, 0, "Two"),
    ]


def test_a_merged_cell_is_told_once_and_what_follows_keeps_its_column() -> None:
    first = "<tr><th>Who</th><th>What</th><th>When</th></tr>"
    rows = f"{first}<tr><td rowspan=2>DSL</td><td>Audit</td><td>1 May</td></tr><tr><td>Plan</td><td>2 May</td></tr>"
    assert cells_of(opened("a.html", page(f"<table>{rows}</table>"))) == {
        (0, 0): "Who",
        (0, 1): "What",
        (0, 2): "When",
        (1, 0): "DSL",
        (1, 1): "Audit",
        (1, 2): "1 May",
        (2, 1): "Plan",
        (2, 2): "2 May",
    }


def test_a_table_that_only_lays_out_a_page_is_prose() -> None:
    inner = "<table><tr><td><h2>Audit</h2><p>Return it.</p></td><td><p>Thank you.</p></td></tr></table>"
    assert told(opened("a.html", page(f'<table role="presentation"><tr><td>{inner}</td></tr></table>'))) == [
        ("heading", "Audit"),
        ("paragraph", "Return it."),
        ("paragraph", "Thank you."),
    ]


def test_a_list_of_labels_has_its_headings_in_the_first_column() -> None:
    rows = "<tr><td>Kind</td><td>Action</td></tr><tr><td>Due</td><td>11/11/2022</td></tr>"
    document = opened("a.html", page(f"<table>{rows}</table>"))
    assert [(b.column, b.is_header) for b in document.blocks] == [(0, True), (1, False), (0, True), (1, False)]


def test_a_cell_with_its_words_struck_out_is_noise_in_its_place() -> None:
    rows = "<tr><td>Audit</td><td><s>1 May</s></td></tr><tr><td>Plan</td><td>2 May</td></tr>"
    noise = [b for b in opened("a.html", page(f"<table>{rows}</table>")).blocks if b.kind is BlockKind.NOISE]
    assert [(b.row, b.column) for b in noise] == [(0, 1)]


def test_line_breaks_part_lines_but_not_a_heading() -> None:
    document = opened("a.html", page("<h1>Spring<br>news</h1><p>Ann Lee<br>Lead</p>"))
    assert told(document) == [("heading", "Spring news"), ("paragraph", "Ann Lee"), ("paragraph", "Lead")]


def test_the_pages_own_head_and_foot_are_furniture() -> None:
    body = "<header><h1>Council</h1></header><p>Read.</p><footer>Contact us</footer>"
    assert [kind for kind, _ in told(opened("a.html", page(body)))] == ["furniture", "paragraph", "furniture"]


def test_the_title_is_the_pages_own() -> None:
    assert opened("a.html", page("<h1>News</h1><p>Text.</p>", "<title> Spring\n news </title>")).title == "Spring news"


def test_the_encoding_that_a_page_names_is_believed() -> None:
    html = page("<p>Łódź</p>", '<meta charset="iso-8859-2">').encode("iso-8859-2")
    assert opened("a.html", html).text == "Łódź"


def test_an_encoding_that_does_not_exist_does_no_harm() -> None:
    html = page("<p>Zoë</p>", '<meta charset="klingon">').encode("cp1252")
    assert opened("a.html", html).text == "Zoë"


def test_preformatted_text_keeps_its_lines() -> None:
    assert words_of(opened("a.html", page("<pre>- One\n- Two</pre>")), BlockKind.BULLET) == ["- One", "- Two"]


def test_soft_hyphens_and_blank_marks_are_nothing() -> None:
    assert opened("a.html", page("<p>Safe&shy;guarding&#8203; team</p>")).text == "Safeguarding team"


def test_a_page_nested_thousands_deep_is_read() -> None:
    assert opened("a.html", "<div>" * 4_000 + "Read this.").text == "Read this."


def test_the_caption_of_a_table_stands_above_it() -> None:
    page = b"<p>Hello</p><table><caption>Who to <a href='https://a.example.org/'>ring</a></caption><tr><th>Name</th>"
    document = opened("a.html", page + b"<th>Tel</th></tr><tr><td>Ann</td><td>1</td></tr></table><p>Bye</p>")
    words = [document.text[b.start : b.end] for b in document.blocks]
    assert words == ["Hello", "Who to ring", "Name", "Tel", "Ann", "1", "Bye"]
    assert [document.text[a.start : a.end] for a in document.anchors] == ["ring"]
