"""Somebody who lost her second factor gets a new one: a lead takes the old one off, and a code goes to her address."""

import re
from collections.abc import Iterator

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from haven.access.actor import HAVEN
from haven.access.decision import Reason, Refused
from haven.access.roles import Kind, Role
from haven.config.command import main
from haven.ledger import services as ledger
from haven.people.models import Area, Organisation, Person, Post, ServedArea
from haven.people.queries.posts import resettable_by
from haven.signin.models import FactorReset
from haven.signin.queries import factors_of
from haven.signin.services import reset_factors
from tests.behind import BothClocks, both_clocks
from tests.cast import BEGAN, NOW, PEOPLE, TODAY, Cast
from tests.people.seen import last_told
from tests.signin.steps import code_for, code_in, give_app, is_let_in, person_in, sign_in, type_password

pytestmark = pytest.mark.django_db
BY_ADDRESS = "/account/sign-in/address/"
CHOOSE = "/account/second-factor/"
WHY = "I rang the school and spoke to her"
Said = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def clock(cast: Cast) -> Iterator[BothClocks]:
    with both_clocks(NOW) as clock:
        yield clock


@pytest.fixture
def lost(cast: Cast) -> Person:
    """Priya, whose app is on a telephone that fell into the harbour."""
    give_app(cast.people["priya"])
    reset_factors(person_id=cast.people["priya"].pk, why=WHY, by=cast.actor("marcus"), at=NOW)
    return cast.people["priya"]


def page_of(person: Person) -> str:
    return f"/account/people/{person.pk}/second-factor/"


def ask(client: Client, sent: DjangoCaptureOnCommitCallbacks) -> str:
    """Type Priya's password; the code that was sent to her."""
    with sent(execute=True):
        answer = type_password(client, "priya")
    assert answer["Location"] == BY_ADDRESS
    assert mail.outbox[-1].to == ["priya@example.org"]
    return code_in(mail.outbox[-1])


def type_code(client: Client, code: str) -> HttpResponse:
    return client.post(BY_ADDRESS, {"code": code})


def test_a_lead_resets_it_on_a_page_and_says_how_she_made_sure(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    priya, marcus = cast.people["priya"], cast.client("marcus")
    give_app(priya)
    assert page_of(priya) in marcus.get(f"/people/organisations/{cast.organisations['oakfield'].pk}/").content.decode()
    assert "Reset the second factor of Priya Nair" in marcus.get(page_of(priya)).content.decode()
    assert marcus.post(page_of(priya), {"why": ""}).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        assert marcus.post(page_of(priya), {"why": WHY}).status_code == 302
    assert factors_of(priya.pk) == []
    entry = last_told()
    assert (entry["verb"], entry["why"], entry["who"]["name"]) == ("account.factors_reset", WHY, "Marcus Hale")
    assert entry["about"]["kinds"] == ["authenticator app"]
    assert mail.outbox[-1].to == ["priya@example.org"]
    assert "were taken off" in mail.outbox[-1].body
    assert not re.search(r"Marcus|Oakfield|harbour", mail.outbox[-1].body)


def test_she_is_signed_out_everywhere(cast: Cast) -> None:
    priya = cast.people["priya"]
    client = Client()
    sign_in(client, "priya", give_app(priya))
    assert is_let_in(client)
    reset_factors(person_id=priya.pk, why=WHY, by=cast.actor("marcus"), at=NOW)
    assert not is_let_in(client)


def test_her_password_alone_opens_nothing_until_the_code_is_typed(
    lost: Person, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    client = Client()
    code = ask(client, django_capture_on_commit_callbacks)
    assert person_in(client) is None
    assert not is_let_in(client)
    assert client.get(BY_ADDRESS).status_code == 200
    assert type_code(client, "BCDF-GHJK").status_code == 200
    assert person_in(client) is None
    type_code(client, code.lower())
    assert person_in(client) == str(lost.pk)
    assert client.get("/")["Location"] == CHOOSE
    assert last_told()["about"]["ways"] == ["password", "address"]


def test_with_a_new_second_factor_she_is_as_before(
    lost: Person, clock: BothClocks, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    client = Client()
    type_code(client, ask(client, django_capture_on_commit_callbacks))
    page = client.get(f"{CHOOSE}app/").content.decode()
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page)[1].replace(" ", "")  # type: ignore[index]
    client.post(f"{CHOOSE}app/", {"code": code_for(secret)})
    assert not FactorReset.objects.exists()
    clock.shift(60)
    again = Client()
    sign_in(again, "priya", secret)
    assert is_let_in(again)


def test_three_wrong_codes_end_it(
    lost: Person, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    client = Client()
    code = ask(client, django_capture_on_commit_callbacks)
    for _ in range(3):
        type_code(client, "BCDF-GHJK")
    answer = type_code(client, code)
    assert answer["Location"] == "/account/sign-in/"
    assert "no longer good" in client.get(answer["Location"]).content.decode()
    assert person_in(client) is None


def test_a_code_is_good_for_a_quarter_of_an_hour(
    lost: Person, clock: BothClocks, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    client = Client()
    code = ask(client, django_capture_on_commit_callbacks)
    clock.shift(15 * 60 + 1)
    type_code(client, code)
    assert person_in(client) is None


def test_no_more_than_three_codes_are_sent_in_a_quarter_of_an_hour(
    lost: Person, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    for _ in range(3):
        ask(Client(), django_capture_on_commit_callbacks)
    before, client = len(mail.outbox), Client()
    answer = type_password(client, "priya")
    assert answer["Location"] == "/account/sign-in/"
    assert "too many tries" in client.get(answer["Location"]).content.decode()
    assert len(mail.outbox) == before


def test_the_page_for_the_code_is_nobodys_who_has_not_typed_a_password(client: Client) -> None:
    assert client.get(BY_ADDRESS)["Location"] == "/account/sign-in/"


@pytest.mark.parametrize("name", PEOPLE)
def test_a_lead_resets_her_areas_people_and_nobody_else_anybodys(cast: Cast, name: str) -> None:
    may = {person.name for person in resettable_by(by=cast.actor(name), on=TODAY)}
    everybody = {"Priya Nair", "Tom Whitlock", "Grace Adeyemi", "PC Bell", "Dr Osei", "Lena Fisk"}
    assert may == (everybody if name == "marcus" else set())


def test_what_the_page_refuses_the_service_refuses(cast: Cast) -> None:
    give_app(cast.people["grace"])
    for name in ("tom", "lena", "nadia", "sam", "grace"):
        with pytest.raises(Refused) as refused:
            reset_factors(person_id=cast.people["grace"].pk, why=WHY, by=cast.actor(name), at=NOW)
        assert refused.value.reason is Reason.NOT_THE_AREA
    assert factors_of(cast.people["grace"].pk)


def test_a_lead_is_helped_by_another_lead_and_never_by_herself(cast: Cast) -> None:
    marcus = cast.people["marcus"]
    other = Person.objects.create_user(email="other@example.org", name="Other Lead")
    Post.objects.create(
        person=other, organisation=cast.organisations["council"], role=Role.SAFEGUARDING_LEAD, starts_on=BEGAN
    )
    cast.people["other"] = other
    assert resettable_by(by=cast.actor("other"), on=TODAY).filter(pk=marcus.pk).exists()
    assert not resettable_by(by=cast.actor("other"), on=TODAY).filter(pk=other.pk).exists()


def test_an_officer_a_cover_and_another_areas_lead_do_not(cast: Cast) -> None:
    elsewhere = Area.objects.create(name="Northmoor", code="998")
    council = Organisation.objects.create(kind=Kind.COUNCIL, name="Northmoor Council")
    ServedArea.objects.create(organisation=council, area=elsewhere, starts_on=BEGAN)
    for key, role, place in (
        ("officer", Role.SAFEGUARDING_OFFICER, cast.organisations["council"]),
        ("neighbour", Role.SAFEGUARDING_LEAD, council),
    ):
        cast.people[key] = Person.objects.create_user(email=f"{key}@example.org", name=key)
        Post.objects.create(person=cast.people[key], organisation=place, role=role, starts_on=BEGAN)
    cover = cast.people["marcus"].posts.get().covers.create
    cover(covered_by=cast.people["lena"], starts_on=TODAY, ends_on=TODAY.replace(day=9))
    for name in ("officer", "neighbour", "lena"):
        assert not resettable_by(by=cast.actor(name), on=TODAY).exists()


def test_one_who_left_the_area_is_no_longer_the_leads_to_help(cast: Cast) -> None:
    cast.people["priya"].posts.update(ends_on=TODAY)
    assert not resettable_by(by=cast.actor("marcus"), on=TODAY).filter(name="Priya Nair").exists()


def test_the_link_is_there_only_where_there_is_a_factor_to_lose(cast: Cast) -> None:
    page = cast.client("marcus").get(f"/people/organisations/{cast.organisations['oakfield'].pk}/").content.decode()
    assert "Reset the second factor" not in page
    with pytest.raises(Refused, match="state"):
        reset_factors(person_id=cast.people["priya"].pk, why=WHY, by=cast.actor("marcus"), at=NOW)


def test_why_must_be_said(cast: Cast) -> None:
    give_app(cast.people["priya"])
    with pytest.raises(Refused):
        reset_factors(person_id=cast.people["priya"].pk, why="  ", by=cast.actor("marcus"), at=NOW)


def test_a_failing_ledger_leaves_the_factor(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> int:
        raise OSError("no ledger")

    give_app(cast.people["priya"])
    monkeypatch.setattr(ledger, "_texts", fail)
    with pytest.raises(OSError, match="no ledger"):
        reset_factors(person_id=cast.people["priya"].pk, why=WHY, by=HAVEN, at=NOW)
    assert factors_of(cast.people["priya"].pk)


def test_one_person_has_one_reset(lost: Person) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        FactorReset.objects.create(person=lost, reset_at=NOW)


def test_the_last_lead_is_helped_from_the_machine(cast: Cast, capsys: Said) -> None:
    give_app(cast.people["marcus"])
    assert main(["factors", "reset", "Marcus@example.org", "--why", "she stands beside me"]) == 0
    assert "The second factors and recovery codes of marcus@example.org are taken off" in capsys.readouterr().out
    assert factors_of(cast.people["marcus"].pk) == []
    assert (last_told()["who"]["name"], last_told()["why"]) == ("Haven", "she stands beside me")


def test_where_mail_is_not_sent_the_machine_says_where_the_code_will_be(
    cast: Cast, capsys: Said, settings: pytest.FixtureRequest
) -> None:
    give_app(cast.people["marcus"])
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = "/somewhere/mail"
    main(["factors", "reset", "marcus@example.org", "--why", "she stands beside me"])
    assert "/somewhere/mail" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("email", "why"), [("nobody@example.org", "no account here"), ("tom@example.org", "no second")]
)
def test_what_cannot_be_reset_is_one_line(cast: Cast, email: str, why: str, capsys: Said) -> None:
    assert main(["factors", "reset", email, "--why", WHY]) == 2
    said = capsys.readouterr().err
    assert why in said
    assert said.count("\n") == 1
