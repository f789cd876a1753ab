"""A force's system: invented notifications, signed and sent over connections that stay open, and sent again on failure.

It signs by what docs/reference/notifications-api.md says and imports nothing of Haven.
"""

import base64
import json
import secrets
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from http.client import HTTPConnection, HTTPException
from random import Random
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

PATH = "/api/v1/notifications"
BATCH = f"{PATH}/batch"
FIRST = "Ada Ben Cleo Dev Esme Finn Gus Hana Ivy Jude Kit Lily Max Nell Otis Pia Quin Rosa Sol Tess Uma Vera Wren Zak"
WORDS = "Officers were called to an argument between two adults at home. Nobody was hurt. The children were upstairs. "


@dataclass
class Force:
    """A program with its key, for one Haven."""

    port: int
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)

    @property
    def public(self) -> str:
        """Its public key in Base64."""
        return base64.b64encode(self.key.public_key().public_bytes_raw()).decode()

    @property
    def name(self) -> str:
        """The keyid."""
        return sha256(self.key.public_key().public_bytes_raw()).hexdigest()[:32]

    def signed(self, body: bytes, key: UUID | str | None, *, path: str = PATH, ahead: float = 0.0) -> dict[str, str]:
        """The header fields of a request, signed so many seconds ahead of the clock. A batch has no key of its own."""
        digest = base64.b64encode(sha256(body).digest()).decode()
        host = f"127.0.0.1:{self.port}"
        fields = {"content-type": "application/json", "content-digest": f"sha-256=:{digest}:"}
        fields |= {"idempotency-key": str(key)} if key else {}
        values = {"@method": "POST", "@target-uri": f"http://{host}{path}", **fields}
        said = f"({' '.join(json.dumps(part) for part in values)});created={int(time.time() + ahead)}"
        said += f';keyid="{self.name}";nonce="{secrets.token_urlsafe(18)}";alg="ed25519";tag="{host}"'
        base = "\n".join([*(f'"{part}": {value}' for part, value in values.items()), f'"@signature-params": {said}'])
        signature = base64.b64encode(self.key.sign(base.encode())).decode()
        return fields | {"signature-input": f"haven={said}", "signature": f"haven=:{signature}:"}


class Line:
    """One connection that stays open. `send` gives the status and the answer."""

    def __init__(self, force: Force) -> None:
        self.force = force
        self.connection = HTTPConnection("127.0.0.1", force.port, timeout=30)

    def send(self, given: dict[str, Any], key: UUID) -> tuple[int, dict[str, Any]]:
        """Send a notification; where no answer comes, the same once more under the same key."""
        return self._send(PATH, json.dumps(given).encode(), key)

    def send_batch(self, given: Sequence[tuple[UUID, dict[str, Any]]]) -> list[dict[str, Any]]:
        """Send notifications together, each with its key, and give back the answer to each."""
        body = {"notifications": [each | {"key": str(key)} for key, each in given]}
        status, answer = self._send(BATCH, json.dumps(body).encode(), None)
        return answer["answers"] if status == 200 else [{"status": status, "problem": answer}] * len(given)

    def _send(self, path: str, body: bytes, key: UUID | None) -> tuple[int, dict[str, Any]]:
        for last in (False, True):
            try:
                self.connection.request("POST", path, body, self.force.signed(body, key, path=path))
                answer = self.connection.getresponse()
                return answer.status, json.loads(answer.read())
            except (OSError, HTTPException):
                self.connection.close()
                if last:
                    raise
        raise AssertionError


def notifications(urns: list[int], seed: int) -> Iterator[dict[str, Any]]:
    """Invented notifications without end: one or two children, of whom one in four was named before."""
    chance, today = Random(seed), datetime.now(UTC).date()
    known: list[dict[str, Any]] = []
    while True:
        children = []
        for _ in range(1 if chance.random() < 0.75 else 2):
            if known and chance.random() < 0.25:
                child = known[chance.randrange(len(known))]
            else:
                child = _child(chance, urns, today)
                known.append(child)
            if child["first_name"] not in {each["first_name"] for each in children}:
                children.append(child)
        happened = datetime.now(UTC) - timedelta(minutes=chance.randrange(60, 60 * 48))
        items = {"reference": f"FH/{chance.randrange(10**8)}", "happened-at": happened.isoformat()}
        yield {"area": "999", "items": items | {"circumstances": WORDS * chance.randrange(1, 12)}, "children": children}


def _child(chance: Random, urns: list[int], today: date) -> dict[str, Any]:
    names = FIRST.split()
    born_on = today - timedelta(days=chance.randrange(5 * 366, 11 * 365))
    letters = "".join(chance.choice("abcdefghiklmnoprstuvw") for _ in range(8)).capitalize()
    return {
        "first_name": chance.choice(names),
        "last_name": letters,
        "born_on": born_on.isoformat(),
        "schools": [chance.choice(urns)],
        "items": {"present": "present"},
    }
