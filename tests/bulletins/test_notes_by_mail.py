"""Notes that arrive as e-mails in a folder."""

from datetime import datetime
from pathlib import Path

import pytest

from haven.access.actor import Actor
from haven.access.roles import Kind, Role
from haven.bulletins import services
from haven.bulletins.models import Bulletin
from haven.bulletins.tasks import take_in
from haven.people.models import Area, Organisation, Post, ServedArea
from tests.cast import BEGAN, Cast

pytestmark = pytest.mark.django_db

MAIL = """\
From: {sender}
To: haven@example.org
Subject: Spring note
Date: Mon, 02 Mar 2026 09:00:00 +0000
Content-Type: text/plain; charset=utf-8

Please return your audit by 20 March 2026.
"""


def _drop(inbox: Path, sender: str, name: str = "a.eml") -> None:
    inbox.mkdir(exist_ok=True)
    (inbox / name).write_text(MAIL.format(sender=sender))


def test_a_leads_mail_becomes_a_draft(cast: Cast, tmp_path: Path) -> None:
    _drop(tmp_path, "Marcus Hale <MARCUS@example.org>")
    assert take_in(tmp_path) == 1
    bulletin = Bulletin.objects.get()
    assert bulletin.is_draft
    assert bulletin.made_by == cast.marcus
    assert (bulletin.note.route, bulletin.note.sender, bulletin.asked_by) == ("mail", cast.marcus, cast.council)
    assert "return your audit" in bulletin.note.text
    assert (tmp_path / "taken" / "a.eml").exists()


def test_the_same_mail_makes_one_draft_however_often_it_lies_there(cast: Cast, tmp_path: Path) -> None:
    for name in ("a.eml", "b.eml"):
        _drop(tmp_path, "marcus@example.org", name)
    take_in(tmp_path)
    _drop(tmp_path, "marcus@example.org")
    take_in(tmp_path)
    assert Bulletin.objects.count() == 1
    assert sorted(path.name for path in (tmp_path / "taken").iterdir()) == ["a-1.eml", "a.eml", "b.eml"]


@pytest.mark.parametrize(
    ("sender", "why"),
    [
        ("priya@example.org", "not that of a council safeguarding lead"),
        ("stranger@example.org", "not that of a council safeguarding lead"),
        ("marcus@example.org, priya@example.org", "does not say who sent it"),
        ("", "does not say who sent it"),
    ],
)
def test_mail_from_anybody_else_is_put_aside_with_the_reason(cast: Cast, tmp_path: Path, sender: str, why: str) -> None:
    _drop(tmp_path, sender)
    assert take_in(tmp_path) == 0
    assert Bulletin.objects.count() == 0
    assert why in (tmp_path / "refused" / "a.reason.txt").read_text()
    assert (tmp_path / "refused" / "a.eml").exists()


def test_mail_from_a_lead_of_two_areas_is_put_aside(cast: Cast, tmp_path: Path) -> None:
    other = Organisation.objects.create(kind=Kind.COUNCIL.value, name="Elsewhere Council")
    ServedArea.objects.create(
        organisation=other, area=Area.objects.create(name="Elsewhere", code="998"), starts_on=BEGAN
    )
    Post.objects.create(person=cast.marcus, organisation=other, role=Role.SAFEGUARDING_OFFICER.value, starts_on=BEGAN)
    _drop(tmp_path, "marcus@example.org")
    take_in(tmp_path)
    assert "more than one area" in (tmp_path / "refused" / "a.reason.txt").read_text()


def test_a_folder_that_is_not_there_holds_nothing(cast: Cast, tmp_path: Path) -> None:
    assert take_in(tmp_path / "inbox") == 0


@pytest.mark.parametrize(
    "sender",
    [
        b"a :=?utf-8?q?=0A=0D?=).",
        b":a=?utf-8?q?=0A=0D?=;\\",
        b":\n ,\\\xff,<",
        b"\x00@[=?x?q?=00?=:\x00",
        b"\n .[<=?utf-8?q?x?=.=?",
        b"=??==?@[ ",
    ],
)
def test_a_sender_that_no_programme_can_read_is_refused_like_any_other(
    cast: Cast, tmp_path: Path, sender: bytes
) -> None:
    (tmp_path / "a.eml").write_bytes(b"From: " + sender + b"\nSubject: x\n\nPlease return your audit.\n")
    _drop(tmp_path, "marcus@example.org", "b.eml")
    assert take_in(tmp_path) == 1
    assert (tmp_path / "refused" / "a.eml").exists()


@pytest.mark.parametrize("subject", ["=?utf-8?q?a=00b?=", "=?utf-8?b?7aCA?=", "=?utf-7?q?+2AA-?=", "\udcff"])
def test_marks_that_no_database_keeps_keep_no_note_out(cast: Cast, tmp_path: Path, subject: str) -> None:
    text = MAIL.format(sender="marcus@example.org").replace("Spring note", subject)
    (tmp_path / "a.eml").write_bytes(text.encode("utf-8", "surrogateescape"))
    assert take_in(tmp_path) == 1
    assert "return your audit" in Bulletin.objects.get().note.text


def test_a_mail_that_cannot_be_taken_in_keeps_no_other_back(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    take = services.receive_mail

    def fails(*, content: bytes, by: Actor, at: datetime) -> Bulletin:
        if b"canary" in content:
            raise ValueError("canary@example.org")
        return take(content=content, by=by, at=at)

    monkeypatch.setattr(services, "receive_mail", fails)
    _drop(tmp_path, "canary@example.org", "a.eml")
    _drop(tmp_path, "marcus@example.org", "b.eml")
    assert take_in(tmp_path) == 1
    assert (tmp_path / "a.eml").exists()
    assert "ValueError" in caplog.text
    assert "canary" not in caplog.text
