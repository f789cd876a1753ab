"""PDFs: none that acts by itself, hides another file or cannot be read without a password.

This is a first look, at the names a PDF is made of: those in the open and those in its packed object streams. It does
not stand in for a virus scanner; a PDF made to deceive such a look is still only ever handed over as an attachment.
"""

import re
import zlib
from collections.abc import Iterator
from itertools import islice

from haven.files.rules.unfit import Unfit
from haven.files.rules.word import is_also_an_archive

MAX_UNPACKED = 50 * 1024 * 1024
MAX_OBJECTS = 200_000
BROKEN = "The PDF is damaged and cannot be opened. Save it again and attach the new copy."
LOCKED = "The PDF is protected by a password. Save it without one and attach it again."
ACTS = "The PDF holds a script or starts a program. Print it to a new PDF and attach that."
CARRIES = "The PDF carries another file inside it. Attach that file by itself."
BOMB = "The PDF unpacks to more than Haven accepts. Print it to a new PDF and attach that."

STREAM = re.compile(rb"\bstream\r?\n")
STREAM_ENDS = b"endstream"
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
    streams = list(islice(_streams(content), MAX_OBJECTS + 1))
    if len(streams) > MAX_OBJECTS:
        raise Unfit(BOMB)
    for part in (_outside(content, streams), *_packed_objects(content, streams)):
        _check_names(ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), part))


def _check_names(part: bytes) -> None:
    if LOCKING.search(part):
        raise Unfit(LOCKED)
    if ACTING.search(part):
        raise Unfit(ACTS)
    if CARRYING.search(part):
        raise Unfit(CARRIES)


def _streams(content: bytes) -> Iterator[tuple[int, int, int]]:
    """Where each stream starts, where its bytes begin and where they end. Each byte is passed over once."""
    place = 0
    while (starts := STREAM.search(content, place)) and (ends := content.find(STREAM_ENDS, starts.end())) >= 0:
        yield starts.start(), starts.end(), ends
        place = ends + len(STREAM_ENDS)


def _outside(content: bytes, streams: list[tuple[int, int, int]]) -> bytes:
    """What stands between the streams."""
    after = [0, *(ends + len(STREAM_ENDS) for _, _, ends in streams)]
    before = [*(starts for starts, _, _ in streams), len(content)]
    return b"".join(content[start:end] for start, end in zip(after, before, strict=True))


def _packed_objects(content: bytes, streams: list[tuple[int, int, int]]) -> Iterator[bytes]:
    """What the packed object streams say, all of them together no more than may be unpacked."""
    left = MAX_UNPACKED
    for starts, begins, ends in streams:
        if not PACKED_OBJECTS.search(content, max(0, starts - DICTIONARY), starts):
            continue
        reader = zlib.decompressobj()
        try:
            unpacked = reader.decompress(content[begins:ends], left)
        except zlib.error:
            continue  # packed some other way: nothing to look at
        left -= len(unpacked)
        if left <= 0:
            raise Unfit(BOMB)
        yield unpacked
