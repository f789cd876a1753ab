"""Not ours, sent on, handed on, recalled, supported, closed: who may, what goes with it, and who can open it then."""

from datetime import timedelta

import pytest

from haven.access.decision import Refused
from haven.notifications import services
from haven.notifications.disclosure.showing import open_circumstances, open_name
from haven.notifications.models import Support
from haven.notifications.rules.sending import NewChild
from haven.notifications.rules.stages import Stage
from haven.notifications.rules.support import Kind
from haven.notifications.services.receiving import NewSupport
from tests.cast import NOW, TODAY
from tests.notifications.sent import confirmed, done, now, one, read, seen_by_haven, sent
from tests.notifications.test_a_school_is_told import holding
from tests.subjects.known import JONAH, looked_for

pytestmark = pytest.mark.django_db
SOON = NOW + timedelta(minutes=20)


def refused(cast, delivery, who: str = "priya"):
    open_name(delivery_id=delivery.pk, by=cast.actor(who), at=NOW)
    return services.not_ours(delivery_id=delivery.pk, moved_to=cast.ashdown.pk, by=cast.actor(who), at=NOW)


# Not theirs


def test_what_is_not_theirs_goes_back_and_opens_there_no_more(fairhaven) -> None:
    delivery = one(fairhaven)
    refused(fairhaven, delivery)
    kept = now(delivery)
    assert (kept.stage, kept.moved_to) == (Stage.NOT_OURS, fairhaven.ashdown)
    assert holding(delivery) == set()
    with pytest.raises(Refused):
        open_name(delivery_id=delivery.pk, by=fairhaven.actor("priya"), at=SOON)


def test_a_school_that_has_the_child_from_an_older_one_keeps_her_name(fairhaven) -> None:
    older = read(fairhaven, one(fairhaven))
    later = one(fairhaven)
    refused(fairhaven, later)
    assert holding(older) == {"name", "what"}
    assert open_circumstances(delivery_id=older.pk, by=fairhaven.actor("priya"), at=SOON).identity == JONAH


@pytest.mark.parametrize("became", ["sent on", "settled", "recalled and settled"])
def test_an_older_one_that_was_taken_from_the_school_keeps_no_name_there(fairhaven, became: str) -> None:
    bell, older = fairhaven.actor("bell"), one(fairhaven)
    if became == "recalled and settled":
        services.recall(notification_id=read(fairhaven, older).notification_id, by=bell, at=NOW)
        services.settle(delivery_id=older.pk, why="sent anew", without="the school has closed", by=bell, at=NOW)
    else:
        refused(fairhaven, older)
    if became == "sent on":
        services.send_on(delivery_id=older.pk, to_school=fairhaven.ashdown.pk, to_home=None, by=bell, at=NOW)
    elif became == "settled":
        services.settle(delivery_id=older.pk, why="moved abroad", by=bell, at=NOW)
    later = one(fairhaven)
    refused(fairhaven, later)
    assert holding(later) == set()


@pytest.mark.parametrize("step", ["refused", "recalled"])
def test_a_council_finds_a_child_again_of_whom_it_was_told_by_mistake_that_she_is_at_home(fairhaven, step) -> None:
    delivery = one(fairhaven, NewChild(JONAH, home_area=fairhaven.area.pk))
    if step == "refused":
        refused(fairhaven, delivery, "hugo")
    else:
        services.recall(notification_id=delivery.notification_id, by=fairhaven.actor("bell"), at=NOW)
    assert [each.identity for each in looked_for(fairhaven, "mina", at=SOON)] == [JONAH]
    with pytest.raises(Refused):
        open_name(delivery_id=delivery.pk, by=fairhaven.actor("hugo"), at=SOON)


def test_it_is_sent_on_with_the_clock_running(fairhaven) -> None:
    delivery = one(fairhaven)
    refused(fairhaven, delivery)
    nearly = delivery.deadline_at - timedelta(minutes=5)
    new = services.send_on(
        delivery_id=delivery.pk, to_school=fairhaven.ashdown.pk, to_home=None, by=fairhaven.actor("bell"), at=nearly
    )
    assert (new.follows_id, new.deadline_at) == (delivery.pk, delivery.deadline_at)
    assert now(delivery).stage == Stage.REASSIGNED
    assert open_name(delivery_id=new.pk, by=fairhaven.actor("grace"), at=nearly).identity == JONAH


@pytest.mark.parametrize("who", ["priya", "grace", "marcus", "sam"])
def test_only_its_sender_sends_on_recalls_and_settles(fairhaven, who: str) -> None:
    delivery = one(fairhaven)
    refused(fairhaven, delivery)
    by = fairhaven.actor(who)
    with pytest.raises(Refused):
        services.send_on(delivery_id=delivery.pk, to_school=fairhaven.ashdown.pk, to_home=None, by=by, at=NOW)
    with pytest.raises(Refused):
        services.recall(notification_id=delivery.notification_id, by=by, at=NOW)
    with pytest.raises(Refused):
        services.settle(delivery_id=delivery.pk, why="moved abroad", by=by, at=NOW)


def test_what_goes_nowhere_else_is_settled_with_a_reason(fairhaven) -> None:
    delivery, bell = one(fairhaven), fairhaven.actor("bell")
    refused(fairhaven, delivery)
    with pytest.raises(Refused, match="not ready"):
        services.settle(delivery_id=delivery.pk, why=" ", by=bell, at=NOW)
    services.settle(delivery_id=delivery.pk, why="moved abroad", by=bell, at=NOW)
    assert now(delivery).stage == Stage.CLOSED


# Recalled


@pytest.mark.parametrize("how_far", ["untouched", "confirmed"])
def test_what_nobody_opened_is_recalled_and_opens_for_nobody(fairhaven, how_far: str) -> None:
    delivery = one(fairhaven)
    if how_far == "confirmed":
        confirmed(fairhaven, delivery)
    services.recall(notification_id=delivery.notification_id, by=fairhaven.actor("bell"), at=SOON)
    assert now(delivery).stage == Stage.RECALLED_UNOPENED
    assert holding(delivery) == set()
    with pytest.raises(Refused):
        open_circumstances(delivery_id=delivery.pk, by=fairhaven.actor("priya"), at=SOON)


def test_what_was_opened_is_recalled_and_then_its_senders_to_settle(fairhaven) -> None:
    delivery, bell = read(fairhaven, one(fairhaven)), fairhaven.actor("bell")
    services.recall(notification_id=delivery.notification_id, by=bell, at=SOON)
    assert now(delivery).stage == Stage.RECALLED_AFTER_OPEN
    assert holding(delivery) == set()
    with pytest.raises(Refused) as refusal:
        open_circumstances(delivery_id=delivery.pk, by=fairhaven.actor("priya"), at=SOON)
    assert "recalled" in refusal.value.advice
    services.settle(delivery_id=delivery.pk, why="breach 2026/4", without="the school has closed", by=bell, at=SOON)
    assert now(delivery).stage == Stage.CLOSED


def test_a_recall_takes_it_from_a_school_that_closed_it_or_handed_it_on(fairhaven) -> None:
    delivery = done(fairhaven, one(fairhaven))
    services.close(delivery_id=delivery.pk, by=fairhaven.actor("priya"), at=NOW)
    new = services.hand_on(delivery_id=delivery.pk, to_school=fairhaven.ashdown.pk, by=fairhaven.actor("priya"), at=NOW)
    services.recall(notification_id=delivery.notification_id, by=fairhaven.actor("bell"), at=SOON)
    assert (now(delivery).stage, now(new).stage) == (Stage.RECALLED_AFTER_OPEN, Stage.RECALLED_UNOPENED)
    assert (holding(delivery), holding(new)) == (set(), set())


def test_a_recall_is_done_once(fairhaven) -> None:
    delivery, bell = one(fairhaven), fairhaven.actor("bell")
    services.recall(notification_id=delivery.notification_id, by=bell, at=NOW)
    with pytest.raises(Refused):
        services.recall(notification_id=delivery.notification_id, by=bell, at=SOON)


# What the school did


def test_what_a_school_did_it_reads_again_and_its_sender_never(fairhaven) -> None:
    delivery = read(fairhaven, one(fairhaven))
    new = NewSupport(Kind.OVERT, "Breakfast with Miss Lund")
    services.record_support(delivery_id=delivery.pk, new=new, by=fairhaven.actor("priya"), at=NOW)
    assert now(delivery).stage == Stage.ACKNOWLEDGED
    look = open_circumstances(delivery_id=delivery.pk, by=fairhaven.actor("dee"), at=SOON)
    assert [each.note for each in look.done] == ["Breakfast with Miss Lund"]
    with seen_by_haven():
        kept = Support.objects.select_related("record").get()
        assert b"Breakfast" not in bytes(kept.note)
        assert kept.record.owner == fairhaven.oakfield


@pytest.mark.parametrize(
    "new", [NewSupport(Kind.NONE), NewSupport(Kind.SILENT, remind_on=TODAY)], ids=["no reason", "today"]
)
def test_doing_nothing_needs_a_reason_and_a_reminder_a_day_ahead(fairhaven, new: NewSupport) -> None:
    delivery = read(fairhaven, one(fairhaven))
    with pytest.raises(Refused, match="not ready"):
        services.record_support(delivery_id=delivery.pk, new=new, by=fairhaven.actor("priya"), at=NOW)


def test_it_closes_once_something_is_recorded(fairhaven) -> None:
    delivery, priya = read(fairhaven, one(fairhaven)), fairhaven.actor("priya")
    with pytest.raises(Refused):
        services.close(delivery_id=delivery.pk, by=priya, at=NOW)
    services.record_support(delivery_id=delivery.pk, new=NewSupport(Kind.SILENT), by=priya, at=NOW)
    services.close(delivery_id=delivery.pk, by=priya, at=SOON)
    assert now(delivery).stage == Stage.CLOSED


def test_it_is_handed_on_when_the_child_moves_without_what_the_school_wrote(fairhaven) -> None:
    delivery = done(fairhaven, one(fairhaven))
    new = services.hand_on(
        delivery_id=delivery.pk, to_school=fairhaven.ashdown.pk, by=fairhaven.actor("priya"), at=SOON
    )
    look = open_circumstances(
        delivery_id=confirmed(fairhaven, new, "grace", SOON).pk, by=fairhaven.actor("grace"), at=SOON
    )
    assert look.told
    assert look.done == []
    assert now(delivery).stage == Stage.REASSIGNED


@pytest.mark.parametrize("who", ["grace", "tom", "marcus", "bell", "sam"])
def test_nobody_else_acts_for_the_school(fairhaven, who: str) -> None:
    delivery, by = read(fairhaven, one(fairhaven)), fairhaven.actor(who)
    deeds = [
        lambda: services.confirm_on_roll(delivery_id=delivery.pk, by=by, at=NOW),
        lambda: services.not_ours(delivery_id=delivery.pk, moved_to=None, by=by, at=NOW),
        lambda: services.see_rule(delivery_id=delivery.pk, by=by, at=NOW),
        lambda: services.record_support(delivery_id=delivery.pk, new=NewSupport(Kind.SILENT), by=by, at=NOW),
        lambda: services.close(delivery_id=delivery.pk, by=by, at=NOW),
        lambda: services.hand_on(delivery_id=delivery.pk, to_school=fairhaven.ashdown.pk, by=by, at=NOW),
    ]
    for deed in deeds:
        with pytest.raises(Refused):
            deed()


def test_a_child_at_two_schools_is_each_schools_own(fairhaven) -> None:
    child = NewChild(JONAH, (fairhaven.oakfield.pk, fairhaven.ashdown.pk), override="Both")
    accepted = sent(fairhaven, child)
    at = {each.school_id: each for each in accepted.deliveries}
    oakfield = at[fairhaven.oakfield.pk]
    open_name(delivery_id=at[fairhaven.ashdown.pk].pk, by=fairhaven.actor("grace"), at=NOW)
    with pytest.raises(Refused):
        services.confirm_on_roll(delivery_id=oakfield.pk, by=fairhaven.actor("grace"), at=NOW)
    assert now(oakfield).stage == Stage.AVAILABLE
