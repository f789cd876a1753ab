"""Who is reminded of an audit and when, and that an e-mail says that there is something to see, never what."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from smtplib import SMTPException

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMessage
from icalendar import Calendar

from haven.access.actor import HAVEN
from haven.access.decision import Refused
from haven.access.roles import Role
from haven.actions.queries.calendars import other_days
from haven.actions.services import make_calendar_key
from haven.audits import services, tasks
from haven.audits.models import Cycle, Notice, Return
from haven.audits.rules.life import State, Window
from haven.audits.services.chasing import Chased
from haven.people.models import Cluster, ClusterPlace, Cover, Organisation, Post, Status
from tests.audits.asked import WINDOW, opened, prepared, return_of
from tests.audits.whereabouts import put, schools
from tests.cast import BEGAN, NOW, TODAY, Cast

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
BOTH = {"priya@example.org", "grace@example.org"}


def _send(at: datetime = NOW) -> dict[str, str]:
    mail.outbox.clear()
    services.send_notices(by=HAVEN, at=at)
    return {each.to[0]: each.body for each in mail.outbox}


def _notice(at: datetime) -> int:
    return services.give_notice(by=HAVEN, at=at)


def _chase(cast: Cast, cycle: Cycle, returns: Iterable[Return] | None = None, at: datetime = NOW) -> Chased:
    shown = [each.pk for each in (cycle.returns.all() if returns is None else returns)]
    return services.chase(cycle_id=cycle.pk, return_ids=shown, by=cast.actor("marcus"), at=at)


def _quiet(cast: Cast, **changed: object) -> Cycle:
    """A cycle of which its schools have been told."""
    cycle = opened(cast, **changed)
    _send()
    return cycle


def _days(days: int) -> datetime:
    return NOW + timedelta(days=days)


def test_schools_are_told_that_there_is_something_and_not_what(cast: Cast) -> None:
    opened(cast, title="Audit of secrets", note="Private words")
    sent = _send()
    assert set(sent) == BOTH
    body = sent["priya@example.org"]
    assert "1 new: your school is asked to answer" in body
    assert not any(word in body for word in ("secrets", "Private", "Oakfield", "Priya", "2026", "Fairhaven"))
    assert mail.outbox[0].subject == "Haven: there is something for you to see"
    assert _send() == {}


def test_no_school_is_told_of_what_is_only_prepared(cast: Cast) -> None:
    prepared(cast)
    assert (_notice(_days(6)), _send(_days(6))) == (0, {})


def test_a_school_without_a_safeguarding_lead_hears_by_its_head_then_by_whoever_works_there(cast: Cast) -> None:
    Post.objects.filter(person__in=[cast.priya, cast.grace]).delete()
    Post.objects.create(person=cast.sam, organisation=cast.ashdown, role=Role.SCHOOL_STAFF.value, starts_on=BEGAN)
    opened(cast)
    assert set(_send()) == {"tom@example.org", "sam@example.org"}


def test_whoever_covers_a_post_is_told_too(cast: Cast) -> None:
    Cover.objects.create(post=cast.grace.posts.get(), covered_by=cast.sam, starts_on=TODAY, ends_on=TODAY + DAY)
    opened(cast)
    assert {"sam@example.org", "grace@example.org"} <= set(_send())


def test_schools_that_have_not_sent_it_are_reminded_before_each_deadline_once(cast: Cast) -> None:
    cycle = _quiet(cast)
    put(return_of(cast, cycle, "ashdown"), State.SUBMITTED)
    assert [_notice(_days(day)) for day in (5, 6, 6, 7, 16, 17, 18, 20, 21, 25, 26, 37, 38, 41)] == [
        *(0, 1, 0, 0),  # 14 days before the first
        *(0, 1, 0, 0, 0),  # 3 days before it
        *(0, 1, 1, 0, 0),  # 14 and 3 days before the final one
    ]
    sent = _send(_days(38))
    assert set(sent) == {"priya@example.org"}
    assert "1 with a deadline that is near" in sent["priya@example.org"]


def test_a_cycle_says_itself_how_many_days_before(cast: Cast) -> None:
    _quiet(cast, reminders=(5,))
    assert [_notice(_days(day)) for day in (6, 14, 15)] == [0, 0, 2]
    Cycle.objects.update(reminders=[])
    assert _notice(_days(35)) == 0


def test_a_deadline_put_off_is_told_and_reminded_of_anew(cast: Cast) -> None:
    cycle = _quiet(cast)
    of = return_of(cast, cycle)
    services.put_off(
        cycle_id=cycle.pk,
        return_id=of.pk,
        now_on=WINDOW.final_due_on + 10 * DAY,
        why="Fire.",
        by=cast.actor("marcus"),
        at=NOW,
    )
    sent = _send()
    assert set(sent) == {"priya@example.org"}
    assert "1 with a later deadline than before" in sent["priya@example.org"]
    assert _notice(_days(37)) == 2  # Ashdown before its final deadline, Oakfield a fortnight before its later one
    assert _notice(_days(47)) == 1


def test_a_group_is_told_when_its_own_window_opens_and_not_before(cast: Cast) -> None:
    one = Cluster.objects.create(area=cast.area, name="One")
    ClusterPlace.objects.create(cluster=one, organisation=cast.oakfield, starts_on=BEGAN)
    own = Window(TODAY + 10 * DAY, TODAY + 60 * DAY, TODAY + 70 * DAY)
    cycle = opened(cast, windows={one.pk: own})
    assert set(_send()) == {"grace@example.org"}
    assert _chase(cast, cycle).schools == 1  # Ashdown
    assert _notice(_days(9)) == 1  # Ashdown, before its first deadline
    assert _notice(_days(10)) == 1
    sent = _send(_days(10))
    assert "1 new: your school is asked to answer" in sent["priya@example.org"]
    assert _notice(_days(11)) == 0


def test_the_lead_reminds_exactly_those_shown_who_have_still_to_send_it(cast: Cast) -> None:
    cycle = _quiet(cast)
    of, other = return_of(cast, cycle), return_of(cast, cycle, "ashdown")
    assert _chase(cast, cycle, [of]) == Chased(schools=1, people=1, lately=0, without=())
    assert set(_send()) == {"priya@example.org"}
    put(other, State.SUBMITTED)
    assert _chase(cast, cycle, [other]) == Chased(0, 0, 0, ())
    assert Notice.objects.filter(kind="chased").count() == 1


def test_nobody_is_reminded_twice_within_twelve_hours(cast: Cast) -> None:
    cycle = _quiet(cast)
    assert _chase(cast, cycle).schools == 2
    assert _chase(cast, cycle, at=NOW + timedelta(hours=11)) == Chased(0, 0, 2, ())
    assert _chase(cast, cycle, at=NOW + timedelta(hours=12)).schools == 2


def test_the_lead_does_not_remind_whom_haven_reminded_just_before(cast: Cast) -> None:
    cycle = _quiet(cast)
    _notice(_days(6))
    assert _chase(cast, cycle, at=_days(6)).lately == 2


def test_for_a_missing_signature_those_are_reminded_who_can_give_it(cast: Cast) -> None:
    cycle = _quiet(cast)
    of = put(return_of(cast, cycle), State.SIGNING, signed=1)
    assert _chase(cast, cycle, [of]).people == 1
    assert set(_send()) == {"tom@example.org"}
    put(of, State.SIGNING, signed=2)
    Post.objects.create(person=cast.sam, organisation=cast.oakfield, role=Role.GOVERNOR.value, starts_on=BEGAN)
    assert _chase(cast, cycle, [of]).people == 1  # another person's turn: the hours begin anew
    assert set(_send()) == {"sam@example.org"}


def test_schools_in_which_nobody_holds_the_post_are_named(cast: Cast) -> None:
    (empty,) = schools(cast, 1)
    cycle = _quiet(cast)
    put(return_of(cast, cycle, "ashdown"), State.SIGNING, signed=1)  # it has no head
    told = _chase(cast, cycle)
    assert (told.schools, told.without) == (1, ("Ashdown Academy", empty.name))
    assert Notice.objects.filter(kind="chased").count() == 1


def test_a_school_that_has_closed_is_reminded_no_more(cast: Cast) -> None:
    cycle = _quiet(cast)
    Organisation.objects.filter(pk=cast.oakfield.pk).update(status=Status.CLOSED)
    assert _chase(cast, cycle).schools == 1
    assert _notice(_days(6)) == 1
    assert set(_send(_days(6))) == {"grace@example.org"}


def test_only_an_open_cycle_is_chased_and_only_its_own_schools(cast: Cast) -> None:
    cycle = prepared(cast)
    with pytest.raises(Refused, match="state") as refused:
        _chase(cast, cycle, [])
    assert refused.value.advice == "It is not open, so nobody is reminded."
    services.open_cycle(cycle_id=cycle.pk, by=cast.actor("marcus"), at=NOW)
    other = opened(cast, cycle.version, title="Other")
    assert _chase(cast, cycle, other.returns.all()) == Chased(0, 0, 0, ())


def test_nobody_is_asked_for_what_has_been_done_meanwhile(cast: Cast) -> None:
    cycle = _quiet(cast)
    of, other = return_of(cast, cycle), return_of(cast, cycle, "ashdown")
    _chase(cast, cycle)
    Notice.objects.create(of=of, kind="sign", step=2, made_at=NOW)
    put(of, State.SIGNING, signed=2)  # the head has signed; nobody is there for the third
    put(other, State.SUBMITTED)
    sent = _send()
    assert set(sent) == {"priya@example.org"}  # of the lead's reminder, which was for whoever answers
    assert not Notice.objects.filter(told_at=None).exists()


def test_a_closed_cycle_asks_nobody_and_still_brings_the_councils_answer(cast: Cast) -> None:
    cycle = opened(cast)
    of = put(return_of(cast, cycle), State.READ)
    services.close_cycle(cycle_id=cycle.pk, by=cast.actor("marcus"), at=NOW)
    Notice.objects.create(of=of, kind="answered", made_at=NOW)
    sent = _send()
    assert set(sent) == {"priya@example.org"}
    assert "1 with the council’s answer for you to read" in sent["priya@example.org"]


@pytest.mark.parametrize("kind", Notice.Kind.values)
def test_every_kind_of_notice_goes_out_without_what_it_is_about(cast: Cast, kind: str) -> None:
    cycle = _quiet(cast)
    step = 2 if kind == "sign" else 0
    state = {"sign": State.SIGNING, "sent-back": State.SENT_BACK}.get(kind, State.STARTED)
    of = put(return_of(cast, cycle), state, signed=step and 1)
    Notice.objects.create(of=of, kind=kind, step=step, made_at=NOW)
    (body,) = _send().values()
    assert "\n- 1 " in body
    assert not any(word in body for word in ("Oakfield", "Safeguarding audit 2025", "Tom", "Priya"))


def test_of_one_audit_only_the_last_word_is_told_and_two_audits_in_one_letter(cast: Cast) -> None:
    one = opened(cast)
    opened(cast, one.version, title="Another")
    of = put(return_of(cast, one), State.SENT_BACK)
    Notice.objects.create(of=of, kind="sent-back", made_at=NOW + timedelta(minutes=1))
    body = _send()["priya@example.org"]
    assert "1 new: your school is asked to answer" in body
    assert "1 on which the council asks for more" in body
    assert len(mail.outbox) == 2


def test_a_letter_that_fails_is_tried_again_and_stops_no_other(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    opened(cast)
    send = EmailMessage.send

    def fail_for_priya(letter: EmailMessage) -> int:
        if "priya@example.org" in letter.to:
            raise SMTPException("priya@example.org is not there")
        return send(letter)

    with monkeypatch.context() as patched:
        patched.setattr(EmailMessage, "send", fail_for_priya)
        assert set(_send()) == {"grace@example.org"}
    assert set(_send()) == {"priya@example.org"}


def test_nobody_but_haven_reminds_unasked(cast: Cast) -> None:
    for service in (services.give_notice, services.send_notices):
        with pytest.raises(Refused):
            service(by=cast.actor("marcus"), at=NOW)


def test_the_tasks_do_what_their_services_do(cast: Cast) -> None:
    opened(cast)
    with time_machine.travel(_days(6), tick=False):
        assert tasks.give_notice(0) == 2
        assert tasks.send_notices(0) == 2


def test_the_deadline_stands_in_the_schools_own_calendar_until_it_is_sent(cast: Cast) -> None:
    cycle = opened(cast)
    by = cast.actor("priya")
    (day,) = other_days(by=by, at=NOW)
    assert (day.title, day.on) == (
        "Audit due: Safeguarding audit 2025–26, Oakfield Primary School",
        WINDOW.first_due_on,
    )
    assert other_days(by=by, at=_days(21))[0].on == WINDOW.final_due_on
    assert other_days(by=by, at=_days(41)) == []
    put(return_of(cast, cycle), State.SUBMITTED)
    assert other_days(by=by, at=NOW) == []
    assert other_days(by=cast.actor("marcus"), at=NOW) == []


def test_the_private_calendar_takes_the_deadline_in(cast: Cast) -> None:
    opened(cast)
    secret = make_calendar_key(by=cast.actor("priya"), at=NOW)
    with time_machine.travel(NOW, tick=False):
        feed = Calendar.from_ical(cast.client("nobody").get(f"/calendar/{secret}.ics").content)
    assert any("Audit due" in str(event["summary"]) for event in feed.walk("VEVENT"))
