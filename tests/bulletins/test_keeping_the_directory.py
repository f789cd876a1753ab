"""Contacts: the same number is the same contact, and a marking holds."""

import pytest

from haven.access.decision import Refused
from haven.actions.models import Action
from haven.bulletins import services
from haven.bulletins.models import Contact
from haven.bulletins.rules.facts import ContactFacts
from haven.bulletins.services.directory import note_contact
from haven.engines.reading.items import Marking
from haven.ledger.models import Detail
from haven.ledger.queries.told import newest_told
from tests.bulletins.notes import published
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db
NUMBER = ("+447700900321",)


def _note(cast: Cast, **facts: object) -> Contact:
    return note_contact(area=cast.area, facts=ContactFacts(**facts), by=cast.actor("marcus"), at=NOW)


def test_a_later_note_brings_a_contact_up_to_date_and_never_loosens_its_marking(cast: Cast) -> None:
    before = _note(cast, name="Harry Quill", phones=NUMBER, marking=Marking.PROFESSIONAL_ONLY)
    after = _note(cast, name="H Quill", role="Sergeant", phones=NUMBER, emails=("HQ@example.org",))
    assert (after.pk, after.name, after.role, after.emails) == (before.pk, "H Quill", "Sergeant", ["hq@example.org"])
    assert after.marking == "professional-only"


def test_a_later_note_makes_a_marking_stricter(cast: Cast) -> None:
    _note(cast, emails=("desk@example.org",), marking=Marking.NOT_FOR_PARENTS)
    after = _note(cast, emails=("desk@example.org",), marking=Marking.INTERNAL, marking_quote="staff only")
    assert (after.marking, after.marking_quote) == ("internal", "staff only")


def test_two_people_with_one_telephone_stay_two_but_share_the_stricter_marking(cast: Cast) -> None:
    _note(cast, name="Ann Lee", phones=NUMBER)
    _note(cast, name="Bob Day", phones=NUMBER, marking=Marking.INTERNAL)
    assert list(Contact.objects.order_by("name").values_list("name", "marking")) == [
        ("Ann Lee", "internal"),
        ("Bob Day", "internal"),
    ]


def test_a_marking_is_loosened_only_with_a_reason_which_is_recorded(cast: Cast) -> None:
    contact = _note(cast, name="Harry Quill", phones=NUMBER, marking=Marking.INTERNAL)
    facts = ContactFacts(name="Harry Quill", phones=NUMBER)
    with pytest.raises(Refused) as refused:
        services.amend_contact(contact_id=contact.pk, facts=facts, why=" ", by=cast.actor("marcus"), at=NOW)
    assert refused.value.advice == "Say why more people may have this contact now."
    services.amend_contact(contact_id=contact.pk, facts=facts, why="He asked.", by=cast.actor("marcus"), at=NOW)
    contact.refresh_from_db()
    assert contact.marking == ""
    entry = newest_told(by=cast.actor("nadia"))[0].detail
    assert (entry["verb"], entry["why"], entry["about"]["marking_was"]) == ("contact.amended", "He asked.", "internal")


def test_marking_a_contact_later_withholds_it_from_what_was_asked_before(cast: Cast) -> None:
    bulletin = published(cast)
    item = bulletin.items.get(number=1)
    Action.objects.filter(pk=item.action_id).update(what="Ring Ruth Amble")
    item.say(item.says.__class__(what="Ring Ruth Amble"))
    item.save()
    contact = Contact.objects.get(name="Ruth Amble")
    facts = ContactFacts(name="Ruth Amble", phones=tuple(contact.phones), marking=Marking.NOT_FOR_PARENTS)
    services.amend_contact(contact_id=contact.pk, facts=facts, why="", by=cast.actor("marcus"), at=NOW)
    assert Action.objects.get(pk=item.action_id).what == "Ring [contact withheld]"


def test_retiring_and_restoring_are_recorded_and_hide_and_show(cast: Cast) -> None:
    contact = _note(cast, name="Ann Lee", phones=NUMBER)
    lead, school = cast.actor("marcus"), cast.client("priya")
    services.retire_contact(contact_id=contact.pk, by=lead, at=NOW)
    assert school.get(f"/bulletins/contacts/{contact.pk}/").status_code == 404
    assert cast.client("marcus").get(f"/bulletins/contacts/{contact.pk}/").status_code == 200
    assert "Ann Lee" not in school.get("/bulletins/contacts/").content.decode()
    services.restore_contact(contact_id=contact.pk, by=lead, at=NOW)
    assert "Ann Lee" in school.get("/bulletins/contacts/").content.decode()
    verbs = [entry.detail["verb"] for entry in newest_told(by=cast.actor("nadia"))]
    assert verbs[:2] == ["contact.restored", "contact.retired"]


@pytest.mark.parametrize("searched", ["ann", "LEE", "07700 900321", "+44 7700 900321", "ann@example.org"])
def test_a_contact_is_found_by_name_number_and_address(cast: Cast, searched: str) -> None:
    _note(cast, name="Ann Lee", phones=NUMBER, emails=("ann@example.org",))
    body = cast.client("priya").get("/bulletins/contacts/", {"words": searched}).content.decode()
    assert "07700 900321" in body.split("haven-people")[1]


@pytest.mark.parametrize("name", ["priya", "bell", "nadia", "sam"])
def test_only_leads_change_the_directory(cast: Cast, name: str) -> None:
    contact = _note(cast, name="Ann Lee", phones=NUMBER)
    client = cast.client(name)
    for page in ("change", "retire", "restore"):
        assert client.post(f"/bulletins/contacts/{contact.pk}/{page}/").status_code == 404
    contact.refresh_from_db()
    assert contact.retired_at is None


def test_a_lead_changes_a_contact_by_its_form(cast: Cast) -> None:
    contact = _note(cast, name="Ann Lee", phones=NUMBER)
    client = cast.client("marcus")
    address = f"/bulletins/contacts/{contact.pk}/change/"
    assert "07700 900321" in client.get(address).content.decode()
    wrong = client.post(address, {"name": "Ann", "phones": "later", "emails": "not one", "marking": ""})
    assert wrong.status_code == 422
    assert "Not a telephone number: later" in wrong.content.decode()
    client.post(address, {"name": "Ann Day", "phones": "01632 960111", "marking": "internal"})
    contact.refresh_from_db()
    assert (contact.name, contact.phones, contact.marking) == ("Ann Day", ["+441632960111"], "internal")


def test_taking_the_directory_away_is_recorded(cast: Cast) -> None:
    contact = _note(cast, name="Ann Lee", phones=NUMBER)
    assert cast.client("priya").post("/bulletins/contacts.xlsx").content.startswith(b"PK")
    entry = newest_told(by=cast.actor("nadia"))[0].detail
    assert (entry["verb"], entry["about"]["contacts"]) == ("contacts.exported", [str(contact.pk)])
    assert cast.client("nadia").post("/bulletins/contacts.csv").status_code == 404


def test_looking_at_the_directory_writes_nothing_and_its_table_is_sent_for(cast: Cast) -> None:
    _note(cast, name="Ann Lee", phones=NUMBER)
    _note(cast, name="Bob Day", emails=("bob@example.org",))
    client, before = cast.client("priya"), Detail.objects.count()
    page = client.get("/bulletins/contacts/", {"words": "Ann"}).content.decode()
    assert 'name="words" value="Ann"' in page
    assert client.get("/bulletins/contacts.csv").status_code == 405
    assert Detail.objects.count() == before
    table = client.post("/bulletins/contacts.csv", {"words": "Ann"}).content.decode()
    assert ("Ann Lee" in table, "Bob Day" in table) == (True, False)
