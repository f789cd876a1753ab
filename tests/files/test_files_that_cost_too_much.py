"""A file that is given is looked at in the web server itself: no look may cost more than the file is worth."""

import struct
import time
import tracemalloc
import zipfile
from contextlib import suppress

import pytest

from haven.files.rules import Unfit, inspect
from tests.files.made import docx, pdf

REAL = 64 * 1024 * 1024
SAID = 1000
SPENT = 16 * 1024 * 1024


def docx_saying_less(packing: int) -> bytes:
    """A document with a part of 64 MiB that its list calls a thousand bytes."""
    whole = docx({"word/media/a.bin": b"\0" * REAL}, packing=packing)
    return whole.replace(struct.pack("<I", REAL), struct.pack("<I", SAID))


@pytest.mark.parametrize("packing", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_part_that_says_less_than_it_unpacks_to_takes_no_memory(packing: int) -> None:
    content = docx_saying_less(packing)
    tracemalloc.start()
    try:
        with pytest.raises(Unfit):
            inspect("note.docx", content)
        assert tracemalloc.get_traced_memory()[1] < SPENT
    finally:
        tracemalloc.stop()


def test_a_part_packed_as_word_never_packs_is_refused() -> None:
    with pytest.raises(Unfit):
        inspect("note.docx", docx(packing=zipfile.ZIP_BZIP2))


@pytest.mark.parametrize("word", [b"stream\n", b"stream\nendstream\n", b"/ObjStm\nstream\nx\nendstream\n"])
def test_a_pdf_of_nothing_but_streams_takes_no_time(word: bytes) -> None:
    began = time.process_time()
    with suppress(Unfit):
        inspect("note.pdf", pdf(word * (200_000 // len(word))))
    assert time.process_time() - began < 2


def test_what_stands_between_two_streams_is_still_looked_at() -> None:
    stream = b"stream\nabc\nendstream\n"
    with pytest.raises(Unfit):
        inspect("note.pdf", pdf(stream + b"<< /JavaScript 1 0 R >>\n" + stream))
    assert inspect("note.pdf", pdf(b"stream\n /JavaScript \nendstream\n")).name == "note.pdf"
