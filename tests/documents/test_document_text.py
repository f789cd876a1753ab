"""Plain text: encodings, wrapped lines, bullets, headings."""

import pytest

from haven.engines.documents.document import BlockKind
from haven.engines.documents.open import open_document, open_pasted
from haven.engines.documents.refusal import Unreadable
from tests.documents.opened import content_of, opened, told, words_of

SENTENCE = "Return the form – it’s “urgent” – by 5 March. Ring Zoë."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_is_read_in_whichever_unicode_it_is_written(encoding: str) -> None:
    assert opened("a.txt", SENTENCE.encode(encoding)).text == SENTENCE


def test_text_from_an_old_windows_machine_keeps_its_dashes_and_quotes() -> None:
    assert opened("a.txt", SENTENCE.encode("cp1252")).text == SENTENCE


def test_line_ends_of_every_machine_are_made_alike() -> None:
    assert opened("a.txt", "One line.\r\nTwo.\rThree.\n").text == "One line.\nTwo.\nThree.\n"


def test_lines_that_were_only_wrapped_are_one_paragraph() -> None:
    words = "please send the annual return to the partnership office before the end of the month " * 8
    lines, line = [], ""
    for word in words.split():
        if len(line) + len(word) + 1 > 70:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    text = "\n".join([*lines, line])
    assert told(opened("a.txt", f"{text}\n\nThe end.")) == [("paragraph", text), ("paragraph", "The end.")]


def test_lines_that_their_author_ended_are_paragraphs_of_their_own() -> None:
    text = "Feedback form for this cluster is here.\nNext cluster: 26 February.\nPlease bring your action plan."
    assert [words for _, words in told(opened("a.txt", text))] == text.split("\n")


@pytest.mark.parametrize("glyph", ["·\t", "• ", "§ ", "Ø ", "ü ", "o\t", "- ", "– ", "* ", "1. ", "(a) "])
def test_every_glyph_that_word_pastes_marks_a_bullet(glyph: str) -> None:
    document = opened("a.txt", f"What to do:\n{glyph}Complete the audit.\n{glyph}Send the plan.")
    assert len(words_of(document, BlockKind.BULLET)) == 2


def test_a_second_glyph_is_a_deeper_level_and_the_first_comes_back_up() -> None:
    document = opened("a.txt", "·\tAudit\nØ\tComplete it.\nØ\tSign it.\n·\tTraining\n")
    assert [b.level for b in document.blocks] == [0, 1, 1, 0]


def test_indents_nest_bullets() -> None:
    document = opened("a.txt", "- Audit\n    - Complete it.\n    - Sign it.\n- Training\n")
    assert [b.level for b in document.blocks] == [0, 1, 1, 0]


def test_short_lines_that_stand_alone_are_headings() -> None:
    text = "Cluster notes\n\nWelcome to the notes of the spring meeting.\n\nTRAINING\nThe next course is full.\n"
    assert words_of(opened("a.txt", text), BlockKind.HEADING) == ["Cluster notes", "TRAINING"]


def test_a_greeting_and_a_sentence_are_no_headings() -> None:
    text = "Notes\n\nDear colleagues,\n\nPlease read this.\n\nBring pens.\n\nThank you all for coming to the meeting."
    assert words_of(opened("a.txt", text), BlockKind.HEADING) == ["Notes"]


def test_a_ruled_line_is_noise() -> None:
    assert ("noise", "-----") in told(opened("a.txt", "Notes\n-----\nRead this please.\n"))


def test_the_first_heading_is_the_title() -> None:
    assert opened("a.txt", "Cluster notes\n\nWelcome to all of you.").title == "Cluster notes"


def test_pasted_html_is_read_as_a_page() -> None:
    document = open_pasted("standard input", b"<html><body><p>Return <b>it</b>.</p></body></html>")
    assert (document.name, document.media_type, document.text) == ("standard input", "text/html", "Return it.")


def test_pasted_text_stays_text() -> None:
    assert open_pasted("standard input", b"5 < 6 <b>").text == "5 < 6 <b>"


@pytest.mark.parametrize("content", [b"\x01\x02\x03\x7f\x04" * 400, bytes(range(256)) * 20])
def test_bytes_that_are_no_text_are_refused(content: bytes) -> None:
    with pytest.raises(Unreadable, match="not a text document"):
        open_document("a.txt", content)


@pytest.mark.parametrize("content", [b"", b" \r\n\t ", b"\0\0\0", b"\n----\n"])
def test_a_file_without_words_is_refused(content: bytes) -> None:
    with pytest.raises(Unreadable, match=r"empty|no words"):
        open_document("a.txt", content)


def test_words_are_never_lost_between_blocks() -> None:
    text = "A\n\n  • one\n\tmore\n===\n> quoted\n| a | b |\n\n3. Police (NH)\n\nText."
    assert "".join(content_of(opened("a.txt", text))).count("more") == 1
