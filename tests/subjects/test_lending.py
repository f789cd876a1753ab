"""Guests: one record, until a day; and the keys of what was lent go back when it is over."""

from datetime import timedelta

import pytest

from haven.access.actor import HAVEN
from haven.access.decision import Refused
from haven.keys.models import Wrap
from haven.subjects.disclosure.borrowing import lent_to
from haven.subjects.disclosure.finding import search_own
from haven.subjects.disclosure.showing import open_subject
from haven.subjects.policy import decide
from haven.subjects.queries.guests import guests_of
from haven.subjects.rules.breaking import Why
from haven.subjects.rules.ties import Deed
from haven.subjects.services import (
    break_glass,
    end_guest,
    give_safe_address,
    let_guest_read,
    make_record,
    send_record,
)
from haven.subjects.services import take_lent_keys as take
from haven.subjects.services.records import NewRecord
from tests.cast import NOW, TODAY
from tests.people.seen import last_told
from tests.subjects.known import JONAH, LATER, PURPOSE, asker, child, kept_from, looked_for

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


def lent(cast, record, who="osei", *, until=TODAY + WEEK, by="bell"):
    return let_guest_read(record_id=record.pk, person_id=cast.people[who].pk, until=until, by=cast.actor(by), at=NOW)


def opens(cast, who, record, at):
    return bool(decide(asker(cast, who, at), Deed.READ, record))


def wraps(cast, record, place):
    return Wrap.objects.filter(record=record.pk, organisation=cast.organisations[place].pk).exists()


def test_a_guest_reads_one_record_until_her_day_is_over(fairhaven) -> None:
    record, other = child(fairhaven).record, child(fairhaven).record
    lent(fairhaven, record)
    seen = open_subject(subject_id=record.subject.pk, purpose=PURPOSE, by=fairhaven.actor("osei"), at=LATER)
    assert seen.identity == JONAH
    assert not opens(fairhaven, "osei", other, LATER)
    assert opens(fairhaven, "osei", record, NOW + WEEK)
    assert not opens(fairhaven, "osei", record, NOW + WEEK + timedelta(days=1))
    assert "Quayle" not in str(last_told())


def test_a_guest_finds_nobody_and_takes_nothing_away(fairhaven) -> None:
    record = child(fairhaven).record
    lent(fairhaven, record)
    assert not decide(asker(fairhaven, "osei", is_fresh=True), Deed.EXPORT, record)
    with pytest.raises(Refused):
        looked_for(fairhaven, "osei")
    with pytest.raises(Refused):
        search_own(school=fairhaven.health.pk, words="", purpose=PURPOSE, by=fairhaven.actor("osei"), at=LATER)


@pytest.mark.parametrize("until", [TODAY - timedelta(days=1), TODAY + timedelta(days=31)])
def test_nobody_is_a_guest_for_longer_than_thirty_days(fairhaven, until) -> None:
    record = child(fairhaven).record
    with pytest.raises(Refused) as caught:
        lent(fairhaven, record, until=until)
    assert caught.value.advice == "Say until when: thirty days at most"


def test_whoever_keeps_the_record_lets_guests_in_lists_them_and_ends_it(fairhaven) -> None:
    record = child(fairhaven).record
    for who in ("priya", "lena", "marcus", "osei", "nadia"):
        with pytest.raises(Refused):
            lent(fairhaven, record, by=who)
    tie = lent(fairhaven, record)
    (line,) = guests_of(record_id=record.pk, by=fairhaven.actor("bell"), at=LATER)
    assert (line.tie, line.name) == (tie.pk, "Dr Osei")
    with pytest.raises(Refused):
        guests_of(record_id=record.pk, by=fairhaven.actor("osei"), at=LATER)
    with pytest.raises(Refused):
        end_guest(tie_id=tie.pk, by=fairhaven.actor("osei"), at=LATER)
    end_guest(tie_id=tie.pk, by=fairhaven.actor("bell"), at=LATER)
    assert not opens(fairhaven, "osei", record, LATER)
    assert guests_of(record_id=record.pk, by=fairhaven.actor("bell"), at=LATER) == []
    with pytest.raises(Refused):
        end_guest(tie_id=tie.pk, by=fairhaven.actor("bell"), at=LATER)


def test_an_excluded_guest_reads_nothing_and_an_address_has_no_guests(fairhaven) -> None:
    subject = child(fairhaven)
    lent(fairhaven, subject.record)
    kept_from(fairhaven, subject, "osei")
    assert not opens(fairhaven, "osei", subject.record, LATER)
    kept = give_safe_address(subject_id=subject.pk, address="7 Tern Avenue", by=fairhaven.actor("bell"), at=NOW)
    with pytest.raises(Refused):
        lent(fairhaven, kept.record)
    with pytest.raises(Refused) as caught:
        lent(fairhaven, subject.record, "sam")
    assert "no post" in caught.value.advice


def test_the_key_goes_back_when_it_is_over_and_only_then(fairhaven) -> None:
    record = child(fairhaven).record
    lent(fairhaven, record)
    assert take(by=HAVEN, at=LATER) == 0
    assert wraps(fairhaven, record, "health")
    assert take(by=HAVEN, at=NOW + WEEK + timedelta(days=1)) == 1
    assert not wraps(fairhaven, record, "health")
    assert take(by=HAVEN, at=NOW + WEEK + timedelta(days=1)) == 0
    with pytest.raises(Refused):
        take(by=fairhaven.actor("bell"), at=NOW)


def test_an_organisation_that_may_open_it_anyway_keeps_its_key(fairhaven) -> None:
    record = child(fairhaven).record
    lent(fairhaven, record)
    send_record(record_id=record.pk, to=fairhaven.health.pk, by=fairhaven.actor("bell"), at=NOW)
    words = {"why": Why.DANGER, "words": "now", "wished": None, "is_fresh": True}
    break_glass(record_id=record.pk, by=fairhaven.actor("mina"), at=NOW, **words)
    assert take(by=HAVEN, at=NOW + WEEK + timedelta(days=1)) == 0
    assert wraps(fairhaven, record, "health")
    assert wraps(fairhaven, record, "council")


def test_the_key_of_broken_glass_goes_back_when_its_time_is_up(fairhaven) -> None:
    subject, bell = child(fairhaven), fairhaven.actor("bell")
    new = NewRecord("notification", fairhaven.area.pk, fairhaven.police.pk, {"words": b"x"}, (subject.pk,))
    record, _ = make_record(new=new, by=bell, at=NOW)
    words = {"why": Why.DANGER, "words": "now", "wished": None, "is_fresh": True}
    break_glass(record_id=record.pk, by=fairhaven.actor("mina"), at=NOW, **words)
    assert wraps(fairhaven, record, "council")
    assert take(by=HAVEN, at=NOW + timedelta(minutes=59)) == 0
    assert take(by=HAVEN, at=NOW + timedelta(minutes=60)) == 1
    assert not wraps(fairhaven, record, "council")


def test_a_guest_is_written_to_once_without_a_word_of_whom_and_led_to_a_page_of_her_own(
    fairhaven, mailoutbox, django_capture_on_commit_callbacks, settings
) -> None:
    record = child(fairhaven).record
    with django_capture_on_commit_callbacks(execute=True):
        lent(fairhaven, record)
    (letter,) = mailoutbox
    assert letter.to == ["osei@example.org"]
    assert f"{settings.ORIGIN}/children/lent/" in letter.body
    whole = letter.subject + letter.body
    for word in (*JONAH.name.split(), "2016", "PC Bell", "Police", str(record.pk), str(record.subject.pk)):
        assert word not in whole


def test_who_is_kept_from_the_child_is_not_written_to_and_is_lent_nothing(
    fairhaven, mailoutbox, django_capture_on_commit_callbacks
) -> None:
    subject = child(fairhaven)
    kept_from(fairhaven, subject, "osei")
    with django_capture_on_commit_callbacks(execute=True):
        lent(fairhaven, subject.record)
    assert mailoutbox == []
    assert lent_to(by=fairhaven.actor("osei"), at=LATER) == []


def test_what_was_refused_writes_to_nobody(fairhaven, mailoutbox, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(Refused):
        lent(fairhaven, child(fairhaven).record, until=TODAY + timedelta(days=31))
    assert mailoutbox == []


def test_a_guest_finds_what_is_lent_to_her_until_it_is_over(fairhaven) -> None:
    first, second = child(fairhaven).record, child(fairhaven).record
    lent(fairhaven, first, until=TODAY + 2 * WEEK)
    tie = lent(fairhaven, second)
    osei = fairhaven.actor("osei")
    lines = lent_to(by=osei, at=LATER)
    assert [line.subject for line in lines] == [second.subject.pk, first.subject.pk]
    assert [line.last_on for line in lines] == [TODAY + WEEK, TODAY + 2 * WEEK]
    assert lent_to(by=fairhaven.actor("lena"), at=LATER) == []
    end_guest(tie_id=tie.pk, by=fairhaven.actor("bell"), at=LATER)
    assert [line.subject for line in lent_to(by=osei, at=LATER)] == [first.subject.pk]
    assert lent_to(by=osei, at=NOW + 3 * WEEK) == []
