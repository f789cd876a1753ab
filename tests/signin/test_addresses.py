"""Every address of signing in is wanted, and those that open to nobody signed in are these and no others."""

import re

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from haven.signin.urls import ours, urlpatterns
from tests.cast import Cast
from tests.signin.steps import SIGN_IN

PUBLIC = {
    "account_login",
    "mfa_login_webauthn",
    "mfa_authenticate",
    "sign_in_address",
    "account_logout",
    "account_reset_password",
    "account_confirm_password_reset_code",
    "account_complete_password_reset",
    "account_password_reset_completed",
    "openid_connect_login",
    "openid_connect_callback",
}
UNWANTED = (
    "account_signup",
    "account_signup_by_passkey",
    "socialaccount_signup",
    "account_request_login_code",
    "account_confirm_email",
    "account_email",
    "account_inactive",
    "mfa_signup_webauthn",
    "mfa_trust",
    "mfa_index",
    "socialaccount_connections",
    "usersessions_list",
)


def test_public_are_these_and_no_others() -> None:
    views = {pattern.name: pattern.callback for pattern in [*ours, *urlpatterns] if getattr(pattern, "name", None)}
    assert len(views) > 20
    assert {name for name, view in views.items() if not getattr(view, "login_required", True)} == PUBLIC


@pytest.mark.parametrize("name", UNWANTED)
def test_what_nobody_wants_is_not_there(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.django_db
def test_every_private_page_leads_whoever_is_not_signed_in_to_sign_in(cast: Cast, client: Client) -> None:
    for pattern in ours:
        kinds = re.findall(r"<(\w+):(\w+)>", str(pattern.pattern))
        values = {name: cast.priya.pk if kind == "uuid" else "council" for kind, name in kinds}
        address = reverse(f"signin:{pattern.name}", kwargs=values)
        assert client.get(address)["Location"] == f"{SIGN_IN}?next={address}"


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(PUBLIC - {"openid_connect_login", "openid_connect_callback"}))
def test_every_public_page_answers_whoever_comes_by(name: str, client: Client) -> None:
    answer = client.get(reverse(name))
    assert answer.status_code in ({405} if name == "account_logout" else {200, 302})


@pytest.mark.django_db
def test_nothing_that_was_sent_without_its_token_is_taken(cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True)
    given = {"login": "priya@example.org", "password": "priya walks her dog"}
    assert strict.post(SIGN_IN, given).status_code == 403


@pytest.mark.django_db
def test_no_page_of_signing_in_stays_in_a_cache(client: Client) -> None:
    assert "no-store" in client.get(SIGN_IN)["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.parametrize("value", ["", "nonsense", "a:b:c"])
def test_a_spoilt_note_of_known_browsers_is_no_note(cast: Cast, value: str) -> None:
    client = Client()
    client.cookies["haven-known"] = value
    answer = client.post(SIGN_IN, {"login": "priya@example.org", "password": "priya walks her dog"})
    assert answer.status_code == 302
