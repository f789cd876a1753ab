"""A notification comes in once, can be read at once, and opens in two steps at the school of the child alone."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from haven.access.actor import Actor
from haven.access.decision import Refused
from haven.keys.models import Wrap
from haven.notifications import services
from haven.notifications.disclosure.showing import open_circumstances, open_name
from haven.notifications.models import Delivery, Notification, Prompt
from haven.notifications.rules.sending import Channel, NewChild
from haven.notifications.rules.stages import Stage
from haven.notifications.services import KeyIsUsed
from haven.subjects.models import Disclosure, Exclusion, Siblings, Subject
from haven.subjects.rules.naming import Identity
from tests.cast import NOW, Cast
from tests.notifications.sent import CANARY, TOLD, confirmed, keeping_out, now, one, seen_by_haven, sending, sent
from tests.subjects.known import ISLA, JONAH

pytestmark = pytest.mark.django_db


def holding(delivery: Delivery) -> set[str]:
    """Which of the records of a delivery its school has the key of."""
    delivery = now(delivery)
    records = {"name": delivery.subject.record_id, "what": delivery.notice.record_id}
    wraps = Wrap.objects.filter(organisation=delivery.school_id, record__in=records.values())
    held = set(wraps.values_list("record", flat=True))
    return {name for name, record in records.items() if record in held}


def test_from_its_acceptance_the_schools_lead_sees_whom_it_concerns(fairhaven) -> None:
    delivery = one(fairhaven)
    look = open_name(delivery_id=delivery.pk, by=fairhaven.actor("priya"), at=NOW)
    assert look.identity == JONAH
    assert now(delivery).stage == Stage.SEEN
    assert holding(delivery) == {"name"}


def test_what_happened_opens_once_the_child_is_confirmed_and_the_rule_is_seen(fairhaven) -> None:
    delivery = confirmed(fairhaven, one(fairhaven))
    assert holding(delivery) == {"name", "what"}
    look = open_circumstances(delivery_id=delivery.pk, by=fairhaven.actor("priya"), at=NOW)
    assert look.told is not None
    assert CANARY in "".join(each.words for each in look.told)
    assert "Do not ring" in look.handling
    assert now(delivery).stage == Stage.OPENED


@pytest.mark.parametrize("before", ["nothing", "name", "confirmed"])
def test_what_happened_does_not_open_before(fairhaven, before: str) -> None:
    delivery, priya = one(fairhaven), fairhaven.actor("priya")
    if before != "nothing":
        open_name(delivery_id=delivery.pk, by=priya, at=NOW)
    if before == "confirmed":
        services.confirm_on_roll(delivery_id=delivery.pk, by=priya, at=NOW)
    with pytest.raises(Refused):
        open_circumstances(delivery_id=delivery.pk, by=priya, at=NOW)
    assert now(delivery).opened_at is None


@pytest.mark.parametrize("who", ["tom", "grace", "marcus", "osei", "lena", "nadia", "sam", "dara", "bell"])
def test_nobody_else_is_shown_whom_it_concerns(fairhaven, who: str) -> None:
    delivery = one(fairhaven)
    with pytest.raises(Refused):
        open_name(delivery_id=delivery.pk, by=fairhaven.actor(who), at=NOW)
    assert now(delivery).stage == Stage.AVAILABLE


def test_both_steps_and_each_refusal_are_written_down(fairhaven) -> None:
    delivery, priya = one(fairhaven), fairhaven.actor("priya")
    with pytest.raises(Refused):
        open_circumstances(delivery_id=delivery.pk, by=priya, at=NOW)
    confirmed(fairhaven, delivery)
    open_circumstances(delivery_id=delivery.pk, by=priya, at=NOW)
    with seen_by_haven("subjects.recording"):
        hers = Disclosure.objects.filter(person=fairhaven.priya).order_by("at", "id")
        assert sorted(each.outcome for each in hers) == ["refused", "shown", "shown"]
        assert Disclosure.objects.get(outcome="sent").to_organisation == fairhaven.oakfield


# Once


def test_the_same_key_with_the_same_content_is_one_notification(fairhaven) -> None:
    new, bell = sending(fairhaven), fairhaven.actor("bell")
    first = services.accept(new=new, by=bell, at=NOW)
    again = services.accept(new=new, by=bell, at=NOW + timedelta(days=1))
    assert (first.is_new, again.is_new) == (True, False)
    assert again.notification == first.notification
    assert again.deliveries == first.deliveries
    with seen_by_haven():
        assert Notification.objects.count() == Delivery.objects.count() == Subject.objects.count() == 1


def test_the_same_key_with_other_content_is_refused_and_nothing_is_kept(fairhaven) -> None:
    key, bell = uuid4(), fairhaven.actor("bell")
    services.accept(new=sending(fairhaven, key=key), by=bell, at=NOW)
    other = sending(fairhaven, key=key, items=TOLD | {"risk": "high"})
    with pytest.raises(KeyIsUsed):
        services.accept(new=other, by=bell, at=NOW)
    with seen_by_haven():
        assert Notification.objects.count() == 1


def test_a_program_sends_without_a_person(fairhaven) -> None:
    post = fairhaven.actor("bell").posts[0]
    program = Actor(person=None, name="Program: records", posts=(post,))
    accepted = services.accept(new=sending(fairhaven, channel=Channel.PROGRAM), by=program, at=NOW)
    assert accepted.notification.sent_by_id is None
    assert accepted.notification.detail
    look = open_name(delivery_id=accepted.deliveries[0].pk, by=fairhaven.actor("priya"), at=NOW)
    assert look.identity == JONAH


@pytest.mark.parametrize("who", ["priya", "osei", "nadia", "sam"])
def test_only_a_force_and_the_council_send(fairhaven, who: str) -> None:
    with pytest.raises(Refused):
        sent(fairhaven, who=who)


@pytest.mark.parametrize(
    ("child", "other", "said"),
    [
        (lambda cast: NewChild(JONAH), {}, "taught at home"),
        (lambda cast: NewChild(JONAH, (uuid4(),)), {}, "open"),
        (lambda cast: NewChild(JONAH, (cast.ashdown.pk,)), {}, "usually teach"),
        (lambda cast: NewChild(Identity("Bo", "Quayle", date(2023, 1, 1)), (cast.oakfield.pk,)), {}, "from 4 to 17"),
        (lambda cast: NewChild(Identity("", "Quayle", date(2016, 1, 1)), (cast.oakfield.pk,)), {}, "first name"),
        (lambda cast: NewChild(JONAH, (cast.oakfield.pk, cast.oakfield.pk)), {}, "twice"),
        (lambda cast: NewChild(JONAH, (cast.oakfield.pk,)), {"items": {}}, "Police reference"),
        (lambda cast: NewChild(JONAH, (cast.oakfield.pk,)), {"items": TOLD | {"home": "1 Sea Road"}}, "no such item"),
    ],
)
def test_what_cannot_be_sent_is_refused_in_words_and_nothing_is_kept(fairhaven, child, other, said: str) -> None:
    with pytest.raises(Refused) as refusal:
        sent(fairhaven, child(fairhaven), **other)
    assert said in refusal.value.advice
    with seen_by_haven():
        assert (Notification.objects.count(), Subject.objects.count()) == (0, 0)


def test_a_school_of_another_phase_needs_a_reason_that_the_school_is_not_shown(fairhaven) -> None:
    delivery = one(fairhaven, NewChild(JONAH, (fairhaven.ashdown.pk,), override="Taught a year ahead"))
    look = open_name(delivery_id=delivery.pk, by=fairhaven.actor("grace"), at=NOW)
    assert look.identity == JONAH
    assert "ahead" not in repr(look)


# The children


def test_each_child_goes_to_each_of_its_schools_and_neither_learns_of_the_other(fairhaven) -> None:
    jonah, isla = NewChild(JONAH, (fairhaven.oakfield.pk,)), NewChild(ISLA, (fairhaven.ashdown.pk,))
    accepted = sent(fairhaven, jonah, isla, are_siblings=True)
    at = {each.school_id: each for each in accepted.deliveries}
    grace, priya = fairhaven.actor("grace"), fairhaven.actor("priya")
    assert open_name(delivery_id=at[fairhaven.oakfield.pk].pk, by=priya, at=NOW).identity == JONAH
    assert open_name(delivery_id=at[fairhaven.ashdown.pk].pk, by=grace, at=NOW).identity == ISLA
    with pytest.raises(Refused):
        open_name(delivery_id=at[fairhaven.ashdown.pk].pk, by=priya, at=NOW)
    with seen_by_haven():
        assert Siblings.objects.count() == 1


def test_a_child_who_was_named_before_is_the_same_and_one_spelled_alike_is_another(fairhaven) -> None:
    one(fairhaven)
    one(fairhaven, NewChild(Identity(" jonah ", "QUAYLE", JONAH.born_on), (fairhaven.oakfield.pk,)))
    one(fairhaven, NewChild(Identity("Jonathan", "Quayle", JONAH.born_on), (fairhaven.oakfield.pk,)))
    with seen_by_haven():
        assert Subject.objects.count() == 2


def test_another_spelling_is_no_way_around_an_exclusion(fairhaven) -> None:
    one(fairhaven, excluded=keeping_out(fairhaven, "priya"))
    later = one(fairhaven, NewChild(Identity("Jon", "Quayle", JONAH.born_on), (fairhaven.oakfield.pk,)))
    with pytest.raises(Refused):
        open_name(delivery_id=later.pk, by=fairhaven.actor("priya"), at=NOW)
    with seen_by_haven():
        assert Exclusion.objects.count() == 2


# Who must not know


def test_whoever_is_excluded_from_one_child_sees_none_of_the_sending(fairhaven) -> None:
    jonah, isla = NewChild(JONAH, (fairhaven.oakfield.pk,)), NewChild(ISLA, (fairhaven.ashdown.pk,))
    accepted = sent(fairhaven, jonah, isla, excluded=keeping_out(fairhaven, "priya"))
    oakfield = next(each for each in accepted.deliveries if each.school_id == fairhaven.oakfield.pk)
    with pytest.raises(Refused):
        open_name(delivery_id=oakfield.pk, by=fairhaven.actor("priya"), at=NOW)
    assert open_name(delivery_id=oakfield.pk, by=fairhaven.actor("dee"), at=NOW).identity == JONAH
    with seen_by_haven():
        assert fairhaven.priya.pk not in set(Prompt.objects.values_list("person", flat=True))


@pytest.mark.parametrize(
    ("out", "reader"),
    [
        (("priya",), "dee"),
        (("priya", "dee"), "tom"),
        (("priya", "dee", "tom"), "ruth"),
        (("priya", "dee", "tom", "ruth"), "dara"),
        (("priya", "dee", "tom", "ruth", "dara"), "marcus"),
    ],
)
def test_whoever_is_excluded_somebody_is_left_who_reads_it(fairhaven, out: tuple[str, ...], reader: str) -> None:
    delivery = one(fairhaven, excluded=keeping_out(fairhaven, *out))
    confirmed(fairhaven, delivery, reader)
    look = open_circumstances(delivery_id=delivery.pk, by=fairhaven.actor(reader), at=NOW)
    assert look.told
    assert now(delivery).is_alarm is (len(out) > 1)
    for each in out:
        with pytest.raises(Refused):
            open_name(delivery_id=delivery.pk, by=fairhaven.actor(each), at=NOW)


def test_a_child_taught_at_home_goes_to_the_councils_officer_alone(fairhaven) -> None:
    delivery = one(fairhaven, NewChild(JONAH, home_area=fairhaven.area.pk))
    confirmed(fairhaven, delivery, "hugo")
    assert open_circumstances(delivery_id=delivery.pk, by=fairhaven.actor("hugo"), at=NOW).told
    for each in ("lena", "dara", "marcus"):
        with pytest.raises(Refused):
            open_name(delivery_id=delivery.pk, by=fairhaven.actor(each), at=NOW)


def test_the_deadline_is_the_start_of_the_schools_next_day(fairhaven) -> None:
    friday = datetime(2026, 3, 6, 20, 0, tzinfo=UTC)
    assert one(fairhaven, at=friday).deadline_at == datetime(2026, 3, 9, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize("who", ["bell", "grace", "priya"])
def test_whoever_may_not_read_it_is_told_nothing_of_where_it_stands(fairhaven: Cast, who: str) -> None:
    delivery = one(fairhaven, excluded=keeping_out(fairhaven, "priya"))
    with pytest.raises(Refused) as refused:
        open_circumstances(delivery_id=delivery.pk, by=fairhaven.actor(who), at=NOW)
    assert refused.value.advice == ""
