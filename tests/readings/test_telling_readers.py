"""E-mails: that there is something to read, to whom, and when again."""

from datetime import datetime, time, timedelta

import pytest
import time_machine
from django.core import mail

from haven.access.actor import HAVEN
from haven.access.decision import Refused
from haven.engines.days.moments import moment
from haven.people.models import Post
from haven.readings import services, tasks
from haven.readings.models import Prompt
from haven.readings.rules.signing import Way
from tests.cast import BEGAN, NOW, TODAY, Cast
from tests.people.seen import last_told, told
from tests.readings.rounds import DUE, part, sent, staff

pytestmark = pytest.mark.django_db


def _morning(days: int) -> datetime:
    """So many days after the round was due."""
    return moment(DUE + timedelta(days=days), time(7, 15))


def _sign_all(cast: Cast, name: str) -> None:
    for key in ("part 1", "part 2", "annex b"):
        own = Prompt.objects.first().round.matrix.parts.get(key=key)  # type: ignore[union-attr]
        services.sign(part_id=own.pk, way=Way.HAVEN, by=cast.actor(name), at=NOW)


def test_the_e_mail_says_that_there_is_something_to_read_and_never_what(cast: Cast) -> None:
    sent(cast)
    assert services.send_prompts(by=HAVEN, at=NOW) == 2
    assert {letter.to[0] for letter in mail.outbox} == {"priya@example.org", "tom@example.org"}
    for letter in mail.outbox:
        words = f"{letter.subject} {letter.body}"
        assert "1 new to read and sign" in words
        for secret in ("Fairhaven", "safety", "Part one", "Oakfield", "Priya", "Tom"):
            assert secret not in words
    assert services.send_prompts(by=HAVEN, at=NOW) == 0
    assert last_told()["about"] == {"prompts": 2, "letters": 2}


def test_who_has_signed_meanwhile_is_left_in_peace(cast: Cast) -> None:
    sent(cast)
    _sign_all(cast, "tom")
    assert services.send_prompts(by=HAVEN, at=NOW) == 1
    assert mail.outbox[0].to == ["priya@example.org"]


def test_a_letter_that_cannot_be_sent_is_tried_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_: object) -> None:
        raise OSError

    sent(cast)
    with monkeypatch.context() as patch:
        patch.setattr("haven.readings.letters.send_mail", lambda *_: fail())
        assert services.send_prompts(by=HAVEN, at=NOW) == 0
    assert services.send_prompts(by=HAVEN, at=NOW) == 2


def test_one_click_reminds_exactly_those_who_have_not_signed_and_not_twice_in_a_row(cast: Cast) -> None:
    staff(cast)
    found = sent(cast)
    _sign_all(cast, "tom")
    assert services.remind(round_id=found.pk, by=cast.actor("tom"), at=NOW) == 1
    assert last_told()["verb"] == "reading.reminded"
    assert services.remind(round_id=found.pk, by=cast.actor("tom"), at=NOW + timedelta(minutes=5)) == 0
    assert services.remind(round_id=found.pk, by=cast.actor("tom"), at=NOW + timedelta(days=3)) == 1
    for name in ("grace", "marcus", "sam"):
        with pytest.raises(Refused):
            services.remind(round_id=found.pk, by=cast.actor(name), at=NOW)


@pytest.mark.parametrize(
    ("days", "kind"), [(-8, None), (-7, "soon"), (-1, None), (0, None), (1, "overdue"), (2, None), (8, "overdue")]
)
def test_haven_reminds_a_week_before_and_every_week_after(cast: Cast, days: int, kind: str | None) -> None:
    sent(cast)
    assert services.remind_of_due(by=HAVEN, at=_morning(days)) == (2 if kind else 0)
    assert Prompt.objects.exclude(kind="new").count() == (2 if kind else 0)
    if kind:
        assert set(Prompt.objects.exclude(kind="new").values_list("kind", flat=True)) == {kind}
        assert last_told()["verb"] == "reading.prompted"


def test_who_comes_to_the_school_later_is_told_the_next_morning(cast: Cast) -> None:
    sent(cast)
    Post.objects.create(person=cast.sam, organisation=cast.oakfield, role="school-staff", starts_on=BEGAN)
    assert services.remind_of_due(by=HAVEN, at=NOW + timedelta(days=1)) == 1
    assert Prompt.objects.get(person=cast.sam).kind == "new"
    before = len(told())
    assert services.remind_of_due(by=HAVEN, at=NOW + timedelta(days=2)) == 0
    assert len(told()) == before


def test_nobody_is_told_of_a_round_that_ended(cast: Cast) -> None:
    found = sent(cast)
    services.end_round(round_id=found.pk, by=cast.actor("priya"), at=NOW)
    assert services.send_prompts(by=HAVEN, at=NOW) == 0
    assert services.remind_of_due(by=HAVEN, at=_morning(1)) == 0


def test_nobody_but_haven_sends_them(cast: Cast) -> None:
    for service in (services.send_prompts, services.remind_of_due):
        with pytest.raises(Refused):
            service(by=cast.actor("priya"), at=NOW)


def test_signing_ends_what_waits_at_home(cast: Cast) -> None:
    found = sent(cast)
    client = cast.client("tom")
    assert b"3 parts of guidance to read and sign" in client.get("/").content
    for key in ("part 1", "part 2"):
        services.sign(part_id=part(found, key).pk, way=Way.HAVEN, by=cast.actor("tom"), at=NOW)
    assert b"1 part of guidance to read and sign" in client.get("/").content
    assert b"of guidance to read and sign" not in cast.client("grace").get("/").content
    assert found.due_on > TODAY


def test_each_task_calls_its_service(cast: Cast) -> None:
    sent(cast)
    with time_machine.travel(_morning(1), tick=False):
        assert tasks.send_prompts(0) == 2
        assert tasks.remind_of_due(0) == 2
        assert tasks.find_parts_again(0) == 0
        assert tasks.forget_readers(0) == 0
