"""One decision and one filter, over worlds made at random; and what each tie opens, to the second."""

import random
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction

from haven.access.actor import NOBODY
from haven.access.decision import Reason
from haven.people.models import Cover, Post
from haven.people.seeing import seeing_as
from haven.subjects.models import About, Exclusion, Record, TieRow
from haven.subjects.policy import decide, records_for
from haven.subjects.rules.ties import KEEPERS, PERSONAL, Asker, Bond, Deed, Facts, State, Tie, decided
from tests.behind import behind, stop_the_clock
from tests.cast import BEGAN, NOW, TODAY
from tests.subjects.known import ISLA, JONAH, LATER, asker, child

pytestmark = pytest.mark.django_db
WORLDS = 6
ASKERS = ("priya", "dee", "tom", "grace", "marcus", "bell", "osei", "lena", "mina", "peter", "ruth", "nadia", "sam")


def a_world(cast, subjects, seed):
    """Every record there is, some with ties, states and exclusions drawn at random."""
    with behind():
        _draw(cast, subjects, seed)
        return list(Record.objects.prefetch_related("ties"))


def _draw(cast, subjects, seed):
    draw = random.Random(seed)
    organisations = list(cast.organisations.values())
    people = list(cast.people.values())
    for _ in range(4):
        record = Record.objects.create(
            sort="notification",
            area=cast.area,
            owner=draw.choice(organisations),
            state=draw.choice(list(State)),
            made_at=NOW,
            review_on=TODAY,
        )
        About.objects.bulk_create(
            About(record=record, subject=each) for each in draw.sample(subjects, draw.randint(0, 1))
        )
        for _ in range(draw.randint(0, 5)):
            tie = draw.choice(list(Tie))
            whose = {"person": draw.choice(people)} if tie in PERSONAL else {"organisation": draw.choice(organisations)}
            starts = NOW + timedelta(minutes=draw.randint(-60, 30))
            lent = tie in {Tie.GUEST, Tie.BROKEN, Tie.LOOKED_UP}
            ends = starts + timedelta(minutes=draw.randint(0, 90)) if lent or draw.random() < 0.4 else None
            TieRow.objects.create(record=record, tie=tie, starts_at=starts, ends_at=ends, **whose)
    Exclusion.objects.bulk_create(
        Exclusion(
            subject=subject,
            person=person,
            ground="known",
            set_as="sender",
            set_at=NOW,
            set_by=cast.bell,
            organisation=cast.police,
            ended_at=NOW if is_over else None,
            ended_by=cast.marcus if is_over else None,
        )
        for subject in subjects
        for person in draw.sample([each for each in people if each != cast.marcus], 1)
        for is_over in [draw.random() < 0.3]
    )


def tie(record, kind, **whose):
    with behind():
        TieRow.objects.create(record=record, tie=kind, starts_at=NOW, **whose)


def test_the_decision_and_the_filter_agree_in_every_world(fairhaven) -> None:
    subjects = [child(fairhaven, JONAH), child(fairhaven, ISLA)]
    Cover.objects.create(
        post=fairhaven.priya.posts.get(), covered_by=fairhaven.grace, starts_on=TODAY, ends_on=TODAY + timedelta(days=3)
    )
    seen = {True: 0, False: 0}
    for seed in range(WORLDS):
        with transaction.atomic():
            records = a_world(fairhaven, subjects, seed)
            for who in ASKERS:
                asks = asker(fairhaven, who, is_fresh=seed % 2 == 0)
                for deed in Deed:
                    with behind():
                        allowed = set(Record.objects.filter(records_for(asks, deed)).values_list("pk", flat=True))
                    for record in records:
                        decision = bool(decide(asks, deed, record))
                        seen[decision] += 1
                        assert decision == (record.pk in allowed), (seed, who, deed, record.state)
            transaction.set_rollback(True)
    assert min(seen.values()) > 30


def test_the_databases_lock_agrees_about_every_record_and_hides_nothing_that_the_decision_allows(fairhaven) -> None:
    subjects = [child(fairhaven, JONAH), child(fairhaven, ISLA)]
    Cover.objects.create(
        post=fairhaven.priya.posts.get(), covered_by=fairhaven.grace, starts_on=TODAY, ends_on=TODAY + timedelta(days=3)
    )
    stop_the_clock(LATER)
    seen = {True: 0, False: 0}
    for seed in range(WORLDS):
        with transaction.atomic():
            records = a_world(fairhaven, subjects, seed)
            for who in (each for each in ASKERS if each != "sam"):
                asks = asker(fairhaven, who, is_fresh=True)
                with seeing_as(asks.actor):
                    shown = set(Record.objects.values_list("pk", flat=True))
                    filtered = set(Record.objects.filter(records_for(asks, Deed.READ)).values_list("pk", flat=True))
                for record in records:
                    concerns_her = any(concerns(asks, tie) for tie in record.ties.all())
                    oversees = record.area_id in asks.actor.areas(KEEPERS)
                    seen[concerns_her] += 1
                    assert (record.pk in shown) == (concerns_her or oversees), (seed, who)
                    assert bool(decide(asks, Deed.READ, record)) == (record.pk in filtered), (seed, who)
            transaction.set_rollback(True)
    assert min(seen.values()) > 30


def concerns(asks, tie):
    """The half of the rule that the lock repeats: whose the tie is, and that it has not ended."""
    hers = tie.person_id == asks.actor.person or tie.organisation_id in {each.organisation for each in asks.actor.posts}
    return hers and (tie.ends_at is None or tie.ends_at > asks.at)


def test_a_tie_that_ends_opens_nothing_from_that_second() -> None:
    starts, ends = NOW, NOW + timedelta(minutes=60)
    bond = Bond(Tie.BROKEN, starts, person=uuid4(), ends_at=ends)
    assert bond.holds(starts)
    assert bond.holds(ends - timedelta(seconds=1))
    assert not bond.holds(ends)
    assert not bond.holds(starts - timedelta(seconds=1))


def test_whoever_has_no_post_or_is_nobody_sees_nothing(fairhaven) -> None:
    record = child(fairhaven).record
    tie(record, Tie.ASSIGNED, person=fairhaven.sam)
    assert decide(asker(fairhaven, "sam"), Deed.READ, record).reason is Reason.NO_LIVE_POST
    assert decide(Asker(NOBODY, LATER), Deed.READ, record).reason is Reason.NOT_SIGNED_IN


def test_a_post_that_ends_ends_what_it_opened_at_the_next_look(fairhaven) -> None:
    record = child(fairhaven).record
    assert decide(asker(fairhaven, "bell"), Deed.READ, record)
    Post.objects.filter(person=fairhaven.bell).update(ends_on=TODAY)
    assert not decide(asker(fairhaven, "bell"), Deed.READ, record)


def test_an_exclusion_wins_over_every_tie_and_says_no_more_than_that_there_is_none(fairhaven) -> None:
    excluded = fairhaven.priya.pk
    bonds = tuple(
        Bond(tie, NOW, person=excluded) if tie in PERSONAL else Bond(tie, NOW, organisation=fairhaven.oakfield.pk)
        for tie in Tie
    )
    asks = asker(fairhaven, "priya", is_fresh=True)
    assert decided(asks, Deed.READ, Facts(State.OPEN, bonds, frozenset()))
    for deed in Deed:
        refused = decided(asks, deed, Facts(State.OPEN, bonds, frozenset({excluded})))
        assert refused == decided(asks, deed, Facts(State.OPEN, (), frozenset()))


def test_to_take_it_away_the_second_factor_must_be_fresh(fairhaven) -> None:
    record = child(fairhaven).record
    assert decide(asker(fairhaven, "bell"), Deed.EXPORT, record).reason is Reason.NOT_FRESH
    assert decide(asker(fairhaven, "bell", is_fresh=True), Deed.EXPORT, record)


@pytest.mark.parametrize(
    ("state", "reads"), [(State.OPEN, True), (State.CLOSED, True), (State.WITHDRAWN, False), (State.ERASED, False)]
)
def test_what_was_withdrawn_is_read_by_its_owner_alone(fairhaven, state, reads) -> None:
    record = child(fairhaven).record
    tie(record, Tie.ADDRESSED, organisation=fairhaven.oakfield)
    with behind():
        Record.objects.filter(pk=record.pk).update(state=state)
        record.refresh_from_db()
    assert bool(decide(asker(fairhaven, "priya"), Deed.READ, record)) == reads
    assert bool(decide(asker(fairhaven, "bell"), Deed.READ, record)) == (state is not State.ERASED)


def test_a_head_or_a_governor_sees_nothing_that_was_sent_to_the_school_unless_it_was_given_to_her(fairhaven) -> None:
    record = child(fairhaven).record
    Post.objects.create(person=fairhaven.sam, organisation=fairhaven.oakfield, role="governor", starts_on=BEGAN)
    tie(record, Tie.ADDRESSED, organisation=fairhaven.oakfield)
    assert [bool(decide(asker(fairhaven, who), Deed.READ, record)) for who in ("tom", "sam", "dee")] == [0, 0, 1]
    tie(record, Tie.ASSIGNED, person=fairhaven.tom)
    assert decide(asker(fairhaven, "tom"), Deed.READ, record)
