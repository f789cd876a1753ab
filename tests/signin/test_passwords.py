"""Choosing a password, changing it, and setting a new one by a code. None of it goes round the second factor."""

import re

import pytest
import time_machine
from django.core import mail
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from tests.cast import NOW, Cast
from tests.signin.steps import (
    ACCOUNT,
    SECOND_STEP,
    code_in,
    give_app,
    is_let_in,
    newest_verbs,
    person_in,
    sign_in,
    type_password,
)

pytestmark = pytest.mark.django_db
RESET = "/account/password/reset/"
CHANGE = "/account/password/"
GOOD = "plum lantern orbit"


@pytest.fixture
def desk(cast: Cast) -> Client:
    """A browser in which Priya is signed in."""
    client = Client()
    sign_in(client, "priya", give_app(cast.priya))
    return client


def change_to(client: Client, password: str, old: str = "priya walks her dog") -> str:
    """Ask for a new password; the page or the address that it was answered with."""
    answer = client.post(CHANGE, {"oldpassword": old, "password1": password})
    return answer.get("Location") or answer.content.decode()


@pytest.fixture
def code(cast: Cast, client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> str:
    """The code that Priya was sent."""
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(RESET, {"email": "priya@example.org"})["Location"] == f"{RESET}code/"
    return code_in(mail.outbox[-1])


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("elevenchars", "at least 12 characters"),
        ("1234567890123", "too common"),
        ("priya@example.org", "too similar"),
        ("x" * 201, "200 characters at most"),
    ],
)
def test_a_bad_password_is_refused_with_why(desk: Client, password: str, said: str) -> None:
    page = change_to(desk, password)
    assert said in page
    assert type_password(Client(), "priya").status_code == 302


@pytest.mark.parametrize("password", ["aaaaaaaaaaab", "all small letters", "ünïcödé wörds hére", "p" + "9" * 199])
def test_no_rule_is_made_of_what_it_consists(desk: Client, password: str) -> None:
    assert change_to(desk, password) == ACCOUNT
    assert type_password(Client(), "priya", password)["Location"] == SECOND_STEP


def test_nothing_keeps_her_from_pasting_it(desk: Client) -> None:
    page = desk.get(CHANGE).content.decode()
    fields = re.findall(r"<input[^>]*type=\"password\"[^>]*>", page)
    assert len(fields) == 2
    assert not any("maxlength" in each or "onpaste" in each for each in fields)
    assert 'autocomplete="new-password"' in page
    assert 'autocomplete="current-password"' in page


def test_the_present_password_is_asked_for(desk: Client) -> None:
    assert "not your present password" in change_to(desk, GOOD, old="something else entirely")


def test_a_change_tells_her_and_stands_in_the_ledger(
    desk: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        change_to(desk, GOOD)
    assert newest_verbs(1) == ["account.password_changed"]
    assert "A new password was set" in mail.outbox[-1].body


def test_a_code_sets_a_new_password_and_opens_no_session(cast: Cast, client: Client, code: str) -> None:
    secret = give_app(cast.priya)
    assert client.post(f"{RESET}code/", {"code": code})["Location"] == f"{RESET}new/"
    assert client.post(f"{RESET}new/", {"password1": GOOD})["Location"] == f"{RESET}done/"
    assert newest_verbs(1) == ["account.password_reset"]
    assert person_in(client) is None
    assert type_password(client, "priya", GOOD)["Location"] == SECOND_STEP
    assert not is_let_in(client)
    assert secret


def test_the_old_password_opens_nothing_after_that(cast: Cast, client: Client, code: str) -> None:
    client.post(f"{RESET}code/", {"code": code})
    client.post(f"{RESET}new/", {"password1": GOOD})
    assert type_password(Client(), "priya").status_code == 200


def test_an_open_session_ends_when_the_password_is_reset(
    desk: Client, client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        client.post(RESET, {"email": "priya@example.org"})
    client.post(f"{RESET}code/", {"code": code_in(mail.outbox[-1])})
    client.post(f"{RESET}new/", {"password1": GOOD})
    assert not is_let_in(desk)


def test_a_code_is_good_in_the_browser_that_asked_only(code: str) -> None:
    assert Client().post(f"{RESET}code/", {"code": code})["Location"] == "/account/sign-in/"


def test_a_code_is_good_for_15_minutes(
    cast: Cast, client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        with django_capture_on_commit_callbacks(execute=True):
            client.post(RESET, {"email": "priya@example.org"})
        clock.shift(15 * 60 + 1)
        answer = client.post(f"{RESET}code/", {"code": code_in(mail.outbox[-1])})
    assert answer["Location"] == "/account/sign-in/"


def test_three_wrong_codes_end_it(client: Client, code: str) -> None:
    for _ in range(3):
        client.post(f"{RESET}code/", {"code": "BBBB-BBBB"})
    assert client.post(f"{RESET}code/", {"code": code})["Location"] == "/account/sign-in/"


def test_the_new_password_page_does_not_open_without_the_code(client: Client, code: str) -> None:
    assert client.get(f"{RESET}new/")["Location"] == f"{RESET}code/"
    assert Client().post(f"{RESET}new/", {"password1": GOOD})["Location"] == RESET


def test_nobody_is_sent_more_than_three_codes_in_15_minutes(cast: Cast) -> None:
    answers = [Client().post(RESET, {"email": "priya@example.org"}, REMOTE_ADDR=f"203.0.113.{n}") for n in range(5)]
    assert [answer.status_code for answer in answers] == [302, 302, 302, 429, 429]


def test_somebody_elses_reset_in_her_browser_is_not_recorded_as_hers(
    desk: Client, cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(RESET, {"email": "tom@example.org"})
    desk.post(f"{RESET}code/", {"code": code_in(mail.outbox[-1])})
    desk.post(f"{RESET}new/", {"password1": GOOD})
    assert newest_verbs(1) == ["account.password_reset"]
    assert type_password(Client(), "tom", GOOD).status_code == 302
