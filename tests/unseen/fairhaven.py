"""A Fairhaven in which the hidden child is not, and what each observes in it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from unittest.mock import patch
from uuid import UUID

import time_machine
from django.apps import apps
from django.conf import settings
from django.core import mail
from django.db import transaction
from django.urls import reverse

from haven.access.actor import HAVEN
from haven.api.rules.rates import Rates
from haven.checks.services import load_prompts
from haven.notifications.models import Notification
from haven.subjects.models import Subject
from tests.api.programs import Program
from tests.behind import behind
from tests.cast import NOW, Cast, assemble
from tests.checks.asked import PROMPTS
from tests.intelligence.told import STAFF as UNIT
from tests.people.seen import enrol
from tests.shape.routes import Route
from tests.subjects.known import STAFF, joined
from tests.unseen import afar
from tests.unseen.callers import Caller
from tests.unseen.guesses import Guess
from tests.unseen.hidden import known_to_all
from tests.unseen.looks import Look, Place, guessed, overnight

FORCE = {"liam": ("Liam Merriman", "police-officer", "police")}
EXCLUDED = "priya dee tom ruth lena mina marcus peter dara osei ivo iris liam".split()
OTHERS = ("grace", "nadia")  # another school, whom nothing was sent, and the scrutineer
OFFICER = "hugo"  # for children taught at home: looks in tests of her own
AWAY = "noor"  # who runs checks for another council
LATER = NOW + timedelta(hours=3)
IN_APRIL = datetime.fromisoformat("2026-04-02T10:00:00+00:00")  # when March can be counted
Moment = tuple[str, datetime]


@dataclass
class Fairhaven:
    """The world, who looks at it and which programs ask, and what they observed where there is no such child."""

    cast: Cast
    gwen: Subject
    looks: dict[Moment, Look] = field(default_factory=dict)
    callers: dict[Moment, Caller] = field(default_factory=dict)
    seen: dict[Moment, dict[Place, str]] = field(default_factory=dict)
    of_nothing: dict[tuple[str, datetime, str], list[str]] = field(default_factory=dict)

    def without(self, who: str, at: datetime) -> dict[Place, str]:
        """What she observes everywhere where there is no such child, looked at once."""
        if (who, at) not in self.seen:
            with undone():
                self.seen[who, at] = self.looks[who, at].everywhere()
        return self.seen[who, at]

    def guess(self, who: str, at: datetime, route: Route, values: Mapping[str, UUID]) -> list[str]:
        """What an address answers that names something of the hidden child; or, without values, nothing at all."""
        return list(self.looks[who, at].again(guessed(route, values)).values())

    def guess_of_nothing(self, who: str, at: datetime, route: Route) -> list[str]:
        """The same, kept."""
        if (who, at, route.name) not in self.of_nothing:
            self.of_nothing[who, at, route.name] = self.guess(who, at, route, {})
        return self.of_nothing[who, at, route.name]

    def told_without(self, program: str, at: datetime, what: str = "") -> list[str]:
        """What a program is told where there is no such child: when it sends this, or only reads. Asked once."""
        if (program, at, what) not in self.of_nothing:
            with undone():
                self.of_nothing[program, at, what] = self.told(program, at, Guess(), what)
        return self.of_nothing[program, at, what]

    def told(self, program: str, at: datetime, guess: Guess, what: str = "") -> list[str]:
        """What it is told."""
        caller = self.callers[program, at]
        return caller.sends(what, guess) if what else caller.reads(guess)


@contextmanager
def undone() -> Iterator[None]:
    """What is written meanwhile is undone."""
    with transaction.atomic():
        mail.outbox.clear()
        yield
        transaction.set_rollback(True)


@contextmanager
def many_requests() -> Iterator[None]:
    """A time in which programs may ask as often as they like, and are told of two receipts at once."""
    rates = Rates(a_second=1, at_once=10**9)
    with patch("haven.api.views.notifications.RATES", rates), patch("haven.api.queries.receipts.AT_ONCE", 2):
        yield


def made() -> Fairhaven:
    """The world as it is before anything is hidden in it."""
    mail.outbox = []
    with time_machine.travel(NOW, tick=False):
        cast = assemble()
        joined(cast, STAFF | UNIT | FORCE)
        afar.settle(cast)
        enrol(*cast.people.values())
        load_prompts(content=PROMPTS, by=HAVEN, at=NOW)
        world = Fairhaven(cast, known_to_all(cast))
        check = afar.check_there(cast)
        programs = afar.programs(cast)
        for name in ("northmoor", "own"):
            _sent_before(*programs[name])
    overnight(LATER)
    overnight(IN_APRIL)
    known, receipts = frozenset(_rows()), _receipts()
    taken = Place("POST", reverse("checks:take-away", args=[check.pk, "json"]))
    own = {AWAY: (taken, Place("POST", reverse("checks:read", args=[check.pk])))}
    for at in (LATER, IN_APRIL):
        with time_machine.travel(at, tick=False):
            for who in (*EXCLUDED, *OTHERS, OFFICER, AWAY):
                person = cast.people[who]
                look = Look(who, cast.client(who).cookies, person.email, at, known, cast.area.pk, own.get(who, ()))
                world.looks[who, at] = look
        for name, (program, to) in programs.items():
            world.callers[name, at] = Caller(name, program, to, at, known | {*receipts}, receipts)
    return world


def _sent_before(program: Program, to: tuple[str, int]) -> None:
    """What a program has sent, so that there is something of its own to be told of."""
    caller = Caller("", program, to, NOW + timedelta(minutes=5), frozenset(), ())
    for name in ("Wren", "Merle", "Teal"):
        caller.sent(name)


def _receipts() -> tuple[str, ...]:
    with behind():
        return tuple(Notification.objects.order_by("reference").values_list("reference", flat=True))


def _rows() -> Iterator[str]:
    """The names of every row there is."""
    with behind():
        for model in apps.get_models():
            if model._meta.app_label in (*settings.CONFIDENTIAL_APPS, "people"):
                yield from (str(pk) for pk in model.objects.values_list("pk", flat=True))
