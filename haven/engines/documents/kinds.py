"""Tells what kind of file it is: by its name, and whether its bytes agree."""

import os

from haven.engines.documents.refusal import Unreadable

KNOWN = ".txt, .md, .html, .docx, .pdf or .eml"
WORDLESS = "there are no words in it; check that the file was saved or sent whole"
_MAGIC = (
    (b"%PDF-", ".pdf", "a PDF"),
    (b"PK\x03\x04", ".docx", "a zip archive or an Office file"),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "",
        "an old or a password-protected Office file; save it without a password as .docx",
    ),
    (b"{\\rtf", "", "a rich text file; save it as .docx"),
    (b"\x89PNG", "", "a picture"),
    (b"\xff\xd8\xff", "", "a picture"),
    (b"GIF8", "", "a picture"),
    (b"II*\x00", "", "a picture"),
    (b"\x1f\x8b", "", "a compressed archive"),
    (b"7z\xbc\xaf", "", "a compressed archive"),
    (b"MZ", "", "a program"),
    (b"\x7fELF", "", "a program"),
)


def suffix_of(name: str) -> str:
    """The ending of a file's name, in small letters, with its full stop; none where it has none."""
    return os.path.splitext(name)[1].lower()


def check_bytes(suffix: str, content: bytes) -> None:
    """Raises Unreadable where there are no bytes, or they are plainly those of another kind of file than `suffix`."""
    if not content.strip(b"\0 \t\r\n"):
        raise Unreadable("it is empty; check that the file was saved or sent whole")
    _check_magic(suffix, content)


def _check_magic(suffix: str, content: bytes) -> None:
    head = content[:1024].lstrip(b"\r\n\t ") if suffix == ".pdf" else content[:16]
    for magic, right, described in _MAGIC:
        if head.startswith(magic) and right != suffix:
            remedy = f"rename it to end in {right}" if right == ".pdf" else f"save it as {KNOWN}"
            advice = "" if ";" in described else f"; {remedy}"
            raise Unreadable(f"by its name it is a {suffix} file, but by its content it is {described}{advice}")
