"""E-mails about signing in carry no name, no detail, and no address but the front door's."""

import inspect
import logging
import re
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from haven.signin import letters
from tests.cast import Cast
from tests.signin.passkeys import Passkey, add_passkey, browser, sign_in_by
from tests.signin.steps import type_password

pytestmark = pytest.mark.django_db
GIVEN = {"at": datetime(2026, 7, 1, 8, 5, tzinfo=UTC), "what": "A passkey was added", "code": "BCDF-GHJK"}
ALL = [
    function
    for name, function in inspect.getmembers(letters, inspect.isfunction)
    if not name.startswith("_") and function.__module__ == letters.__name__
]


@pytest.mark.parametrize("letter", ALL, ids=lambda letter: letter.__name__)
def test_the_only_address_in_a_letter_is_the_front_door(
    letter: object, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    wanted = inspect.signature(letter).parameters
    with django_capture_on_commit_callbacks(execute=True):
        letter("priya@example.org", **{name: value for name, value in GIVEN.items() if name in wanted})
    message = mail.outbox[-1]
    assert re.findall(r"\S+://\S+", message.body) == [f"{settings.ORIGIN}/"]
    assert not re.search(r"[Pp]riya", message.subject + message.body)
    assert len(message.alternatives if hasattr(message, "alternatives") else []) == 0


def test_a_moment_is_told_as_it_is_there(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        letters.new_sign_in("priya@example.org", at=GIVEN["at"])
    assert "on 1 July 2026 at 09:05" in mail.outbox[-1].body


def test_a_new_browser_is_told_once(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    own, passkey = browser(), Passkey()
    with django_capture_on_commit_callbacks(execute=True):
        type_password(own, "priya")
    assert [message.subject for message in mail.outbox] == ["New sign-in to Haven"]
    add_passkey(own, passkey)
    for client, told in ((own, 1), (own, 1), (browser(), 2)):
        client.post("/account/sign-out/")
        with django_capture_on_commit_callbacks(execute=True):
            sign_in_by(client, passkey)
        assert sum(message.subject == "New sign-in to Haven" for message in mail.outbox) == told


def test_a_browser_known_for_one_is_new_for_another(
    cast: Cast, client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    for name in ("priya", "tom"):
        with django_capture_on_commit_callbacks(execute=True):
            type_password(client, name)
        client.post("/account/sign-out/")
    assert [message.to for message in mail.outbox] == [["priya@example.org"], ["tom@example.org"]]


def test_the_note_in_the_browser_says_nobodys_name(cast: Cast, client: Client) -> None:
    type_password(client, "priya")
    note = client.cookies["haven-known"]
    assert str(cast.priya.pk) not in note.value
    assert note["httponly"]


def test_a_mail_server_that_is_down_stops_nobody_and_is_written_down_without_her_address(
    cast: Cast,
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    def refuse(_: EmailMessage, fail_silently: bool = False) -> int:
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailMessage, "send", refuse)
    with caplog.at_level(logging.ERROR), django_capture_on_commit_callbacks(execute=True):
        assert type_password(client, "priya").status_code == 302
    assert "was not sent: New sign-in to Haven" in caplog.text
    assert "priya@" not in caplog.text
