"""Walks every address that needs no sign-in, with marked contacts planted everywhere, and finds none of them."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from haven.actions.rules import ALL_SCHOOLS
from haven.bulletins import services
from haven.bulletins.models import Bulletin, Contact
from haven.bulletins.rules.facts import ContactFacts, EventFacts, ItemKind
from haven.bulletins.rules.publishing import BulletinKind, Settings
from haven.bulletins.services.directory import note_contact
from haven.engines.reading import items as found
from haven.engines.reading.items import Marking, Reading
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db

CANARIES = ("zebedee", "quillfeather", "900987", "900 987", "z.quill", "farthingale", "960222", "oyster", "960333")
TEXT = """\
Ring Zebedee Quillfeather
Zebedee Quillfeather is on 07700 900987, +44 7700 900987, (07700) 900 987, 07700-900-987, 0044 7700900987.
Write to Z.Quill@example.org or z.quill (at) example (dot) org. For professional use only.
Please ring Quillfeather on 07700900987 by 20 March 2026.
Meet Zebedee on 25 March 2026. See https://example.org/people?mail=z.quill%40example.org
Dulcie Farthingale, 01632 960222, internal use only.
Oyster Duty Desk 01632 960333, not for parents.
Open to all: Fairhaven Helpline 01632 960100.
"""
PLAIN = "A note for everybody.\nThe Fairhaven Helpline is on 01632 960100.\n"


def _on(words: str, text: str = TEXT) -> dict[str, object]:
    start = text.index(words)
    return {"start": start, "end": start + len(words), "quote": words, "confidence": 0.9}


def _reading() -> Reading:
    marked = found.Contact(
        **_on("Zebedee Quillfeather is on"),
        name="Zebedee Quillfeather",
        role="Sergeant",
        phones=("+447700900987",),
        emails=("Z.Quill@example.org",),
        marking=Marking.PROFESSIONAL_ONLY,
    )
    items = (
        marked,
        found.Action(**_on("Please ring Quillfeather"), what="Ring Quillfeather on 07700900987"),
        found.Event(**_on("Meet Zebedee"), starts=date(2026, 3, 25), title="Meet Zebedee", place="Quillfeather’s room"),
        found.Link(
            **_on("https://example.org"), url="https://example.org/people?mail=z.quill%40example.org", text="Z.Quill"
        ),
        found.Contact(
            **_on("Dulcie Farthingale"), name="Dulcie Farthingale", phones=("+441632960222",), marking=Marking.INTERNAL
        ),
        found.Contact(
            **_on("Oyster Duty Desk"),
            name="Oyster Duty Desk",
            phones=("+441632960333",),
            marking=Marking.NOT_FOR_PARENTS,
        ),
        found.Contact(**_on("Fairhaven Helpline"), name="Fairhaven Helpline", phones=("+441632960100",)),
        found.Guidance(**_on("Zebedee"), title="Zebedee’s guide", edition="2026"),
    )
    return Reading("n.txt", "text/plain", "Ring Zebedee Quillfeather", date(2026, 3, 1), TEXT, items)


def _publish(cast: Cast, reading: Reading, title: str, dismissed: tuple[str, ...] = ()) -> Bulletin:
    by = cast.actor("marcus")
    bulletin = services.add_reading(area=cast.area, reading=reading, by=by, at=NOW)
    for item in bulletin.items.all():
        decide = services.dismiss_item if item.name in dismissed else services.accept_item
        decide(item_id=item.pk, by=by, at=NOW)
    settings = Settings(
        title=title,
        kind=BulletinKind.INFORMATION,
        audience=(ALL_SCHOOLS,),
        introduction=f"About {title}",
        is_public=True,
    )
    services.save_settings(bulletin_id=bulletin.pk, settings=settings, by=by, at=NOW)
    return services.publish(bulletin_id=bulletin.pk, by=by, at=NOW)


@pytest.fixture
def planted(cast: Cast) -> Iterator[Bulletin]:
    """A public bulletin that names marked contacts in every place; one, being dismissed, is in no directory."""
    with time_machine.travel(NOW, tick=True):
        yield _publish(cast, _reading(), "Ring Zebedee Quillfeather", dismissed=("Dulcie Farthingale",))


def _patterns(
    patterns: list[URLPattern | URLResolver], names: tuple[str, ...] = ()
) -> Iterator[tuple[str, URLPattern]]:
    for each in patterns:
        if isinstance(each, URLResolver):
            inside = (*names, each.namespace) if each.namespace else names
            yield from _patterns(each.url_patterns, inside)
        elif not getattr(each.callback, "login_required", True) and each.name:
            yield ":".join((*names, each.name)), each


def public_addresses(things: dict[str, object]) -> list[str]:
    """Every address that needs no sign-in, with each planted identifier put wherever one belongs."""
    addresses = []
    for name, pattern in _patterns(get_resolver().url_patterns):
        wanted = set(pattern.pattern.converters)
        if not wanted:
            addresses.append(reverse(name))
        elif wanted <= set(things):
            addresses.append(reverse(name, kwargs={key: things[key] for key in wanted}))
    return addresses


def _seen(client: Client, address: str) -> str:
    response = client.get(address, follow=True)
    return response.content.decode(errors="replace").lower()


def test_every_public_address_is_free_of_every_marked_contact(planted: Bulletin) -> None:
    client = Client()
    addresses = public_addresses({"bulletin_id": planted.pk})
    assert {reverse("portal:index"), reverse("portal:events"), reverse("portal:show", args=[planted.pk])} <= set(
        addresses
    )
    searches = [reverse("portal:index") + f"?words={word}" for word in ("Zebedee", "helpline", "900987")]
    for address in addresses + searches:
        body = _seen(client, address).replace('value="zebedee"', "").replace('value="900987"', "")
        assert [canary for canary in CANARIES if canary in body] == [], address


def test_the_walk_would_find_a_contact_that_is_not_marked(planted: Bulletin) -> None:
    body = _seen(Client(), reverse("portal:show", args=[planted.pk]))
    assert "fairhaven helpline" in body
    assert "01632 960100" in body
    Contact.objects.update(marking="")
    assert "zebedee" in _seen(Client(), reverse("portal:show", args=[planted.pk]))


def test_a_name_is_not_found_by_searching_the_public_bulletins(planted: Bulletin) -> None:
    assert "nothing fits" in _seen(Client(), reverse("portal:index") + "?words=Quillfeather")


def test_a_note_is_shown_whole_only_where_it_names_no_marked_contact(cast: Cast, planted: Bulletin) -> None:
    plain = Reading("p.txt", "text/plain", "Plain", None, PLAIN, ())
    free = _publish(cast, plain, "Plain")
    assert "the note in full" in _seen(Client(), reverse("portal:show", args=[free.pk]))
    assert "the note in full" not in _seen(Client(), reverse("portal:show", args=[planted.pk]))


def test_what_another_area_has_marked_is_withheld_too(cast: Cast, planted: Bulletin) -> None:
    plain = Reading("p.txt", "text/plain", "Plain", None, PLAIN + "Oyster Duty Desk: 01632 960333.", ())
    free = _publish(cast, plain, "Oyster Duty Desk")
    assert "oyster" not in _seen(Client(), reverse("portal:show", args=[free.pk]))


@pytest.mark.parametrize("change", [{"is_public": False}, {"expires_on": date(2026, 3, 2)}])
def test_what_is_not_public_or_has_expired_is_not_there(planted: Bulletin, change: dict[str, object]) -> None:
    Bulletin.objects.filter(pk=planted.pk).update(**change)
    assert Client().get(reverse("portal:show", args=[planted.pk])).status_code == 404
    assert "withheld" not in _seen(Client(), reverse("portal:index"))


def test_a_withdrawn_bulletin_leaves_the_public_pages(cast: Cast, planted: Bulletin) -> None:
    services.withdraw_bulletin(bulletin_id=planted.pk, why="Sent in error.", by=cast.actor("marcus"), at=NOW)
    assert Client().get(reverse("portal:show", args=[planted.pk])).status_code == 404


def test_a_contact_marked_later_leaves_the_public_pages_and_the_actions(cast: Cast, planted: Bulletin) -> None:
    contact = Contact.objects.get(name="Fairhaven Helpline")
    facts = ContactFacts(name="Fairhaven Helpline", phones=("+441632960100",), marking=Marking.INTERNAL)
    services.amend_contact(contact_id=contact.pk, facts=facts, why="", by=cast.actor("marcus"), at=NOW)
    assert "960100" not in _seen(Client(), reverse("portal:show", args=[planted.pk]))


def test_a_draft_item_of_every_kind_is_planted(planted: Bulletin) -> None:
    kinds = set(planted.items.values_list("kind", flat=True))
    assert kinds == {kind.value for kind in ItemKind} - {"deadline"}
    assert any(isinstance(item.says, EventFacts) for item in planted.items.all())


def test_a_marked_contact_that_changes_its_number_takes_the_old_one_along(cast: Cast, planted: Bulletin) -> None:
    contact = Contact.objects.get(name="Oyster Duty Desk")
    facts = ContactFacts(name="Duty Line", phones=("+441632960334",), marking=Marking.NOT_FOR_PARENTS)
    services.amend_contact(contact_id=contact.pk, facts=facts, why="", by=cast.actor("marcus"), at=NOW)
    other = _publish(cast, _plain_reading("Ring 01632 960333."), "Ring the Oyster Duty Desk on 01632 960333")
    for address in (reverse("portal:index"), reverse("portal:show", args=[other.pk])):
        seen = _seen(Client(), address)
        assert "960333" not in seen
        assert "oyster" not in seen


def test_an_old_number_that_now_belongs_to_an_open_desk_is_shown(cast: Cast, planted: Bulletin) -> None:
    contact = Contact.objects.get(name="Oyster Duty Desk")
    marked = ContactFacts(name="Duty Line", phones=("+441632960334",), marking=Marking.NOT_FOR_PARENTS)
    services.amend_contact(contact_id=contact.pk, facts=marked, why="", by=cast.actor("marcus"), at=NOW)
    desk = ContactFacts(name="Open Desk", phones=("+441632960333",))
    note_contact(area=cast.area, facts=desk, by=cast.actor("marcus"), at=NOW)
    other = _publish(cast, _plain_reading("Ring 01632 960333."), "An open desk")
    assert "960333" in _seen(Client(), reverse("portal:show", args=[other.pk]))


def _plain_reading(words: str) -> Reading:
    return Reading("o.txt", "text/plain", "Other", date(2026, 3, 1), words, ())
