"""The directory as this actor may see it."""

import re
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.db.models.query import QuerySet

from haven.access.actor import Actor
from haven.bulletins.models import Bulletin, Contact
from haven.bulletins.policy import contacts_seen_by, prepared_by, read_by
from haven.bulletins.rules.publishing import ItemState


def contacts_for(*, by: Actor, on: date, searched: str = "") -> QuerySet[Contact]:
    """The contacts that she may have, not retired; of those, the ones that every word searched for fits."""
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
