"""The private calendar: what it shows, to whom, and that it can be stopped."""

from datetime import UTC, date, datetime, time

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from haven.access.decision import Refused
from haven.actions.models import CalendarKey
from haven.actions.services import GivenEvidence, close_assignment, make_calendar_key, revoke_calendar_key
from haven.people.models import Post
from tests.actions.raised import DUE, assigned, raised
from tests.cast import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOW, tick=False)]


def feed(secret):
    return Client().get(f"/calendar/{secret}.ics")


def key(cast, who="priya"):
    return make_calendar_key(by=cast.actor(who), at=NOW)


def events(response):
    return Calendar.from_ical(response.content).walk("VEVENT")


def test_the_calendar_holds_what_is_due(cast):
    assignment = assigned(cast)
    raised(cast, what="Ring", due_on=date(2026, 7, 1), due_time=time(17, 0))
    raised(cast, what="Whenever", due_on=None)
    response = feed(key(cast))
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    audit, ring = sorted(events(response), key=lambda event: str(event["summary"]), reverse=False)
    assert (str(audit["summary"]), audit.decoded("dtstart")) == ("Due: Return the audit", DUE)
    assert str(audit["uid"]) == f"{assignment.pk}@haven"
    assert ring.decoded("dtstart") == datetime(2026, 7, 1, 16, 0, tzinfo=UTC)


def test_the_calendar_says_nothing_of_any_person(cast):
    assignment = assigned(cast)
    assignment.handed_to = cast.tom
    assignment.save()
    text = feed(key(cast)).content.decode()
    assert "BEGIN:VEVENT" in text
    for person in cast.people.values():
        assert person.name not in text
        assert person.email not in text


def test_what_is_answered_leaves_the_calendar(cast):
    assignment = assigned(cast)
    secret = key(cast)
    close_assignment(assignment_id=assignment.pk, evidence=GivenEvidence(words="Done"), by=cast.actor("priya"), at=NOW)
    assert events(feed(secret)) == []


def test_a_calendar_shows_one_school_and_not_another(cast):
    assignment = assigned(cast)
    uids = [str(event["uid"]) for event in events(feed(key(cast, "grace")))]
    assert len(uids) == 1
    assert str(assignment.pk) not in uids[0]


def test_a_wrong_a_revoked_and_an_older_address_find_nothing(cast):
    assert feed("not-a-secret").status_code == 404
    old, new = key(cast), key(cast)
    assert (feed(old).status_code, feed(new).status_code) == (404, 200)
    assert revoke_calendar_key(by=cast.actor("priya"), at=NOW)
    assert feed(new).status_code == 404
    assert not revoke_calendar_key(by=cast.actor("priya"), at=NOW)


def test_whoever_leaves_has_an_empty_calendar_from_that_day(cast):
    raised(cast)
    secret = key(cast)
    Post.objects.filter(person=cast.priya).update(ends_on=NOW.date())
    assert events(feed(secret)) == []


def test_a_person_who_is_shut_out_has_none(cast):
    secret = key(cast)
    cast.priya.is_active = False
    cast.priya.save()
    assert feed(secret).status_code == 404


def test_the_secret_itself_is_kept_nowhere(cast):
    secret = key(cast)
    assert secret not in str(CalendarKey.objects.values().get())


@pytest.mark.parametrize("who", ["sam", "nobody"])
def test_whoever_holds_no_post_gets_no_address(cast, who):
    with pytest.raises(Refused):
        key(cast, who)


def test_the_page_shows_the_address_once_and_stops_it(cast):
    client, address = cast.client("priya"), reverse("actions:calendar")
    text = client.post(address).content.decode()
    shown = text.split("<code>")[1].split("</code>")[0]
    assert Client().get(shown.replace("http://testserver", "")).status_code == 200
    assert "<code>" not in client.get(address).content.decode()
    client.post(address, {"revoke": "1"})
    assert Client().get(shown.replace("http://testserver", "")).status_code == 404


def test_a_prohibition_reads_as_one(cast):
    raised(cast, what="ring the parents", prohibits=True)
    assert str(events(feed(key(cast)))[0]["summary"]) == "Do not: ring the parents"
