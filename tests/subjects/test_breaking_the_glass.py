"""Breaking the glass: one record, for a while, told at once, looked at afterwards; and what it does not break."""

from datetime import date, timedelta

import pytest
from django.core import mail

from haven.access.actor import HAVEN
from haven.access.decision import Reason, Refused
from haven.people.models import Cover
from haven.people.seeing import seeing_as
from haven.subjects.disclosure.overseeing import glass_to_review
from haven.subjects.disclosure.showing import open_subject
from haven.subjects.models import AreaSetting, BrokenGlass, Disclosure, Record
from haven.subjects.policy import decide, records_for
from haven.subjects.rules.breaking import Verdict, Why
from haven.subjects.rules.ties import Asker, Deed
from haven.subjects.services import break_glass, chase_reviews, give_safe_address, review_glass
from tests.behind import behind
from tests.cast import NOW, TODAY
from tests.people.seen import last_told
from tests.subjects.known import JONAH, PURPOSE, child, kept_from

pytestmark = pytest.mark.django_db
WORDS = "canary: she rang from the station"


def broke(cast, who, record, *, wished=None, is_fresh=True, why=Why.DANGER, words=WORDS, at=NOW):
    return break_glass(
        record_id=record.pk, why=why, words=words, wished=wished, is_fresh=is_fresh, by=cast.actor(who), at=at
    )


def reads(cast, who, record, at):
    asks = Asker(cast.actor(who), at)
    with seeing_as(asks.actor):
        seen = Record.objects.filter(records_for(asks, Deed.READ), pk=record.pk).exists()
    assert bool(decide(asks, Deed.READ, record)) == seen
    return seen


def test_it_opens_one_record_to_the_second_it_ends(fairhaven) -> None:
    record, other = child(fairhaven).record, child(fairhaven).record
    assert not reads(fairhaven, "mina", record, NOW)
    glass = broke(fairhaven, "mina", record)
    assert glass.ends_at == NOW + timedelta(minutes=60)
    assert reads(fairhaven, "mina", record, NOW + timedelta(minutes=60) - timedelta(seconds=1))
    assert not reads(fairhaven, "mina", record, NOW + timedelta(minutes=60))
    assert not reads(fairhaven, "mina", other, NOW)
    shown = open_subject(subject_id=record.subject.pk, purpose=PURPOSE, by=fairhaven.actor("mina"), at=NOW)
    assert shown.identity == JONAH


def test_it_lasts_as_long_as_the_area_says_and_three_hours_at_most(fairhaven) -> None:
    record = child(fairhaven).record
    AreaSetting.objects.create(area=fairhaven.area, glass_minutes=30)
    assert broke(fairhaven, "mina", record).ends_at == NOW + timedelta(minutes=30)
    assert broke(fairhaven, "dara", record, wished=timedelta(hours=8)).ends_at == NOW + timedelta(hours=3)


@pytest.mark.parametrize("who", ["priya", "tom", "grace", "osei", "lena", "peter", "nadia", "sam", "nobody"])
def test_nobody_breaks_it_who_is_not_on_duty_in_the_council(fairhaven, who) -> None:
    record = child(fairhaven, JONAH, fairhaven.oakfield).record
    with pytest.raises(Refused):
        broke(fairhaven, who, record)
    with behind():
        assert not BrokenGlass.objects.exists()


def test_whoever_covers_for_a_lead_breaks_it_for_a_child_of_that_school_alone(fairhaven) -> None:
    hers, another = child(fairhaven, JONAH, fairhaven.oakfield).record, child(fairhaven).record
    Cover.objects.create(
        post=fairhaven.priya.posts.get(), covered_by=fairhaven.grace, starts_on=TODAY, ends_on=TODAY + timedelta(days=3)
    )
    broke(fairhaven, "grace", hers)
    assert reads(fairhaven, "grace", hers, NOW)
    with pytest.raises(Refused):
        broke(fairhaven, "grace", another)


def test_it_needs_a_fresh_second_factor_and_a_reason(fairhaven) -> None:
    record = child(fairhaven).record
    with pytest.raises(Refused) as caught:
        broke(fairhaven, "mina", record, is_fresh=False)
    assert caught.value.reason is Reason.NOT_FRESH
    with pytest.raises(Refused) as caught:
        broke(fairhaven, "mina", record, words=" ")
    assert caught.value.advice == "Say in a sentence why it cannot wait"


def test_an_exclusion_is_not_broken_by_it_neither_before_nor_after(fairhaven) -> None:
    subject = child(fairhaven)
    kept_from(fairhaven, subject, "mina")
    with pytest.raises(Refused):
        broke(fairhaven, "mina", subject.record)
    broke(fairhaven, "dara", subject.record)
    kept_from(fairhaven, subject, "dara")
    assert not reads(fairhaven, "dara", subject.record, NOW)


def test_a_safe_address_is_closed_to_it(fairhaven) -> None:
    subject = child(fairhaven)
    kept = give_safe_address(subject_id=subject.pk, address="7 Tern Avenue", by=fairhaven.actor("bell"), at=NOW)
    with pytest.raises(Refused):
        broke(fairhaven, "mina", kept.record)


def test_its_owner_and_the_privacy_officer_are_told_at_once_and_not_of_whom(
    fairhaven, django_capture_on_commit_callbacks
) -> None:
    subject = child(fairhaven)
    with django_capture_on_commit_callbacks(execute=True):
        broke(fairhaven, "mina", subject.record)
    assert {to for letter in mail.outbox for to in letter.to} == {"peter@example.org", "bell@example.org"}
    for letter in mail.outbox:
        for word in (
            "Jonah",
            "Quayle",
            "canary",
            str(subject.pk),
            str(subject.record_id),
            "Mina",
            "http://127.0.0.1:8000/s",
        ):
            assert word not in letter.subject + letter.body
    with behind():
        (row,) = Disclosure.objects.filter(record=subject.record, purpose="A child may be in danger now")
    assert (row.outcome, row.role) == ("shown", "MASH coordinator")
    told = last_told()
    assert (told["verb"], told["why"]) == ("subject.glass_broken", "danger")
    assert "canary" not in str(told)


def test_whoever_may_not_know_of_the_child_is_not_told(fairhaven, django_capture_on_commit_callbacks) -> None:
    subject = child(fairhaven)
    kept_from(fairhaven, subject, "peter")
    with django_capture_on_commit_callbacks(execute=True):
        broke(fairhaven, "mina", subject.record)
    assert {to for letter in mail.outbox for to in letter.to} == {"bell@example.org"}
    assert glass_to_review(by=fairhaven.actor("peter"), on=TODAY) == []


def test_the_privacy_officer_looks_at_it_once_and_says_what_she_makes_of_it(fairhaven) -> None:
    glass = broke(fairhaven, "mina", child(fairhaven).record)
    (line,) = glass_to_review(by=fairhaven.actor("peter"), on=TODAY)
    assert (line.person, line.words, line.verdict, line.is_late) == ("Mina Hartshorn", WORDS, "", False)
    assert "Jonah" not in str(line)
    review = {"glass_id": glass.pk, "verdict": Verdict.RIGHT, "at": NOW}
    for who in ("mina", "marcus", "priya", "nadia"):
        with pytest.raises(Refused):
            review_glass(remarks="Right.", by=fairhaven.actor(who), **review)
    with pytest.raises(Refused):
        review_glass(remarks=" ", by=fairhaven.actor("peter"), **review)
    review_glass(remarks="She had no other way.", by=fairhaven.actor("peter"), **review)
    with pytest.raises(Refused):
        review_glass(remarks="Again.", by=fairhaven.actor("peter"), **review)
    assert glass_to_review(by=fairhaven.actor("peter"), on=TODAY)[0].verdict == "right"
    assert last_told()["verb"] == "subject.glass_reviewed"


def test_what_nobody_has_looked_at_in_five_working_days_is_told_of_once(
    fairhaven, django_capture_on_commit_callbacks
) -> None:
    glass = broke(fairhaven, "mina", child(fairhaven).record)
    assert glass.review_by == date(2026, 3, 9)
    assert chase_reviews(by=HAVEN, at=NOW + timedelta(days=7)) == 0
    late = NOW + timedelta(days=8)
    with django_capture_on_commit_callbacks(execute=True):
        assert chase_reviews(by=HAVEN, at=late) == 1
    assert {to for letter in mail.outbox for to in letter.to} >= {"peter@example.org", "marcus@example.org"}
    assert chase_reviews(by=HAVEN, at=late) == 0
    assert glass_to_review(by=fairhaven.actor("peter"), on=late.date())[0].is_late
    with pytest.raises(Refused):
        chase_reviews(by=fairhaven.actor("peter"), at=late)
