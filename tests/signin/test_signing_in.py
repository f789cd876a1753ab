"""Signing in takes a password and a second factor, or a passkey; nothing else opens anything."""

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from tests.cast import NOW, Cast
from tests.signin.steps import (
    ACCOUNT,
    SECOND_STEP,
    SIGN_IN,
    code_for,
    give_app,
    is_let_in,
    newest_verbs,
    person_in,
    sign_in,
    type_password,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_half_past_nine() -> None:
    with time_machine.travel(NOW, tick=False):
        yield


def test_a_password_and_a_code_open_a_session(cast: Cast, client: Client) -> None:
    secret = give_app(cast.priya)
    first = type_password(client, "priya")
    assert (first.status_code, first["Location"], person_in(client)) == (302, SECOND_STEP, None)
    second = client.post(SECOND_STEP, {"code": code_for(secret)})
    assert (second.status_code, second["Location"]) == (302, settings.LOGIN_REDIRECT_URL)
    assert person_in(client) == str(cast.priya.pk)
    assert is_let_in(client)


def test_a_right_password_alone_opens_nothing(cast: Cast, client: Client) -> None:
    give_app(cast.priya)
    type_password(client, "priya")
    assert person_in(client) is None
    assert client.get(ACCOUNT)["Location"].startswith(SIGN_IN)


def test_a_wrong_code_opens_nothing(cast: Cast, client: Client) -> None:
    secret = give_app(cast.priya)
    type_password(client, "priya")
    wrong = f"{(int(code_for(secret)) + 1) % 1_000_000:06}"
    answer = client.post(SECOND_STEP, {"code": wrong})
    assert "That code is not right" in answer.content.decode()
    assert person_in(client) is None


def test_a_code_opens_one_session_only(cast: Cast) -> None:
    secret = give_app(cast.priya)
    first, second = Client(), Client()
    sign_in(first, "priya", secret)
    sign_in(second, "priya", secret)
    assert person_in(first)
    assert person_in(second) is None


@pytest.mark.parametrize("seconds", [-30, 30])
def test_a_code_is_good_for_its_own_half_minute_only(cast: Cast, client: Client, seconds: int) -> None:
    secret = give_app(cast.priya)
    type_password(client, "priya")
    early_or_late = code_for(secret)
    with time_machine.travel(NOW.timestamp() + seconds, tick=False):
        answer = client.post(SECOND_STEP, {"code": early_or_late})
    assert answer.status_code == 200
    assert person_in(client) is None


def test_the_address_may_be_typed_in_any_case(cast: Cast, client: Client) -> None:
    give_app(cast.priya)
    answer = client.post(SIGN_IN, {"login": "Priya@Example.ORG", "password": "priya walks her dog"})
    assert answer["Location"] == SECOND_STEP


def test_one_who_left_is_answered_like_one_who_never_was(cast: Cast, client: Client) -> None:
    give_app(cast.priya)
    cast.priya.is_active = False
    cast.priya.save()
    left, never = type_password(client, "priya"), type_password(client, "nobody-here")
    assert left.status_code == never.status_code == 200
    assert "is not right" in left.content.decode()
    assert person_in(client) is None


def test_the_session_gets_a_new_identifier(cast: Cast, client: Client) -> None:
    secret = give_app(cast.priya)
    type_password(client, "priya")
    before = client.session.session_key
    client.post(SECOND_STEP, {"code": code_for(secret)})
    assert client.session.session_key != before


def test_signing_in_stands_in_the_ledger_with_nobodys_name(cast: Cast, client: Client) -> None:
    secret = give_app(cast.priya)
    sign_in(client, "priya", secret)
    assert newest_verbs(1) == ["account.signed_in"]


def test_signing_in_leads_to_where_she_wanted_to_go(cast: Cast, client: Client) -> None:
    secret = give_app(cast.priya)
    client.post(f"{SIGN_IN}?next=/account/", {"login": "priya@example.org", "password": "priya walks her dog"})
    assert client.post(SECOND_STEP, {"code": code_for(secret)})["Location"] == ACCOUNT


def test_signing_in_never_leads_to_another_site(cast: Cast, client: Client) -> None:
    secret = give_app(cast.priya)
    client.post(
        f"{SIGN_IN}?next=https://example.com/", {"login": "priya@example.org", "password": "priya walks her dog"}
    )
    assert client.post(SECOND_STEP, {"code": code_for(secret)})["Location"] == "/"


def test_a_passphrase_of_200_characters_opens_unmodified(cast: Cast, client: Client) -> None:
    phrase = "plum " * 39 + "stone"
    assert len(phrase) == 200
    cast.priya.set_password(phrase)
    cast.priya.save()
    give_app(cast.priya)
    assert type_password(client, "priya", phrase)["Location"] == SECOND_STEP
    assert type_password(Client(), "priya", phrase[:-1]).status_code == 200
