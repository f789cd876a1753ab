"""All that a program can observe: every address, each list to its end, whatever it guesses, and what it may send."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import time_machine
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from haven.access.actor import HAVEN
from haven.notifications import services as notifications
from haven.notifications.rules.sending import ALPHABET
from tests.api.programs import Program
from tests.api.test_bodies import sent_with
from tests.behind import stop_the_clock
from tests.cast import PEOPLE
from tests.subjects.known import STAFF
from tests.unseen.guesses import Guess
from tests.unseen.looks import DRAWN

API = "/api/v1/notifications"
BATCH = f"{API}/batch"
RECEIPTS = "/api/v1/receipts"
REFERENCES = re.compile(f"[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}")
GWEN = {"first_name": "Gwen", "born_on": "2018-02-03"}
NAMES = [name for name, _, place in (*STAFF.values(), *PEOPLE.values()) if place == "oakfield"]
Posted = tuple[str, Any, UUID | None]


def _child(area: str, school: int, **changed: Any) -> dict[str, Any]:
    """The hidden child, or one changed, at this school."""
    return sent_with(**{"area": area, "child__schools": [school]} | changed)


def _alone(guess: Guess, *to: Any) -> list[Posted]:
    """Under the guessed key: twice the same, then something else."""
    return [(API, each, guess.key) for each in (_child(*to), _child(*to), _child(*to, child__first_name="Josiah"))]


def _spelt(guess: Guess, *to: Any) -> list[Posted]:
    return [(API, _child(*to, child__first_name="Jo-Nah"), uuid4()), (API, _child(*to, siblings=True), guess.key)]


def _sisters(guess: Guess, *to: Any) -> list[Posted]:
    given = _child(*to, siblings=True)
    given["children"].append(given["children"][0] | GWEN)
    return [(API, given, guess.key)]


def _at_home(guess: Guess, *to: Any) -> list[Posted]:
    return [(API, _child(*to, child__schools=None, child__at_home=True), guess.key)]


def _elsewhere(guess: Guess, *_: Any) -> list[Posted]:
    """To schools that are not hers, and into areas that may not be the program’s."""
    wrong = _child("999", 900002)
    told = _child("999", 900002, child__override="She is taught there.")
    return [(API, each, guess.key) for each in (wrong, told, _child("998", 900001), _child("998", 900201))]


def _kept_out(guess: Guess, *to: Any) -> list[Posted]:
    """Naming who may be kept from her, and whoever is no one’s."""
    return [(API, _child(*to, works_there=[each]), guess.key) for each in (*NAMES, "Alex Quayle")]


def _where(guess: Guess, *to: Any) -> list[Posted]:
    """With words that may be where she is safe."""
    said = {"present": "present", "said": "We live at 7 Tern Avenue"}
    words = {"child__items": said}
    return [(API, _child(*to, **words), guess.key), (API, _child(*to, **words, words_checked=True), guess.key)]


def _together(guess: Guess, *to: Any) -> list[Posted]:
    """In one request, the guessed key twice among them; then the same again."""
    given = [_child(*to), _child(*to, child__first_name="Josiah"), _child(*to, works_there=NAMES[:1])]
    keys = [guess.key, guess.key, UUID(int=7)]
    many = {"notifications": [each | {"key": str(key)} for each, key in zip(given, keys, strict=True)]}
    return [(BATCH, many, None), (BATCH, many, None)]


SENDING: Mapping[str, Callable[..., list[Posted]]] = {
    "alone": _alone,
    "spelt otherwise": _spelt,
    "with her sister": _sisters,
    "at home": _at_home,
    "elsewhere": _elsewhere,
    "with people kept out": _kept_out,
    "with words that tell where": _where,
    "together": _together,
}
"""What a program may send about the hidden child: to which address, what, and under which key."""


@dataclass(frozen=True)
class Caller:
    """A program at a moment, knowing what rows and receipts there were in the smaller world."""

    name: str
    program: Program
    sends_to: tuple[str, int]
    at: datetime
    known: frozenset[str]
    receipts: tuple[str, ...]

    def reads(self, guess: Guess) -> list[str]:
        """What it is answered that sends nothing: each list to its end, and what it guesses."""
        with self._there():
            found = self._listed()
            since = f"since={guess.at:%Y-%m-%dT%H:%M:%SZ}"
            found += [*self._receipts(f"{since}&after={guess.id}"), *self._receipts(since)]
            places = [f"{RECEIPTS}/{guess.reference}/proof", f"{RECEIPTS}/{guess.reference.lower()}/proof"]
            places += [f"{RECEIPTS}/{each}/proof" for each in self.receipts]
            places += [API, BATCH, f"{RECEIPTS}/{guess.id}/proof", f"/notifications/sent/{guess.id}/"]
            found += [self._told(self._get(each)) for each in places]
        return found

    def sends(self, what: str, guess: Guess) -> list[str]:
        """What it is answered that sends this, and asks then and a day later what became of it. Undone afterwards."""
        found = []
        with transaction.atomic():
            for minute, each in enumerate(SENDING[what](guess, *self.sends_to)):
                with self._there(timedelta(minutes=minute)):
                    found.append(self._told(self._post(*each)))
            with self._there(timedelta(hours=1)):
                found += self._listed()
            with self._there(timedelta(days=1)):
                notifications.sweep(by=HAVEN, at=datetime.now(UTC))
                found += self._listed()
            transaction.set_rollback(True)
        return found

    def sent(self, name: str) -> None:
        """Sends of a child about whom nothing is hidden."""
        with self._there():
            given = _child(*self.sends_to, child__first_name=name, child__last_name="Ravenhill")
            assert self._post(API, given, uuid4()).status_code == 201

    @contextmanager
    def _there(self, after: timedelta = timedelta()) -> Iterator[None]:
        with time_machine.travel(self.at + after, tick=False):
            stop_the_clock(self.at + after)
            yield

    def _listed(self) -> list[str]:
        return self._receipts("since=2026-01-01T00:00:00Z")

    def _receipts(self, query: str) -> list[str]:
        found, path = [], f"{RECEIPTS}?{query}"
        while path:
            answer = self._get(path)
            found.append(self._told(answer))
            path = answer.json().get("next")
        return found

    def _get(self, path: str) -> HttpResponse:
        fields = {"If-None-Match": "*", "If-Modified-Since": "Mon, 02 Mar 2026 09:30:00 GMT"}
        headers = self.program.headers("GET", path, at=datetime.now(UTC))
        with transaction.atomic():
            return Client().get(path, headers=fields | headers)

    def _post(self, path: str, given: Any, key: UUID | None) -> HttpResponse:
        body = json.dumps(given).encode()
        headers = self.program.headers("POST", path, body, at=datetime.now(UTC), key=str(key) if key else None)
        kind = headers.pop("content-type")
        with transaction.atomic():
            return Client().post(path, data=body, content_type=kind, headers=headers)

    def _told(self, response: HttpResponse) -> str:
        """The whole answer with every header, without names that are drawn anew for what the smaller world has not."""
        headers = [f"{name}: {value}" for name, value in sorted(response.headers.items())]
        text = "\n".join([str(response.status_code), *headers, response.content.decode()])
        for drawn in (DRAWN, REFERENCES):
            text = drawn.sub(lambda found: found[0] if found[0] in self.known else "…", text)
        return text
