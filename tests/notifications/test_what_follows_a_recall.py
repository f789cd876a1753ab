"""Recalled after it was read: the place destroys copies and says so, the sender signs who had seen it."""

import re
from datetime import timedelta

import pytest
import time_machine

from haven.access.actor import HAVEN
from haven.access.decision import Refused
from haven.notifications.disclosure.showing import open_circumstances
from haven.notifications.models import AreaRule, Breach, Prompt
from haven.notifications.queries.breaches import breach_at_place, copies_to_confirm, copies_waiting, seen_page
from haven.notifications.rules.breaches import Copies, Lack, lacking
from haven.notifications.rules.stages import Stage
from haven.notifications.services import chase_copies, confirm_copies, forget_prompts, recall, settle, sign_seen
from haven.subjects.models import Ground
from haven.subjects.services import exclude
from tests.behind import behind, stop_the_clock
from tests.cast import NOW, Cast
from tests.notifications.sent import CANARY, confirmed, keeping_out, now, one, read, recalled
from tests.people.seen import last_told

pytestmark = pytest.mark.django_db
HOURS = timedelta(hours=1)


def text(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def again(breach: Breach) -> Breach:
    with behind():
        return Breach.objects.get(pk=breach.pk)


def stage_of(breach: Breach) -> Stage:
    with behind():
        return Stage(now(breach.delivery).stage)


def test_only_what_was_read_leaves_something_to_do(
    fairhaven: Cast, mailoutbox, django_capture_on_commit_callbacks
) -> None:
    delivery = confirmed(fairhaven, one(fairhaven))
    recall(notification_id=delivery.notification_id, by=fairhaven.actor("bell"), at=NOW)
    with behind():
        assert not Breach.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        breach = recalled(fairhaven)
    assert (breach.place, breach.due_at) == (fairhaven.oakfield, NOW + 72 * HOURS)
    assert sorted(each.to[0] for each in mailoutbox) == [f"{who}@example.org" for who in ("dee", "priya", "tom")]
    assert not any(word in each.body for each in mailoutbox for word in ("Jonah", CANARY, breach.reference))


def test_an_area_says_within_how_many_hours(fairhaven: Cast) -> None:
    AreaRule.objects.create(area=fairhaven.area, confirm_hours=24)
    assert recalled(fairhaven).due_at == NOW + 24 * HOURS


@pytest.mark.parametrize("who", ["grace", "marcus", "bell", "lena", "osei", "nadia", "sam"])
def test_only_those_who_answer_for_the_place_say_what_became_of_copies(fairhaven: Cast, who: str) -> None:
    breach, by = recalled(fairhaven), fairhaven.actor(who)
    with pytest.raises(Refused):
        confirm_copies(breach_id=breach.pk, copies=Copies.NONE, by=by, at=NOW)
    with pytest.raises(Refused):
        breach_at_place(breach_id=breach.pk, by=by, at=NOW)
    assert again(breach).confirmed_at is None


@pytest.mark.parametrize("who", ["priya", "tom", "grace", "marcus", "lena", "nadia", "sam"])
def test_only_its_sender_reads_and_signs_who_had_seen_it(fairhaven: Cast, who: str) -> None:
    breach, by = recalled(fairhaven), fairhaven.actor(who)
    with pytest.raises(Refused):
        sign_seen(breach_id=breach.pk, number="Breach 1", by=by, at=NOW)
    with pytest.raises(Refused):
        seen_page(delivery_id=breach.delivery_id, by=by, at=NOW)
    assert again(breach).signed_at is None


def test_whoever_is_kept_from_the_child_is_not_told_and_sees_none_of_it(
    fairhaven: Cast, mailoutbox, django_capture_on_commit_callbacks
) -> None:
    delivery = read(fairhaven, one(fairhaven, excluded=keeping_out(fairhaven, "dee")))
    with django_capture_on_commit_callbacks(execute=True):
        breach = recalled(fairhaven, delivery)
    assert "dee@example.org" not in {each.to[0] for each in mailoutbox}
    dee = fairhaven.actor("dee")
    assert (copies_waiting(by=dee, at=NOW), copies_to_confirm(by=dee)) == ([], 0)
    with pytest.raises(Refused):
        confirm_copies(breach_id=breach.pk, copies=Copies.NONE, by=dee, at=NOW)
    assert [line.breach for line in copies_waiting(by=fairhaven.actor("priya"), at=NOW)] == [breach.pk]
    assert copies_to_confirm(by=fairhaven.actor("priya")) == 1


def test_an_officer_kept_from_the_child_signs_nothing(fairhaven: Cast) -> None:
    breach = recalled(fairhaven)
    with behind():
        child = now(breach.delivery).subject_id
    exclude(subject_id=child, person_id=fairhaven.bell.pk, ground=Ground.KNOWN, by=fairhaven.actor("bell"), at=NOW)
    with pytest.raises(Refused):
        seen_page(delivery_id=breach.delivery_id, by=fairhaven.actor("bell"), at=NOW)


def test_the_school_says_it_once_on_its_page(fairhaven: Cast) -> None:
    breach = recalled(fairhaven)
    page = f"/notifications/recalled/{breach.pk}/"
    with time_machine.travel(NOW + HOURS, tick=False):
        stop_the_clock(NOW + HOURS)
        priya, tom = fairhaven.client("priya"), fairhaven.client("tom")
        assert "destroy every copy" in text(priya.get("/notifications/"))
        assert "Say so by Thursday 5 March 2026, 09:30." in text(priya.get(page))
        assert priya.post(page, {"copies": ""}).status_code == 422
        assert priya.post(page, {"copies": "destroyed"}).status_code == 302
        assert last_told()["verb"] == "notification.copies_confirmed"
        assert "Said by Priya Nair" in text(tom.get(page))
        assert "has confirmed it already" in text(tom.post(page, {"copies": "none"}))
        assert "destroy every copy" not in text(priya.get("/notifications/"))
    assert again(breach).copies == Copies.DESTROYED


def test_the_sender_signs_the_list_of_everybody_who_had_seen_it(fairhaven: Cast) -> None:
    delivery = read(fairhaven, one(fairhaven))
    open_circumstances(delivery_id=delivery.pk, by=fairhaven.actor("dee"), at=NOW + timedelta(minutes=3))
    breach = recalled(fairhaven, delivery, at=NOW + HOURS)
    page = seen_page(delivery_id=delivery.pk, by=fairhaven.actor("bell"), at=NOW + HOURS)
    named = [(each.person, each.what) for each in page.seen]
    assert ("Priya Nair", "The child’s name") in named
    assert ("Priya Nair", "What happened") in named
    assert ("Divya Aldous", "What happened") in named
    assert {person for person, _ in named} == {"Priya Nair", "Divya Aldous"}
    with time_machine.travel(NOW + HOURS, tick=False):
        stop_the_clock(NOW + HOURS)
        bell, address = fairhaven.client("bell"), f"/notifications/sent/deliveries/{delivery.pk}/seen/"
        said = text(bell.get(address))
        assert "Divya Aldous, Deputy safeguarding lead, Oakfield Primary School" in said
        assert "Jonah" not in said
        assert address in bell.get(f"/notifications/sent/{delivery.notification_id}/").content.decode()
        assert bell.post(address, {"number": " "}).status_code == 422
        assert bell.post(address, {"number": "Breach 2026/4"}).status_code == 302
        assert "PC Bell, 2 March 2026, 10:30, as Breach 2026/4." in text(bell.get(address))
        assert bell.post(address, {"number": "Breach 2026/5"}).status_code == 422
    assert again(breach).signed_as == "Breach 2026/4"
    assert now(delivery).stage == Stage.RECALLED_AFTER_OPEN, "it is still its sender’s to settle"


def test_what_is_lacking_is_the_signed_list_and_what_became_of_every_copy() -> None:
    assert lacking(is_signed=False, copies="") == [Lack.LIST, Lack.COPIES]
    assert lacking(is_signed=True, copies="") == [Lack.COPIES]
    assert lacking(is_signed=False, copies=Copies.NONE) == [Lack.LIST]
    assert lacking(is_signed=True, copies=Copies.GONE_ON) == [Lack.DESTROYED]
    for copies in (Copies.NONE, Copies.DESTROYED):
        assert lacking(is_signed=True, copies=copies) == []


@pytest.mark.parametrize(
    ("is_signed", "copies", "lacks"),
    [
        (False, None, ["list", "copies"]),
        (True, None, ["copies"]),
        (False, Copies.DESTROYED, ["list"]),
        (True, Copies.GONE_ON, ["destroyed"]),
    ],
)
def test_it_is_settled_without_what_is_lacking_only_for_a_reason_that_the_ledger_keeps(
    fairhaven: Cast, is_signed: bool, copies: Copies | None, lacks: list[str]
) -> None:
    breach, bell = recalled(fairhaven), fairhaven.actor("bell")
    if is_signed:
        sign_seen(breach_id=breach.pk, number="Breach 1", by=bell, at=NOW)
    if copies:
        confirm_copies(breach_id=breach.pk, copies=copies, by=fairhaven.actor("priya"), at=NOW)
    with pytest.raises(Refused) as refusal:
        settle(delivery_id=breach.delivery_id, why="Sent anew", without=" ", by=bell, at=NOW)
    assert "do not name anybody" in refusal.value.advice
    settle(delivery_id=breach.delivery_id, why="Sent anew", without="The school has closed", by=bell, at=NOW)
    entry = last_told()
    assert (entry["verb"], entry["about"]["lacking"]) == ("notification.settled", lacks)
    assert entry["why"] == f"Sent anew. Without {' and '.join(lacks)}: The school has closed"
    assert stage_of(breach) == Stage.CLOSED


def test_with_both_it_is_settled_and_no_more_is_asked(fairhaven: Cast) -> None:
    breach, bell = recalled(fairhaven), fairhaven.actor("bell")
    sign_seen(breach_id=breach.pk, number="Breach 1", by=bell, at=NOW)
    confirm_copies(breach_id=breach.pk, copies=Copies.DESTROYED, by=fairhaven.actor("priya"), at=NOW)
    settle(delivery_id=breach.delivery_id, why="Sent anew", by=bell, at=NOW)
    assert (last_told()["about"]["lacking"], last_told()["why"]) == ([], "Sent anew")


def test_the_page_says_what_is_lacking_and_asks_for_the_reason(fairhaven: Cast) -> None:
    breach = recalled(fairhaven)
    address = f"/notifications/sent/deliveries/{breach.delivery_id}/settle/"
    with time_machine.travel(NOW + HOURS, tick=False):
        stop_the_clock(NOW + HOURS)
        bell = fairhaven.client("bell")
        said = text(bell.get(address))
        assert "The list of who had seen it is not signed" in said
        assert "Nobody there has said what became of copies" in said
        lacking_page = bell.post(address, {"why": "Sent anew"})
        assert lacking_page.status_code == 422
        assert "Say why it is settled without that" in text(lacking_page)
        assert bell.post(address, {"why": "Sent anew", "without": "The school has closed"}).status_code == 302
    assert stage_of(breach) == Stage.CLOSED


def test_what_nobody_confirms_in_time_is_told_once_to_both(
    fairhaven: Cast, mailoutbox, django_capture_on_commit_callbacks
) -> None:
    recalled(fairhaven)
    assert chase_copies(by=HAVEN, at=NOW + 72 * HOURS - timedelta(seconds=1)) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert chase_copies(by=HAVEN, at=NOW + 72 * HOURS) == 1
    assert {"priya@example.org", "bell@example.org"} <= {each.to[0] for each in mailoutbox}
    assert chase_copies(by=HAVEN, at=NOW + 80 * HOURS) == 0
    with pytest.raises(Refused):
        chase_copies(by=fairhaven.actor("bell"), at=NOW)


def test_what_was_confirmed_is_not_chased(fairhaven: Cast) -> None:
    breach = recalled(fairhaven)
    confirm_copies(breach_id=breach.pk, copies=Copies.NONE, by=fairhaven.actor("priya"), at=NOW)
    assert chase_copies(by=HAVEN, at=NOW + 100 * HOURS) == 0


def test_who_was_written_to_is_forgotten_after_so_many_days(fairhaven: Cast, settings) -> None:
    settings.PROMPTS_KEPT_DAYS = 30
    one(fairhaven)
    with behind():
        waiting = Prompt.objects.count()
        assert waiting
        assert forget_prompts(by=HAVEN, at=NOW + timedelta(days=90)) == 0, "what was never sent stays"
        Prompt.objects.update(sent_at=NOW)
    assert forget_prompts(by=HAVEN, at=NOW + timedelta(days=30)) == 0
    assert forget_prompts(by=HAVEN, at=NOW + timedelta(days=30, seconds=1)) == waiting
    with behind():
        assert not Prompt.objects.exists()
    assert last_told()["verb"] == "notification.prompts_forgotten"
    with pytest.raises(Refused):
        forget_prompts(by=fairhaven.actor("bell"), at=NOW)
