"""What one changes on one's own account: factors, recovery codes, the address. Each is fresh, told and recorded."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from haven.access.actor import NOBODY, Actor
from haven.access.decision import Reason, Refused
from haven.people.models import Person
from haven.signin import services
from haven.signin.queries import FactorKind, factors_of, recovery_codes_of
from tests.behind import at_the_hour
from tests.cast import NOW, Cast
from tests.signin.passkeys import give_passkey
from tests.signin.steps import (
    ACCOUNT,
    SECOND_STEP,
    code_for,
    code_in,
    give_app,
    is_let_in,
    newest_verbs,
    person_in,
    sign_in,
    type_password,
)

pytestmark = pytest.mark.django_db
CODES = "/account/recovery-codes/"
ADDRESS = "/account/address/"


@pytest.fixture
def desk(cast: Cast) -> Client:
    """A browser in which Priya has just signed in with her app; she has a passkey besides and recovery codes."""
    with time_machine.travel(NOW, tick=False):
        client = Client()
        sign_in(client, "priya", give_app(cast.priya))
        give_passkey(cast.priya)
        services.make_recovery_codes(by=priya(cast), at=NOW)
        yield client


def priya(cast: Cast) -> Actor:
    """Priya by her identifier alone."""
    return Actor(person=cast.priya.pk, name="")


def removal(cast: Cast, kind: FactorKind) -> str:
    """The address at which Priya removes her factor of this kind."""
    found = [factor.id for factor in factors_of(cast.priya.pk) if factor.kind is kind]
    assert len(found) == 1
    return f"/account/second-factor/{found[0]}/remove/"


def test_the_account_page_shows_her_name_address_factors_and_codes(desk: Client) -> None:
    page = desk.get(ACCOUNT).content.decode()
    for words in ("Priya Nair", "priya@example.org", "Authenticator app", "Laptop", "10 left", "(here)"):
        assert words in page


def test_one_of_two_factors_is_removed_after_she_was_asked(cast: Cast, desk: Client) -> None:
    address = removal(cast, FactorKind.PASSKEY)
    assert "Remove Laptop?" in desk.get(address).content.decode()
    assert len(factors_of(cast.priya.pk)) == 2
    assert desk.post(address)["Location"] == ACCOUNT
    assert [factor.kind for factor in factors_of(cast.priya.pk)] == [FactorKind.APP]
    assert newest_verbs(1) == ["account.factor_removed"]


def test_the_last_factor_stays(cast: Cast, desk: Client) -> None:
    desk.post(removal(cast, FactorKind.PASSKEY))
    answer = desk.post(removal(cast, FactorKind.APP), follow=True)
    assert "your only second factor" in answer.content.decode()
    assert len(factors_of(cast.priya.pk)) == 1


def test_nobody_removes_anothers_factor(cast: Cast, desk: Client) -> None:
    give_app(cast.tom)
    give_passkey(cast.tom)
    for factor in factors_of(cast.tom.pk):
        assert desk.post(f"/account/second-factor/{factor.id}/remove/").status_code == 404
    assert len(factors_of(cast.tom.pk)) == 2


def test_a_second_app_is_refused(cast: Cast, desk: Client) -> None:
    page = desk.get("/account/second-factor/app/").content.decode()
    found = re.search(r"<code>([A-Z2-7 ]+)</code>", page)
    assert found
    answer = desk.post("/account/second-factor/app/", {"code": code_for(found[1].replace(" ", ""))})
    assert "You have an authenticator app already" in answer.content.decode()


def test_a_recovery_code_stands_in_for_the_factor_once_and_she_is_told(
    cast: Cast, desk: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    code = recovery_codes_of(by=priya(cast))[0]
    for is_open in (True, False):
        client = Client()
        type_password(client, "priya")
        with django_capture_on_commit_callbacks(execute=True):
            client.post(SECOND_STEP, {"code": code})
        assert bool(person_in(client)) is is_open
    assert sum("A recovery code was used" in message.body for message in mail.outbox) == 1


def test_new_recovery_codes_replace_the_old(cast: Cast, desk: Client) -> None:
    before = set(recovery_codes_of(by=priya(cast)))
    assert desk.post(f"{CODES}new/")["Location"] == CODES
    after = set(recovery_codes_of(by=priya(cast)))
    assert (len(after), before & after) == (10, set())
    assert all(code in desk.get(CODES).content.decode() for code in after)
    assert newest_verbs(1) == ["account.recovery_codes_made"]


def test_who_has_no_factor_gets_no_recovery_codes(cast: Cast) -> None:
    with pytest.raises(Refused):
        services.make_recovery_codes(by=Actor(person=cast.tom.pk, name=""), at=NOW)


@pytest.mark.parametrize(
    "address",
    [CODES, "/account/second-factor/app/", "/account/second-factor/passkey/", ADDRESS, "/account/password/first/"],
)
def test_what_changes_how_she_signs_in_asks_again_after_ten_minutes(desk: Client, address: str) -> None:
    with at_the_hour(NOW + timedelta(minutes=10)):
        answer = desk.get(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/confirm/code/?next=")


def test_asked_again_her_password_alone_is_not_enough(desk: Client) -> None:
    with at_the_hour(NOW + timedelta(minutes=10)):
        answer = desk.post(f"/account/confirm/password/?next={CODES}", {"password": "priya walks her dog"})
        assert answer["Location"].startswith("/account/confirm/code/")
        assert desk.get(CODES).status_code == 302


def test_asked_again_a_code_goes_on_with_what_she_wanted(cast: Cast, desk: Client) -> None:
    cast.priya.authenticator_set.filter(type="totp").delete()
    secret = give_app(cast.priya)
    before = set(recovery_codes_of(by=priya(cast)))
    with at_the_hour(NOW + timedelta(minutes=10)):
        asked = desk.post(f"{CODES}new/")
        assert recovery_codes_of(by=priya(cast)) == sorted(before, key=recovery_codes_of(by=priya(cast)).index)
        desk.post(asked["Location"], {"code": code_for(secret)})
    assert not before & set(recovery_codes_of(by=priya(cast)))


def test_a_new_address_is_taken_by_a_code_and_the_old_one_is_told(
    cast: Cast, desk: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        assert desk.post(ADDRESS, {"email": "Priya.Nair@example.org"})["Location"] == f"{ADDRESS}code/"
        asked = mail.outbox
    code = code_in(asked[-1])
    assert asked[-1].to == ["priya.nair@example.org"]
    with django_capture_on_commit_callbacks(execute=True):
        assert desk.post(f"{ADDRESS}code/", {"code": code})["Location"] == ACCOUNT
    cast.priya.refresh_from_db()
    assert cast.priya.email == "priya.nair@example.org"
    assert (mail.outbox[-1].to, newest_verbs(1)) == (["priya@example.org"], ["account.address_changed"])
    assert type_password(Client(), "priya").status_code == 200
    assert is_let_in(desk)


def test_a_wrong_code_changes_no_address_and_three_end_it(cast: Cast, desk: Client) -> None:
    desk.post(ADDRESS, {"email": "new@example.org"})
    pages = [desk.post(f"{ADDRESS}code/", {"code": "BBBB-BBBB"}) for _ in range(4)]
    assert [page.status_code for page in pages] == [200, 200, 200, 302]
    cast.priya.refresh_from_db()
    assert cast.priya.email == "priya@example.org"


def test_a_code_for_an_address_is_good_for_15_minutes(
    desk: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(ADDRESS, {"email": "new@example.org"})
    session = desk.session
    session["signin_new_address"] |= {"at": (NOW - timedelta(minutes=15, seconds=1)).timestamp()}
    session.save()
    assert desk.post(f"{ADDRESS}code/", {"code": code_in(mail.outbox[-1])})["Location"] == ADDRESS


def test_asking_for_somebodys_address_tells_nothing_and_takes_nothing(
    cast: Cast, desk: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        assert desk.post(ADDRESS, {"email": "tom@example.org"})["Location"] == f"{ADDRESS}code/"
    desk.post(f"{ADDRESS}code/", {"code": code_in(mail.outbox[-1])})
    cast.priya.refresh_from_db()
    assert cast.priya.email == "priya@example.org"


def test_no_more_than_five_codes_for_addresses_are_sent(desk: Client) -> None:
    answers = [desk.post(ADDRESS, {"email": f"new{n}@example.org"}).status_code for n in range(6)]
    assert answers == [302] * 5 + [200]


def test_the_librarys_own_table_of_addresses_stays_empty(desk: Client, client: Client) -> None:
    client.post("/account/password/reset/", {"email": "priya@example.org"})
    desk.get(ACCOUNT)
    assert not EmailAddress.objects.exists()


class LedgerDown(Exception):
    """The ledger cannot be written."""


def test_a_failing_ledger_undoes_the_change(cast: Cast, desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object, **__: object) -> int:
        raise LedgerDown

    monkeypatch.setattr(services, "record", failing)
    by, at = priya(cast), timezone.now()
    changes = {
        "make_recovery_codes": lambda: services.make_recovery_codes(by=by, at=at),
        "add_app": lambda: services.add_app(secret="A" * 32, by=Actor(person=cast.tom.pk, name=""), at=at),
        "remove_factor": lambda: services.remove_factor(factor_id=factors_of(by.person)[0].id, by=by, at=at),
        "set_password": lambda: services.set_password(person=cast.priya, password="plum lantern orbit", by=by, at=at),
        "change_address": lambda: services.change_address(email="new@example.org", by=by, at=at),
        "end_sessions": lambda: services.end_sessions(but=None, by=by, at=at),
    }
    before = state_of(cast)
    for name, change in changes.items():
        with pytest.raises(LedgerDown):
            change()
        assert state_of(cast) == before, name


def state_of(cast: Cast) -> list[object]:
    """Everything that those changes change."""
    people = list(Person.objects.order_by("pk").values_list("email", "password"))
    factors = [
        list(person.authenticator_set.order_by("pk").values_list("pk", "data")) for person in cast.people.values()
    ]
    return [people, factors, list(cast.priya.usersession_set.values_list("session_key"))]


def test_whoever_is_not_signed_in_changes_nothing(db: None) -> None:
    with pytest.raises(Refused) as refused:
        services.end_sessions(but=None, by=NOBODY, at=NOW)
    assert refused.value.reason is Reason.NOT_SIGNED_IN


def test_an_unknown_factor_is_not_removed(cast: Cast, desk: Client) -> None:
    with pytest.raises(Refused):
        services.remove_factor(factor_id=uuid4().hex[:20], by=priya(cast), at=NOW)
