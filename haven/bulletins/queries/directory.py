"""The directory as this actor may see it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.db.models.query import QuerySet

from haven.access.actor import Actor
from haven.access.decision import require
from haven.bulletins.models import Bulletin, Contact
from haven.bulletins.policy import contacts_seen_by, may_enter, may_prepare, prepared_by, read_by
from haven.bulletins.rules.facts import ContactFacts
from haven.bulletins.rules.publishing import ItemState
from haven.bulletins.rules.showing import telephone
from haven.engines.reading.items import Marking


def contacts_for(*, by: Actor, on: date, searched: str = "") -> QuerySet[Contact]:
    """The contacts that she may have, not retired; of those, the ones that every word searched for fits.

    Raises `Refused` for who may not open the directory.
    """
    require(may_enter(by))
    contacts = Contact.objects.filter(contacts_seen_by(by, on), retired_at__isnull=True).select_related("area")
    for words in _parts(searched):
        contacts = contacts.filter(words)
    return contacts


def retired_contacts(*, by: Actor) -> QuerySet[Contact]:
    """The contacts taken out of the directories that she keeps."""
    return Contact.objects.filter(prepared_by(by), retired_at__isnull=False)


def contact_for(*, contact_id: UUID, by: Actor, on: date) -> Contact | None:
    """The contact, where she may have it; a retired one only for who keeps the directory."""
    live = Q(retired_at__isnull=True) | prepared_by(by)
    return Contact.objects.filter(live, contacts_seen_by(by, on), pk=contact_id).first()


def bulletins_naming(*, contact: Contact, by: Actor, on: date) -> QuerySet[Bulletin]:
    """The bulletins she may read that name this contact."""
    named = contact.items.filter(state=ItemState.ACCEPTED).values("bulletin")
    return Bulletin.objects.filter(read_by(by, on), pk__in=named)


def _parts(searched: str) -> list[Q]:
    """One condition for a telephone number, however it is written; else one for each word."""
    digits = re.sub(r"\D", "", searched)
    if len(digits) >= 6 and not re.search(r"[^\W\d_]", searched):
        return [Q(phones__icontains=digits.removeprefix("44").removeprefix("0"))]
    return [
        Q(name__icontains=word) | Q(role__icontains=word) | Q(emails__icontains=word.lower())
        for word in searched.split()[:8]
    ]


@dataclass(frozen=True, slots=True)
class Entry:
    """One contact as a line of the directory. `phones` hold each number as dialled and as written."""

    id: UUID
    name: str
    role: str
    phones: list[tuple[str, str]]
    emails: list[str]
    marking: str
    marking_label: str
    noted_at: datetime


def lines_of(contacts: Iterable[Contact]) -> list[Entry]:
    """Contacts that this reader may have, as lines."""
    return [
        Entry(
            id=each.pk,
            name=each.called,
            role=each.role_besides,
            phones=[(number, telephone(number)) for number in each.phones],
            emails=each.emails,
            marking=each.marking,
            marking_label=each.marking_label,
            noted_at=each.noted_at,
        )
        for each in contacts
    ]


def contact_to_keep(*, contact_id: UUID, by: Actor) -> Contact:
    """A contact of a directory that she keeps. Raises `Refused`."""
    contact = Contact.objects.select_related("area").get(pk=contact_id)
    require(may_prepare(by, contact.area_id))
    return contact


def facts_of(contact: Contact) -> ContactFacts:
    """What a contact says."""
    return ContactFacts(
        name=contact.name,
        role=contact.role,
        phones=tuple(contact.phones),
        emails=tuple(contact.emails),
        marking=Marking(contact.marking) if contact.marking else None,
        marking_quote=contact.marking_quote,
    )
