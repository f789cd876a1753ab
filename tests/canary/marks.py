"""A word that stands in everything confidential of one run, and whether it is found, however it is written."""

import io
import secrets
import string
import zipfile
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterator

import pypdfium2

TAIL = "anary" + "".join(secrets.choice(string.ascii_lowercase) for _ in range(8))
NAME = f"C{TAIL}"
"""As a name can be."""

TELLER = f"Wilhelmina{TAIL}"
"""As somebody else’s name, which is another word."""

WORDS = f"Zoë says: “c{TAIL}” & <b>goes</b>"
"""As words can be: what stands around it is written otherwise in an address, a page or JSON; the word itself is not."""


def found(content: bytes) -> list[str]:
    """In which forms it stands there; in a file that holds others, in any of them."""
    return sorted({form for part in _parts(content) for form, wanted in _forms() if wanted in _lower(part, form)})


def _forms() -> Iterator[tuple[str, bytes]]:
    plain = TAIL.encode()
    yield "plain", plain
    yield "hexadecimal", plain.hex().encode()
    yield "two bytes", TAIL.encode("utf-16-le")
    for before in range(3):  # how it lies among threes
        for encode in (b64encode, urlsafe_b64encode):
            yield "base64", encode(b"\0" * before + plain)[4 : -(4 + len(plain) % 3)]


def _lower(part: bytes, form: str) -> bytes:
    return part if form == "base64" else part.lower()


def _parts(content: bytes) -> Iterator[bytes]:
    yield content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as folder:
            yield from (folder.read(name) for name in folder.namelist())
    if content.startswith(b"%PDF"):
        pages = pypdfium2.PdfDocument(content)
        yield from (each.get_textpage().get_text_bounded().encode() for each in pages)
