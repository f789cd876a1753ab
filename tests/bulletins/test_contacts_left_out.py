"""A marked contact that is left out of a bulletin is withheld wherever a text names it, in every area."""

import json
from dataclasses import replace
from typing import Any

import pytest

from haven.access.actor import HAVEN
from haven.access.roles import Kind, Role
from haven.actions.models import Action
from haven.bulletins import services
from haven.bulletins.models import Bulletin, Contact
from haven.bulletins.queries.lists import Sought, bulletins_for
from haven.bulletins.queries.withholding import secrets_for_all, secrets_from, secrets_from_public
from haven.bulletins.rules.facts import ContactFacts
from haven.bulletins.rules.marking import Secret, hidden_spans, redacted
from haven.engines.reading.items import Marking
from haven.ledger.models import Detail
from haven.people.models import Area, Organisation, Person, Post, ServedArea
from tests.bulletins.notes import published, reading
from tests.cast import BEGAN, NOW, TODAY, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOW, tick=False)]


@pytest.fixture
def elsewhere(cast: Cast) -> Area:
    """Another area, with its lead Ivo and Wren, who leads safeguarding at its school."""
    area = Area.objects.create(name="Elsewhere", code="998")
    places = {"ivo": (Kind.COUNCIL, None, Role.SAFEGUARDING_LEAD), "wren": (Kind.SCHOOL, 900009, Role.DSL)}
    for name, (kind, urn, role) in places.items():
        place = Organisation.objects.create(kind=kind.value, name=f"{name}'s", urn=urn, phase="primary" if urn else "")
        ServedArea.objects.create(organisation=place, area=area, starts_on=BEGAN)
        cast.people[name] = Person.objects.create_user(email=f"{name}@example.org", name=name)
        Post.objects.create(person=cast.people[name], organisation=place, role=role.value, starts_on=BEGAN)
    return area


def _unmarked(cast: Cast, area: Area, lead: str) -> Bulletin:
    """The note published where nothing marks its contacts, and the first of them was no contact to its lead."""
    open_note = replace(reading(), items=tuple(each for each in reading().items if not hasattr(each, "marking")))
    bulletin = services.add_reading(area=area, reading=open_note, by=cast.actor(lead), at=NOW)
    services.accept_sure_items(bulletin_id=bulletin.pk, by=cast.actor(lead), at=NOW)
    return services.publish(bulletin_id=bulletin.pk, by=cast.actor(lead), at=NOW)


def _dismiss_quill(cast: Cast) -> None:
    bulletin = services.add_reading(area=cast.area, reading=reading(), by=cast.actor("marcus"), at=NOW)
    services.dismiss_item(item_id=bulletin.items.get(number=3).pk, by=cast.actor("marcus"), at=NOW)


def _recorded(verb: str) -> list[dict[str, Any]]:
    told = [json.loads(detail.text) for detail in Detail.objects.order_by("pk")]
    return [each for each in told if each["verb"] == verb]


def _found(cast: Cast, name: str, words: str) -> int:
    return bulletins_for(by=cast.actor(name), on=TODAY, sought=Sought(words=words)).count()


def test_it_is_withheld_from_what_was_published_before_and_from_search(cast: Cast) -> None:
    bulletin = _unmarked(cast, cast.area, "marcus")
    assert _found(cast, "priya", "Quill") == 1
    _dismiss_quill(cast)
    assert _found(cast, "priya", "Quill") == 0
    assert not Action.objects.filter(what__contains="Quill").exists()
    reader = secrets_from(by=cast.actor("priya"), area=cast.area.pk, on=TODAY)
    assert reader == frozenset()  # she works with children by profession
    body = cast.client("grace").get(f"/bulletins/{bulletin.pk}/").content.decode()
    assert "Ask Quill before you ring" in body


def test_it_is_withheld_on_the_pages_of_every_other_note_of_the_area(cast: Cast) -> None:
    person = Person.objects.create_user(email="governor@example.org", name="Gail Governor")
    Post.objects.create(person=person, organisation=cast.oakfield, role=Role.GOVERNOR.value, starts_on=BEGAN)
    cast.people["governor"] = person
    bulletin = _unmarked(cast, cast.area, "marcus")
    page = f"/bulletins/{bulletin.pk}/"
    assert "Quill" in cast.client("governor").get(page).content.decode()
    _dismiss_quill(cast)
    assert "Quill" not in cast.client("governor").get(page).content.decode()


def test_it_is_withheld_in_every_other_area(cast: Cast, elsewhere: Area) -> None:
    bulletin = _unmarked(cast, elsewhere, "ivo")
    assert _found(cast, "wren", '"Harry Quill"') == 1
    _dismiss_quill(cast)
    assert _found(cast, "wren", '"Harry Quill"') == 0
    body = cast.client("wren").get(f"/bulletins/{bulletin.pk}/").content.decode()
    assert not any(each in body for each in ("Harry Quill", "900321", "harry.quill"))
    assert "Ask Quill before you" in body  # by one name alone it is withheld at home only
    [withheld] = [each for each in _recorded("contacts.withheld") if each["about"]["area"] == str(elsewhere.pk)]
    assert withheld["who"]["name"] == HAVEN.name


def test_an_area_that_holds_it_open_itself_goes_on_naming_it(cast: Cast, elsewhere: Area) -> None:
    Contact.objects.create(area=elsewhere, name="Harry Quill", phones=["+447700900321"], noted_at=NOW)
    bulletin = _unmarked(cast, elsewhere, "ivo")
    _dismiss_quill(cast)
    assert "Harry Quill" in cast.client("wren").get(f"/bulletins/{bulletin.pk}/").content.decode()


def test_whoever_shares_its_number_in_the_directory_becomes_as_strict(cast: Cast) -> None:
    contact = Contact.objects.create(area=cast.area, name="Front desk", phones=["+447700900321"], noted_at=NOW)
    _dismiss_quill(cast)
    contact.refresh_from_db()
    assert contact.marking == "professional-only"
    [heeded] = _recorded("contacts.heeded")
    assert heeded["about"]["contacts"] == [str(contact.pk)]


def test_a_later_note_does_not_free_it(cast: Cast) -> None:
    _dismiss_quill(cast)
    facts = ContactFacts(name="Harry Quill", phones=("+447700900321",))
    contact = services.directory.note_contact(area=cast.area, facts=facts, by=cast.actor("marcus"), at=NOW)
    assert contact.marking == "professional-only"


def test_its_card_says_so_before_it_is_dismissed(cast: Cast) -> None:
    bulletin = services.add_reading(area=cast.area, reading=reading(), by=cast.actor("marcus"), at=NOW)
    page = cast.client("marcus").get(f"/bulletins/{bulletin.pk}/check/").content.decode()
    assert page.count("Its marking holds even where it is dismissed") == 1


def test_a_lead_frees_it_in_the_directory_and_says_why(cast: Cast) -> None:
    contact = Contact.objects.create(area=cast.area, name="Harry Quill", phones=["+447700900321"], noted_at=NOW)
    _dismiss_quill(cast)
    assert any(each.name == "Harry Quill" for each in secrets_from_public())
    facts = ContactFacts(name="Harry Quill", phones=("+447700900321",))
    services.amend_contact(contact_id=contact.pk, facts=facts, why="He asked.", by=cast.actor("marcus"), at=NOW)
    assert secrets_from_public() == frozenset()
    assert secrets_for_all(area=cast.area.pk) == frozenset()


def test_an_unmarked_contact_that_is_left_out_changes_nothing(cast: Cast) -> None:
    bulletin = services.add_reading(area=cast.area, reading=reading(), by=cast.actor("marcus"), at=NOW)
    services.dismiss_item(item_id=bulletin.items.get(number=4).pk, by=cast.actor("marcus"), at=NOW)
    assert _recorded("contacts.heeded") + _recorded("contacts.withheld") == []


def test_what_was_published_with_it_stays_withheld_for_its_own_area(cast: Cast) -> None:
    published(cast)
    assert _found(cast, "priya", "Quill") == 0


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("Ring Harry Quill.", True),
        ("Ring HARRY  QUILL.", True),
        ("Ring Harry.", False),
        ("Ring 07700 900 321.", True),
        ("harry.quill at example dot org", True),
    ],
)
def test_a_contact_of_another_area_is_withheld_as_a_whole(text: str, hidden: bool) -> None:
    secret = Secret("Harry Quill", ("+447700900321",), ("harry.quill@example.org",)).as_a_whole
    assert (redacted(text, {secret}) != text) is hidden


def test_looking_for_thousands_finds_the_one_that_is_named() -> None:
    many = {Secret(f"Nobody{n} Atall{n}", (f"+44163296{n:04}",), (f"n{n}@example.org",)) for n in range(3000)}
    quill = Secret("Harry Quill", (), ())
    assert hidden_spans("Ring Harry Quill.", many | {quill}) == [(5, 16)]
    assert Marking.INTERNAL.value == "internal"
