"""Single sign-on: for people whom Haven knows, who have linked it themselves, by tokens that leave nothing open."""

from collections.abc import Iterator
from html import unescape
from typing import Any

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from haven.people.models import Person
from tests.cast import Cast
from tests.signin.provider import CLIENT, FakeProvider, running
from tests.signin.steps import ACCOUNT, SECOND_STEP, SIGN_IN, code_for, give_app, is_let_in, newest_verbs, person_in

pytestmark = pytest.mark.django_db
GO = "/account/sso/council/"
BACK = f"{GO}back/"


@pytest.fixture
def provider(settings: Settings) -> Iterator[FakeProvider]:
    """A provider that the site uses and does not trust with the second factor."""
    with running() as fake:
        settings.SOCIALACCOUNT_PROVIDERS = fake.settings()
        yield fake


def come_back(client: Client, provider: FakeProvider, address: str, **changed: str) -> HttpResponse:
    """Go to the provider, sign in there and come back with its code."""
    query = provider.go(address)
    return client.get(BACK, {"code": "a code", "state": query["state"]} | changed)


def round_trip(client: Client, provider: FakeProvider) -> HttpResponse:
    """Sign in by the provider."""
    return come_back(client, provider, client.get(GO)["Location"])


def link(cast: Cast, provider: FakeProvider, name: str = "priya") -> None:
    """Link the provider's worker to this person, as she does it herself."""
    answer = link_in(cast.client(name), provider)
    assert answer["Location"] == ACCOUNT


def link_in(desk: Client, provider: FakeProvider) -> HttpResponse:
    """Press the button that links, go on, and come back."""
    parts = desk.post(f"{GO}link/").content.decode().split('href="')
    address = next(part.split('"')[0] for part in parts if part.startswith(provider.address))
    return come_back(desk, provider, unescape(address))


def test_whoever_has_not_linked_it_is_not_let_in_even_with_a_known_address(
    cast: Cast, client: Client, provider: FakeProvider
) -> None:
    provider.claims = {"email": "priya@example.org", "email_verified": True}
    answer = round_trip(client, provider)
    assert answer["Location"] == SIGN_IN
    assert "is not linked to a Haven account" in client.get(SIGN_IN).content.decode()
    assert person_in(client) is None
    assert not SocialAccount.objects.exists()


def test_nobody_is_made_by_it(cast: Cast, client: Client, provider: FakeProvider) -> None:
    before = Person.objects.count()
    provider.claims = {"sub": "somebody-new", "email": "new@example.org"}
    round_trip(client, provider)
    assert Person.objects.count() == before


def test_linking_is_recorded_and_told_and_keeps_nothing_of_the_token(
    cast: Cast, provider: FakeProvider, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    provider.claims = {"name": "Priya Nair", "amr": ["pwd"]}
    with django_capture_on_commit_callbacks(execute=True):
        link(cast, provider)
    assert newest_verbs(1) == ["account.single_sign_on_linked"]
    assert "Single sign-on was linked" in mail.outbox[-1].body
    row = SocialAccount.objects.get()
    assert (row.provider, row.uid, row.extra_data) == ("council", "worker-17", {"id_token": {"amr": ["pwd"]}})


def test_once_linked_it_is_the_first_step_and_her_own_factor_the_second(
    cast: Cast, client: Client, provider: FakeProvider
) -> None:
    link(cast, provider)
    secret = give_app(cast.priya)
    assert round_trip(client, provider)["Location"] == SECOND_STEP
    assert person_in(client) is None
    client.post(SECOND_STEP, {"code": code_for(secret)})
    assert person_in(client) == str(cast.priya.pk)
    assert is_let_in(client)


def test_without_a_factor_of_her_own_she_is_led_to_one(cast: Cast, client: Client, provider: FakeProvider) -> None:
    link(cast, provider)
    round_trip(client, provider)
    assert client.get(ACCOUNT)["Location"] == "/account/second-factor/"


@pytest.mark.parametrize(
    ("wanted", "said", "is_enough"),
    [
        ({"amr": ["mfa"]}, {"amr": ["pwd", "mfa"]}, True),
        ({"amr": ["mfa"]}, {"amr": ["pwd"]}, False),
        ({"amr": ["mfa"]}, {"amr": "mfa"}, False),
        ({"amr": ["mfa"]}, {}, False),
        ({"acr": ["silver"]}, {"acr": "silver"}, True),
        ({"acr": ["silver"]}, {"acr": "bronze"}, False),
        ({}, {"amr": ["mfa"], "acr": "silver"}, False),
    ],
)
def test_a_trusted_providers_own_second_factor_counts(
    cast: Cast,
    client: Client,
    provider: FakeProvider,
    settings: Settings,
    wanted: dict[str, list[str]],
    said: dict[str, Any],
    is_enough: bool,
) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = provider.settings(**wanted)
    link(cast, provider)
    give_app(cast.priya)
    provider.claims = said
    assert round_trip(client, provider)["Location"] == ("/" if is_enough else SECOND_STEP)
    assert is_let_in(client) is is_enough


def is_refused(client: Client, answer: HttpResponse) -> bool:
    """Whether somebody who has linked the provider was turned back."""
    page = client.get(SIGN_IN).content.decode()
    return answer["Location"] == SIGN_IN and "Single sign-on did not work" in page and person_in(client) is None


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"aud": "another client"},
        {"aud": None},
        {"aud": [CLIENT, "another client"]},
        {"aud": [CLIENT, "another client"], "azp": "another client"},
        {"azp": "another client"},
        {"iss": "https://idp.example.org"},
        {"iss": None},
        {"sub": None},
        {"sub": ""},
        {"exp": 1_000_000_000},
        {"exp": None},
        {"iat": 4_000_000_000},
        {"iat": None},
    ],
    ids=str,
)
def test_a_token_that_is_not_for_this_attempt_is_refused(
    cast: Cast, client: Client, provider: FakeProvider, claims: dict[str, Any]
) -> None:
    link(cast, provider)
    provider.claims = claims
    assert is_refused(client, round_trip(client, provider))


def test_the_same_token_without_the_fault_is_taken(cast: Cast, client: Client, provider: FakeProvider) -> None:
    link(cast, provider)
    provider.claims = {"aud": [CLIENT, "another client"], "azp": CLIENT}
    round_trip(client, provider)
    assert person_in(client) == str(cast.priya.pk)


def test_a_token_signed_by_another_key_is_refused(cast: Cast, client: Client, provider: FakeProvider) -> None:
    link(cast, provider)
    provider.signs_with = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    assert is_refused(client, round_trip(client, provider))


@pytest.mark.parametrize(("algorithm", "key"), [("none", None), ("HS256", "a secret of more than thirty-two bytes")])
def test_a_token_without_a_real_signature_is_refused(
    cast: Cast,
    client: Client,
    provider: FakeProvider,
    monkeypatch: pytest.MonkeyPatch,
    algorithm: str,
    key: str | None,
) -> None:
    link(cast, provider)
    real = jwt.encode
    monkeypatch.setattr(jwt, "encode", lambda claims, _, algorithm, headers: real(claims, key, algorithm, headers))
    provider.algorithm = algorithm
    assert is_refused(client, round_trip(client, provider))


def test_no_token_at_all_is_refused(cast: Cast, client: Client, provider: FakeProvider) -> None:
    link(cast, provider)
    provider.gives_token = False
    assert is_refused(client, round_trip(client, provider))


@pytest.mark.parametrize(
    "changed", [{"state": "another"}, {"state": ""}, {"code": ""}, {"error": "server_error"}], ids=str
)
def test_another_state_or_no_code_is_refused(
    cast: Cast, client: Client, provider: FakeProvider, changed: dict[str, str]
) -> None:
    link(cast, provider)
    answer = come_back(client, provider, client.get(GO)["Location"], **changed)
    assert is_refused(client, answer)


def test_a_state_opens_one_session_only_and_in_one_browser(cast: Cast, client: Client, provider: FakeProvider) -> None:
    link(cast, provider)
    query = provider.go(client.get(GO)["Location"])
    thief = Client()
    assert is_refused(thief, thief.get(BACK, {"code": "a code", "state": query["state"]}))
    assert client.get(BACK, {"code": "a code", "state": query["state"]})["Location"] == "/"
    assert client.get(BACK, {"code": "a code", "state": query["state"]})["Location"] == SIGN_IN


def test_a_provider_that_speaks_for_another_issuer_is_refused(
    client: Client, cast: Cast, provider: FakeProvider
) -> None:
    provider.issuer = "https://idp.example.org"
    answer = client.get(GO)
    assert is_refused(client, answer)


def test_a_provider_that_does_not_answer_is_said_plainly(client: Client, cast: Cast, settings: Settings) -> None:
    with running() as fake:
        settings.SOCIALACCOUNT_PROVIDERS = fake.settings()
    assert is_refused(client, client.get(GO))


def test_it_leads_to_where_she_wanted_to_go_and_to_no_other_site(
    cast: Cast, client: Client, provider: FakeProvider
) -> None:
    link(cast, provider)
    assert come_back(client, provider, client.get(f"{GO}?next=/help/")["Location"])["Location"] == "/help/"
    other = Client()
    assert come_back(other, provider, other.get(f"{GO}?next=https://example.com/")["Location"])["Location"] == "/"


def test_what_a_link_may_ask_of_the_provider_is_ours_alone(cast: Cast, client: Client, provider: FakeProvider) -> None:
    query = provider.go(client.get(f"{GO}?scope=admin&auth_params=prompt%3Dnone&process=connect")["Location"])
    assert sorted(query["scope"].split()) == ["email", "openid", "profile"]
    assert "prompt" not in query
    assert query["code_challenge_method"] == "S256"


def test_linking_takes_a_press_of_her_own_button(cast: Cast, provider: FakeProvider) -> None:
    assert cast.client("priya").get(f"{GO}link/").status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.priya)
    assert strict.post(f"{GO}link/").status_code == 403


def test_one_sign_on_opens_one_account(cast: Cast, provider: FakeProvider) -> None:
    link(cast, provider, "priya")
    desk = cast.client("tom")
    link_in(desk, provider)
    assert [row.user_id for row in SocialAccount.objects.all()] == [cast.priya.pk]
    assert "linked to another account" in desk.get(ACCOUNT).content.decode()


def test_it_is_taken_off_again(cast: Cast, client: Client, provider: FakeProvider) -> None:
    link(cast, provider)
    desk = cast.client("priya")
    assert "Take it off" in desk.get(ACCOUNT).content.decode()
    desk.post(f"{GO}unlink/")
    assert newest_verbs(1) == ["account.single_sign_on_unlinked"]
    assert round_trip(client, provider)["Location"] == SIGN_IN
    assert desk.post(f"{GO}unlink/").status_code == 404


def test_who_has_no_password_keeps_it(cast: Cast, provider: FakeProvider) -> None:
    link(cast, provider)
    cast.priya.set_unusable_password()
    cast.priya.save()
    answer = cast.client("priya").post(f"{GO}unlink/", follow=True)
    assert "Set a password first" in answer.content.decode()
    assert SocialAccount.objects.count() == 1


def test_one_who_left_is_not_let_in_by_it(cast: Cast, client: Client, provider: FakeProvider) -> None:
    link(cast, provider)
    Person.objects.filter(pk=cast.priya.pk).update(is_active=False)
    assert round_trip(client, provider)["Location"] == SIGN_IN
    assert person_in(client) is None


def test_an_unknown_provider_is_not_there(cast: Cast, client: Client, provider: FakeProvider) -> None:
    for address in ("/account/sso/other/", "/account/sso/other/back/"):
        assert client.get(address).status_code == 404


def test_the_sign_in_page_offers_it_by_name(cast: Cast, client: Client, provider: FakeProvider) -> None:
    page = client.get(SIGN_IN).content.decode()
    assert "Sign in with Fairhaven Council" in page
    assert f'href="{GO}"' in page
