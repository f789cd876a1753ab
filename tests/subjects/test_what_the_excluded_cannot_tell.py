"""To somebody excluded, and to a wrong school, a world with the record is the same as one without it."""

import os
import random
from datetime import timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction

from haven.access.decision import Refused
from haven.subjects.disclosure.finding import find, search_own
from haven.subjects.disclosure.keeping import going_with, keeping_desk, keeping_of
from haven.subjects.disclosure.overseeing import exclusions_of, glass_to_review, register_of
from haven.subjects.disclosure.recording import Purpose
from haven.subjects.disclosure.showing import open_safe_address, open_subject
from haven.subjects.models import Record
from haven.subjects.policy import records_for
from haven.subjects.rules.bases import Flow
from haven.subjects.rules.breaking import Why
from haven.subjects.rules.ties import Asker, Deed
from haven.subjects.services import break_glass, give_safe_address, hold, link_siblings
from tests.cast import NOW, TODAY
from tests.subjects.known import ISLA, JONAH, LATER, PURPOSE, child, kept_from, sent

pytestmark = pytest.mark.django_db
WORLDS = int(os.environ.get("HAVEN_WORLDS", "40"))  # before a release: HAVEN_WORLDS=1000 ./run test tests/subjects
EACH = 20
AFTER_ALL = NOW + timedelta(days=16 * 366)  # when a child of ten may be erased
EXCLUDED = ("priya", "dee", "tom", "lena", "mina", "marcus", "peter", "dara")


def observed(cast, who, known):
    """All that she can read: lists, counts, look-ups, her school's search; and what each that she knows of answers."""
    by = cast.actor(who)
    seen = []
    for deed in Deed:
        rows = Record.objects.filter(records_for(Asker(by, LATER, is_fresh=True), deed))
        seen.append((deed, sorted(str(pk) for pk in rows.values_list("pk", flat=True))))
    seen.append(_asked(lambda: glass_to_review(by=by, on=TODAY)))
    seen.append(_asked(lambda: keeping_desk(by=by, at=AFTER_ALL)))
    for identity in (JONAH, ISLA):
        purpose = Purpose(Flow.LOOKED_UP, "case 17")
        seen.append(
            _asked(lambda i=identity, p=purpose: find(area=cast.area.pk, identity=i, purpose=p, by=by, at=LATER))
        )
    seen += [
        _asked(lambda p=place: search_own(school=p.pk, words="", purpose=PURPOSE, by=by, at=LATER))
        for place in (cast.oakfield, cast.ashdown)
    ]
    for subject in known:
        ask = {"subject_id": subject, "by": by, "at": LATER}
        seen += [
            _asked(lambda a=ask, see=look: see(purpose=PURPOSE, **a)) for look in (open_subject, open_safe_address)
        ]
        seen += [
            _asked(lambda a=ask, see=look: see(**a)) for look in (register_of, exclusions_of, keeping_of, going_with)
        ]
    return str(seen)


def _asked(look):
    with transaction.atomic():
        try:
            return look()
        except (Refused, ObjectDoesNotExist) as absent:
            return type(absent).__name__
        finally:
            transaction.set_rollback(True)


def hidden_child(cast, draw, other, whom):
    """A record drawn at random from which these are kept, or which their school was not sent."""
    schools = [cast.oakfield] if draw.random() < 0.7 else [cast.oakfield, cast.ashdown]
    subject = child(cast, JONAH, *schools)
    for who in whom:
        kept_from(cast, subject, who)
    sent(cast, subject, *([cast.oakfield] if draw.random() < 0.8 else []))
    if draw.random() < 0.5:
        link_siblings(one_id=subject.pk, other_id=other.pk, by=cast.actor("bell"), at=NOW)
    if draw.random() < 0.5:
        give_safe_address(subject_id=subject.pk, address="7 Tern Avenue", by=cast.actor("bell"), at=NOW)
    on_duty = [who for who in ("mina", "dara") if who not in whom]
    if draw.random() < 0.5 and on_duty:
        words = {"why": Why.DANGER, "words": "now", "wished": None, "is_fresh": True}
        break_glass(record_id=subject.record_id, by=cast.actor(on_duty[0]), at=NOW, **words)
    if draw.random() < 0.3 and "peter" not in whom:
        hold(subject_id=subject.pk, why="Inquiry 1", by=cast.actor("peter"), at=NOW)


@pytest.mark.parametrize("first", range(0, WORLDS, EACH))
def test_what_they_observe_is_the_same_in_every_world(fairhaven, first) -> None:
    without: dict = {}
    compared = 0
    other = sent(fairhaven, child(fairhaven, ISLA, fairhaven.oakfield), fairhaven.oakfield)
    for seed in range(first, first + EACH):
        draw = random.Random(seed)
        whom = draw.sample(EXCLUDED, draw.randint(1, 3))
        who = draw.choice([*whom, "grace"])
        if who not in without:
            without[who] = observed(fairhaven, who, [other.pk])
        with transaction.atomic():
            hidden_child(fairhaven, draw, other, whom)
            assert observed(fairhaven, who, [other.pk]) == without[who], (seed, who)
            compared += 1
            transaction.set_rollback(True)
    assert compared == EACH


def test_with_the_exclusion_taken_off_the_same_look_tells_the_worlds_apart(fairhaven) -> None:
    other = sent(fairhaven, child(fairhaven, ISLA, fairhaven.oakfield), fairhaven.oakfield)
    for who in ("priya", "lena"):
        without = observed(fairhaven, who, [other.pk])
        with transaction.atomic():
            sent(fairhaven, child(fairhaven, JONAH, fairhaven.oakfield), fairhaven.oakfield)
            assert observed(fairhaven, who, [other.pk]) != without
            transaction.set_rollback(True)


def test_an_answer_about_a_hidden_child_is_that_about_one_whom_nobody_knows(fairhaven) -> None:
    subject = sent(fairhaven, child(fairhaven, JONAH, fairhaven.oakfield), fairhaven.oakfield)
    kept_from(fairhaven, subject, "priya")
    for who in ("priya", "grace", "tom"):
        with pytest.raises(Refused) as hidden:
            open_subject(subject_id=subject.pk, purpose=PURPOSE, by=fairhaven.actor(who), at=LATER)
        assert hidden.value.advice == ""
