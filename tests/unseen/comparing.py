"""Where somebody, or a program, could tell a world with the hidden child from the one without her."""

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime

from haven.notifications.models import Delivery
from tests.unseen.callers import SENDING
from tests.unseen.fairhaven import AWAY, EXCLUDED, IN_APRIL, LATER, OTHERS, Fairhaven, undone
from tests.unseen.hidden import Hiding
from tests.unseen.looks import NAMED, Place, overnight
from tests.unseen.sending import LEADS, WAYS, Way, guess_of, sent_of_her, take

AT_ONCE = 12
SORTS = ("subjects", "notifications", "checks", "intelligence")
NOT_ITS_OWN = ("subjects", "checks", "intelligence")
AFAR = ("northmoor", "northmoor", "away", "council")  # programs, most often the one that sends to the same school


def differing(with_her: Mapping[Place, str], without: Mapping[Place, str]) -> list[Place]:
    """Where it is not the same."""
    return [place for place, page in with_her.items() if without.get(place) != page]


def some(places: Mapping[Place, str], draw: random.Random) -> list[Place]:
    """Some places where there is something for her, and two where there is not."""
    shown = [each for each, page in places.items() if not page.startswith(("404", "405"))]
    bare = [each for each in places if each not in shown]
    return draw.sample(shown, min(len(shown), AT_ONCE)) + draw.sample(bare, min(len(bare), 2))


def compare(fairhaven: Fairhaven, seed: int, done: Counter[str]) -> list[str]:
    """Where somebody drawn for this world can tell it from the one without the child; or from afar another council, or
    a program."""
    draw, aside = random.Random(seed), random.Random(f"afar from world {seed}")
    whom = draw.sample(EXCLUDED, draw.randint(1, 3))
    who, at = draw.choice([*whom, *whom, *OTHERS]), draw.choice([LATER, IN_APRIL])
    sorts = tuple(draw.sample(SORTS, draw.randint(1, 2)))
    look, without = fairhaven.looks[who, at], fairhaven.without(who, at)
    program, what = aside.choice(AFAR), aside.choice([*SENDING])
    told = {each: fairhaven.told_without(program, at, each) for each in ("", what)}
    there = fairhaven.without(AWAY, at)
    with undone():
        hiding = Hiding(fairhaven.cast, draw, whom, fairhaven.gwen)
        hiding.make(sorts=sorts)
        overnight(at)
        found: list[object] = [*differing(look.again(some(without, draw)), without), *look.letters()]
        found += guesses_that_tell(fairhaven, who, at, hiding, draw)
        found += [(program, each) for each in told if fairhaven.told(program, at, hiding.guess, each) != told[each]]
        if aside.random() < 1 / 4:
            look = fairhaven.looks[AWAY, at]
            found += [*differing(look.again(some(there, aside)), there), *look.letters()]
            found += guesses_that_tell(fairhaven, AWAY, at, hiding, aside)
    done.update(hiding.done)
    return [f"world {seed}, {who} of {whom} at {at}, {sorts}: {place}" for place in found]


def guesses_that_tell(
    fairhaven: Fairhaven, who: str, at: datetime, hiding: Hiding, draw: random.Random
) -> Iterator[str]:
    """Of three addresses that name something of the child, those which answer otherwise than for nothing at all."""
    for route in draw.sample(NAMED, 3):
        if fairhaven.guess(who, at, route, hiding.values) != fairhaven.guess_of_nothing(who, at, route):
            yield route.name


def compare_its_senders(fairhaven: Fairhaven, seed: int, done: Counter[str]) -> list[str]:
    """Where the program of the force that sent of a child could tell two worlds apart, in both of which it came to the
    same stage there: in one the school recorded something, and others knew, asked, told and were kept from her."""
    draw = random.Random(f"sender of world {seed}")
    way, at = draw.choice(WAYS), draw.choice([LATER, IN_APRIL])
    who = draw.choice(LEADS)
    whom = draw.sample([each for each in EXCLUDED if each != who], draw.randint(0, 3))
    sorts = tuple(draw.sample(NOT_ITS_OWN, draw.randint(1, 2)))
    without = told_of_stage(fairhaven, way, at)
    with undone():
        hiding = Hiding(fairhaven.cast, draw, whom, fairhaven.gwen)
        hiding.make(sorts=sorts)
        told = told_after(fairhaven, sent_of_her(fairhaven.cast), way, at, who, draw)
    done.update(hiding.done)
    return [] if told == without else [f"sender of world {seed}, {way}, {whom} at {at}, {sorts}"]


def told_of_stage(fairhaven: Fairhaven, way: Way, at: datetime) -> list[str]:
    """What it is told where it came to this stage and nothing else is known of the child. Asked once."""
    kept = "own", at, str(way)
    if kept not in fairhaven.of_nothing:
        with undone():
            sent = sent_of_her(fairhaven.cast)
            fairhaven.of_nothing[kept] = told_after(fairhaven, sent, way, at, LEADS[0], random.Random(0))
    return fairhaven.of_nothing[kept]


def told_after(
    fairhaven: Fairhaven, sent: Delivery, way: Way, at: datetime, who: str, draw: random.Random
) -> list[str]:
    """What it is told at this moment of what the school has taken this way."""
    take(fairhaven.cast, sent, way, who=who, draw=draw)
    overnight(at)
    return fairhaven.told("own", at, guess_of(sent))
