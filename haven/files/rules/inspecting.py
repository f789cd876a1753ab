"""The whole look at a file that is given: size, name, first bytes, and what its kind demands."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from haven.files.rules.kinds import BY_ENDING, MAX_BYTES, PLAIN, WORDS, FileKind, kind_by_first_bytes
from haven.files.rules.names import clean_name
from haven.files.rules.pdf import check_pdf
from haven.files.rules.pictures import check_jpeg, check_png
from haven.files.rules.unfit import Unfit
from haven.files.rules.word import check_word, is_also_an_archive

EMPTY = "The file is empty. Check that it was saved and attach it again."
TOO_BIG = "The file is larger than 10 MB. Make it smaller and attach it again."
NOT_ACCEPTED = "Haven keeps PDFs, Word documents (.docx), PNG and JPEG pictures and plain text. Attach one of those."
NOT_TEXT = "The file is not plain text, whatever its name says. Attach it under its own ending."
UNLIKE_ITS_NAME = "The file ends in .{ending} but is not a {kind}. Save it again and attach the new copy."
TWO_IN_ONE = "The file is two files in one. Save it again and attach the new copy."
NOT_WRITTEN = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f]")


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look at a file found: the name under which to keep it and what it is."""

    name: str
    kind: FileKind


def inspect(name: str, content: bytes) -> Looked:
    """What this file is. Raises `Unfit`, with a sentence for whoever gave it, where it is not to be kept."""
    if not content:
        raise Unfit(EMPTY)
    if len(content) > MAX_BYTES:
        raise Unfit(TOO_BIG)
    named = clean_name(name)
    ending = named.rpartition(".")[2].lower()
    kind = BY_ENDING.get(ending)
    if kind is None:
        raise Unfit(NOT_ACCEPTED)
    shown = kind_by_first_bytes(content)
    if kind in PLAIN and shown is not None:
        raise Unfit(NOT_TEXT)
    if kind not in PLAIN and shown is not kind:
        raise Unfit(UNLIKE_ITS_NAME.format(ending=ending, kind=WORDS[kind]))
    CHECKS[kind](content)
    return Looked(named, kind)


def _check_text(content: bytes) -> None:
    """Raise `Unfit` for what nobody could have typed."""
    if NOT_WRITTEN.search(content) or is_also_an_archive(content):
        raise Unfit(NOT_TEXT)


def _check_picture(look: Callable[[bytes], None]) -> Callable[[bytes], None]:
    def check(content: bytes) -> None:
        if is_also_an_archive(content):
            raise Unfit(TWO_IN_ONE)
        look(content)

    return check


CHECKS: Mapping[FileKind, Callable[[bytes], None]] = {
    FileKind.PDF: check_pdf,
    FileKind.WORD: check_word,
    FileKind.PNG: _check_picture(check_png),
    FileKind.JPEG: _check_picture(check_jpeg),
    **dict.fromkeys(PLAIN, _check_text),
}
