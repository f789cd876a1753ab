"""Sends as a force's program does, by the page of the interface alone, and never takes an answer for granted."""

import json
import random
import socket
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from http.client import HTTPConnection, HTTPException
from uuid import UUID

import psycopg

from benchmarks.sharing_client import PATH, Force
from faults.processes import House
from faults.receipts import Receipt, Receipts

AT_ONCE = 6  # senders
SETTLED = 90.0  # seconds at rest: more than what is due within sixty may take
PATIENCE = 480.0  # for letters that a killed worker had claimed: nobody else sends them for five minutes
FIRST_NAMES = ("Jonah", "Isla", "Amara", "Luca", "Mina", "Noor", "Otis", "Tess")
LAST_NAMES = ("Quayle", "Everdene", "Hartshorn", "Kestrel", "Cottle", "Aldous", "Marlow", "Fisk")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    body: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Sending:
    """One notification on its way: it goes out with the same key until a receipt comes."""

    key: str
    body: bytes
    how: str  # "plain", "reply lost", "twice at once"


@dataclass
class Senders:
    """Several senders at work on one house."""

    house: House
    receipts: Receipts
    force: Force
    area: str
    schools: list[int]
    chance: random.Random
    hurried: list[str] = field(default_factory=list)  # deliveries whose deadline was brought near
    refusals: list[str] = field(default_factory=list)  # answers that no faultless sending should get
    is_over: threading.Event = field(default_factory=threading.Event)
    threads: list[threading.Thread] = field(default_factory=list)
    rested_since: float = 0.0
    only: str = ""  # send in this way alone

    def begin(self) -> None:
        """Let them send until `finish`."""
        for number in range(AT_ONCE):
            thread = threading.Thread(target=self._send_on_and_on, args=(number,), daemon=True)
            thread.start()
            self.threads.append(thread)

    def finish(self, *, raising: bool = True) -> None:
        """No new sending; each that has no receipt yet is sent until it has one, while what is down is raised."""
        self.is_over.set()
        until = time.monotonic() + 120
        while any(thread.is_alive() for thread in self.threads) and time.monotonic() < until:
            if raising:
                self.house.raise_what_is_down()
            time.sleep(0.5)

    def settle(self) -> None:
        """Wait, everything running, until whatever is due was done."""
        self.rested_since = time.time()
        while time.time() < self.rested_since + SETTLED or (
            self._letters_wait() and time.time() < self.rested_since + PATIENCE
        ):
            time.sleep(1)
            self.house.raise_what_is_down()

    def _letters_wait(self) -> bool:
        with psycopg.connect(self.house.as_superuser(), autocommit=True) as line:
            return line.execute(WAITING).fetchone() is not None

    def hurry_a_deadline(self) -> int:
        """Bring the deadline of one unread delivery into the next seconds, as if its school's bell were to ring."""
        with suppress(psycopg.Error), psycopg.connect(self.house.as_superuser(), autocommit=True) as line:
            row = line.execute(HURRY).fetchone()
            if row:
                self.hurried.append(str(row[0]))
                return 1
        return 0

    def _send_on_and_on(self, number: int) -> None:
        chance = random.Random(f"{number}-{self.chance.random()}")
        while not self.is_over.is_set():
            how = self.only or chance.choices(("plain", "reply lost", "twice at once"), (8, 1, 1))[0]
            sending = Sending(str(UUID(int=chance.getrandbits(128), version=4)), self._body(chance), how)
            self.receipts.trying(sending.key, sha256(sending.body).hexdigest())
            self._until_received(sending, chance)

    def _until_received(self, sending: Sending, chance: random.Random) -> None:
        if sending.how == "reply lost":
            self._send_and_hang_up(sending)
        elif sending.how == "twice at once":
            other = threading.Thread(target=self._once, args=(sending,), daemon=True)
            other.start()
        until = time.monotonic() + 180
        while not self._once(sending) and time.monotonic() < until:
            time.sleep(chance.uniform(0.05, 0.4))

    def _once(self, sending: Sending) -> bool:
        """Whether a receipt came."""
        try:
            answer = self._post(sending)
        except (OSError, HTTPException, ValueError):
            return False
        if answer.status in (200, 201):
            told = answer.body
            self.receipts.acknowledged(
                Receipt(sending.key, str(told["id"]), str(told["body_hash"]), str(told["accepted_at"]))
            )
            return True
        if answer.status < 500 and answer.status != 429 and not str(answer.body.get("type")).endswith("stale"):
            self.refusals.append(f"{answer.status} {answer.body.get('type')} {answer.body.get('faults', '')}")
        return False

    def _post(self, sending: Sending) -> Answer:
        line = HTTPConnection("127.0.0.1", self.house.port, timeout=30)
        try:
            line.request("POST", PATH, sending.body, self._signed(sending))
            reply = line.getresponse()
            return Answer(reply.status, json.loads(reply.read()))
        finally:
            line.close()

    def _send_and_hang_up(self, sending: Sending) -> None:
        """Send it and go before the answer comes."""
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.house.port), timeout=5) as line:
            headers = {
                "Host": f"127.0.0.1:{self.house.port}",
                "Content-Length": str(len(sending.body)),
                **self._signed(sending),
            }
            head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
            line.sendall(f"POST {PATH} HTTP/1.1\r\n{head}\r\n".encode() + sending.body)
            time.sleep(self.chance.uniform(0, 0.1))

    def _signed(self, sending: Sending) -> dict[str, str]:
        return self.force.signed(sending.body, sending.key)

    def _body(self, chance: random.Random) -> bytes:
        children = [
            {
                "first_name": chance.choice(FIRST_NAMES),
                "last_name": chance.choice(LAST_NAMES),
                "born_on": f"{chance.randint(2015, 2019)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
                "schools": [chance.choice(self.schools)],
                "items": {"present": chance.choice(("present", "absent"))},
            }
            for _ in range(chance.choice((1, 1, 1, 2)))
        ]
        body = {
            "area": self.area,
            "items": {"reference": f"FH/{chance.getrandbits(40):x}", "happened-at": "2026-02-28T21:40:00+00:00"},
            "children": children,
        }
        return json.dumps(body).encode()


WAITING = "select 1 from notifications_prompt where sent_at is null and given_up_at is null limit 1"
HURRY = """
    update notifications_delivery set deadline_at = now() + interval '5 seconds', next_step_at = now()
    where id = (select id from notifications_delivery where stage = 'available' and missed_at is null
        and deadline_at > now() + interval '1 hour' order by random() limit 1)
    returning id
"""
