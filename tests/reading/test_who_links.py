"""Where the note leads on the web."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haven.engines.documents.document import Anchor, Block, BlockKind, Document
from haven.engines.reading.who.links import find_links


def document(text: str, *anchors: Anchor, kind: BlockKind = BlockKind.PARAGRAPH) -> Document:
    return Document("a.txt", "text/plain", text, (Block(0, len(text), kind),), anchors)


def urls(text: str) -> list[str]:
    return [link.url for link in find_links(document(text))]


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("See https://example.org/a/b/.", "https://example.org/a/b/"),
        ("(https://example.org/a)", "https://example.org/a"),
        ("https://example.org/a_(b)", "https://example.org/a_(b)"),
        ("<https://example.org/?q=1&r=2>", "https://example.org/?q=1&r=2"),
        ("at www.example.org/x, then", "https://www.example.org/x"),
        ("Go to fairhaven.example.gov.uk/safeguarding now", "https://fairhaven.example.gov.uk/safeguarding"),
        ("https://example.org/a-long-path/\nthat-goes-on", "https://example.org/a-long-path/that-goes-on"),
        ("at </about/rules/draft/> today", "/about/rules/draft/"),
        ("“https://example.org/quoted”", "https://example.org/quoted"),
    ],
)
def test_an_address_is_read_whole_and_no_more(text: str, url: str) -> None:
    assert urls(text) == [url]


@pytest.mark.parametrize(
    "text",
    ["Write to ann@example.org", "m.ferrin@calder.example.\ngov.uk", "1.30pm.Then", "e.g.this", "</p>", "https://"],
)
def test_what_is_no_address_is_left_out(text: str) -> None:
    assert urls(text) == []


def test_an_address_behind_words_counts_once() -> None:
    text = "The form is here and again here."
    one, two = text.index("here"), text.rindex("here")
    found = find_links(
        document(text, Anchor(one, one + 4, "https://example.org/f"), Anchor(two, two + 4, "https://EXAMPLE.org/f/"))
    )
    assert [(link.url, link.text, link.start) for link in found] == [("https://example.org/f", "here", one)]


@pytest.mark.parametrize("url", ["mailto:ann@example.org", "tel:01632960100", "#top", "javascript:void(0)", ""])
def test_mail_telephone_and_places_within_the_page_are_no_links(url: str) -> None:
    assert find_links(document("Press here", Anchor(6, 10, url))) == ()


def test_a_menu_and_what_is_never_read_hold_no_links() -> None:
    assert find_links(document("Home", Anchor(0, 4, "/"), kind=BlockKind.FURNITURE)) == ()
    assert find_links(document("https://example.org/old", kind=BlockKind.NOISE)) == ()


@given(st.text(alphabet="htps:/w.example[]()<>?&#% \n@", max_size=120))
def test_whatever_the_text_every_link_stands_on_its_words(text: str) -> None:
    for link in find_links(document(text)):
        assert text[link.start : link.end] == link.quote
        assert link.url
