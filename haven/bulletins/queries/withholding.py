"""Which contacts must be withheld from somebody, wherever a text names them."""

from collections.abc import Callable, Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.db.models.query import QuerySet

from haven.access.actor import Actor
from haven.bulletins.models import Bulletin, Contact, Item
from haven.bulletins.policy import CIRCLES, PUBLIC_CONTACTS, contacts_seen_by
from haven.bulletins.rules.facts import ContactFacts, ItemKind
from haven.bulletins.rules.marking import Secret, redacted
from haven.bulletins.rules.publishing import ItemState

Secrets = frozenset[Secret]


def secrets_for_all(*, area: UUID) -> Secrets:
    """Every marked contact of an area: for words that go where nobody asks who reads them (lists, feeds, search)."""
    items = Item.objects.filter(bulletin__area=area)
    return (
        marked_in_directory(area=area) | _left_out(items) | _as_noted(items, Contact.objects.exclude(PUBLIC_CONTACTS))
    )


def marked_in_directory(*, area: UUID) -> Secrets:
    """The marked contacts of an area's directory, retired ones too."""
    return _secrets(Contact.objects.filter(area=area).exclude(PUBLIC_CONTACTS))


def secrets_from_public() -> Secrets:
    """Every marked contact of every area."""
    marked, items = Contact.objects.exclude(PUBLIC_CONTACTS), Item.objects.all()
    return _secrets(marked) | _left_out(items) | _as_noted(items, marked)


def secrets_from(*, by: Actor, bulletin: Bulletin | None = None, area: UUID | None = None, on: date) -> Secrets:
    """The contacts that this actor may not have: of the directory, and of notes where they never reached it."""
    place = bulletin.area_id if bulletin else area
    if place in by.leads:
        return frozenset()
    hidden = Contact.objects.filter(area=place).exclude(contacts_seen_by(by, on))
    found = _secrets(hidden) | _as_noted(Item.objects.filter(bulletin__area=place), hidden)
    items = Item.objects.filter(bulletin=bulletin) if bulletin else Item.objects.filter(bulletin__area=place)
    return found | _left_out(items, lambda marking: place not in by.areas(CIRCLES[marking]))


def searchable(bulletin: Bulletin, secrets: Secrets) -> tuple[str, str]:
    """The title and all the words of a bulletin, without what is withheld."""
    items = bulletin.items.filter(state=ItemState.ACCEPTED).exclude(kind=ItemKind.CONTACT)
    words = [bulletin.introduction, *(item.name for item in items), bulletin.note.text]
    return redacted(bulletin.title, secrets), redacted("\n".join(words), secrets)


def _secrets(contacts: Iterable[Contact]) -> Secrets:
    return frozenset(contact.secret for contact in contacts)


def _as_noted(items: QuerySet[Item], contacts: QuerySet[Contact]) -> Secrets:
    """These contacts as the notes said them: the directory may have another number by now, the note's words have not.

    What belongs to an open contact by now is nobody's secret.
    """
    found = items.filter(contact__in=contacts, kind=ItemKind.CONTACT).exclude(state=ItemState.SUPERSEDED)
    said = [facts for facts in (item.says for item in found) if isinstance(facts, ContactFacts)]
    phones = [number for facts in said for number in facts.phones]
    emails = [address.lower() for facts in said for address in facts.emails]
    theirs = Contact.objects.filter(PUBLIC_CONTACTS).filter(Q(phones__overlap=phones) | Q(emails__overlap=emails))
    free = {number for contact in theirs for number in (*contact.phones, *contact.emails)}
    return frozenset(
        Secret(
            facts.name,
            tuple(number for number in facts.phones if number not in free),
            tuple(address for address in facts.emails if address.lower() not in free),
        )
        for facts in said
    )


def _left_out(items: QuerySet[Item], is_hidden: Callable[[str], bool] = bool) -> Secrets:
    """The marked contacts that no directory holds, dismissed or in a draft: a note's words name them all the same."""
    found = items.filter(kind=ItemKind.CONTACT, contact__isnull=True).exclude(state=ItemState.SUPERSEDED)
    said = [item.says for item in found.exclude(facts__marking=None)]
    return frozenset(
        Secret(facts.name, facts.phones, facts.emails)
        for facts in said
        if isinstance(facts, ContactFacts) and facts.marking and is_hidden(facts.marking.value)
    )
