"""Before it is published, a lead looks at what each kind of reader will get; it is what they get."""

from dataclasses import replace

import pytest

from haven.access.roles import Role
from haven.actions.rules import ALL_SCHOOLS, Reach, ReachKind
from haven.bulletins import services
from haven.bulletins.models import Bulletin, Contact
from haven.bulletins.rules.publishing import BulletinKind, Settings
from haven.engines.reading.items import Marking
from haven.people.models import Person, Post
from tests.bulletins.notes import decided
from tests.cast import BEGAN, NOW, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOW, tick=False)]

SECONDARY = (Reach(ReachKind.PHASE, "secondary"),)


def _set_up(cast: Cast, bulletin: Bulletin, *audience: Reach) -> None:
    settings = Settings(title="Spring", kind=BulletinKind.ACTION, audience=audience, is_public=True)
    services.save_settings(bulletin_id=bulletin.pk, settings=settings, by=cast.actor("marcus"), at=NOW)


def _preview(cast: Cast, bulletin: Bulletin, key: str = "") -> str:
    return cast.client("marcus").get(f"/bulletins/{bulletin.pk}/preview/", {"as": key}).content.decode()


def _page_in(body: str) -> str:
    return body.split("haven-previewed")[1]


def test_a_lead_sees_what_a_school_a_governor_and_anybody_will_get(cast: Cast) -> None:
    bulletin = decided(cast)
    _set_up(cast, bulletin, ALL_SCHOOLS)
    school, governor, anybody = (_preview(cast, bulletin, key) for key in ("", "governor", "public"))
    assert "2 primary and secondary schools: this is what they will get" in school
    assert "Harry Quill" in _page_in(school)
    assert "Ask Quill before you ring" in _page_in(school)
    for body in (governor, anybody):
        assert "Quill" not in _page_in(body)
        assert "Ruth Amble" in _page_in(body)
    assert "1 contact in this note is marked" in _page_in(governor)
    assert "1 contact" not in _page_in(anybody)
    assert "The note itself is not shown, because it names a contact with a marking." in anybody
    assert "The note in full" not in _page_in(anybody)


def test_the_public_page_can_be_looked_at_only_where_there_will_be_one(cast: Cast) -> None:
    assert "the public page" not in _preview(cast, decided(cast), "public")


def test_those_who_get_different_items_are_looked_at_apart(cast: Cast) -> None:
    bulletin = decided(cast)
    item = bulletin.items.get(number=1)
    services.edit_item(item_id=item.pk, facts=item.says, audience=SECONDARY, by=cast.actor("marcus"), at=NOW)
    all_of_it, less = _preview(cast, bulletin, "0"), _preview(cast, bulletin, "1")
    assert "Ashdown Academy: this is what they will get" in all_of_it
    assert "Return your audit</h3>" in _page_in(all_of_it)
    assert "Oakfield Primary School: this is what they will get" in less
    assert "Return your audit</h3>" not in _page_in(less)
    assert "not asked of you: secondary schools" in _page_in(less)


def test_a_partner_by_name_is_looked_at_as_somebody_there(cast: Cast) -> None:
    bulletin = decided(cast)
    item = bulletin.items.get(number=3)
    facts = replace(item.says, marking=Marking.INTERNAL)
    services.edit_item(item_id=item.pk, facts=facts, audience=(), by=cast.actor("marcus"), at=NOW)
    _set_up(cast, bulletin, Reach(ReachKind.ORGANISATION, str(cast.police.pk)))
    body = _preview(cast, bulletin)
    assert "Fairhaven Police: this is what they will get." in body
    assert "Quill" not in _page_in(body)


def test_a_contact_whose_number_is_marked_already_is_withheld_in_the_preview_as_it_will_be(cast: Cast) -> None:
    Contact.objects.create(
        area=cast.area, name="Ruth Amble", phones=["+441632960111"], marking="professional-only", noted_at=NOW
    )
    bulletin = decided(cast)
    _set_up(cast, bulletin, ALL_SCHOOLS)
    assert "Ruth Amble" in _page_in(_preview(cast, bulletin))
    assert "Amble" not in _page_in(_preview(cast, bulletin, "governor"))
    assert "Amble" not in _page_in(_preview(cast, bulletin, "public"))


def test_what_was_looked_at_is_what_each_of_them_gets(cast: Cast) -> None:
    governor = Person.objects.create_user(email="governor@example.org", name="Gail Governor")
    Post.objects.create(person=governor, organisation=cast.oakfield, role=Role.GOVERNOR.value, starts_on=BEGAN)
    cast.people["governor"] = governor
    bulletin = decided(cast)
    _set_up(cast, bulletin, ALL_SCHOOLS)
    keys = {"priya": ("", f"/bulletins/{bulletin.pk}/"), "governor": ("governor", f"/bulletins/{bulletin.pk}/")}
    keys["nobody"] = ("public", f"/public/{bulletin.pk}/")
    before = {name: _signs(_page_in(_preview(cast, bulletin, key))) for name, (key, _) in keys.items()}
    services.publish(bulletin_id=bulletin.pk, by=cast.actor("marcus"), at=NOW)
    after = {name: _signs(cast.client(name).get(address).content.decode()) for name, (_, address) in keys.items()}
    assert before == after
    assert len(set(map(frozenset, before.values()))) == 3


def _signs(body: str) -> set[str]:
    """What of everything that may or may not stand on a page does."""
    told = (
        "Harry Quill",
        "Ask Quill",
        "07700 900321",
        "Ruth Amble",
        "Return your audit",
        "DSL forum",
        "withheld]",
        "The note in full",
        "is marked so that you cannot see it",
        "Professionals only",
    )
    return {each for each in told if each in body}
