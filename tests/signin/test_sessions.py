"""A session ends: after eight hours, after fifteen idle minutes on confidential pages, and when its holder says so."""

import base64
from collections.abc import Iterator

import pytest
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from django.utils import timezone
from pytest_django import Settings

from haven.access.actor import HAVEN
from haven.bulletins.models import Contact
from haven.config.urls import urlpatterns as house
from haven.ledger.queries.told import newest_told
from haven.signin.adapters.sessions import SessionStore
from haven.signin.models import CacheEntry
from haven.signin.rules import confidential
from haven.signin.services import forget_the_expired
from tests.behind import BothClocks, both_clocks
from tests.bulletins.notes import published
from tests.cast import NOW, Cast
from tests.signin.steps import ACCOUNT, SIGN_IN, code_for, give_app, is_let_in, newest_verbs, person_in, sign_in

pytestmark = pytest.mark.django_db
BY_CODE = "/account/confirm/code/"
MINUTE = 60
HOUR = 60 * MINUTE


@confidential
def secret_page(request: HttpRequest) -> HttpResponse:
    """A page about a child; it gives back what is written on it."""
    return HttpResponse(request.POST.get("words", "about a child"))


urlpatterns = [*house, path("secret/", secret_page)]


@pytest.fixture
def clock(cast: Cast) -> Iterator[BothClocks]:
    """Half past nine, standing still."""
    with both_clocks(NOW) as clock:
        yield clock


@pytest.fixture
def desk(cast: Cast, clock: BothClocks, settings: Settings) -> Client:
    """A browser in which Priya has just signed in, at a site that has a confidential page."""
    settings.ROOT_URLCONF = __name__
    client = Client()
    sign_in(client, "priya", give_app(cast.priya))
    assert client.get("/secret/").content == b"about a child"
    return client


def test_a_confidential_page_opens_after_14_minutes_59(desk: Client, clock: BothClocks) -> None:
    clock.shift(14 * MINUTE + 59)
    assert desk.get("/secret/").status_code == 200


def test_it_asks_who_is_there_after_15_minutes_1(desk: Client, clock: BothClocks) -> None:
    clock.shift(15 * MINUTE + 1)
    answer = desk.get("/secret/?of=1")
    assert answer["Location"] == f"{BY_CODE}?next=%2Fsecret%2F%3Fof%3D1"
    assert "away for 15 minutes" in desk.get(answer["Location"]).content.decode()


def test_being_seen_puts_it_off(desk: Client, clock: BothClocks) -> None:
    for _ in range(4):
        clock.shift(10 * MINUTE)
        assert desk.get("/secret/").status_code == 200


def test_once_away_no_other_page_brings_it_back(desk: Client, clock: BothClocks) -> None:
    clock.shift(16 * MINUTE)
    assert is_let_in(desk)
    assert desk.get("/secret/").status_code == 302


def test_other_pages_stay_open(desk: Client, clock: BothClocks) -> None:
    clock.shift(3 * HOUR)
    assert is_let_in(desk)


def test_her_second_factor_opens_it_again(cast: Cast, desk: Client, clock: BothClocks) -> None:
    clock.shift(16 * MINUTE)
    where = desk.get("/secret/?of=1")["Location"]
    assert desk.post(where, {"code": code_for(give_second_app(cast))})["Location"] == "/secret/?of=1"
    assert desk.get("/secret/?of=1").content == b"about a child"
    assert "away for" not in desk.get(BY_CODE).content.decode()


def test_a_wrong_code_does_not(cast: Cast, desk: Client, clock: BothClocks) -> None:
    clock.shift(16 * MINUTE)
    where = desk.get("/secret/")["Location"]
    assert desk.post(where, {"code": "000000"}).status_code == 200
    assert desk.get("/secret/").status_code == 302


def test_nor_does_the_password_of_one_who_has_a_second_factor(desk: Client, clock: BothClocks) -> None:
    clock.shift(16 * MINUTE)
    desk.get("/secret/")
    desk.post("/account/confirm/password/", {"password": "priya walks her dog"})
    assert desk.get("/secret/").status_code == 302


def test_what_was_sent_meanwhile_waits_and_is_taken_then(cast: Cast, desk: Client, clock: BothClocks) -> None:
    clock.shift(16 * MINUTE)
    answer = desk.post("/secret/", {"words": "a long answer"})
    assert answer.status_code == 302
    assert b"a long answer" not in answer.content
    taken = desk.post(answer["Location"], {"code": code_for(give_second_app(cast))})
    assert taken.content == b"a long answer"


def test_what_waits_for_her_is_sealed_for_her_session_alone(cast: Cast, desk: Client, clock: BothClocks) -> None:
    clock.shift(16 * MINUTE)
    desk.post("/secret/", {"words": "a long answer"})
    row = Session.objects.get(session_key=desk.session.session_key)
    stored = base64.b64decode(row.session_data.partition(":")[0])
    readable = [row.session_data.encode(), stored, DatabaseStore().decode(row.session_data)]
    assert not any(word in str(each) for each in readable for word in ("a long answer", "signed_in_at", "_auth_user"))
    assert SessionStore(row.session_key).load()["signed_in_at"]
    Session.objects.create(session_key="another", session_data=row.session_data, expire_date=row.expire_date)
    assert SessionStore("another").load() == {}
    changed = bytearray(stored)
    changed[-1] ^= 1
    Session.objects.filter(pk=row.pk).update(session_data=base64.b64encode(changed).decode())
    assert SessionStore(row.session_key).load() == {}


def test_a_change_to_the_directory_sent_after_a_while_is_made_once_she_has_shown_who_she_is(
    cast: Cast, clock: BothClocks
) -> None:
    published(cast)
    contact, lead = Contact.objects.get(name="Ruth Amble"), Client()
    sign_in(lead, "marcus", give_app(cast.people["marcus"]))
    page = f"/bulletins/contacts/{contact.pk}/change/"
    assert lead.get(page).status_code == 200
    clock.shift(16 * MINUTE)
    changed = {"name": "Ruth Amble-Dray", "phones": "01632 960123", "marking": "not-for-parents", "why": "Asked."}
    where = lead.post(page, changed)["Location"]
    contact.refresh_from_db()
    assert contact.name == "Ruth Amble"
    cast.people["marcus"].authenticator_set.all().delete()
    answer = lead.post(where, {"code": code_for(give_app(cast.people["marcus"]))})
    contact.refresh_from_db()
    assert contact.name == "Ruth Amble-Dray"
    assert "Changed." in lead.get(answer["Location"]).content.decode()


def test_what_she_went_away_from_is_not_taken_later(cast: Cast, desk: Client, clock: BothClocks) -> None:
    clock.shift(16 * MINUTE)
    desk.post("/secret/", {"words": "thought better of"})
    where = desk.get("/secret/")["Location"]
    assert desk.post(where, {"code": code_for(give_second_app(cast))})["Location"] == "/secret/"


def test_once_back_and_away_again_it_asks_again(cast: Cast, desk: Client, clock: BothClocks) -> None:
    for _ in range(2):
        clock.shift(16 * MINUTE)
        where = desk.get("/secret/")["Location"]
        assert where.startswith(BY_CODE)
        desk.post(where, {"code": code_for(give_second_app(cast))})
        assert desk.get("/secret/").status_code == 200


def test_signing_in_again_opens_it_too(cast: Cast, desk: Client, clock: BothClocks) -> None:
    clock.shift(16 * MINUTE)
    desk.get("/secret/")
    desk.post("/account/sign-out/")
    sign_in(desk, "priya", give_second_app(cast))
    assert desk.get("/secret/").status_code == 200


def test_one_who_has_nothing_to_show_here_signs_in_again(cast: Cast, desk: Client, clock: BothClocks) -> None:
    """Such as one whose provider asks for her second factor."""
    cast.priya.authenticator_set.all().delete()
    cast.priya.set_unusable_password()
    cast.priya.save()
    client = cast.client("priya")
    client.get("/secret/")
    clock.shift(16 * MINUTE)
    answer = client.get("/secret/?of=1")
    assert answer["Location"] == f"{SIGN_IN}?why=idle&next=/secret/%3Fof%3D1"
    assert person_in(client) is None
    assert "away for 15 minutes" in client.get(answer["Location"]).content.decode()


def give_second_app(cast: Cast) -> str:
    """A new app in place of the one that was given."""
    cast.priya.authenticator_set.all().delete()
    return give_app(cast.priya)


def test_every_session_ends_after_eight_hours_however_busy(desk: Client, clock: BothClocks) -> None:
    for _ in range(47):
        clock.shift(10 * MINUTE)
        assert desk.get("/secret/").status_code == 200
    clock.shift(10 * MINUTE - 1)
    assert is_let_in(desk)
    clock.shift(1)
    assert desk.get(ACCOUNT)["Location"] == f"{SIGN_IN}?why=over&next=/account/"
    assert person_in(desk) is None


def replay(client: Client) -> Client:
    """Another browser with the same cookies: a thief's."""
    thief = Client()
    thief.cookies.load({name: morsel.value for name, morsel in client.cookies.items()})
    assert is_let_in(thief)
    return thief


def test_a_caught_cookie_opens_nothing_after_signing_out(desk: Client) -> None:
    thief = replay(desk)
    desk.post("/account/sign-out/")
    assert not is_let_in(thief)


def test_a_caught_cookie_opens_nothing_confidential_after_an_idle_while(desk: Client, clock: BothClocks) -> None:
    thief = replay(desk)
    clock.shift(15 * MINUTE)
    assert thief.get("/secret/").status_code == 302
    assert thief.post("/secret/", {"words": "mine"}).status_code == 302


def test_a_caught_cookie_opens_nothing_after_a_new_password(desk: Client) -> None:
    thief = replay(desk)
    given = {"oldpassword": "priya walks her dog", "password1": "plum lantern orbit"}
    assert desk.post("/account/password/", given)["Location"] == ACCOUNT
    assert is_let_in(desk)
    assert not is_let_in(thief)


def test_signing_out_everywhere_ends_every_other_session_at_its_next_request(
    cast: Cast, desk: Client, clock: BothClocks
) -> None:
    elsewhere = Client()
    clock.shift(30)
    sign_in(elsewhere, "priya", give_second_app(cast))
    assert is_let_in(elsewhere)
    desk.post("/account/sign-out-everywhere/")
    assert newest_verbs(1) == ["account.sessions_ended"]
    assert not is_let_in(elsewhere)
    assert is_let_in(desk)


def test_it_ends_nobody_elses(cast: Cast, desk: Client) -> None:
    tom = Client()
    sign_in(tom, "tom", give_app(cast.tom))
    desk.post("/account/sign-out-everywhere/")
    assert is_let_in(tom)


def test_the_account_page_lists_where_she_is_signed_in(cast: Cast, desk: Client) -> None:
    agent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0"
    elsewhere = Client(headers={"user-agent": agent})
    sign_in(elsewhere, "priya", give_second_app(cast))
    page = desk.get(ACCOUNT).content.decode()
    assert "Edge on Windows, since 2 March 2026, 09:30" in page
    assert page.count("(here)") == 1


def test_signing_out_takes_a_press_of_a_button(desk: Client) -> None:
    assert desk.get("/account/sign-out/").status_code == 405
    assert is_let_in(desk)
    answer = desk.post("/account/sign-out/")
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert answer.cookies["haven"].value == answer.cookies["haven-csrf"].value == ""
    assert newest_verbs(1) == ["account.signed_out"]
    assert person_in(desk) is None


def test_signing_out_where_nobody_is_signed_in_does_no_harm(client: Client, db: None) -> None:
    assert client.post("/account/sign-out/").status_code == 200


def test_an_ended_person_is_out_at_the_next_request(cast: Cast, desk: Client) -> None:
    cast.priya.is_active = False
    cast.priya.save()
    assert not is_let_in(desk)


def test_what_is_over_is_forgotten_at_night(desk: Client, clock: BothClocks) -> None:
    key = desk.session.session_key
    forget_the_expired(by=HAVEN, at=timezone.now())
    assert Session.objects.filter(session_key=key).exists()
    clock.shift(8 * HOUR + 1)
    assert forget_the_expired(by=HAVEN, at=timezone.now()) >= 3  # the session, its line on the list, the cached
    assert not Session.objects.filter(session_key=key).exists()
    assert not CacheEntry.objects.exists()


def test_the_ledger_knows_her_by_her_identifier_alone(cast: Cast, desk: Client) -> None:
    newest = newest_told(by=cast.actor("nadia"), before=None)
    mine = [entry for entry in newest if "account.signed_in" in str(entry)]
    assert mine
    assert not any("Priya" in str(entry) or "priya@" in str(entry) for entry in mine)
