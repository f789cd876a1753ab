"""Runs what a user would compare two editions with instead, and reads its answer as changes of clauses."""

import json
import subprocess
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

from benchmarks.compare_scoring import Agreement, Told, Unit, agreement, agreement_of_units, printed_sides
from benchmarks.pair_forms import Line, houses, owned
from benchmarks.pairs import Pair

_SCRIPT = Path(__file__).with_name("compare_tools.py")
_LIMIT = 45  # seconds that a tool may take on a pair
_WHOLE = 0.75  # of a clause's letters, to be called removed or added and not reworded


@dataclass(frozen=True, slots=True)
class Peer:
    """A tool, the forms it takes, and what it needs: a package for Python, or a program."""

    name: str
    forms: tuple[str, ...]
    package: str = ""
    program: str = ""

    @property
    def is_stream(self) -> bool:
        return not self.package or self.package in ("patiencediff", "diff_match_patch", "redlines")


PEERS = (
    Peer("difflib_lines", ("clean", "paged")),
    Peer("difflib_words", ("clean",)),
    Peer("git_words", ("clean", "paged"), program="git"),
    Peer("git_moved", ("clean",), program="git"),
    Peer("wdiff", ("clean", "paged"), program="wdiff"),
    Peer("patiencediff_words", ("clean",), package="patiencediff"),
    Peer("diff_match_patch", ("clean",), package="diff_match_patch"),
    Peer("redlines", ("clean",), package="redlines"),
    Peer("rapidfuzz_recipe", ("clean", "paged"), package="rapidfuzz"),
    Peer("prosediff", ("clean", "docx"), package="prosediff"),
    Peer("doc_control", ("docx",), package="doc_control"),
)


def python_of(environment: Path | None) -> str:
    """The Python of the environment that holds the peers."""
    return str(environment / "bin" / "python") if environment else sys.executable


@cache
def missing(peer: Peer, python: str) -> str | None:
    """Why a peer cannot be run, in a few words, or None where it can."""
    if peer.program and which(peer.program) is None:
        return f"{peer.program} is not installed"
    if peer.package == "rapidfuzz" and python == sys.executable and find_spec("numpy") is None:
        return "numpy is not installed here: name an environment with --peers"
    if (
        peer.package
        and subprocess.run([python, "-c", f"import {peer.package}"], capture_output=True, check=False).returncode
    ):
        return f"{peer.package} is not installed: name an environment that has it with --peers"
    return None


def command(peer: Peer, python: str, old: Path, new: Path) -> list[str]:
    """How a peer is run on two files."""
    return [python, str(_SCRIPT), peer.name, str(old), str(new)]


def score_of(peer: Peer, python: str, pair: Pair, form: str, files: tuple[bytes, bytes]) -> Agreement | str:
    """How well a peer's answer agrees with what was done to a pair, or why it gave none."""
    suffix = "docx" if form == "docx" else "txt"
    with TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{side}.{suffix}" for side in ("old", "new")]
        for path, content in zip(paths, files, strict=True):
            path.write_bytes(content)
        try:
            words = command(peer, python, *paths)
            told = subprocess.run(words, capture_output=True, text=True, check=True, timeout=_LIMIT)
        except subprocess.TimeoutExpired:
            return f"stopped after {_LIMIT} s"
        except subprocess.CalledProcessError as error:
            return f"failed: {error.stderr.strip().splitlines()[-1][:80] if error.stderr.strip() else error.returncode}"
    answer = json.loads(told.stdout)
    if "stream" in answer:
        return agreement_of_units(pair, units_of_stream(pair, form, answer["stream"]))
    return agreement(pair, [Told((kind,), _clauses(old), _clauses(new)) for kind, old, new in answer["changes"]])


def _clauses(told: list[list[str | None]]) -> tuple[tuple[str | None, str], ...]:
    return tuple((number, text or "") for number, text in told)


def units_of_stream(pair: Pair, form: str, stream: list[list[str]]) -> dict[str, set[Unit]]:
    """What a stream of kept, deleted and inserted text says of each clause: one of which three quarters went was
    removed, one of which three quarters came was added, unless as many went as came in one place: those were reworded.
    """
    owners = {side: _owners(pair, side, form) for side in ("old", "new")}
    shares = _Shares(owners)
    for tag, text in stream:
        shares.take(tag, sum(not letter.isspace() for letter in text))
    return shares.units()


def _owners(pair: Pair, side: str, form: str) -> list[int]:
    """For each letter of a printed edition that is no blank, the clause it belongs to; 0 for none."""
    house = houses(pair)[side == "new"]
    lines = owned(pair, printed_sides(pair)[side], house, form)
    return [uid for line, text in lines for uid in [_uid(line)] * sum(not letter.isspace() for letter in text)]


def _uid(line: Line | None) -> int:
    return line.item.uid if line and line.item else 0


class _Shares:
    """How much of each clause went, came and moved."""

    _SIDES = {"=": ("old", "new"), "-": ("old",), "<": ("old",), "+": ("new",), ">": ("new",)}

    def __init__(self, owners: dict[str, list[int]]) -> None:
        self._owners = owners
        self._sizes = {side: Counter(listed) for side, listed in owners.items()}
        self._at = {"old": 0, "new": 0}
        self._changed: dict[str, Counter[int]] = {"old": Counter(), "new": Counter()}
        self._moved: dict[str, Counter[int]] = {"old": Counter(), "new": Counter()}
        self._hunk: dict[str, set[int]] = {"old": set(), "new": set()}
        self._hunks: list[dict[str, set[int]]] = []

    def take(self, tag: str, letters: int) -> None:
        """The next piece of the stream."""
        if not letters:
            return
        if tag == "=":
            self._end_hunk()
        for side in self._SIDES[tag]:
            start = self._at[side]
            self._at[side] = start + letters
            if tag != "=":
                counted = Counter(self._owners[side][start : start + letters])
                (self._moved if tag in "<>" else self._changed)[side].update(counted)
                self._hunk[side].update(counted if tag in "-+" else ())

    def _end_hunk(self) -> None:
        self._hunks.append(self._hunk)
        self._hunk = {"old": set(), "new": set()}

    def units(self) -> dict[str, set[Unit]]:
        self._end_hunk()
        whole = {side: {uid for uid in changed if self._is_whole(side, uid)} for side, changed in self._changed.items()}
        said: defaultdict[str, set[Unit]] = defaultdict(set)
        for hunk in self._hunks:
            gone, come = hunk["old"] & whole["old"], hunk["new"] & whole["new"]
            if gone and len(gone) == len(come):
                said["reworded"] |= {("old", uid) for uid in gone} | {("new", uid) for uid in come}
        for side, kind in (("old", "removed"), ("new", "added")):
            for uid in filter(None, self._changed[side]):
                unit = (side, uid)
                said[kind if uid in whole[side] and unit not in said["reworded"] else "reworded"].add(unit)
            for uid, letters in self._moved[side].items():
                if uid and letters >= self._sizes[side][uid] / 2:
                    said["moved"].add((side, uid))
        return said

    def _is_whole(self, side: str, uid: int) -> bool:
        return uid > 0 and self._changed[side][uid] >= _WHOLE * self._sizes[side][uid]
