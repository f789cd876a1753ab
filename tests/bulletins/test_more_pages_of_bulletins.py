"""The lesser pages, and what they say when something is missing."""

from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from haven.access.decision import Refused
from haven.actions.models import Action
from haven.actions.rules import Reach, ReachKind
from haven.bulletins import services
from haven.bulletins.models import Bulletin, Contact, Event
from haven.bulletins.queries.lists import newest_for
from haven.bulletins.rules.facts import AskedFacts, EventFacts, GuidanceFacts, ItemKind, LinkFacts
from haven.bulletins.rules.publishing import BulletinKind, Settings
from tests.bulletins.notes import decided, draft, published
from tests.cast import NOW, TODAY, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_day")]


@pytest.fixture
def the_day():
    """The cast's own day."""
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Choose a file, or paste the words of the note"),
        ({"words": "Read.", "file": SimpleUploadedFile("a.txt", b"Read.")}, "not both"),
        ({"file": SimpleUploadedFile("a.txt", b"x" * (10 * 1024 * 1024 + 1))}, "larger than 10 MB"),
        ({"file": SimpleUploadedFile("a.exe", b"MZ")}, "Attach one of those"),
    ],
)
def test_what_is_wrong_with_a_note_is_said(cast: Cast, given: dict[str, object], said: str) -> None:
    client = cast.client("marcus")
    assert client.get("/bulletins/new/").status_code == 200
    answer = client.post("/bulletins/new/", {"key": str(uuid4())} | given)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_pasted_words_become_a_draft_once_however_often_they_are_sent(cast: Cast) -> None:
    given = {"key": str(uuid4()), "words": "Please return it by 20 March 2026."}
    for _ in range(2):
        assert cast.client("marcus").post("/bulletins/new/", given).status_code == 302
    assert Bulletin.objects.count() == 1
    assert "Came in on" in cast.client("marcus").get("/bulletins/drafts/").content.decode()


def test_all_the_sure_ones_are_accepted_by_one_press(cast: Cast) -> None:
    bulletin = draft(cast)
    answer = cast.client("marcus").post(f"/bulletins/{bulletin.pk}/check/sure/", follow=True)
    body = answer.content.decode()
    assert "4 accepted" in body
    assert "4 of 5 looked at" in body


def test_what_lacks_something_is_not_accepted_by_pressing(cast: Cast) -> None:
    item = draft(cast).items.get(number=4)
    item.say(EventFacts(title="Forum"))
    item.kind = "event"
    item.save()
    body = cast.client("marcus").post(f"/bulletins/items/{item.pk}/accept/", follow=True).content.decode()
    assert "Give the day of the event." in body


@pytest.mark.parametrize(
    ("whom", "said"),
    [
        ({"whom": "some"}, "Choose at least one cluster, phase, school or organisation"),
        ({"whom": "some", "organisations": "Nowhere School"}, "Not found in Fairhaven: Nowhere School"),
        ({}, "Choose whom it is for"),
    ],
)
def test_an_audience_must_be_chosen_and_known(cast: Cast, whom: dict[str, str], said: str) -> None:
    given = {"title": "T", "kind": "action", "is_public": "no"} | whom
    answer = cast.client("marcus").post(f"/bulletins/{draft(cast).pk}/settings/", given)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_an_organisation_is_named_by_its_urn(cast: Cast) -> None:
    bulletin = draft(cast)
    given = {"title": "T", "kind": "action", "is_public": "yes", "whom": "some", "organisations": "900001"}
    cast.client("marcus").post(f"/bulletins/{bulletin.pk}/settings/", given)
    bulletin.refresh_from_db()
    assert bulletin.settings.audience == (Reach(ReachKind.ORGANISATION, str(cast.oakfield.pk)),)
    assert bulletin.is_public


def test_a_strangers_organisation_or_an_empty_audience_is_refused(cast: Cast) -> None:
    bulletin = decided(cast)
    stranger = (Reach(ReachKind.ORGANISATION, str(uuid4())),)
    empty = (Reach(ReachKind.PHASE, "nursery"),)
    settings = Settings(title="T", kind=BulletinKind.ACTION, audience=stranger)
    with pytest.raises(Refused, match="not for this area"):
        services.save_settings(bulletin_id=bulletin.pk, settings=settings, by=cast.actor("marcus"), at=NOW)
    settings = Settings(title="T", kind=BulletinKind.ACTION, audience=empty)
    services.save_settings(bulletin_id=bulletin.pk, settings=settings, by=cast.actor("marcus"), at=NOW)
    with pytest.raises(Refused) as refused:
        services.publish(bulletin_id=bulletin.pk, by=cast.actor("marcus"), at=NOW)
    assert "No open school" in refused.value.advice


def test_a_deadline_edited_into_an_actions_words_is_asked_once(cast: Cast) -> None:
    bulletin = decided(cast)
    action = bulletin.items.get(number=1)
    action.say(AskedFacts(what="Return your audit"))
    action.save()
    deadline = bulletin.items.get(number=5)
    deadline.kind, deadline.start, deadline.end = "deadline", action.start, action.end
    deadline.say(AskedFacts(what="Return it", due_on=TODAY))
    deadline.save()
    services.publish(bulletin_id=bulletin.pk, by=cast.actor("marcus"), at=NOW)
    asked = Action.objects.get()
    assert (asked.what, asked.due_on) == ("Return your audit", TODAY)
    deadline.refresh_from_db()
    assert (deadline.state, deadline.successor) == ("superseded", action)


def test_one_item_is_changed_and_taken_out_by_its_pages(cast: Cast) -> None:
    bulletin = published(cast)
    event = bulletin.items.get(number=2)
    client = cast.client("marcus")
    typed = {"title": "DSL forum", "starts_on_0": "26", "starts_on_1": "3", "starts_on_2": "2026"}
    assert "Why it is changed" in client.get(f"/bulletins/items/{event.pk}/edit/").content.decode()
    assert client.post(f"/bulletins/items/{event.pk}/edit/", typed).status_code == 422
    client.post(
        f"/bulletins/items/{event.pk}/edit/", typed | {"whom": "bulletin", "why": "Hall taken.", "starts_time": "16:00"}
    )
    assert Event.objects.get().starts_on.day == 26
    text = client.get("/bulletins/events.ics").content.decode()
    assert "DTSTART;TZID=Europe/London:20260326T160000" in text
    assert "Take out: DSL forum" in client.get(f"/bulletins/items/{event.pk}/withdraw/").content.decode()
    client.post(f"/bulletins/items/{event.pk}/withdraw/", {"why": "No hall."})
    assert "DSL forum" not in client.get("/bulletins/events/").content.decode()


def test_a_withdrawal_asks_why_first(cast: Cast) -> None:
    bulletin = published(cast)
    client = cast.client("marcus")
    assert "Withdraw this bulletin" in client.get(f"/bulletins/{bulletin.pk}/withdraw/").content.decode()
    assert client.post(f"/bulletins/{bulletin.pk}/withdraw/", {"why": ""}).status_code == 422
    bulletin.refresh_from_db()
    assert bulletin.is_published


def test_guidance_and_links_are_edited_by_their_own_forms(cast: Cast) -> None:
    bulletin = draft(cast)
    client = cast.client("marcus")
    typed = {
        ItemKind.GUIDANCE: ({"title": "Guide", "edition": "2026", "status": "in force"}, GuidanceFacts),
        ItemKind.LINK: ({"url": "https://example.org/a", "text": "A page"}, LinkFacts),
    }
    for kind, (given, shape) in typed.items():
        item = bulletin.items.filter(state="proposed").first()
        services.set_kind(item_id=item.pk, kind=kind, by=cast.actor("marcus"), at=NOW)
        assert client.post(f"/bulletins/items/{item.pk}/edit/", given | {"whom": "bulletin"}).status_code == 302
        item.refresh_from_db()
        assert isinstance(item.says, shape)
    body = client.get(f"/bulletins/{bulletin.pk}/preview/").content.decode()
    assert "Guide (2026)" in body
    assert 'href="https://example.org/a"' in body


def test_a_decision_is_taken_back(cast: Cast) -> None:
    item = draft(cast).items.get(number=1)
    client = cast.client("marcus")
    client.post(f"/bulletins/items/{item.pk}/dismiss/")
    assert "Look again" in client.get(f"/bulletins/{item.bulletin_id}/check/").content.decode()
    client.post(f"/bulletins/items/{item.pk}/reconsider/")
    item.refresh_from_db()
    assert (item.state, item.decided_at) == ("proposed", None)


def test_a_contacts_page_says_how_it_may_be_handled_and_where_it_is_named(cast: Cast) -> None:
    bulletin = published(cast)
    contact = Contact.objects.get(name="Harry Quill")
    body = cast.client("bell").get(f"/bulletins/contacts/{contact.pk}/").content.decode()
    assert "Never for parents, governors or the public" in body
    assert f"/bulletins/{bulletin.pk}/" not in body
    lead = cast.client("marcus")
    assert f"/bulletins/{bulletin.pk}/" in lead.get(f"/bulletins/contacts/{contact.pk}/").content.decode()
    lead.post(f"/bulletins/contacts/{contact.pk}/retire/")
    assert "Taken out of the directory: 1" in lead.get("/bulletins/contacts/").content.decode()
    assert "Harry Quill" in lead.post(f"/bulletins/contacts/{contact.pk}/restore/", follow=True).content.decode()


def test_the_list_is_filtered_by_type(cast: Cast) -> None:
    bulletin = published(cast)
    client = cast.client("priya")
    assert str(bulletin.pk) in client.get("/bulletins/?kind=action").content.decode()
    assert str(bulletin.pk) not in client.get("/bulletins/?kind=urgent").content.decode()


def test_the_home_page_is_given_the_newest(cast: Cast) -> None:
    bulletin = published(cast)
    assert [line.id for line in newest_for(by=cast.actor("priya"), at_most=3, on=TODAY)] == [bulletin.pk]
    assert newest_for(by=cast.actor("nadia"), at_most=3, on=TODAY) == []


def test_words_that_hold_a_date_come_with_it(cast: Cast) -> None:
    bulletin = draft(cast)
    given = {"words": "Please return your audit by 20 March 2026.", "kind": "deadline"}
    cast.client("marcus").post(f"/bulletins/{bulletin.pk}/check/add/", given)
    facts = bulletin.items.get(origin="added").says
    assert isinstance(facts, AskedFacts)
    assert facts.due_on is not None
    assert facts.due_on.isoformat() == "2026-03-20"


def test_an_address_leads_to_a_letter_to_itself_alone(cast: Cast) -> None:
    emails = ["a?bcc=canary@example.org"]
    contact = Contact.objects.create(area=cast.area, name="Duty Desk", emails=emails, noted_at=NOW)
    for address in (reverse("bulletins:contacts"), reverse("bulletins:contact", args=[contact.pk])):
        page = cast.client("marcus").get(address).content.decode()
        assert 'href="mailto:a%3Fbcc%3Dcanary@example.org"' in page


def test_an_empty_file_is_no_note(cast: Cast) -> None:
    given = {"key": str(uuid4()), "file": SimpleUploadedFile("note.txt", b"")}
    answer = cast.client("marcus").post("/bulletins/new/", given)
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"file": ["The submitted file is empty."]}
    assert answer.content.decode().count("The file is empty. Choose another.") == 2  # at the top and at the field
    assert Bulletin.objects.count() == 0


def test_a_file_that_is_refused_is_so_at_its_field(cast: Cast) -> None:
    given = {"key": str(uuid4()), "file": SimpleUploadedFile("note.exe", b"MZ")}
    answer = cast.client("marcus").post("/bulletins/new/", given)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["file"]
