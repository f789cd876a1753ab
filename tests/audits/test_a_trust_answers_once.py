"""A trust sees how far its schools are, and answers once what is the same in all of them."""

import pytest
import time_machine
from django.test import Client

from haven.access.decision import Refused
from haven.audits import services
from haven.audits.queries.trusts import preparing, trust_cycles
from haven.audits.rules.life import State
from haven.people.models import Organisation
from haven.questions.models import Answer
from haven.questions.rules.filling import fields_of, fingerprint
from tests.audits.asked import answer, begun, opened, return_of, typed
from tests.audits.trusts import founded, ola, prepared
from tests.audits.whereabouts import put
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


@time_machine.travel(NOW)
def test_her_home_and_the_list_of_audits_lead_her_to_her_schools(cast: Cast, trust: Organisation) -> None:
    client = cast.client("ola")
    assert "Audits of your schools" not in _said(client, "/"), "nothing is asked yet"
    sheet = prepared(cast, trust)
    home = _said(client, "/")
    assert "Audits of your schools" in home
    assert (
        "<strong>0 of 2</strong> schools of Tidewater Trust have sent it. You have answered 1 question for all" in home
    )
    assert f'href="/audits/trust/#cycle-{sheet.cycle_id}"' in home
    assert f'id="cycle-{sheet.cycle_id}"' in _said(client, "/audits/trust/")
    listed = client.get("/audits/")
    assert (listed.status_code, listed.headers["Location"]) == (302, "/audits/trust/")
    assert "Audits of your schools" not in _said(cast.client("priya"), "/")
    assert cast.client("priya").get("/audits/").status_code == 200, "a school keeps its own list"


@time_machine.travel(NOW)
def test_once_all_have_sent_there_is_nothing_left_to_begin(cast: Cast, trust: Organisation) -> None:
    cycle, client = opened(cast), cast.client("ola")
    put(return_of(cast, cycle), State.SUBMITTED)
    assert "Answer for all of your schools" in _said(client, "/audits/trust/")
    put(return_of(cast, cycle, "ashdown"), State.READ)
    page = _said(client, "/audits/trust/")
    assert "All of your schools have sent their audits, so there is nothing left to answer for them here." in page
    assert "Answer for all of your schools" not in page
    assert "There is nothing left to answer for them." in _said(client, "/")
    put(return_of(cast, cycle), State.SENT_BACK)
    assert "Answer for all of your schools" in _said(client, "/audits/trust/"), "sent back, it is open again"


@time_machine.travel(NOW)
def test_what_no_school_can_take_in_is_not_handed_out(cast: Cast, trust: Organisation) -> None:
    sheet, client = prepared(cast, trust), cast.client("ola")
    assert "Hand out to your schools" in _said(client, f"/audits/trust/{sheet.pk}/")
    for school in ("oakfield", "ashdown"):
        put(return_of(cast, sheet.cycle, school), State.SUBMITTED)
    page = _said(client, f"/audits/trust/{sheet.pk}/")
    assert "Hand out to your schools" not in page
    assert "None of your schools can take anything in now" in page


def _said(client: Client, address: str) -> str:
    page = client.get(address)
    assert page.status_code == 200
    return " ".join(page.content.decode().split())
