"""What the harness was told, written to a file of its own before it goes on: no stop of Haven can change it."""

import json
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock

MOST_OFF = 1.0  # second: the harness and the database stand on one machine, and have one clock


@dataclass(frozen=True, slots=True)
class Receipt:
    """That a sending was acknowledged: its key, what Haven calls it, and the hash of its body."""

    key: str
    notification: str
    body_hash: str
    accepted_at: str


class Receipts:
    """Every sending that was tried, and every receipt that came back."""

    def __init__(self, path: Path, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._file = path.open("a", encoding="utf-8")
        self._lock = Lock()
        self.tried: dict[str, str] = {}  # key to the hash of its body
        self.tried_at: dict[str, float] = {}  # key to the hour of the first try, by the harness's clock
        self.told: dict[str, Receipt] = {}
        self.wrong_hours: list[str] = []  # accepted before the first try, or after the receipt came
        self.contradictions: list[str] = []  # two receipts of one key that say different things

    def trying(self, key: str, body_hash: str) -> None:
        """A sending is about to go out."""
        with self._lock:
            self.tried[key] = body_hash
            self.tried_at.setdefault(key, self._clock())
            self._write({"tried": key, "body_hash": body_hash})

    def acknowledged(self, receipt: Receipt) -> None:
        """A receipt came back: it is on the disk before this returns."""
        with self._lock:
            before = self.told.setdefault(receipt.key, receipt)
            accepted_at = datetime.fromisoformat(receipt.accepted_at).timestamp()
            if not self.tried_at[receipt.key] - MOST_OFF <= accepted_at <= self._clock() + MOST_OFF:
                self.wrong_hours.append(receipt.key)
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
