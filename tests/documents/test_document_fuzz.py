"""Whatever the bytes, a file is read or refused in one line: never anything else."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from haven.engines.documents.open import open_document
from haven.engines.documents.refusal import Unreadable
from haven.engines.reading.safely import read_safely
from tests.documents.opened import cell, check_whole, paragraph, pdf_file, row, word_file

MANY = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
FEW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
SUFFIXES = st.sampled_from([".txt", ".md", ".html", ".docx", ".pdf", ".eml"])
HTML = b"""<html><body><h1>Notes</h1><table><tr><td rowspan=2>a</td><td>b</td></tr><tr><td>c</td></tr></table>
<ul><li>x<li><a href="https://a.example.org">y</a></ul><pre>- z</pre></body></html>"""
MAIL = b"""From: a@example.org
Subject: x
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: quoted-printable

<p>Return=20it</p>
--b
Content-Type: text/plain; name="n.txt"
Content-Disposition: attachment; filename="n.txt"

On Monday, Ann wrote:
> x
--b--
"""
WORD = word_file(
    paragraph("Return it.") + f"<w:tbl>{row(cell('a'), cell('b'))}{row(cell('c'), cell('d'))}</w:tbl>",
    links=("https://a.example.org",),
)
PDF = pdf_file(
    [[(50, 700 - 14 * n, 10, "Return the audit by 5 March to the office.") for n in range(12)]],
    [(0, (50, 690, 90, 712), "https://a.example.org")],
)
SEEDS = [
    ("a.html", HTML),
    ("a.eml", MAIL),
    ("a.docx", WORD),
    ("a.pdf", PDF),
    ("a.md", b"# A\n\n| a | b |\n|--|--|\n| ~~c~~ | [d](https://a.example.org) |\n\n- x\n"),
]
WORDS = st.lists(
    st.sampled_from(
        [
            "\n",
            "\n\n",
            " ",
            "\t",
            "- ",
            "• ",
            "> ",
            "---\n",
            "# ",
            "| a | b |\n|--|--|\n",
            "**",
            "~~",
            "[x](",
            ")",
            "<s>",
            "</s>",
            "<table>",
            "<td>",
            "<tr>",
            "<br>",
            "<li>",
            "<ul>",
            "</p>",
            "From: a\n",
            "Sent: 1 May 2024\n",
            "On 1 May Ann wrote:\n",
            "-- \n",
            "Kind regards\n",
            "Return it by 5 March.",
            "é",
            "\u2028",
            "\x00",
            "\ufeff",
            "&nbsp;",
            "1. ",
            "a" * 90,
        ]
    ),
    max_size=60,
).map("".join)


def read_or_refused(name: str, content: bytes) -> None:
    try:
        document = open_document(name, content)
    except Unreadable as refusal:
        refused = refusal.line
    else:
        return check_whole(document)
    assert refused
    assert "\n" not in refused
    return None


@MANY
@given(SUFFIXES, st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(suffix: str, content: bytes) -> None:
    read_or_refused(f"a{suffix}", content)


@MANY
@given(st.sampled_from([".txt", ".md", ".html", ".eml"]), WORDS)
def test_any_words_are_read_and_none_are_lost(suffix: str, words: str) -> None:
    head = "From: a@example.org\n\n" if suffix == ".eml" else ""
    read_or_refused(f"a{suffix}", (head + words).encode())


@pytest.mark.parametrize(("name", "seed"), SEEDS)
def test_a_file_changed_anywhere_is_read_or_refused(name: str, seed: bytes) -> None:
    @FEW
    @given(
        st.lists(
            st.tuples(st.integers(0, len(seed) - 1), st.binary(max_size=3), st.integers(0, 6)), min_size=1, max_size=6
        )
    )
    def changed(edits: list[tuple[int, bytes, int]]) -> None:
        content = bytearray(seed)
        for place, put, cut in edits:
            content[place : place + cut] = put
        read_or_refused(name, bytes(content))

    changed()


@pytest.mark.parametrize(("name", "seed"), SEEDS)
def test_a_file_cut_short_anywhere_is_read_or_refused(name: str, seed: bytes) -> None:
    for end in range(1, len(seed), max(1, len(seed) // 40)):
        read_or_refused(name, seed[:end])


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(SUFFIXES, st.binary(max_size=300))
def test_through_the_guard_too(suffix: str, content: bytes) -> None:
    try:
        told = read_safely(f"a{suffix}", content, dt.date(2024, 1, 10)).text
    except Unreadable as refusal:
        told = refusal.line
    assert told
