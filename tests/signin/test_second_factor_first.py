"""Whoever signs in without a second factor sees nothing but the way to one."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django import DjangoCaptureOnCommitCallbacks

from haven.people.queries import actor_of
from haven.signin.queries import FactorKind, factors_of
from tests.behind import at_the_hour
from tests.cast import NOW, TODAY, Cast
from tests.signin.steps import SECOND_STEP, code_for, give_app, is_let_in, person_in, sign_in, type_password

pytestmark = pytest.mark.django_db
CHOOSE = "/account/second-factor/"
ADD_APP = f"{CHOOSE}app/"


@pytest.fixture(autouse=True)
def _at_half_past_nine() -> None:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def newcomer(cast: Cast) -> Client:
    """A browser in which Priya has signed in with her password and has no second factor."""
    client = Client()
    type_password(client, "priya")
    assert person_in(client) == str(cast.priya.pk)
    return client


def secret_on(client: Client) -> str:
    """The secret that the page for a new app shows."""
    found = re.search(r"<code>([A-Z2-7 ]+)</code>", client.get(ADD_APP).content.decode())
    assert found
    return found[1].replace(" ", "")


def every_address() -> list[str]:
    """Every address of Haven without a part to fill in."""

    def walk(patterns: list[URLPattern | URLResolver], before: str) -> list[str]:
        found: list[str] = []
        for each in patterns:
            here = before + str(each.pattern)
            found += walk(each.url_patterns, here) if isinstance(each, URLResolver) else [here]
        return found

    addresses = [f"/{address}" for address in walk(get_resolver().url_patterns, "") if "<" not in address]
    assert len(addresses) > 20
    return addresses


OPEN = {
    "/help/",
    "/accessibility/",
    "/privacy/",
    CHOOSE,
    ADD_APP,
    "/account/second-factor/passkey/",
    "/account/confirm/password/",
    "/account/confirm/code/",
    "/account/confirm/passkey/",
    "/account/sign-in/",
    "/account/sign-in/passkey/",
    "/account/sign-in/second-step/",
    "/account/sign-in/address/",
    "/account/sign-out/",
    "/account/password/reset/",
    "/account/password/reset/code/",
    "/account/password/reset/new/",
    "/account/password/reset/done/",
}


def test_every_other_page_leads_to_the_choice(newcomer: Client) -> None:
    addresses = every_address()
    assert set(addresses) >= OPEN
    for address in addresses:
        answer = newcomer.get(address)
        led = answer.status_code == 302 and answer["Location"] == CHOOSE
        assert led is (address not in OPEN), address


def test_the_choice_offers_a_passkey_an_app_and_the_way_out(newcomer: Client) -> None:
    page = newcomer.get(CHOOSE).content.decode()
    assert all(words in page for words in ("Add a passkey", "Add an authenticator app", "Sign out"))


def test_she_has_no_rights_before_and_all_after(cast: Cast, newcomer: Client) -> None:
    assert actor_of(person=cast.priya, has_second_factor=False, on=TODAY).posts == ()
    secret = secret_on(newcomer)
    answer = newcomer.post(ADD_APP, {"code": code_for(secret)})
    assert answer["Location"] == "/account/recovery-codes/"
    assert is_let_in(newcomer)


def test_adding_an_app_gives_recovery_codes_and_tells_her(
    cast: Cast, newcomer: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        newcomer.post(ADD_APP, {"code": code_for(secret_on(newcomer))})
    assert [factor.kind for factor in factors_of(cast.priya.pk)] == [FactorKind.APP]
    page = newcomer.get("/account/recovery-codes/").content.decode()
    assert len(re.findall(r"<li><code>\d{8}</code></li>", page)) == 10
    assert "An authenticator app was added" in mail.outbox[-1].body


def test_a_wrong_first_code_adds_nothing(cast: Cast, newcomer: Client) -> None:
    wrong = f"{(int(code_for(secret_on(newcomer))) + 1) % 1_000_000:06}"
    assert "That code is not right" in newcomer.post(ADD_APP, {"code": wrong}).content.decode()
    assert factors_of(cast.priya.pk) == []


def test_the_code_that_added_an_app_opens_no_session_too(newcomer: Client) -> None:
    secret = secret_on(newcomer)
    newcomer.post(ADD_APP, {"code": code_for(secret)})
    client = Client()
    sign_in(client, "priya", secret)
    assert person_in(client) is None


def test_a_session_from_before_the_factor_is_asked_for_it(cast: Cast, newcomer: Client) -> None:
    secret = give_app(cast.priya)
    answer = newcomer.get("/account/")
    assert answer["Location"] == "/account/confirm/code/?next=/account/"
    newcomer.post(answer["Location"], {"code": code_for(secret)})
    assert is_let_in(newcomer)


def test_the_secret_is_not_in_the_database_in_clear(cast: Cast, newcomer: Client) -> None:
    secret = secret_on(newcomer)
    newcomer.post(ADD_APP, {"code": code_for(secret)})
    kept = [str(row.data) for row in cast.priya.authenticator_set.all()]
    assert len(kept) == 2
    assert secret not in "".join(kept)


def test_who_signed_in_long_ago_shows_her_password_again_before_she_adds_one(newcomer: Client) -> None:
    with at_the_hour(NOW + timedelta(minutes=10)):
        answer = newcomer.get(ADD_APP)
        assert answer["Location"].startswith("/account/confirm/password/")
        newcomer.post(answer["Location"], {"password": "priya walks her dog"})
        assert newcomer.get(ADD_APP).status_code == 200


def test_two_browsers_do_not_share_a_half_done_sign_in(cast: Cast, client: Client) -> None:
    give_app(cast.priya)
    type_password(client, "priya")
    assert Client().get(SECOND_STEP)["Location"] == "/account/sign-in/"
