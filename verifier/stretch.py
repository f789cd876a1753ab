"""One stretch of an export, read by itself: leaves, tiles of level 0 and details."""

import json
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from verifier.notes import Amiss, from_base64
from verifier.trees import peaks_of, rows_over

TILE, HASH, RECORD = 256, 32, 35
ANY = (float("-inf"), float("inf"))
spell = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


class Stretch(NamedTuple):
    """What to read: entries from index `first`, a multiple of 256, to before `end`, and where their details lie."""

    folder: Path
    size: int
    first: int
    end: int
    offset: int
    length: int
    sizes: tuple[int, ...]  # of checkpoints in this stretch
    limits: tuple[tuple[int, float, float], ...]  # the earliest and latest time of the entries up to a size


class Found(NamedTuple):
    """What was found: `tops` are the roots of whole tiles; `tails` stand over the last, begun tile of a size."""

    tops: list[bytes]
    tails: dict[int, list[bytes]]
    faults: list[tuple[int, str]]
    missing: list[tuple[int, bytes]]
    erased: list[tuple[bytes, str]]


def tile_path(level: int | str, index: int, width: int = TILE) -> str:
    """Where a tile or a bundle lies, as C2SP's tlog-tiles has it."""
    digits = str(index)
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    *groups, last = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    end = "" if width == TILE else f".p/{width}"
    return "/".join(["tile", str(level), *(f"x{group}" for group in groups), last]) + end


def one_line(line: bytes, keys: set[str]) -> dict[str, Any]:
    """What one line of a .jsonl file says; Amiss where it is spelt otherwise than in its one way or has other keys."""
    try:
        text = line.decode()
        row = json.loads(text)
    except (ValueError, RecursionError):
        row = None
    if not isinstance(row, dict) or row.keys() != keys or f"{spell(row)}\n" != text:
        raise Amiss("its line is not JSON in its one spelling")
    return row


def held(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def first_other(path: Path, hashes: list[bytes]) -> int | None:
    """The first place at which a tile holds another hash than was worked out; None where it holds just these."""
    there = held(path)
    if there == b"".join(hashes):
        return None
    return next((at for at, one in enumerate(hashes) if there[at * HASH : (at + 1) * HASH] != one), len(hashes) - 1)


def commitments_in(folder: Path, index: int, size: int) -> list[bytes]:
    """The commitments in a bundle of leaves, one of no bytes where a leaf is not whole."""
    width = min(TILE, size - index * TILE)
    there = held(folder / tile_path("entries", index, width))
    records = [there[at : at + RECORD] for at in range(0, width * RECORD, RECORD)]
    found = [one[3:] if len(one) == RECORD and one[:3] == b"\x00\x21\x01" else b"" for one in records]
    return found if len(there) <= width * RECORD else [*found[:-1], b""]


def read(stretch: Stretch) -> Found:
    """All that can be said of a stretch without the others. Every line is judged, whatever the one before was worth."""
    found = Found([], {}, [], [], [])
    commitments: list[bytes] = []
    for index in range(stretch.first // TILE, -(-stretch.end // TILE)):
        commitments += _read_bundle(stretch, index, found)
    with (stretch.folder / "details.jsonl").open("rb") as file:
        file.seek(stretch.offset)
        lines = BytesIO(file.read(stretch.length))
    expected, limits = stretch.first + 1, list(reversed(stretch.limits))
    for line in lines:
        try:
            row = one_line(line, {"detail", "number", "salt"})
            number = row["number"]
            if type(number) is not int or not 0 < number <= stretch.size:
                raise Amiss("its line has another number")
            if number != expected:
                found.faults.append((min(number, expected), "it has not just one line in its place"))
            expected = number
            is_here = stretch.first < number <= stretch.end
            one = commitments[number - 1 - stretch.first] if is_here else _far(stretch, number)
            while limits and limits[-1][0] < number:
                limits.pop()
            _read_detail(row, one, found, limits[-1][1:] if limits else ANY)
        except Amiss as amiss:
            found.faults.append((expected, str(amiss)))
        expected += 1
    return found


def _far(stretch: Stretch, number: int) -> bytes:
    index, place = divmod(number - 1, TILE)
    return commitments_in(stretch.folder, index, stretch.size)[place]


def _read_bundle(stretch: Stretch, index: int, found: Found) -> list[bytes]:
    """The commitments of one bundle; their tile is worked out and compared."""
    commitments = commitments_in(stretch.folder, index, stretch.size)
    hashes = [sha256(b"\x00\x01" + one).digest() for one in commitments]
    other = first_other(stretch.folder / tile_path(0, index, len(hashes)), hashes)
    broken = commitments.index(b"") if b"" in commitments else other
    if broken is not None:
        found.faults.append((index * TILE + broken + 1, "its leaf is not whole, or not the one in the tile over it"))
    rows = rows_over(hashes)
    if len(hashes) == TILE:
        found.tops.append(rows[-1][0])
    for size in stretch.sizes:
        if size // TILE == index:
            found.tails[size] = peaks_of(rows, size % TILE)
    return commitments


def _read_detail(row: dict[str, Any], commitment: bytes, found: Found, between: tuple[float, float]) -> None:
    number, detail, salt = row["number"], row["detail"], row["salt"]
    if detail is None and salt is None:
        found.missing.append((number, commitment))
        return
    if not isinstance(detail, str) or not isinstance(salt, str) or len(key := from_base64(salt)) != HASH:
        raise Amiss("its detail and salt are not a text and 32 bytes")
    if sha256(key + detail.encode()).digest() != commitment:
        raise Amiss("its detail is not the one that was written: it does not lead to its leaf")
    told, at = told_by(detail)
    if not between[0] <= at <= between[1]:
        raise Amiss(f"its time, {told['at']}, lies before or after that of the checkpoints around it")
    if told["verb"] == "ledger.erased":
        found.erased.extend((bytes.fromhex(one), told["why"]) for one in _named_by(told))


def told_by(detail: str) -> tuple[dict[str, Any], float]:
    """What a detail says and its time in seconds since 1970; Amiss where it says no verb or no time with an offset."""
    try:
        told = json.loads(detail)
        at = datetime.fromisoformat(told["at"])
        if at.tzinfo is None or not isinstance(told["verb"], str):
            raise ValueError
    except (ValueError, TypeError, KeyError, RecursionError):
        raise Amiss(
            "its detail is not what a detail is: a JSON object with a verb and a time with its offset"
        ) from None
    return told, at.timestamp()


def _named_by(told: dict[str, Any]) -> list[str]:
    """The commitments that an erasure names; Amiss where it is not whole or gives no rule."""
    about, why = told.get("about"), told.get("why")
    if not isinstance(about, dict) or not isinstance(why, str) or not why.strip():
        raise Amiss("it is an erasure without a rule, or of nothing")
    named, details = about.get("commitments"), about.get("details")
    if (
        not isinstance(named, list)
        or not isinstance(details, list)
        or not len(named) == len(details) == about.get("count")
    ):
        raise Amiss("it is an erasure that does not count what it erased")
    if any(not isinstance(one, str) or len(one) != 64 or one.strip("0123456789abcdef") for one in named):
        raise Amiss("it is an erasure that does not name what it erased")
    return named
