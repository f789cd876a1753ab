"""What the harness was told, written to a file of its own before it goes on: no stop of Haven can change it."""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Lock


@dataclass(frozen=True, slots=True)
class Receipt:
    """That a sending was acknowledged: its key, what Haven calls it, the hash of its body, and where it is written."""

    key: str
    notification: str
    body_hash: str
    accepted_at: str
    detail: int


class Receipts:
    """Every sending that was tried, and every receipt that came back."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("a", encoding="utf-8")
        self._lock = Lock()
        self.tried: dict[str, str] = {}  # key to the hash of its body
        self.told: dict[str, Receipt] = {}
        self.contradictions: list[str] = []  # two receipts of one key that say different things

    def trying(self, key: str, body_hash: str) -> None:
        """A sending is about to go out."""
        with self._lock:
            self.tried[key] = body_hash
            self._write({"tried": key, "body_hash": body_hash})

    def acknowledged(self, receipt: Receipt) -> None:
        """A receipt came back: it is on the disk before this returns."""
        with self._lock:
            before = self.told.setdefault(receipt.key, receipt)
            if before != receipt:
                self.contradictions.append(receipt.key)
            self._write({"acknowledged": asdict(receipt)})
            os.fsync(self._file.fileno())

    def end(self) -> None:
        """Close the file."""
        self._file.close()

    def unanswered(self) -> Iterator[str]:
        """Keys that were tried and for which no receipt has come."""
        return (key for key in list(self.tried) if key not in self.told)

    def _write(self, line: dict[str, object]) -> None:
        self._file.write(json.dumps(line) + "\n")
        self._file.flush()
