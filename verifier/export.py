"""A whole export: its stretches put together, its checkpoints, its erasures, and what others kept of it."""

import os
import sqlite3
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from verifier.notes import PLAIN, TIMED, Amiss, Checkpoint, Key, checkpoint_from, key_from
from verifier.stretch import TILE, Found, Stretch, first_other, held, one_line, read, tile_path
from verifier.trees import Peaks, fold, rows_over

AT_ONCE = 64 * TILE  # entries that one process reads at a time
MOST = 1000  # faults kept; the lowest numbers come first
LEEWAY = 60  # seconds that an entry's time may lie after that of the first checkpoint that covers it


@dataclass(frozen=True)
class Asked:
    """What whoever verifies brings along. `back`: the seconds that an entry may lie before the checkpoint before it."""

    logs: Sequence[Key]
    witnesses: Sequence[Key] = ()
    kept: Sequence[Checkpoint] = ()
    back: float = float("inf")


@dataclass(frozen=True)
class Head:
    """A line of checkpoints.jsonl, its signatures verified, or what is amiss with it."""

    size: int
    amiss: str
    root: bytes = b""
    time: int = 0
    note: str = ""
    seen: dict[str, int] = field(default_factory=dict)


def heads_in(folder: Path, asked: Asked) -> Iterator[Head]:
    """Every retained checkpoint, one at a time."""
    size = time = 0
    with (folder / "checkpoints.jsonl").open("rb") as file:
        for line in file:
            try:
                row = one_line(line, {"checkpoint", "size"})
                point = checkpoint_from(str(row["checkpoint"]))
                signed = point.signed_at(asked.logs)
                seen = {key.name: at for key in asked.witnesses if (at := point.seen_at(key)) is not None}
                if type(row["size"]) is not int or row["size"] != point.size or point.size <= size or signed < time:
                    raise Amiss(
                        f"after the checkpoint of size {size} comes one of size {row['size']} or of an earlier time"
                    )
                size, time = point.size, signed
                yield Head(size, "", point.root, time, row["checkpoint"], seen)
            except Amiss as amiss:
                yield Head(size, str(amiss))


class Export:
    """One run over one export. After `judge`, `faults` has the number of each bad entry and what is amiss with it."""

    def __init__(self, folder: Path, asked: Asked) -> None:
        self.folder, self.asked = folder, asked
        self.faults: list[tuple[int, str]] = []
        self.size = self.heads = self.holds = self.trusted = 0
        self.newest = Head(0, "")
        self.seen: dict[str, tuple[int, int]] = {}  # of each witness the largest size it signed, and when
        self.rules: list[tuple[str, int]] = []
        self.tree, self.levels = Peaks(), [list[bytes]()]
        self.rows = sqlite3.connect("")  # on disk where it grows, and gone at the end
        self.rows.execute("CREATE TABLE missing (number INTEGER PRIMARY KEY, one BLOB)")
        self.rows.execute("CREATE TABLE erased (one BLOB PRIMARY KEY, rule TEXT) WITHOUT ROWID")

    def judge(self) -> None:
        """Read everything once. Raises Amiss where there is nothing to begin with."""
        note = held(self.folder / "checkpoint").decode(errors="replace")
        self.size = checkpoint_from(note).size if note else 0
        self._compare_keys()
        self._run()
        if self.newest.note != note:
            self._add(self.holds + 1, "the file checkpoint is not the last of checkpoints.jsonl")
        for level, hashes in enumerate(self.levels):
            if hashes:
                self._compare_tile(level, self.size // TILE ** (level + 1), hashes)
        self._name_the_missing()
        for kept in self.asked.kept:
            if kept.size > self.size:
                self._add(
                    self.size + 1, f"FORK: this ledger ends before a checkpoint kept elsewhere, of {kept.size} entries"
                )
        for key in self.asked.witnesses:
            if self.size and key.name not in self.seen:
                self._add(self.size, f"no checkpoint bears a countersignature of {key.name}")
        self.faults.sort()

    def _add(self, number: int, words: str) -> None:
        if len(self.faults) < MOST:
            self.faults.append((number, words))

    def _compare_keys(self) -> None:
        for name, kind, given in (("keys", PLAIN, self.asked.logs), ("witnesses", TIMED, self.asked.witnesses)):
            *lines, end = held(self.folder / name).decode(errors="replace").split("\n")
            listed = {key_from(line, kind) for line in lines}
            if (
                end
                or not (self.folder / name).is_file()
                or not listed >= set(given)
                or (kind == PLAIN and listed != set(given))
            ):
                raise Amiss(f"the file {name} names other keys than those you gave")

    def _stretches(self) -> Iterator[tuple[Stretch, list[Head]]]:
        """Each stretch to read, with its checkpoints."""
        coming, before, offset, count = heads_in(self.folder, self.asked), float("-inf"), 0, 0
        ahead = next(coming, None)
        with (self.folder / "details.jsonl").open("rb") as details:
            for first in range(0, self.size, AT_ONCE):
                end, heads, limits = min(first + AT_ONCE, self.size), [], []
                while ahead and ahead.size <= end:
                    heads.append(ahead)
                    ahead = next(coming, None)
                for head in (*heads, ahead):
                    if head and not head.amiss:
                        limits.append((head.size, before - self.asked.back, head.time + LEEWAY))
                        before = head.time if head is not ahead else before
                lengths = [len(line) for line in islice(details, end - first)]
                sizes = {*(one.size for one in heads), *(one.size for one in self.asked.kept)}
                place = (self.folder, self.size, first, end, offset, sum(lengths))
                yield (
                    Stretch(*place, tuple(sorted(size for size in sizes if first < size <= end)), tuple(limits)),
                    heads,
                )
                offset, count = offset + sum(lengths), count + len(lengths)
            if count < self.size or details.readline():
                self._add(count + 1, "details.jsonl has not one line for each entry")
        if ahead:
            self._add(self.holds + 1, ahead.amiss or "checkpoints.jsonl has a larger checkpoint than the newest")

    def _run(self) -> None:
        if self.size <= AT_ONCE:
            for stretch, heads in self._stretches():
                self._join(stretch, heads, read(stretch))
            return
        with ProcessPoolExecutor() as pool:
            under_way = deque[tuple[Stretch, list[Head], Future[Found]]]()
            for stretch, heads in self._stretches():
                under_way.append((stretch, heads, pool.submit(read, stretch)))
                if len(under_way) > 2 * (os.cpu_count() or 1):
                    self._join(*(one := under_way.popleft())[:2], one[2].result())
            for stretch, heads, reading in under_way:
                self._join(stretch, heads, reading.result())

    def _join(self, stretch: Stretch, heads: list[Head], found: Found) -> None:
        """Put a stretch after those before it, and judge its checkpoints."""
        for fault in sorted(found.faults)[:20]:
            self._add(*fault)
        self.rows.executemany("INSERT OR IGNORE INTO missing VALUES (?, ?)", found.missing)
        self.rows.executemany("INSERT OR IGNORE INTO erased VALUES (?, ?)", found.erased)
        tops, roots = iter(found.tops), {}
        for size in (*stretch.sizes, stretch.end):
            for top in islice(tops, size // TILE - self.tree.count):
                self.tree.add(top)
                self._stack(1, top)
            roots[size] = fold([*self.tree.hashes, *found.tails.get(size, [])])
        for head in heads:
            self._judge_head(head, roots.get(head.size, b""))
        for kept in sorted(self.asked.kept, key=lambda one: one.size):
            if kept.size in roots and roots[kept.size] == kept.root:
                self.trusted = kept.size
            elif stretch.first < kept.size <= stretch.end:
                self._add(
                    self.trusted + 1,
                    f"FORK: the first {kept.size} entries are not those of a checkpoint kept elsewhere",
                )

    def _judge_head(self, head: Head, root: bytes) -> None:
        if head.amiss:
            self._add(self.holds + 1, head.amiss)
        elif head.root == root:
            self.holds = head.size
        elif not any(self.holds < number <= head.size for number, _ in self.faults):
            self._add(self.holds + 1, f"the entries do not lead to the root of the checkpoint of size {head.size}")
        self.newest, self.heads = head, self.heads + 1
        self.seen |= {name: (head.size, at) for name, at in head.seen.items()}

    def _stack(self, level: int, top: bytes) -> None:
        """Keep the root of a tile for the tile over it, which is compared once it is whole."""
        if level == len(self.levels):
            self.levels.append([])
        self.levels[level].append(top)
        if len(self.levels[level]) == TILE:
            hashes, self.levels[level] = self.levels[level], []
            self._compare_tile(level, self.tree.count // TILE**level - 1, hashes)
            self._stack(level + 1, rows_over(hashes)[-1][0])

    def _compare_tile(self, level: int, index: int, hashes: list[bytes]) -> None:
        other = first_other(self.folder / tile_path(level, index, len(hashes)), hashes)
        if other is not None:
            under = TILE**level
            after = (index * TILE + other) * under
            if not any(after < number <= after + under for number, _ in self.faults):
                self._add(after + 1, f"tile {index} of level {level} does not stand over the leaves")

    def _name_the_missing(self) -> None:
        unnamed = "SELECT number FROM missing WHERE one NOT IN (SELECT one FROM erased) ORDER BY number LIMIT 20"
        self.faults += [
            (number, "its detail is not there, and no erasure names it") for (number,) in self.rows.execute(unnamed)
        ]
        self.rules = list(self.rows.execute("SELECT rule, count(*) FROM missing JOIN erased USING (one) GROUP BY rule"))
