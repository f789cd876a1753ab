"""How quick the independent verifier is: a made-up export, written with Haven's own engine, verified by `verifier/`.

`./run bench verifying` needs no database. Processor time is what is counted, of all processes together, since a machine
may be busy; beside it stands the bare cost of reading the same bytes and hashing them with SHA-256.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from rich.console import Console
from rich.progress import track

from benchmarks.figures import Figure, print_json, print_tables
from haven.engines.chain.checkpoints import TreeHead, sign
from haven.engines.chain.exported import Export
from haven.engines.chain.hashing import canonical, leaf_hash, leaf_of
from haven.engines.chain.notes import SigningKey
from haven.engines.chain.tree import Edge
from haven.engines.chain.verifying import Line, Signed

LOG = SigningKey("haven.example.org/ledger", bytes(range(32)))
BEGAN = 1_772_443_800  # 2 March 2026


def made(entries: int) -> Iterator[Line]:
    """Entries a second apart, each about as long as a disclosure is."""
    for number in range(1, entries + 1):
        about = {"record": f"{number:022d}", "organisation": f"{number % 400:022d}", "purpose": "safeguarding"}
        who = {"name": "Priya", "post": f"{number % 900:022d}", "role": "DSL"}
        at = datetime.fromtimestamp(BEGAN + number, UTC).isoformat()
        salt = sha256(number.to_bytes(8, "big")).digest()
        text = canonical({"about": about, "areas": ["fairhaven"], "at": at, "verb": "x.shown", "who": who, "why": ""})
        yield Line(number, leaf_of(salt, text), salt, text)


def write(folder: Path, entries: int, every: int) -> None:
    """An export with a checkpoint at each so many entries."""
    signed, edge, hashes = list[Signed](), Edge(), list[bytes]()

    def lines() -> Iterator[Line]:
        progress = track(made(entries), "writing the export", total=entries, console=Console(stderr=True))
        for line in progress:
            hashes.append(leaf_hash(line.leaf))
            if line.number % every == 0 or line.number == entries:
                edge.append(b"".join(hashes))
                hashes.clear()
                head = TreeHead(LOG.name, line.number, edge.root())
                signed.append(Signed(line.number, sign(head, LOG, at=BEGAN + line.number)))
            yield line

    export = Export(folder)
    export.write_keys(logs=[LOG.verifier], witnesses=[])
    export.write_entries(lines())
    export.write_checkpoints(iter(signed))


def hashed_bare(folder: Path) -> float:
    """The processor's seconds for reading every file and hashing it whole."""
    began = time.process_time()
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                whole = sha256()
                while held := file.read(2**20):
                    whole.update(held)
    return time.process_time() - began


def verified(folder: Path) -> tuple[float, float, float]:
    """Seconds by the clock, of the processor, and the largest process's memory in MiB; ends where it does not hold."""
    words = [sys.executable, "-m", "verifier", str(folder), "--key", str(LOG.verifier)]
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
    taken, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return taken, spent, after.ru_maxrss / 1024


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--every", type=int, default=1_000, help="entries from one checkpoint to the next")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "export"
        write(folder, args.entries, args.every)
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        bare = hashed_bare(folder)
        taken, spent, memory = verified(folder)
    group = f"{args.entries:,} entries, {size / 1e6:,.0f} MB, a checkpoint each {args.every:,}; {os.cpu_count()} cores"
    of_bare = "reading and hashing the same bytes"
    figures = [
        Figure(group=group, name="verified by the clock", value=args.entries / taken, unit="entries a second"),
        Figure(
            group=group,
            name="processor, all processes",
            value=spent / args.entries * 1e6,
            unit="µs an entry",
            compared=bare / args.entries * 1e6,
            compared_with=of_bare,
            wanted="at most 24",
        ),
        Figure(group=group, name="times the bare cost", value=spent / bare, unit="times"),
        Figure(group=group, name="memory of the largest process", value=memory, unit="MiB"),
    ]
    print_json("verifying", figures) if args.json else print_tables(figures)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
