"""PDFs: none that acts by itself, hides another file or cannot be read without a password.

This is a first look, at the names a PDF is made of: those in the open and those in its packed object streams. It does
not stand in for a virus scanner; a PDF made to deceive such a look is still only ever handed over as an attachment.
"""

import re
import zlib
from collections.abc import Iterator

from haven.files.rules.unfit import Unfit
from haven.files.rules.word import is_also_an_archive

MAX_UNPACKED = 50 * 1024 * 1024
MAX_OBJECTS = 200_000
BROKEN = "The PDF is damaged and cannot be opened. Save it again and attach the new copy."
LOCKED = "The PDF is protected by a password. Save it without one and attach it again."
ACTS = "The PDF holds a script or starts a program. Print it to a new PDF and attach that."
CARRIES = "The PDF carries another file inside it. Attach that file by itself."
BOMB = "The PDF unpacks to more than Haven accepts. Print it to a new PDF and attach that."

STREAM = re.compile(rb"\bstream\r?\n(.*?)endstream", re.DOTALL)
PACKED_OBJECTS = re.compile(rb"/ObjStm\b")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
ACTING = re.compile(rb"/(?:JavaScript|JS|Launch|RichMedia)(?![A-Za-z0-9])")
CARRYING = re.compile(rb"/EmbeddedFiles?(?![A-Za-z0-9])")
LOCKING = re.compile(rb"/Encrypt(?![A-Za-z0-9])")
DICTIONARY = 2048  # bytes before a stream in which its dictionary stands


def check_pdf(content: bytes) -> None:
    """Raise `Unfit` for a PDF that is broken, locked, or does more than show pages."""
    if b"%%EOF" not in content[-4096:]:
        raise Unfit(BROKEN)
    if is_also_an_archive(content):
        raise Unfit(CARRIES)
    if content.count(b" obj") > MAX_OBJECTS:
        raise Unfit(BOMB)
    for part in (STREAM.sub(b"", content), *_packed_objects(content)):
        _check_names(ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), part))


def _check_names(part: bytes) -> None:
    if LOCKING.search(part):
        raise Unfit(LOCKED)
    if ACTING.search(part):
        raise Unfit(ACTS)
    if CARRYING.search(part):
        raise Unfit(CARRIES)


def _packed_objects(content: bytes) -> Iterator[bytes]:
    """What the packed object streams say, all of them together no more than may be unpacked."""
    left = MAX_UNPACKED
    for found in STREAM.finditer(content):
        if not PACKED_OBJECTS.search(content, max(0, found.start() - DICTIONARY), found.start()):
            continue
        reader = zlib.decompressobj()
        try:
            unpacked = reader.decompress(found[1], left)
        except zlib.error:
            continue  # packed some other way: nothing to look at
        left -= len(unpacked)
        if left <= 0:
            raise Unfit(BOMB)
        yield unpacked
