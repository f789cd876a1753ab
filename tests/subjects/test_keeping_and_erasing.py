"""How long a subject is kept: by a rule, against it by a legal hold, and erased only by two people."""

from datetime import date, time, timedelta

import pytest
from django.db import connection

from haven.access.decision import Reason, Refused
from haven.engines.days.moments import moment
from haven.keys.models import RecordKey
from haven.subjects.disclosure.keeping import keeping_of
from haven.subjects.disclosure.overseeing import register_of
from haven.subjects.models import Attendance, Disclosure, FindMark, RetentionSetting, Siblings, Subject
from haven.subjects.rules.retention import Kept
from haven.subjects.services import (
    ask_erasure,
    decide_erasure,
    end_hold,
    give_safe_address,
    hold,
    link_siblings,
    set_retention,
)
from tests.behind import behind
from tests.cast import NOW
from tests.people.seen import last_told
from tests.subjects.known import ISLA, JONAH, child, kept_from, looked_for, sent

pytestmark = pytest.mark.django_db
OVER = moment(date(2041, 9, 1), time(9))


def asked(cast, subject, who="peter", at=OVER):
    return ask_erasure(subject_id=subject.pk, by=cast.actor(who), at=at)


def decided(cast, erasure, who="marcus", at=OVER, *, is_approved=True):
    return decide_erasure(erasure_id=erasure.pk, is_approved=is_approved, by=cast.actor(who), at=at)


def now_of(subject):
    with behind():
        return Subject.objects.get(pk=subject.pk)


def test_a_child_is_kept_until_the_rule_says_and_the_day_gives_no_birthday_away(fairhaven) -> None:
    subject = child(fairhaven)
    keeping = keeping_of(subject_id=subject.pk, by=fairhaven.actor("peter"), at=NOW)
    assert (keeping.review_on, keeping.is_due) == (date(2041, 9, 1), False)
    with pytest.raises(Refused) as caught:
        asked(fairhaven, subject, at=OVER - timedelta(days=1))
    assert (caught.value.reason, caught.value.advice) == (Reason.NOT_DUE, "It is kept until 1 September 2041")


def test_an_area_sets_how_long_and_says_by_whose_word(fairhaven) -> None:
    ask = {"area": fairhaven.area.pk, "kept_as": Kept.CHILD, "at": NOW}
    with pytest.raises(Refused):
        set_retention(years=30, source=" ", by=fairhaven.actor("peter"), **ask)
    with pytest.raises(Refused):
        set_retention(years=30, source="x", by=fairhaven.actor("priya"), **ask)
    set_retention(years=30, source="Partnership minute 12", by=fairhaven.actor("peter"), **ask)
    assert RetentionSetting.objects.get().years == 30
    assert child(fairhaven).record.review_on == date(2046, 9, 1)


def test_a_hold_keeps_it_whatever_the_rule_says_until_the_last_hold_ends(fairhaven) -> None:
    subject = child(fairhaven)
    with pytest.raises(Refused):
        hold(subject_id=subject.pk, why=" ", by=fairhaven.actor("peter"), at=NOW)
    kept = hold(subject_id=subject.pk, why="Inquiry 2026/1", by=fairhaven.actor("peter"), at=NOW)
    with pytest.raises(Refused) as caught:
        asked(fairhaven, subject)
    assert caught.value.reason is Reason.IS_HELD
    end_hold(hold_id=kept.pk, why="It has reported", by=fairhaven.actor("marcus"), at=NOW)
    assert last_told()["verb"] == "subject.hold_ended"
    erasure = asked(fairhaven, subject)
    hold(subject_id=subject.pk, why="Inquiry 2041/2", by=fairhaven.actor("peter"), at=OVER)
    with pytest.raises(Refused):
        decided(fairhaven, erasure)
    assert now_of(subject).names is not None


def test_whoever_asked_does_not_decide(fairhaven) -> None:
    erasure = asked(fairhaven, child(fairhaven))
    with pytest.raises(Refused) as caught:
        decided(fairhaven, erasure, "peter")
    assert caught.value.reason is Reason.NOT_A_SECOND_PERSON


@pytest.mark.parametrize("who", ["bell", "priya", "lena", "mina", "nadia", "sam", "nobody"])
def test_nobody_else_holds_or_erases(fairhaven, who) -> None:
    subject = child(fairhaven)
    with pytest.raises(Refused):
        asked(fairhaven, subject, who)
    with pytest.raises(Refused):
        hold(subject_id=subject.pk, why="Inquiry", by=fairhaven.actor(who), at=NOW)


def test_an_excluded_keeper_neither_holds_nor_erases(fairhaven) -> None:
    subject = child(fairhaven)
    kept_from(fairhaven, subject, "peter")
    with pytest.raises(Refused):
        asked(fairhaven, subject)
    with pytest.raises(Refused):
        keeping_of(subject_id=subject.pk, by=fairhaven.actor("peter"), at=NOW)


def test_it_can_be_decided_not_to_erase_and_be_asked_for_again(fairhaven) -> None:
    subject = child(fairhaven)
    erasure = asked(fairhaven, subject)
    with pytest.raises(Refused):
        asked(fairhaven, subject, "marcus")
    decided(fairhaven, erasure, is_approved=False)
    assert now_of(subject).names is not None
    assert asked(fairhaven, subject).pk != erasure.pk


def test_what_is_erased_opens_for_nobody_and_who_was_shown_it_stays(fairhaven) -> None:
    subject = sent(fairhaven, child(fairhaven, JONAH, fairhaven.oakfield), fairhaven.oakfield)
    sister = child(fairhaven, ISLA)
    link_siblings(one_id=subject.pk, other_id=sister.pk, by=fairhaven.actor("bell"), at=NOW)
    address = give_safe_address(subject_id=subject.pk, address="7 Tern Avenue", by=fairhaven.actor("bell"), at=NOW)
    looked_for(fairhaven, "lena")
    with behind():
        before = Disclosure.objects.count()
    decided(fairhaven, asked(fairhaven, subject))
    assert not RecordKey.objects.filter(record__in=[subject.record_id, address.record_id]).exists()
    with behind():
        subject.refresh_from_db()
        assert (subject.names, subject.birth_date) == (None, None)
        assert not FindMark.objects.filter(subject=subject).exists()
        assert not Attendance.objects.exists()
        assert not Siblings.objects.exists()
    assert looked_for(fairhaven, "lena", at=OVER) == []
    with behind():
        assert Disclosure.objects.count() == before + 1
    lines = register_of(subject_id=subject.pk, by=fairhaven.actor("marcus"), at=OVER)
    assert [line.person for line in lines] == ["Lena Fisk"]
    assert looked_for(fairhaven, "lena", ISLA, at=OVER)[0].subject == sister.pk
    assert last_told()["verb"] == "subject.disclosed"


def test_nothing_of_what_was_sealed_is_left_in_its_rows(fairhaven) -> None:
    subject = child(fairhaven)
    sealed = bytes(now_of(subject).names).hex()
    decided(fairhaven, asked(fairhaven, subject))
    with behind(), connection.cursor() as cursor:
        cursor.execute("select string_agg(t::text, ' ') from subjects_subject t")
        assert sealed not in cursor.fetchone()[0]
    with pytest.raises(Refused):
        asked(fairhaven, subject)
