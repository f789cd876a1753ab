"""Who is reminded and when, and that an e-mail says that there is something to see, never what."""

from datetime import datetime, timedelta
from smtplib import SMTPException

import pytest
from django.core import mail

from haven.access.actor import HAVEN
from haven.access.decision import Refused
from haven.access.roles import Role
from haven.consultations import services, tasks
from haven.consultations.models import Notice, Response
from haven.guidance import services as guidance
from haven.people.models import Area, Post
from tests.cast import BEGAN, NOW, TODAY, Cast
from tests.consultations.asked import CLOSES, LATER, OURS, answered, contributed, draft, gathering, recorded, redated

pytestmark = pytest.mark.django_db
BEFORE_14, BEFORE_3 = NOW + timedelta(days=16), NOW + timedelta(days=27)


def _send(at: datetime = NOW) -> dict[str, str]:
    mail.outbox.clear()
    services.send_notices(by=HAVEN, at=at)
    return {each.to[0]: each.body for each in mail.outbox}


def _notice(at: datetime) -> int:
    return services.give_notice(by=HAVEN, at=at)


def test_those_invited_are_told_that_there_is_something_and_not_what(cast: Cast) -> None:
    gathering(cast)
    sent = _send()
    assert set(sent) == {"priya@example.org", "grace@example.org", "bell@example.org"}
    body = sent["priya@example.org"]
    assert "1 new: your organisation’s view is asked for" in body
    assert not any(word in body for word in ("threshold", "Draft", "Oakfield", "Priya", "list"))
    assert _send() == {}


def test_a_school_without_a_safeguarding_lead_hears_by_its_head_or_governor(cast: Cast) -> None:
    Post.objects.filter(person=cast.grace).delete()
    Post.objects.create(person=cast.sam, organisation=cast.ashdown, role=Role.GOVERNOR.value, starts_on=BEGAN)
    gathering(cast)
    assert "sam@example.org" in _send()


def test_those_who_said_nothing_are_reminded_fourteen_and_three_days_before(cast: Cast) -> None:
    response = gathering(cast)
    contributed(cast, response)
    _send()
    assert _notice(BEFORE_14 - timedelta(days=1)) == 0
    assert _notice(BEFORE_14) == 2
    assert _notice(BEFORE_14) == 0  # safe to repeat
    assert _notice(BEFORE_14 + timedelta(days=1)) == 0
    assert set(_send(BEFORE_14)) == {"grace@example.org", "bell@example.org"}
    assert _notice(BEFORE_3) == 3  # and the lead, a fortnight before the consultation itself closes
    assert "closing soon" in _send(BEFORE_3)["grace@example.org"]


def test_the_days_are_a_setting(cast: Cast, settings: pytest.FixtureRequest) -> None:
    settings.CONSULTATION_REMINDERS = (5,)
    gathering(cast)
    assert _notice(BEFORE_14) == 0
    assert _notice(NOW + timedelta(days=25)) == 3


def test_the_lead_is_reminded_before_the_consultation_closes_unless_something_was_sent(cast: Cast) -> None:
    response = gathering(cast, closes_on=TODAY)
    _send()
    near = NOW + timedelta(days=26)
    assert _notice(near) == 1
    told = _send(near)
    assert set(told) == {"marcus@example.org"}
    assert "for which your area has recorded nothing as sent" in told["marcus@example.org"]
    answered(cast, response)
    recorded(cast, response)
    assert _notice(NOW + timedelta(days=37)) == 0


def test_the_lead_is_reminded_of_what_she_has_not_begun_too_and_once(cast: Cast) -> None:
    draft(cast)
    near = NOW + timedelta(days=26)
    assert [_notice(near), _notice(near), _notice(near + timedelta(days=1))] == [1, 0, 0]
    assert set(_send(near)) == {"marcus@example.org"}
    elsewhere = Area.objects.create(name="Elsewhere", code="998")
    assert not Notice.objects.filter(area=elsewhere).exists()
    draft(cast, title="A coming one", opens_on=TODAY + timedelta(days=30), closes_on=TODAY + timedelta(days=35))
    assert _notice(near) == 0


def test_nobody_is_reminded_of_a_draft_that_was_withdrawn(cast: Cast) -> None:
    response = gathering(cast)
    guidance.withdraw_edition(
        edition_id=response.edition_id, on=TODAY, why="A new draft comes.", by=cast.actor("marcus"), at=NOW
    )
    assert _notice(BEFORE_14) == 0


def test_those_who_contributed_hear_that_it_was_sent_and_that_it_was_answered(cast: Cast) -> None:
    edition = draft(cast)
    response = gathering(cast, edition)
    contributed(cast, response)
    answered(cast, response)
    recorded(cast, response)
    assert "you can read what was sent" in _send(LATER)["priya@example.org"]
    after = NOW + timedelta(days=60)
    assert _notice(after) == 0
    redated(cast, edition, answered_on=CLOSES + timedelta(days=10))
    assert _notice(after) == 1
    assert _notice(after) == 0
    assert set(_send(after)) == {"priya@example.org"}


def test_reminding_by_hand_reaches_exactly_those_who_said_nothing_and_once(cast: Cast) -> None:
    response = gathering(cast)
    contributed(cast, response)
    _send()

    def remind(at: datetime) -> int:
        return services.remind(response_id=response.pk, by=cast.actor("marcus"), at=at)

    assert remind(LATER) == 2
    assert remind(LATER + timedelta(hours=1)) == 0
    assert remind(LATER + timedelta(hours=12)) == 2
    assert set(_send(LATER)) == {"grace@example.org", "bell@example.org"}
    with pytest.raises(Refused, match="state"):
        remind(NOW + timedelta(days=31))
    with pytest.raises(Refused, match="area"):
        services.remind(response_id=response.pk, by=cast.actor("priya"), at=LATER)


def test_only_haven_gives_notice_and_sends(cast: Cast) -> None:
    for service in (services.give_notice, services.send_notices):
        with pytest.raises(Refused):
            service(by=cast.actor("marcus"), at=NOW)


def test_a_letter_that_cannot_be_sent_is_tried_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    gathering(cast)

    def fail(_: object) -> None:
        raise SMTPException("no")

    with monkeypatch.context() as patched:
        patched.setattr("haven.kit.letters.EmailMessage.send", fail)
        assert _send() == {}
    assert Notice.objects.filter(told_at=None).count() == 3
    assert len(_send()) == 3


def test_the_tasks_do_what_their_services_do(cast: Cast) -> None:
    response = gathering(cast)
    Response.objects.filter(pk=response.pk).update(closes_on=OURS)
    assert tasks.send_notices(0) == 3
    assert tasks.give_notice(0) >= 0
    assert len(mail.outbox) == 3
