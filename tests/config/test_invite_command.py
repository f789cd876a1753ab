"""`haven invite` brings in the first people of an area, and nobody once they are there."""

import re

import pytest
from django.core import mail
from django.test import Client

from haven.access.actor import HAVEN
from haven.access.decision import Reason, Refused
from haven.access.roles import Kind, Role
from haven.config.command import main
from haven.ledger import services as ledger
from haven.people.models import Area, Invitation, Organisation, Person, Post, ServedArea
from haven.people.services.agencies import ensure_agency
from haven.people.services.invitations import invite_anyway, invite_first
from tests.cast import NOW, Cast
from tests.people.seen import enrol, told

pytestmark = pytest.mark.django_db
LEAD = ("--role", "safeguarding-lead")
Said = pytest.CaptureFixture[str]


@pytest.fixture
def area() -> Area:
    """An area as the register leaves it: no agency, no people."""
    return Area.objects.create(name="Fairhaven", code="999")


def invite(*more: str, email: str = "marcus@example.org", area: str = "999") -> int:
    return main(["invite", email, "--area", area, *more])


def code_in(said: str) -> str:
    found = re.search(r"\b\w{4}-\w{4}-\w{4}\b", said)
    assert found
    return found[0]


def test_the_first_lead_of_a_bare_installation_joins_with_the_printed_code(area: Area, capsys: Said) -> None:
    assert invite(*LEAD) == 0
    said = capsys.readouterr().out
    assert "council safeguarding lead of Fairhaven Council" in said
    assert "http://127.0.0.1:8000/people/invited/" in said
    given = {"email": "marcus@example.org", "code": code_in(said), "name": "Marcus Hale"}
    answer = Client().post("/people/invited/", given | {"password": "a lamp above the harbour"})
    assert answer.status_code == 302
    post = Post.objects.get(person__email="marcus@example.org")
    assert (post.role, post.organisation.kind, post.organisation.name) == (
        "safeguarding-lead",
        "council",
        "Fairhaven Council",
    )
    assert ServedArea.objects.get(organisation=post.organisation).area == area


def test_it_is_recorded_as_done_by_the_machine_without_the_code(area: Area, capsys: Said) -> None:
    invite(*LEAD)
    entries = told()
    assert [entry["verb"] for entry in entries] == ["agency.added", "person.invited"]
    assert {entry["who"]["name"] for entry in entries} == {"Haven"}
    assert code_in(capsys.readouterr().out) not in str(entries)


def test_a_failing_ledger_undoes_all_of_it(area: Area, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> int:
        raise OSError("no ledger")

    monkeypatch.setattr(ledger, "_texts", fail)
    with pytest.raises(OSError, match="no ledger"):
        invite(*LEAD)
    assert not Organisation.objects.exists()
    assert not Invitation.objects.exists()


def test_no_email_is_sent(area: Area, capsys: Said, django_capture_on_commit_callbacks: pytest.FixtureRequest) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        invite(*LEAD)
    assert mail.outbox == []


def test_it_is_refused_where_a_lead_can_sign_in(cast: Cast, capsys: Said) -> None:
    assert invite(*LEAD, email="new@example.org") == 0
    enrol(cast.people["marcus"])
    assert invite(*LEAD, email="other@example.org") == 2
    said = capsys.readouterr()
    assert said.err.startswith("haven invite: Fairhaven Council has somebody who can sign in and invite.")
    assert not Invitation.objects.filter(email="other@example.org").exists()


def test_no_other_council_of_the_area_is_a_way_round_that(cast: Cast) -> None:
    enrol(cast.people["marcus"])
    assert invite(*LEAD, "--agency", "Another Council", email="new@example.org") == 2
    assert not Organisation.objects.filter(name="Another Council").exists()


def test_anyway_invites_one_more(cast: Cast, capsys: Said) -> None:
    enrol(cast.people["marcus"])
    assert invite(*LEAD, "--anyway", "--name", "New Lead", email="New@example.org") == 0
    assert Invitation.objects.get(email="new@example.org").name == "New Lead"


def test_a_lost_code_is_replaced_and_worth_nothing(area: Area, capsys: Said) -> None:
    invite(*LEAD)
    lost = code_in(capsys.readouterr().out)
    assert invite(*LEAD) == 2
    assert "has been invited to that post already" in capsys.readouterr().err
    assert invite(*LEAD, "--anyway") == 0
    assert [entry["verb"] for entry in told()][-2:] == ["invitation.withdrawn", "person.invited"]
    given = {"email": "marcus@example.org", "code": lost, "name": "Marcus Hale"}
    assert Client().post("/people/invited/", given | {"password": "a lamp above the harbour"}).status_code == 422
    assert not Person.objects.exists()


def test_the_scrutineer_is_invited_to_the_partnership(area: Area) -> None:
    assert invite("--role", "scrutineer", email="nadia@example.org") == 0
    partnership = Invitation.objects.get().organisation
    assert (partnership.kind, partnership.name) == ("partnership", "Fairhaven Safeguarding Partnership")


def test_an_agency_without_a_usual_name_must_be_named(area: Area, capsys: Said) -> None:
    police = ("--role", "police-officer")
    assert invite(*police, email="bell@example.org") == 2
    assert "Say what it is called" in capsys.readouterr().err
    assert invite(*police, "--agency", "Fairhaven Police", email="bell@example.org") == 0
    assert Invitation.objects.get().organisation.name == "Fairhaven Police"


def test_one_of_several_agencies_must_be_named(cast: Cast, capsys: Said) -> None:
    ensure_agency(kind=Kind.TRAINER, area="999", name="Harbour Training", by=HAVEN, at=NOW)
    assert invite("--role", "trainer", email="new@example.org") == 2
    assert "Fairhaven Learning, Harbour Training" in capsys.readouterr().err
    assert invite("--role", "trainer", "--agency", "harbour training", email="new@example.org") == 0
    assert Invitation.objects.get().organisation.name == "Harbour Training"


def test_an_agency_known_elsewhere_comes_to_serve_this_area_too(cast: Cast) -> None:
    other = Area.objects.create(name="Northmoor", code="998")
    police = ensure_agency(kind=Kind.POLICE, area="Northmoor", name="Fairhaven Police", by=HAVEN, at=NOW)
    assert police == cast.police
    assert ServedArea.objects.get(organisation=police, area=other).is_home is False
    assert told()[-1]["verb"] == "agency.served"


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"area": "997"}, "haven load gias"),
        ({"email": "marcus"}, "not a whole address"),
        ({"email": "marcus hale@example.org"}, "not a whole address"),
    ],
)
def test_what_cannot_be_is_one_line(area: Area, more: dict[str, str], why: str, capsys: Said) -> None:
    assert invite(*LEAD, **more) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert why in said.err


def test_an_area_whose_name_two_have_must_be_given_by_its_number(area: Area, capsys: Said) -> None:
    Area.objects.create(name="Fairhaven", code="998")
    assert invite(*LEAD, area="fairhaven") == 2
    assert "998, 999" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["marcus", "nadia", "nobody"])
def test_nobody_in_haven_does_it(cast: Cast, name: str) -> None:
    by = cast.actor(name)
    for service in (invite_first, invite_anyway):
        with pytest.raises(Refused) as refused:
            service(
                organisation_id=cast.organisations["council"].pk,
                email="new@example.org",
                name="New",
                role=Role.SAFEGUARDING_LEAD,
                by=by,
                at=NOW,
            )
        assert refused.value.reason in {Reason.NOT_THE_ROLE, Reason.NOT_SIGNED_IN}
    with pytest.raises(Refused):
        ensure_agency(kind=Kind.CHARITY, area="999", name="Lantern", by=by, at=NOW)
