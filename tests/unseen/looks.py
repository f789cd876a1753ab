"""All that somebody can observe: every page she can reach, every button on it, every look-up, every letter to her."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.cookies import SimpleCookie
from uuid import UUID, uuid4

import time_machine
from django.core import mail
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, TestCase
from django.urls import reverse

from haven.access.actor import HAVEN
from haven.checks import services as checks
from haven.notifications import services as notifications
from tests.behind import stop_the_clock
from tests.shape.routes import Route, routes
from tests.subjects.known import JONAH
from tests.unseen.hidden import GWEN

SPACES = ("subjects:", "notifications:", "checks:", "intelligence:")
FOLDERS = ("/children/", "/notifications/", "/checks/", "/intelligence/")
STARTS = tuple(route.name for route in routes() if route.name.startswith(SPACES) and not route.values)
NAMED = tuple(route for route in routes() if route.name.startswith(SPACES) and route.values)
SAID = (("purpose", "case 2026/17"), ("why", "A court asks"))  # so that a look is not refused for want of a reason
TOKEN = re.compile(r'(name="csrfmiddlewaretoken" value="|nonce="|nonce-)[^"\']*')
DRAWN = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
LINK = re.compile(r'href="([^"#?]+)')
FORM = re.compile(r'<form\b[^>]*method="post"[^>]*>.*?</form>', re.DOTALL)
HIDDEN = re.compile(r'<input type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"')
TOLD = ("Location", "Content-Disposition", "Content-Type", "Cache-Control")


@dataclass(frozen=True)
class Place:
    """Where one can look: an address, asked to show or sent what a form on it holds."""

    method: str
    address: str
    sent: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Look:
    """Somebody at a browser at a moment, knowing what rows there were in the smaller world."""

    who: str
    cookies: SimpleCookie
    email: str
    at: datetime
    known: frozenset[str]
    area: UUID
    own: tuple[Place, ...] = ()  # what she is shown only when she asks for it
    kept: list[HttpResponse] = field(default_factory=list)  # the answers as they came

    def everywhere(self) -> dict[Place, str]:
        """What she finds at every place that she can come to: the pages without a name of something, those they lead
        to, each form on them, and looking children up."""
        found: dict[Place, str] = {}
        with self._there():
            waiting = ["/", *(reverse(name) for name in STARTS)]
            for address in waiting:
                page = self._asked(found, Place("GET", address))
                waiting += [link for link in LINK.findall(page) if link.startswith(FOLDERS) and link not in waiting]
                for each in _forms(page, address):
                    self._asked(found, each)
            for each in (*self.own, *_look_ups(self.area)):
                self._asked(found, each)
        return found

    def again(self, places: Iterable[Place]) -> dict[Place, str]:
        """What she finds at these."""
        found: dict[Place, str] = {}
        self.kept.clear()
        with self._there():
            for each in places:
                self._asked(found, each)
        return found

    def letters(self) -> list[str]:
        """What was written to her, in the order of its words."""
        return sorted(f"{each.subject}\n{each.body}" for each in mail.outbox if self.email in each.to)

    @contextmanager
    def _there(self) -> Iterator[None]:
        with time_machine.travel(self.at, tick=False):
            stop_the_clock(self.at)
            yield

    def _asked(self, found: dict[Place, str], place: Place) -> str:
        with transaction.atomic():
            client = Client()
            client.cookies = SimpleCookie(self.cookies)
            is_look = place.method == "GET"
            response = client.get(place.address) if is_look else client.post(place.address, dict(place.sent))
            transaction.set_rollback(True)
        self.kept.append(response)
        found[place] = self._tidy(response)
        return found[place]

    def _tidy(self, response: HttpResponse) -> str:
        """What it says without what is drawn anew for every answer: tokens, and rows that the smaller world has not."""
        headers = [f"{name}: {response.headers[name]}" for name in TOLD if name in response.headers]
        text = "\n".join([str(response.status_code), *headers, response.content.decode("latin-1")])
        return DRAWN.sub(lambda found: found[0] if found[0] in self.known else "…", TOKEN.sub(r"\1", text))


def overnight(until: datetime) -> None:
    """Haven’s own work: whoever must be told by this moment is told, and the returns of the month before are made."""
    with time_machine.travel(until, tick=False), TestCase.captureOnCommitCallbacks(execute=True):
        stop_the_clock(until)
        notifications.sweep(by=HAVEN, at=until)
        notifications.send_prompts(by=HAVEN, at=until)
        checks.chase(by=HAVEN, at=until)
        notifications.make_returns(by=HAVEN, at=until)
        notifications.tell_of_returns(by=HAVEN, at=until)


def guessed(route: Route, values: Mapping[str, UUID]) -> tuple[Place, Place]:
    """An address whose values she guessed; for those not given, of something that is not there."""
    kinds = {name: "json" for name in route.values if name == "kind"}
    address = reverse(route.name, kwargs={name: values.get(name, uuid4()) for name in route.values} | kinds)
    return Place("GET", address), Place("POST", address, SAID)


def _look_ups(area: UUID) -> Iterator[Place]:
    for identity in (JONAH, GWEN):
        day = identity.born_on
        assert day
        said = {"area": str(area), "first_name": identity.first_name, "last_name": identity.last_name}
        said |= {f"born_on_{place}": str(part) for place, part in enumerate((day.day, day.month, day.year))}
        for name in ("subjects:look-up", "checks:ask"):
            yield Place("POST", reverse(name), tuple((said | {"purpose": "case 2026/17"}).items()))


def _forms(page: str, address: str) -> Iterator[Place]:
    """Each form of a page, as somebody sends it who types nothing."""
    for form in FORM.findall(page):
        action = re.search(r'action="([^"]*)"', form.split(">")[0])
        target = action[1] if action and action[1] else address
        if target.startswith(FOLDERS):
            yield Place("POST", target, tuple(HIDDEN.findall(form)))
