"""An export of a ledger: its stretches, each read by itself in a process of its own, and all of them put together."""

import json
import re
import sqlite3
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from functools import cache, partial
from hashlib import sha256
from itertools import accumulate, islice
from pathlib import Path
from typing import Any

from verifier.notes import NOTE, PLAIN, TIMED, Amiss, Checkpoint, Key, checkpoint_from, from_base64, key_from
from verifier.trees import EMPTY, root_over, rows_over

TILE, HASH, RECORD = 256, 32, 35
AT_ONCE = TILE * TILE  # entries in a stretch: those under one full tile of level 1
EVER, LEEWAY = float("inf"), 60  # seconds that an entry may lie after the first checkpoint that covers it
LINE = re.compile(r'\{"detail": (null|".*"), "number": ([0-9]+), "salt": (null|"[A-Za-z0-9+/]{43}=")\}\n')
WRONG = (ValueError, TypeError, LookupError, RecursionError)  # what JSON that says something else than it should raises
Fault = tuple[int, int, str]  # a first and a last number, between which an entry is bad, and what is amiss
Keys = Sequence[Key]
spell = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


def tile_in(folder: Path, level: int | str, index: int, width: int) -> bytes:
    """A tile or a bundle from where C2SP's tlog-tiles has it; no bytes where there is none."""
    *groups, last = [f"x{int(group):03}" for group in f"{index:,}".split(",")]
    path = folder.joinpath("tile", str(level), *groups, last[1:] + ("" if width == TILE else f".p/{width}"))
    return path.read_bytes() if path.is_file() else b""


def tiles_amiss(folder: Path, lowest: int, first: int, rows: list[list[bytes]]) -> Iterator[Fault]:
    """Where tiles from a level up hold other hashes than these, which stand over the leaves from index `first` on."""
    for level, hashes in enumerate(rows[::8], lowest):
        for at in range(0, len(hashes), TILE):
            tile, index = hashes[at : at + TILE], first // TILE ** (level + 1) + at // TILE
            if (there := tile_in(folder, level, index, len(tile))) != b"".join(tile):
                others = (n for n, one in enumerate(tile) if there[n * HASH : (n + 1) * HASH] != one)
                before = (index * TILE + next(others, len(tile) - 1)) * TILE**level
                yield before + 1, before + TILE**level, f"tile {index} of level {level} does not stand over the leaves"


def commitments_in(folder: Path, size: int, index: int) -> list[bytes]:
    """The commitments in a bundle of leaves, something else where a leaf is not whole."""
    width = min(TILE, size - index * TILE)
    there = tile_in(folder, "entries", index, width)
    leaves = [there[at : at + RECORD] for at in range(0, (width - 1) * RECORD, RECORD)]
    return [leaf[3:] if leaf[:3] == b"\x00\x21\x01" else b"" for leaf in (*leaves, there[(width - 1) * RECORD :])]


def head_in(logs: Keys, witnesses: Keys, line: bytes) -> Checkpoint | str:
    """The checkpoint in a line of checkpoints.jsonl, or what is amiss with it."""
    try:
        point = checkpoint_from(json.loads(line)["checkpoint"], logs, witnesses)
        is_spelt = spell({"checkpoint": point.note, "size": point.size}) + "\n" == line.decode()
        return point if is_spelt else "a line of checkpoints.jsonl is not in its one spelling"
    except WRONG as error:
        return str(error)


def row_in(line: bytes) -> tuple[int, str | None, str | None]:
    """Number, detail and salt of a line of details.jsonl; Amiss unless these, spelt anew, are the line."""
    if parts := LINE.fullmatch(line.decode()):
        word, number, salt = parts.groups()
        detail = None if word == "null" else word[1:-1].replace('\\"', '"')
        detail = json.loads(word) if detail and "\\" in detail else detail
        if (spell(detail), str(int(number))) == (word, number):
            return int(number), detail, None if salt == "null" else salt[1:-1]
    raise Amiss("its line is not JSON in its one spelling")


def erased_by(detail: str, earliest: float, latest: float) -> tuple[str, list[str]]:
    """The rule and the commitments of an erasure, nothing of another detail; Amiss where it is not whole or in time."""
    told = json.loads(detail)
    at = datetime.fromisoformat(told["at"])
    if at.tzinfo is None or not earliest <= at.timestamp() <= latest:
        raise Amiss(f"its time, {told['at']}, has no offset or lies before or after that of the checkpoints around it")
    match told:
        case {"verb": str(verb)} if verb != "ledger.erased":
            return "", []
        case {"why": str(why), "about": {"commitments": [*named], "details": [*details], "count": count}} if (
            why.strip() and len(named) == len(details) == count and all(re.fullmatch("[0-9a-f]{64}", n) for n in named)
        ):
            return why, named
    raise Amiss("it is an erasure without a rule, or one that does not name and count what it erased, or has no verb")


def read(folder: Path, size: int, back: float, first: int, start: int, points: list[tuple[int, float]]) -> Any:
    """What leaves from index `first` and details from byte `start` on say by themselves: see what is returned."""
    bundle, end = cache(partial(commitments_in, folder, size)), min(first + AT_ONCE, size)
    rows = rows_over([sha256(b"\x00\x01" + one).digest() for n in range(first, end, TILE) for one in bundle(n // TILE)])
    parts = {n: root_over(rows, n - first) for n, _ in points if first < n <= end}
    faults, missing, erased, place = [*tiles_amiss(folder, 0, first, rows[:16])], list[Any](), list[Any](), first
    with (folder / "details.jsonl").open("rb") as file:
        file.seek(start)
        for place, line in enumerate(islice(file, AT_ONCE), first + 1):
            try:
                number, detail, salt = row_in(line)
                commitment = bundle((number - 1) // TILE)[(number - 1) % TILE]
                if detail is None and salt is None:
                    missing.append((commitment, number))
                elif not detail or not salt or sha256(from_base64(salt) + detail.encode()).digest() != commitment:
                    raise Amiss("its detail is not the one that was written: it does not lead to its leaf")
                else:
                    limit = bisect_left(points, (number,))
                    rule, named = erased_by(detail, points[limit - 1][1] - back, points[limit][1] + LEEWAY)
                    erased.extend((rule, bytes.fromhex(one), number) for one in named)
                if number != place:
                    raise Amiss("it has not just one line in its place")
            except WRONG as error:
                words = str(error) if isinstance(error, Amiss) else "its line or its detail says not what it should"
                faults.append((place, place, words))
    if place < end:
        faults.append((place + 1, end, "details.jsonl has no line for it"))
    return rows[16:] and rows[16], parts, sorted(faults)[:20], missing, erased


class Export:
    """One run over one export: `bad` has the number of each bad entry and what is amiss with it."""

    def __init__(self, folder: Path, logs: Keys, witnesses: Keys, kept: Sequence[Checkpoint], back: float) -> None:
        self.folder, self.faults, self.bad = folder, list[Fault](), list[tuple[int, str]]()
        self.seen = dict[str, tuple[int, int]]()  # of each witness the largest size it signed, and when
        for path, kind, given in ((folder / "keys", PLAIN, logs), (folder / "witnesses", TIMED, witnesses)):
            listed = {key_from(line[:-1], kind) for line in path.read_bytes().decode().splitlines(keepends=True)}
            if not set(given) <= listed or (kind == PLAIN and set(given) != listed):
                raise Amiss(f"the file {path.name} names other keys than those you gave")
        told, signed, work = folder / "details.jsonl", folder / "checkpoints.jsonl", partial(head_in, logs, witnesses)
        is_large = told.stat().st_size > 2**22  # worth more than one process
        with ProcessPoolExecutor() as pool, told.open("rb") as details, signed.open("rb") as heads:
            self._take_heads(pool.map(work, heads, chunksize=TILE) if is_large else map(work, heads), logs)
            points = sorted([*self.heads, *kept], key=lambda point: point.size)
            times = [*((point.size, point.time) for point in points), (EVER, EVER)]
            firsts = range(0, self.size + 1, AT_ONCE)  # with one more where all are full, which has no lines
            around = (times[bisect_left(times, (n + 1,)) - 1 : bisect_left(times, (n + AT_ONCE,)) + 1] for n in firsts)
            starts = accumulate((sum(map(len, islice(details, AT_ONCE))) for _ in firsts), initial=0)
            each = pool.map if is_large else map
            self._take_stretches(each(partial(read, folder, self.size, back), firsts, starts, around))
        holds = {True: 0, False: 0}  # the size of the last that holds, of those kept elsewhere and of the others
        for point in points:
            size, is_kept = point.size, point in kept
            if self.roots.get(size) == point.root:
                holds[is_kept] = size
            elif is_kept:
                words = f"FORK: this ledger does not begin with the {size} entries of a checkpoint kept elsewhere"
                self._add((self.size if size > self.size else holds[True]) + 1, words, size)
            else:
                self._add(holds[False] + 1, f"the entries do not lead to the root that was signed at size {size}", size)
        if missed := [key.name for key in witnesses if self.size and key.name not in self.seen]:
            self._add(self.size, f"no checkpoint bears a countersignature of {', '.join(missed)}", 2 * self.size)
        for first, last, words in sorted(self.faults, key=lambda fault: fault[1] - fault[0]):
            closer = [number for number, _ in self.bad if first <= number <= last]
            if first == last or not closer or words.startswith("FORK"):
                self.bad.append((min(closer, default=first), words))

    def _add(self, number: int, words: str, last: int = 0) -> None:
        self.faults.append((number, max(number, last), words))

    def _take_heads(self, heads: Iterable[Checkpoint | str], logs: Keys) -> None:
        last, order = Checkpoint("", logs[0].name, 0, EMPTY, -EVER, {}), [key.name for key in logs]
        self.heads, path = [last], self.folder / "checkpoint"
        note = path.read_bytes().decode(errors="replace") if path.is_file() else ""
        for head in heads:
            if isinstance(head, str):
                self._add(last.size + 1, head)
            elif head.size <= last.size or head.time < last.time or order.index(head.origin) < order.index(last.origin):
                self._add(last.size + 1, "after its checkpoint comes a smaller one, or one of an earlier time or name")
            else:
                self.seen |= {name: (head.size, at) for name, at in head.seen.items()}
                self.heads[-1:] = last._replace(note="", seen={}), head
                last = head
        self.size = int(parts[3]) if (parts := NOTE.fullmatch(note)) else last.size
        if last.note != note:
            self._add(min(last.size, self.size) + 1, "the file checkpoint is not the last of checkpoints.jsonl")

    def _take_stretches(self, stretches: Iterable[Any]) -> None:
        self.roots, tops, rows = {0: EMPTY}, list[bytes](), sqlite3.connect("")  # on disk where it grows
        rows.execute("CREATE TABLE missing (one, number, rule, PRIMARY KEY (one, number)) WITHOUT ROWID")
        for top, parts, faults, missing, erased in stretches:
            over = rows_over(tops)
            self.roots |= {n: root_over(over, len(tops), part) for n, part in parts.items()}
            tops, self.faults = tops + top, self.faults + faults
            rows.executemany("INSERT OR IGNORE INTO missing (one, number) VALUES (?, ?)", missing)
            for one in erased:
                named = rows.execute("UPDATE missing SET rule = ifnull(rule, ?) WHERE one = ? AND number < ?", one)
                if not named.rowcount:
                    self._add(one[2], "it erases what is still there, or what does not stand before it")
        for (number,) in rows.execute("SELECT number FROM missing WHERE rule IS NULL ORDER BY number LIMIT 20"):
            self._add(number, "its detail is not there, and no erasure names it")
        self.rules = rows.execute("SELECT rule, count(*) FROM missing WHERE rule NOTNULL GROUP BY rule").fetchall()
        self.faults += tiles_amiss(self.folder, 2, 0, rows_over(tops))
