"""A passkey that makes sure who holds it is both factors at once."""

import pytest
from django.test import Client

from haven.people.models import Person
from haven.signin.queries import factors_of
from tests.cast import Cast
from tests.signin.passkeys import ADD_PASSKEY, Passkey, add_passkey, browser, options_on, sign_in_by
from tests.signin.steps import SECOND_STEP, is_let_in, newest_verbs, person_in, type_password

pytestmark = pytest.mark.django_db


@pytest.fixture
def passkey(cast: Cast) -> Passkey:
    """Priya's passkey, added in a browser of her own."""
    client, made = browser(), Passkey()
    type_password(client, "priya")
    assert add_passkey(client, made).status_code == 302
    return made


def test_a_passkey_alone_opens_a_session_with_all_rights(cast: Cast, passkey: Passkey) -> None:
    client = browser()
    assert sign_in_by(client, passkey)["Location"] == "/"
    assert person_in(client) == str(cast.priya.pk)
    assert is_let_in(client)


def test_it_leads_to_where_she_wanted_to_go(passkey: Passkey) -> None:
    assert sign_in_by(browser(), passkey, next="/account/")["Location"] == "/account/"


def test_it_never_leads_to_another_site(passkey: Passkey) -> None:
    assert sign_in_by(browser(), passkey, next="https://example.com/")["Location"] == "/"


def test_a_passkey_that_verified_nobody_opens_nothing(passkey: Passkey) -> None:
    passkey.verifies = False
    client = browser()
    sign_in_by(client, passkey)
    assert person_in(client) is None


def test_a_passkey_that_verifies_nobody_cannot_be_added(cast: Cast) -> None:
    client = browser()
    type_password(client, "tom")
    assert add_passkey(client, Passkey(verifies=False)).status_code == 200
    assert factors_of(cast.tom.pk) == []


def test_a_passkey_caught_by_another_site_opens_nothing(passkey: Passkey) -> None:
    passkey.origin = "https://haven.example.com"
    client = browser()
    sign_in_by(client, passkey)
    assert person_in(client) is None


def test_a_signed_challenge_opens_one_session_only(passkey: Passkey) -> None:
    client, thief = browser(), browser()
    options = client.get("/account/sign-in/passkey/", headers={"accept": "application/json"}).json()["request_options"]
    answer = passkey.answer(options)
    client.post("/account/sign-in/passkey/", {"credential": answer})
    thief.get("/account/sign-in/passkey/", headers={"accept": "application/json"})
    thief.post("/account/sign-in/passkey/", {"credential": answer})
    assert (bool(person_in(client)), person_in(thief)) == (True, None)


def test_it_is_a_second_step_after_a_password_too(passkey: Passkey) -> None:
    client = browser()
    type_password(client, "priya")
    answer = passkey.answer(options_on(client, SECOND_STEP))
    client.post(SECOND_STEP, {"credential": answer})
    assert is_let_in(client)


def test_the_passkey_of_one_who_left_opens_nothing(cast: Cast, passkey: Passkey) -> None:
    Person.objects.filter(pk=cast.priya.pk).update(is_active=False)
    client = browser()
    answer = sign_in_by(client, passkey)
    assert answer["Location"] == "/account/sign-in/"
    assert person_in(client) is None


@pytest.mark.parametrize("nonsense", ["", "{}", "[]", "null", '{"response": {"userHandle": "AAAA"}}', "not json"])
def test_nonsense_in_place_of_a_passkey_is_turned_back(cast: Cast, nonsense: str) -> None:
    client = browser()
    assert client.post("/account/sign-in/passkey/", {"credential": nonsense})["Location"] == "/account/sign-in/"
    assert person_in(client) is None


@pytest.mark.parametrize("nonsense", ["", "{}", "[]", "not json"])
def test_nonsense_in_place_of_a_new_passkey_adds_nothing(cast: Cast, nonsense: str) -> None:
    client = browser()
    type_password(client, "priya")
    assert client.post(ADD_PASSKEY, {"credential": nonsense}).status_code == 200
    assert factors_of(cast.priya.pk) == []


def test_adding_one_stands_in_the_ledger(passkey: Passkey) -> None:
    assert newest_verbs(1) == ["account.factor_added"]


def test_a_passkey_without_a_name_is_given_one(cast: Cast, client: Client) -> None:
    own = browser()
    type_password(own, "priya")
    add_passkey(own, Passkey(), name="")
    assert [factor.name.startswith("Passkey of ") for factor in factors_of(cast.priya.pk)] == [True]
