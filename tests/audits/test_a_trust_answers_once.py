"""A trust sees how far its schools are, and answers once what is the same in all of them."""

import pytest
import time_machine
from django.test import Client

from haven.access.decision import Refused
from haven.audits import services
from haven.audits.queries.trusts import preparing, trust_cycles
from haven.people.models import Organisation
from haven.questions.models import Answer
from haven.questions.rules.filling import fields_of, fingerprint
from tests.audits.asked import answer, begun, opened, return_of, typed
from tests.audits.trusts import founded, ola, prepared
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def trust(cast: Cast) -> Organisation:
    """The trust of Oakfield and Ashdown, whose lead is Ola."""
    return founded(cast)


def test_handed_out_it_stands_ready_in_every_school(cast: Cast, trust: Organisation) -> None:
    sheet = prepared(cast, trust)
    ours = begun(cast, sheet.cycle)
    assert not ours.sheet.answers.filter(origin="trust").exists(), "nothing is seen before it is handed out"
    assert services.hand_out(trust_sheet_id=sheet.pk, by=ola(cast), at=NOW) == 1
    ready = ours.sheet.answers.get(question="policy-read")
    assert (ready.value, ready.words, ready.origin, ready.is_confirmed) == ("amber", "Two have not.", "trust", False)
    assert "Tidewater Trust" in ready.fact_words
    theirs = begun(cast, sheet.cycle, "grace")
    assert theirs.sheet.answers.get(question="policy-read").origin == "trust", "who begins later finds it too"


def test_what_a_school_answered_stays(cast: Cast, trust: Organisation) -> None:
    sheet = prepared(cast, trust)
    ours = begun(cast, sheet.cycle)
    answer(cast, ours, policy_read="green")
    services.hand_out(trust_sheet_id=sheet.pk, by=ola(cast), at=NOW)
    assert ours.sheet.answers.get(question="policy-read").value == "green"


def test_a_school_of_another_trust_gets_nothing(cast: Cast, trust: Organisation) -> None:
    Organisation.objects.filter(pk=cast.ashdown.pk).update(trust=None)
    sheet = prepared(cast, trust)
    services.hand_out(trust_sheet_id=sheet.pk, by=ola(cast), at=NOW)
    theirs = begun(cast, sheet.cycle, "grace")
    assert not Answer.objects.filter(sheet=theirs.sheet, origin="trust").exists()


@pytest.mark.parametrize("who", ["priya", "tom", "marcus", "nadia", "sam"])
def test_only_the_trusts_own_lead_prepares(cast: Cast, trust: Organisation, who: str) -> None:
    sheet = prepared(cast, trust)
    for refused in (
        lambda: services.begin_trust_sheet(cycle_id=sheet.cycle_id, trust_id=trust.pk, by=cast.actor(who), at=NOW),
        lambda: services.save_trust_answers(trust_sheet_id=sheet.pk, typed={}, by=cast.actor(who), at=NOW),
        lambda: services.hand_out(trust_sheet_id=sheet.pk, by=cast.actor(who), at=NOW),
        lambda: preparing(trust_sheet_id=sheet.pk, key="", typed={}, by=cast.actor(who), at=NOW),
        lambda: trust_cycles(by=cast.actor(who), at=NOW),
    ):
        with pytest.raises(Refused):
            refused()


def test_nothing_is_handed_out_unanswered_or_after_the_close(cast: Cast, trust: Organisation) -> None:
    cycle = opened(cast)
    sheet = services.begin_trust_sheet(cycle_id=cycle.pk, trust_id=trust.pk, by=ola(cast), at=NOW)
    again = services.begin_trust_sheet(cycle_id=cycle.pk, trust_id=trust.pk, by=ola(cast), at=NOW)
    assert again.pk == sheet.pk, "begun twice, there is one"
    with pytest.raises(Refused):
        services.hand_out(trust_sheet_id=sheet.pk, by=ola(cast), at=NOW)
    services.close_cycle(cycle_id=cycle.pk, by=cast.actor("marcus"), at=NOW)
    with pytest.raises(Refused):
        services.save_trust_answers(trust_sheet_id=sheet.pk, typed={}, by=ola(cast), at=NOW)


def test_she_sees_how_far_her_schools_are_and_no_answer(cast: Cast, trust: Organisation) -> None:
    cycle = opened(cast)
    answer(cast, begun(cast, cycle), lead_named="met")
    (seen,) = trust_cycles(by=ola(cast), at=NOW)
    assert [(line.school, line.where.label, line.answered) for line in seen.lines] == [
        ("Ashdown Academy", "Not started", 0),
        ("Oakfield Primary School", "Being answered", 1),
    ]
    client = cast.client("ola")
    assert client.get(f"/audits/{return_of(cast, cycle).pk}/").status_code == 404


@time_machine.travel(NOW)
def test_the_whole_way_through_the_pages(cast: Cast, trust: Organisation) -> None:
    cycle, client = opened(cast), cast.client("ola")
    assert "Tidewater Trust" in _said(client, "/audits/trust/")
    begun_at = client.post(f"/audits/trust/begin/{cycle.pk}/{trust.pk}/").headers["Location"]
    assert client.get(begun_at).status_code == 200
    question = cycle.version.outline.questions["policy-read"]
    blank = fields_of(question, typed().entry)
    sent = {f"policy-read.{name}" if name else "policy-read": value for name, value in blank.items()}
    sent |= {"policy-read": "green", "policy-read.was": fingerprint(question, typed().entry), "stay": "1"}
    assert client.post(f"{begun_at}policies/", sent).status_code == 302
    assert "1 question answered" in _said(client, begun_at)
    assert client.post(f"{begun_at}hand-out/").status_code == 302
    assert "Handed out last on" in _said(client, begun_at)


def _said(client: Client, address: str) -> str:
    page = client.get(address)
    assert page.status_code == 200
    return " ".join(page.content.decode().split())
