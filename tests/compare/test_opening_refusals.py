"""Whatever the bytes, an edition is opened or refused in one line: never anything else."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from haven.engines.compare.opening.editions import open_edition
from haven.engines.documents.refusal import Unreadable
from tests.compare.printed import guidance, paged, pdf_of
from tests.documents.opened import cell, paragraph, pdf_file, row, word_file

LINES = guidance(12)
SEEDS = [
    ("a.txt", paged(LINES, length=12, head="Keeping Fairhaven safe").encode()),
    ("a.md", "\n".join(["---", "title: x", "---", "# A", *LINES, "| a | b |", "|--|--|", "| *c* | [d](e) |"]).encode()),
    ("a.html", "".join(f"<li><p>{line}</p><table><tr><td>a<td>b</table>" for line in LINES).encode()),
    ("a.docx", word_file("".join(map(paragraph, LINES)) + f"<w:tbl>{row(cell('a'), cell('b'))}</w:tbl>")),
    ("a.pdf", pdf_of(LINES, columns=2, hang=20, foot="{n}")),
]
MANY = settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))


def _is_opened_or_refused(name: str, content: bytes) -> bool:
    try:
        opened = open_edition(name, content)
    except Unreadable as refusal:
        return "\n" not in refusal.line and refusal.line != ""
    return bool(opened.passages) and all(p.text == " ".join(p.text.split()) != "" for p in opened.passages)


@MANY
@given(st.sampled_from(SEEDS), st.integers(0, 10**6), st.integers(0, 300), st.binary(max_size=40))
def test_a_file_with_some_bytes_changed_is_opened_or_refused(
    seed: tuple[str, bytes], at: int, cut: int, put: bytes
) -> None:
    name, content = seed
    at %= len(content)
    assert _is_opened_or_refused(name, content[:at] + put + content[at + cut :])


@MANY
@given(
    st.sampled_from(["a.txt", "a.md", "a.html"]),
    st.text(alphabet="a1.(|-•>#<p/\n\f\t *_[]Ié\u00ad\u2003", max_size=200),
)
def test_any_text_is_opened_or_refused(name: str, text: str) -> None:
    assert _is_opened_or_refused(name, text.encode())


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.eml", b"From: a@example.org", "not compared"),
        ("a", b"words", "no ending"),
        ("a.txt", b"  \n", "empty"),
        ("a.txt", b"%PDF-1.4 words", "a PDF"),
        ("a.txt", b"\x00\x01\x02\x03" * 50, "not a text document"),
        ("a.pdf", b"%PDF-1.4\nnothing", "damaged"),
        ("a.pdf", pdf_file([[]]), "holds no text"),
        ("a.docx", b"PK\x03\x04nothing", "damaged"),
        ("a.docx", word_file(""), "no words"),
        ("a.html", b"<nav>Home</nav>", "no words"),
    ],
)
def test_what_is_no_edition_is_refused_in_one_line(name: str, content: bytes, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        open_edition(name, content)
