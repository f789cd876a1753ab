"""To somebody excluded, and to a wrong school, whatever a world with a child shows is what one without her shows.

Worlds are drawn at random: what was sent, asked, told and done about a hidden child, and who is kept from her. Somebody
is drawn from those, or the lead of another school, or the scrutineer; and the moment at which she looks. Beside her
look, from afar, another council and programs: of other forces, of that council, and of the force that sent it.
docs/reference/not-seen.md tells of the thousand that were tried.
"""

import json
import os
import random
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from unittest.mock import patch
from uuid import UUID

import pytest
import time_machine
from django.test import TestCase

from haven.checks.services import ask
from haven.notifications.models import Delivery, Notification
from haven.notifications.rules.sending import NewNotification
from haven.people.models import Post
from tests.behind import stop_the_clock
from tests.cast import BEGAN, NOW
from tests.checks.asked import SOON, new
from tests.subjects.known import JONAH, child, kept_from, looked_for
from tests.unseen.comparing import compare, compare_its_senders, differing, told_after
from tests.unseen.fairhaven import AWAY, IN_APRIL, LATER, OFFICER, Fairhaven, undone
from tests.unseen.hidden import GWEN, Hiding
from tests.unseen.looks import overnight
from tests.unseen.sending import sent_of_her

pytestmark = pytest.mark.django_db
FIRST = int(os.environ.get("HAVEN_FIRST_WORLD", "0"))
WORLDS = int(os.environ.get("HAVEN_WORLDS", "12"))  # before a release: HAVEN_WORLDS=1000 ./run test tests/unseen
EACH = 4


@pytest.mark.parametrize("first", range(FIRST, FIRST + WORLDS, EACH))
def test_what_they_observe_is_the_same_in_every_world(fairhaven: Fairhaven, first: int) -> None:
    done: Counter[str] = Counter()
    seeds = range(first, first + EACH)
    told = [each for seed in seeds for each in compare(fairhaven, seed, done)]
    told += compare_its_senders(fairhaven, first, done)
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


def tells(fairhaven: Fairhaven, program: str, what: str) -> bool:
    """Whether a program that sends this, or only reads, can tell that something was sent of the hidden child."""
    without = fairhaven.told_without(program, LATER, what)
    with undone():
        hiding = Hiding(fairhaven.cast, random.Random(3), [], fairhaven.gwen)
        hiding.make(sorts=("notifications",))
        assert hiding.done["notified"]
        return fairhaven.told(program, LATER, hiding.guess, what) != without


def test_the_program_of_the_force_that_sent_it_is_told_of_it(fairhaven: Fairhaven) -> None:
    assert tells(fairhaven, "own", "")


def test_receipts_that_were_everybodys_would_tell_another_forces_program(fairhaven: Fairhaven) -> None:
    assert not tells(fairhaven, "northmoor", "")
    with patch("haven.api.queries.receipts._theirs", lambda _: Notification.objects.all()):
        assert tells(fairhaven, "northmoor", "")


@pytest.mark.parametrize("what", ["alone", "together"])
def test_keys_that_were_everybodys_would_tell_another_forces_program(fairhaven: Fairhaven, what: str) -> None:
    def everybodys(new: Iterable[NewNotification]) -> dict[tuple[UUID, UUID], Notification]:
        wanted = {(each.sender, each.key) for each in new}
        return {(who, row.key): row for who, key in wanted for row in Notification.objects.filter(key=key)}

    assert not tells(fairhaven, "northmoor", what)
    with patch("haven.notifications.services.sending._there", everybodys):
        assert tells(fairhaven, "northmoor", what)


def test_a_receipt_that_said_where_she_went_would_tell_its_senders_program(fairhaven: Fairhaven) -> None:
    def more(row: Delivery) -> dict[str, object]:
        return {"stage": row.stage, "moved_to": row.moved_to and row.moved_to.urn}

    def told() -> set[str]:
        found = set()
        for seed in (4, 5):  # after one she is said to have gone somewhere
            with undone():
                sent, draw = sent_of_her(fairhaven.cast), random.Random(seed)
                found.add("".join(told_after(fairhaven, sent, (1, "not ours"), LATER, "priya", draw)))
        return found

    assert len(told()) == 1
    with patch("haven.api.queries.receipts._stands", more):
        assert len(told()) == 2


def test_another_council_that_works_here_too_is_shown_something(fairhaven: Fairhaven) -> None:
    without = fairhaven.without(AWAY, LATER)
    with undone():
        post = {"organisation": fairhaven.cast.council, "role": "mash-coordinator", "starts_on": BEGAN}
        Post.objects.create(person=fairhaven.cast.noor, **post)
        Hiding(fairhaven.cast, random.Random(3), [], fairhaven.gwen).make(sorts=("checks",))
        assert differing(fairhaven.looks[AWAY, LATER].again(without), without)
