"""Sentences, bullets and rows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haven.engines.documents.document import Block, BlockKind, Document
from haven.engines.documents.open import open_document
from haven.engines.reading.what.sentences import sentence_at, sentence_spans, sentences


def cut(text: str) -> list[str]:
    return [text[a:b] for a, b in sentence_spans(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Please reply. Thank you!", ["Please reply.", "Thank you!"]),
        ("Ask Dr. Osei or Sgt. Bell. They know.", ["Ask Dr. Osei or Sgt. Bell.", "They know."]),
        ("It starts at 9.30 a.m. on Monday. Come early.", ["It starts at 9.30 a.m. on Monday.", "Come early."]),
        ("Forms, logs etc. are due. Send them.", ["Forms, logs etc. are due.", "Send them."]),
        ("See J. Smith at no. 5.", ["See J. Smith at no. 5."]),
        ("· Bring a coat", ["Bring a coat"]),
        ("2. Send it back. Keep a copy.", ["Send it back.", "Keep a copy."]),
        ("Really?? Yes…  No.", ["Really??", "Yes…", "No."]),
        ("(It is off.) Carry on.", ["(It is off.)", "Carry on."]),
    ],
)
def test_a_paragraph_is_cut_where_sentences_end(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_a_row_is_one_sentence_and_what_is_never_read_is_none() -> None:
    text = "Send it\tAll\tFriday\nold words\nDo it."
    document = Document(
        "a",
        "text/plain",
        text,
        (
            Block(0, 7, BlockKind.CELL, table=0, row=1, column=0),
            Block(8, 11, BlockKind.CELL, table=0, row=1, column=1),
            Block(12, 18, BlockKind.CELL, table=0, row=1, column=2),
            Block(19, 28, BlockKind.NOISE),
            Block(29, 35),
        ),
    )
    found = sentences(document)
    assert [text[s.start : s.end] for s in found] == ["Send it\tAll\tFriday", "Do it."]
    assert (found[0].block, found[0].last_block) == (0, 2)


def test_a_bullet_knows_its_heading_and_the_line_that_leads_to_it() -> None:
    document = open_document("a.md", b"# To do\n\nPlease would you:\n\n- send the form\n- sign it\n\nThat is all.\n")
    found = sentences(document)
    bullets = [s for s in found if s.kind is BlockKind.BULLET]
    assert [document.text[s.start : s.end] for s in bullets] == ["send the form", "sign it"]
    for bullet in bullets:
        assert bullet.heading == 0
        assert bullet.lead == 1
    assert found[-1].lead is None


def test_a_place_belongs_to_the_sentence_around_it() -> None:
    document = open_document("a.txt", b"One thing. Another thing.")
    found = sentences(document)
    assert sentence_at(found, 3) is found[0]
    assert sentence_at(found, 14) is found[1]
    assert sentence_at(found, 10) is None


@given(st.text(alphabet="Ab .!?\n(“”)…·1", max_size=120))
def test_sentences_lie_in_order_and_leave_out_only_space_and_a_glyph(text: str) -> None:
    spans = sentence_spans(text, 0, len(text))
    at = 0
    for start, end in spans:
        assert at <= start < end
        assert text[start:end] == text[start:end].strip()
        assert not text[at:start].strip() or at == 0
        at = end
    assert not spans or not text[at:].strip()
