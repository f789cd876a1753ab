"""A ledger as a folder of plain files, written and read: docs/reference/ledger-format.md."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from haven.engines.chain.hashing import HASH_BYTES, LEAF_BYTES, leaf_hash
from haven.engines.chain.notes import BadNote, VerifierKey, decoded, encoded
from haven.engines.chain.tree import WIDTH, Edge, Place
from haven.engines.chain.verifying import Line, Signed, Verdict, verify

_LENGTH = LEAF_BYTES.to_bytes(2, "big")


class CannotExport(Exception):
    """The folder cannot be written to; the text says why."""


class Export:
    """Writes an export, entry by entry. The folder must be new or empty."""

    def __init__(self, folder: Path) -> None:
        if folder.exists() and any(folder.iterdir()):
            raise CannotExport(f"{folder} is not empty")
        self.folder = folder
        self.edge = Edge()
        self.bundle: list[bytes] = []
        (folder / "tile" / "entries").mkdir(parents=True)

    def write_keys(self, *, logs: Sequence[VerifierKey], witnesses: Sequence[VerifierKey]) -> None:
        """The keys of the log and of its witnesses."""
        (self.folder / "keys").write_text("".join(f"{key}\n" for key in logs))
        (self.folder / "witnesses").write_text("".join(f"{key}\n" for key in witnesses))

    def write_checkpoints(self, checkpoints: Iterator[Signed]) -> None:
        """Every retained checkpoint, the newest by itself too."""
        newest = ""
        with (self.folder / "checkpoints.jsonl").open("w") as file:
            for each in checkpoints:
                newest = each.note
                file.write(_json({"checkpoint": each.note, "size": each.size}))
        if newest:
            (self.folder / "checkpoint").write_text(newest)

    def write_entries(self, lines: Iterator[Line]) -> int:
        """Details, leaves and tiles; gives back how many entries there were."""
        with (self.folder / "details.jsonl").open("w") as file:
            for line in lines:
                salt = encoded(line.salt) if line.salt is not None else None
                file.write(_json({"detail": line.detail, "number": line.number, "salt": salt}))
                self.bundle.append(line.leaf)
                if len(self.bundle) == WIDTH:
                    self._end_bundle()
        partial = self.edge.size // WIDTH, len(self.bundle)
        self._grow()
        if partial[1]:
            self._write("entries", *partial, self._bundled())
        for level, hashes in enumerate(self.edge.levels):
            if hashes:
                index = self.edge.size // WIDTH ** (level + 1)
                self._write(str(level), index, len(hashes) // HASH_BYTES, bytes(hashes))
        return self.edge.size

    def _end_bundle(self) -> None:
        index = self.edge.size // WIDTH
        self._grow()
        self._write("entries", index, WIDTH, self._bundled())
        self.bundle.clear()

    def _grow(self) -> None:
        for tile in self.edge.append(b"".join(map(leaf_hash, self.bundle))):
            self._write(str(tile.level), tile.index, WIDTH, tile.hashes)

    def _bundled(self) -> bytes:
        return b"".join(_LENGTH + leaf for leaf in self.bundle)

    def _write(self, level: str, index: int, width: int, content: bytes) -> None:
        path = self.folder / "tile" / level / tile_name(index, width)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


class Folder:
    """Reads an export: where tiles and lines come from for a verification of it. Raises `BadNote`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, places: Sequence[Place]) -> list[bytes]:
        """As `Tiles` asks for it; nothing where there is no file."""
        paths = [self.folder / "tile" / str(each.level) / tile_name(each.index, each.width) for each in places]
        return [path.read_bytes() if path.exists() else b"" for path in paths]

    def lines(self) -> Iterator[Line]:
        """Every entry: its leaf from the bundles, its detail from the details. A leaf too many or too few is told by
        the number at which it is so.
        """
        leaves = self._leaves()
        with (self.folder / "details.jsonl").open(encoding="utf-8", newline="\n") as file:
            for written in file:
                yield _line(written, next(leaves, b""))
        for number, leaf in enumerate(leaves, start=1):
            yield Line(-number, leaf, None, None)  # no detail stands beside it: it is nobody's entry

    def checkpoints(self) -> Iterator[Signed]:
        """Every retained checkpoint; and the newest, as it stands by itself, where it is another."""
        size, note, by_itself = 0, "", self._text("checkpoint")
        for written in self._text("checkpoints.jsonl").splitlines(keepends=True):
            told = _told(written, {"checkpoint": str, "size": int})
            size, note = told["size"], told["checkpoint"]
            yield Signed(size, note)
        if by_itself != note:
            yield Signed(size, by_itself)

    def keys(self, name: str) -> list[VerifierKey]:
        """The vkeys of `keys` or of `witnesses`."""
        return [VerifierKey.parse(line) for line in self._text(name).splitlines()]

    def _leaves(self) -> Iterator[bytes]:
        index = 0
        while content := self._bundle(index):
            for at in range(0, len(content), 2 + LEAF_BYTES):
                yield content[at + 2 : at + 2 + LEAF_BYTES] if content[at : at + 2] == _LENGTH else b""
            index += 1

    def _bundle(self, index: int) -> bytes:
        path = self.folder / "tile" / "entries" / tile_name(index, WIDTH)
        if path.exists():
            return path.read_bytes()
        partial = path.with_name(f"{path.name}.p")
        widths = sorted(partial.iterdir(), key=lambda each: int(each.name)) if partial.exists() else []
        return widths[-1].read_bytes() if widths else b""

    def _text(self, name: str) -> str:
        path = self.folder / name
        try:
            return path.read_bytes().decode() if path.exists() else ""
        except UnicodeDecodeError as wrong:
            raise BadNote(f"{name} is not UTF-8") from wrong


def verified_folder(
    folder: Path, *, logs: Sequence[VerifierKey], witnesses: Sequence[VerifierKey] = (), known: Sequence[str] = ()
) -> Verdict:
    """Verify an export by the keys that were given: those in the folder say nothing."""
    read = Folder(folder)
    told = read.lines()
    return verify(told, checkpoints=read.checkpoints(), tiles=read, logs=logs, witnesses=witnesses, known=known)


def tile_name(index: int, width: int) -> str:
    """Where a tile lies within its level: three digits at a time, so that no folder grows large."""
    groups = [f"{index % 1000:03}"]
    while index := index // 1000:
        groups.insert(0, f"x{index % 1000:03}")
    return "/".join(groups) + (f".p/{width}" if width < WIDTH else "")


def _line(written: str, leaf: bytes) -> Line:
    told = _told(written, {"detail": str | None, "number": int, "salt": str | None})
    salt = decoded(told["salt"]) if told["salt"] is not None else None
    return Line(told["number"], leaf, salt, told["detail"])


def _told(written: str, kinds: dict[str, Any]) -> dict[str, Any]:
    try:
        told = json.loads(written)
    except ValueError as wrong:
        raise BadNote("a line is not JSON") from wrong
    if not isinstance(told, dict) or set(told) != set(kinds) or _json(told) != written:
        raise BadNote("a line is not written as it should be")
    if any(not isinstance(told[name], kind) for name, kind in kinds.items()):
        raise BadNote("a value of a line is not of its kind")
    return told


def _json(told: dict[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, sort_keys=True) + "\n"
