"""To somebody excluded, and to a wrong school, whatever a world with a child shows is what one without her shows.

Worlds are drawn at random: what was sent, asked, told and done about a hidden child, and who is kept from her. Somebody
is drawn from those, or the lead of another school, or the scrutineer; and the moment at which she looks.
docs/reference/not-seen.md tells of the thousand that were tried.
"""

import json
import os
import random
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.core import mail
from django.db import connection, transaction
from django.test import TestCase, override_settings
from pytest_django import DjangoDbBlocker

from haven.access.actor import HAVEN
from haven.checks.services import ask, load_prompts
from haven.subjects.models import Subject
from tests.behind import behind, stop_the_clock
from tests.cast import NOW, Cast, assemble
from tests.checks.asked import PROMPTS, SOON, new
from tests.intelligence.told import STAFF as UNIT
from tests.people.seen import enrol
from tests.shape.routes import Route
from tests.subjects.known import JONAH, STAFF, child, joined, kept_from, looked_for
from tests.unseen.hidden import GWEN, Hiding, known_to_all
from tests.unseen.looks import NAMED, Look, Place, guessed, overnight

pytestmark = pytest.mark.django_db
FIRST = int(os.environ.get("HAVEN_FIRST_WORLD", "0"))
WORLDS = int(os.environ.get("HAVEN_WORLDS", "12"))  # before a release: HAVEN_WORLDS=1000 ./run test tests/unseen
EACH = 4
AT_ONCE = 12
SORTS = ("subjects", "notifications", "checks", "intelligence")
FORCE = {"liam": ("Liam Merriman", "police-officer", "police")}
EXCLUDED = "priya dee tom ruth lena mina marcus peter dara osei ivo iris liam".split()
OTHERS = ("grace", "nadia")  # another school, whom nothing was sent, and the scrutineer
OFFICER = "hugo"  # for children taught at home: looks in tests of her own
LATER = NOW + timedelta(hours=3)
IN_APRIL = datetime.fromisoformat("2026-04-02T10:00:00+00:00")  # when March can be counted


@dataclass
class Fairhaven:
    """A world in which the hidden child is not, and what each observes in it."""

    cast: Cast
    gwen: Subject
    looks: dict[tuple[str, datetime], Look] = field(default_factory=dict)
    seen: dict[tuple[str, datetime], dict[Place, str]] = field(default_factory=dict)
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


@contextmanager
def undone() -> Iterator[None]:
    """What is written meanwhile is undone."""
    with transaction.atomic():
        mail.outbox.clear()
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def fairhaven(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Fairhaven]:
    """Made once; what a world adds is undone."""
    with override_settings(ROOT_KEY="5a" * 32), django_db_blocker.unblock(), transaction.atomic():
        mail.outbox = []
        with time_machine.travel(NOW, tick=False):
            cast = assemble()
            joined(cast, STAFF | UNIT | FORCE)
            enrol(*cast.people.values())
            load_prompts(content=PROMPTS, by=HAVEN, at=NOW)
            world = Fairhaven(cast, known_to_all(cast))
        overnight(LATER)
        overnight(IN_APRIL)
        known = frozenset(_rows())
        for at in (LATER, IN_APRIL):
            with time_machine.travel(at, tick=False):
                for who in (*EXCLUDED, *OTHERS, OFFICER):
                    person = cast.people[who]
                    cookies = cast.client(who).cookies
                    world.looks[who, at] = Look(who, cookies, person.email, at, known, cast.area.pk)
        yield world
        transaction.set_rollback(True)
    connection.close()


def _rows() -> Iterator[str]:
    """The names of every row there is."""
    with behind():
        for model in apps.get_models():
            if model._meta.app_label in (*settings.CONFIDENTIAL_APPS, "people"):
                yield from (str(pk) for pk in model.objects.values_list("pk", flat=True))


def differing(with_her: Mapping[Place, str], without: Mapping[Place, str]) -> list[Place]:
    """Where it is not the same."""
    return [place for place, page in with_her.items() if without.get(place) != page]


def some(places: Mapping[Place, str], draw: random.Random) -> list[Place]:
    """Some places where there is something for her, and two where there is not."""
    shown = [each for each, page in places.items() if not page.startswith(("404", "405"))]
    bare = [each for each in places if each not in shown]
    return draw.sample(shown, min(len(shown), AT_ONCE)) + draw.sample(bare, min(len(bare), 2))


def compare(fairhaven: Fairhaven, seed: int, done: Counter[str]) -> list[str]:
    """Where somebody drawn for this world can tell it from the one without the child."""
    draw = random.Random(seed)
    whom = draw.sample(EXCLUDED, draw.randint(1, 3))
    who, at = draw.choice([*whom, *whom, *OTHERS]), draw.choice([LATER, IN_APRIL])
    sorts = tuple(draw.sample(SORTS, draw.randint(1, 2)))
    look, without = fairhaven.looks[who, at], fairhaven.without(who, at)
    with undone():
        hiding = Hiding(fairhaven.cast, draw, whom, fairhaven.gwen)
        hiding.make(sorts=sorts)
        overnight(at)
        found: list[object] = [*differing(look.again(some(without, draw)), without), *look.letters()]
        found += [
            route.name
            for route in draw.sample(NAMED, 3)
            if fairhaven.guess(who, at, route, hiding.values) != fairhaven.guess_of_nothing(who, at, route)
        ]
    done.update(hiding.done)
    return [f"world {seed}, {who} of {whom} at {at}, {sorts}: {place}" for place in found]


@pytest.mark.parametrize("first", range(FIRST, FIRST + WORLDS, EACH))
def test_what_they_observe_is_the_same_in_every_world(fairhaven: Fairhaven, first: int) -> None:
    done: Counter[str] = Counter()
    told = [each for seed in range(first, first + EACH) for each in compare(fairhaven, seed, done)]
    if kept := os.environ.get("HAVEN_WORLDS_LOG"):
        with Path(kept).open("a") as log:
            log.write(json.dumps({"first": first, "worlds": EACH, "told": told, "done": done}) + "\n")
    assert told == []
    assert sum(done.values()) > 2 * EACH


@pytest.mark.parametrize(
    ("sort", "who"),
    [
        ("subjects", "lena"),
        ("notifications", "dee"),
        ("notifications", "liam"),
        ("checks", "priya"),
        ("checks", OFFICER),
        ("intelligence", "iris"),
    ],
)
def test_where_nobody_is_kept_from_her_the_same_looks_tell_the_worlds_apart(fairhaven: Fairhaven, sort, who) -> None:
    without = fairhaven.without(who, LATER)
    with undone():
        Hiding(fairhaven.cast, random.Random(3), [], fairhaven.gwen).make(sorts=(sort,))
        overnight(LATER)
        assert differing(fairhaven.looks[who, LATER].again(without), without)


@pytest.mark.parametrize("seed", range(3, 7))
def test_the_officer_for_home_education_who_is_kept_from_her_observes_nothing(fairhaven: Fairhaven, seed: int) -> None:
    draw = random.Random(seed)
    at = draw.choice([LATER, IN_APRIL])
    look, without = fairhaven.looks[OFFICER, at], fairhaven.without(OFFICER, at)
    with undone():
        hiding = Hiding(fairhaven.cast, draw, [OFFICER], fairhaven.gwen)
        hiding.make(sorts=("checks",))
        overnight(at)
        assert differing(look.again(without), without) == []
        assert look.letters() == []
        assert hiding.done["asked"]


def test_a_letter_to_whoever_is_not_kept_from_her_tells_the_worlds_apart(fairhaven: Fairhaven) -> None:
    with undone():
        Hiding(fairhaven.cast, random.Random(3), [], fairhaven.gwen).make(sorts=("notifications",))
        overnight(LATER)
        assert fairhaven.looks["priya", LATER].letters()


@pytest.mark.parametrize("who", ["priya", "dee"])
@pytest.mark.parametrize("reference", ["FH-1017", "FH-2000"])
def test_a_check_of_both_sisters_does_not_show_in_the_thread_about_one(
    fairhaven: Fairhaven, who: str, reference: str
) -> None:
    """That of Gwen alone was answered; the second is of the hidden child, too, and goes on in it."""
    cast, without, look = fairhaven.cast, fairhaven.without(who, LATER), fairhaven.looks[who, LATER]
    with undone():
        with time_machine.travel(NOW, tick=False), TestCase.captureOnCommitCallbacks(execute=True):
            stop_the_clock(NOW)
            hidden = child(cast, JONAH, cast.oakfield)
            kept_from(cast, hidden, who)
            for identity in (JONAH, GWEN):
                looked_for(cast, "mina", identity)
            both = {cast.oakfield.pk: {hidden.pk, fairhaven.gwen.pk}}
            ask(new=new(cast, both, reference=reference), by=cast.actor("mina"), at=SOON)
        overnight(LATER)
        assert differing(look.again(without), without) == []
        assert look.letters() == []
