"""Until somebody has read it, somebody is told: at once, in the morning, higher up, and never who must not know."""

from datetime import UTC, datetime, timedelta
from itertools import combinations

import pytest
from django.core import mail

from haven.access.actor import HAVEN
from haven.access.decision import Refused
from haven.kit import letters as kit_letters
from haven.ledger.models import Detail
from haven.notifications import services
from haven.notifications.models import Delivery, Prompt
from haven.notifications.rules.escalating import Prompting
from haven.notifications.rules.sending import NewChild
from haven.notifications.rules.support import Kind
from haven.notifications.services.receiving import NewSupport
from haven.people.models import Cover, Post
from tests.cast import NOW, TODAY
from tests.notifications.sent import CANARY, confirmed, keeping_out, now, one, read, seen_by_haven, swept
from tests.subjects.known import JONAH

pytestmark = pytest.mark.django_db
SATURDAY = datetime(2026, 3, 7, 21, 15, tzinfo=UTC)
MONDAY = datetime(2026, 3, 9, 8, 30, tzinfo=UTC)
STAFF = ("priya", "dee", "tom", "ruth", "dara")


def told(delivery: Delivery) -> set[tuple[str, str]]:
    """At which step whom, by the first word of her address."""
    with seen_by_haven():
        rows = Prompt.objects.filter(delivery=delivery).values_list("step", "person__email")
        return {(step, email.split("@")[0]) for step, email in rows}


def at_step(delivery: Delivery, step: Prompting) -> set[str]:
    return {who for each, who in told(delivery) if each == step}


def test_its_leads_are_told_at_once_and_nobody_else(fairhaven) -> None:
    delivery = one(fairhaven)
    assert told(delivery) == {("at-once", "priya"), ("at-once", "dee")}
    assert swept(NOW) == 2
    assert swept(NOW) == 0
    assert sorted(letter.to[0] for letter in mail.outbox) == ["dee@example.org", "priya@example.org"]


def test_in_lessons_the_head_and_then_the_council_are_told_while_nobody_has_read_it(fairhaven) -> None:
    delivery = one(fairhaven)
    swept(NOW + timedelta(minutes=29))
    assert at_step(delivery, Prompting.HEAD) == set()
    swept(NOW + timedelta(minutes=30))
    assert at_step(delivery, Prompting.HEAD) == {"tom"}
    swept(NOW + timedelta(minutes=60))
    assert at_step(delivery, Prompting.COUNCIL) == {"dara"}


def test_over_a_weekend_the_leads_are_told_each_half_hour_and_the_council_before_the_bell(fairhaven) -> None:
    delivery = one(fairhaven, at=SATURDAY)
    swept(SATURDAY)
    for minutes in (90, 60, 30):
        swept(MONDAY - timedelta(minutes=minutes))
    assert at_step(delivery, Prompting.LAST_CALL) == {"priya", "dee"}
    assert at_step(delivery, Prompting.DUTY_LIST) == at_step(delivery, Prompting.TELEPHONE) == {"dara"}
    assert at_step(delivery, Prompting.MISSED) == set()


def test_what_is_read_is_told_of_no_more(fairhaven) -> None:
    delivery = read(fairhaven, one(fairhaven))
    before = told(delivery)
    assert swept(NOW + timedelta(days=2)) == 0
    assert told(delivery) == before
    assert now(delivery).missed_at is None


def test_a_name_that_was_only_seen_does_not_stop_the_clock(fairhaven) -> None:
    delivery = confirmed(fairhaven, one(fairhaven))
    swept(delivery.deadline_at)
    assert now(delivery).missed_at == delivery.deadline_at


@pytest.mark.parametrize("down_for", [timedelta(0), timedelta(minutes=1), timedelta(days=3)])
def test_a_deadline_that_passed_while_nothing_ran_is_found_at_the_first_look(fairhaven, down_for: timedelta) -> None:
    delivery = one(fairhaven, at=SATURDAY)
    swept(SATURDAY)
    back = MONDAY + down_for
    swept(back)
    assert now(delivery).missed_at == back
    assert at_step(delivery, Prompting.MISSED) == {"bell", "dara"}
    assert Detail.objects.filter(text__contains="notification.missed").count() == 1
    swept(back + timedelta(minutes=1))
    assert Detail.objects.filter(text__contains="notification.missed").count() == 1


def test_what_came_back_is_its_senders_and_no_lead_is_told(fairhaven) -> None:
    delivery = one(fairhaven, at=SATURDAY)
    confirmed(fairhaven, delivery, at=SATURDAY)
    services.not_ours(delivery_id=delivery.pk, moved_to=None, by=fairhaven.actor("priya"), at=SATURDAY)
    swept(MONDAY - timedelta(minutes=30))
    assert at_step(delivery, Prompting.NOT_OURS) == at_step(delivery, Prompting.EARLY) == {"bell"}


def test_whoever_covers_for_a_lead_who_is_away_is_told_and_reads(fairhaven) -> None:
    post = Post.objects.get(person=fairhaven.priya)
    Cover.objects.create(post=post, covered_by=fairhaven.tom, starts_on=TODAY, ends_on=TODAY + timedelta(days=3))
    delivery = one(fairhaven)
    assert at_step(delivery, Prompting.AT_ONCE) == {"priya", "dee", "tom"}
    assert read(fairhaven, delivery, "tom")


@pytest.mark.parametrize("out", [each for size in (0, 2, 5) for each in combinations(STAFF, size)])
def test_no_step_ever_tells_whoever_must_not_know_or_nobody(fairhaven, out: tuple[str, ...]) -> None:
    delivery = one(fairhaven, excluded=keeping_out(fairhaven, *out))
    swept(NOW + timedelta(minutes=61))
    swept(delivery.deadline_at)
    steps = {step for step, _ in told(delivery)}
    assert steps == {each.value for each in Prompting} - {"not-ours", "recalled"}
    assert {who for _, who in told(delivery)} & set(out) == set()


def test_whoever_is_excluded_after_a_letter_was_put_down_never_gets_it(fairhaven) -> None:
    one(fairhaven)
    one(fairhaven, excluded=keeping_out(fairhaven, "priya"))
    swept(NOW)
    assert {letter.to[0] for letter in mail.outbox} == {"dee@example.org"}


def test_when_every_lead_has_left_others_are_named_who_may_read_it(fairhaven) -> None:
    delivery = one(fairhaven)
    Post.objects.filter(person__in=[fairhaven.priya, fairhaven.dee]).update(ends_on=TODAY)
    swept(NOW + timedelta(minutes=30))
    assert now(delivery).is_alarm
    assert read(fairhaven, delivery, "tom", NOW + timedelta(minutes=31))


# Letters


def test_no_letter_says_of_whom_or_what(fairhaven) -> None:
    delivery = one(fairhaven, NewChild(JONAH, (fairhaven.oakfield.pk,), override="Canary"))
    swept(NOW + timedelta(minutes=61))
    swept(delivery.deadline_at)
    assert len(mail.outbox) > 5
    sent = "\n".join(str(letter.message()) for letter in mail.outbox)
    hidden = ("Jonah", "Quayle", "2016", CANARY, "Canary", "FP/26/118", "Oakfield", delivery.reference)
    assert [each for each in hidden if each in sent] == []


def test_a_letter_that_goes_out_twice_after_a_crash_is_known_to_be_one(fairhaven, monkeypatch) -> None:
    one(fairhaven)
    with seen_by_haven():
        Prompt.objects.filter(person=fairhaven.dee).update(given_up_at=NOW)
    services.send_prompts(by=HAVEN, at=NOW)
    with seen_by_haven():
        Prompt.objects.update(sent_at=None)  # as if it had stopped before it was marked
    assert services.send_prompts(by=HAVEN, at=NOW + timedelta(minutes=4)) == 0
    assert services.send_prompts(by=HAVEN, at=NOW + timedelta(minutes=6)) == 1
    first, second = (letter.message()["Message-ID"] for letter in mail.outbox)
    assert first == second


def test_one_letter_that_fails_stops_no_other_and_is_tried_again(fairhaven, monkeypatch) -> None:
    one(fairhaven)
    whole, fails = kit_letters.EmailMessage.send, ["priya@example.org"]

    def send(letter, *args, **kwargs):
        if letter.to == fails:
            fails.clear()
            raise OSError
        return whole(letter, *args, **kwargs)

    monkeypatch.setattr(kit_letters.EmailMessage, "send", send)
    assert services.send_prompts(by=HAVEN, at=NOW) == 1
    assert services.send_prompts(by=HAVEN, at=NOW + timedelta(minutes=6)) == 1


def test_a_school_is_reminded_on_the_day_it_chose_once(fairhaven, django_capture_on_commit_callbacks) -> None:
    delivery, tomorrow = read(fairhaven, one(fairhaven)), NOW + timedelta(days=1)
    new = NewSupport(Kind.SILENT, remind_on=tomorrow.date())
    services.record_support(delivery_id=delivery.pk, new=new, by=fairhaven.actor("priya"), at=NOW)
    assert services.remind(by=HAVEN, at=NOW) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert services.remind(by=HAVEN, at=tomorrow) == 1
    assert services.remind(by=HAVEN, at=tomorrow) == 0
    assert {letter.to[0] for letter in mail.outbox} == {"priya@example.org", "dee@example.org"}


@pytest.mark.parametrize("verb", [services.sweep, services.send_prompts])
def test_only_haven_tells(fairhaven, verb) -> None:
    with pytest.raises(Refused):
        verb(by=fairhaven.actor("bell"), at=NOW)
