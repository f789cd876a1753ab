"""Pictures: how large they are, from their headers, without decoding them."""

import struct
from collections.abc import Iterator

from haven.files.rules.unfit import Unfit

MAX_PIXELS = 40_000_000
PNG_SIGNATURE = 8
BROKEN = "The picture is damaged and cannot be opened. Save it again and attach the new copy."
TOO_LARGE = "The picture has more than 40 million pixels. Make it smaller and attach it again."
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # markers that give a JPEG's size
ALONE = frozenset({0x01, *range(0xD0, 0xD9)})  # markers without a length
FINISHED, SCAN = 0xD9, 0xDA


def check_png(content: bytes) -> None:
    """Raise `Unfit` unless this is one whole PNG of a sensible size, with nothing behind it."""
    chunks = _png_chunks(content)
    kind, header = next(chunks, (b"", b""))
    if kind != b"IHDR" or len(header) != 13:
        raise Unfit(BROKEN)
    width, height = struct.unpack(">II", header[:8])
    _check_size(width, height)
    if [*chunks][-1:] != [(b"IEND", b"")]:
        raise Unfit(BROKEN)


def check_jpeg(content: bytes) -> None:
    """Raise `Unfit` unless this is a JPEG whose frame has a sensible size."""
    height, width = _jpeg_frame(content)
    _check_size(width, height)


def _check_size(width: int, height: int) -> None:
    if not width or not height:
        raise Unfit(BROKEN)
    if width * height > MAX_PIXELS:
        raise Unfit(TOO_LARGE)


def _png_chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = PNG_SIGNATURE
    while place < len(content):
        if place + 12 > len(content):
            raise Unfit(BROKEN)
        length, kind = struct.unpack(">I4s", content[place : place + 8])
        end = place + 12 + length
        if end > len(content) or (kind == b"IEND" and end != len(content)):
            raise Unfit(BROKEN)
        yield kind, content[place + 8 : place + 8 + length]
        place = end


def _jpeg_frame(content: bytes) -> tuple[int, int]:
    """Height and width, from the first frame header."""
    place = 2
    while place + 4 <= len(content):
        if content[place] != 0xFF:
            raise Unfit(BROKEN)
        marker = content[place + 1]
        if marker == 0xFF or marker in ALONE:
            place += 1 if marker == 0xFF else 2
            continue
        if marker in (FINISHED, SCAN):
            break
        length = int.from_bytes(content[place + 2 : place + 4], "big")
        if length < 2 or place + 2 + length > len(content):
            break
        if marker in FRAMES and length >= 8:
            height, width = struct.unpack(">HH", content[place + 5 : place + 9])
            return height, width
        place += 2 + length
    raise Unfit(BROKEN)
