"""Which contacts must be withheld from somebody, wherever a text names them.

Those of other areas are withheld as well, by number, address or whole name: docs/decisions/0005.
"""

from collections.abc import Callable, Iterable
from datetime import date
from uuid import UUID

from django.db.models import F, Func, Q, TextField, Value
from django.db.models.functions import Cast
from django.db.models.query import QuerySet

from haven.access.actor import Actor
from haven.bulletins.models import Bulletin, Contact, Item
from haven.bulletins.policy import CIRCLES, PUBLIC_CONTACTS, contacts_seen_by
from haven.bulletins.rules.facts import ContactFacts, ItemKind
from haven.bulletins.rules.marking import Secret, redacted, signs_of
from haven.bulletins.rules.publishing import ItemState, Standing

Secrets = frozenset[Secret]
IsHidden = Callable[[str, UUID], bool]
"""Whether somebody may not have a contact of this marking in this area."""


def secrets_for_all(*, area: UUID) -> Secrets:
    """Every marked contact: for an area's words that go where nobody asks who reads them (lists, feeds, search)."""
    marked, here = Contact.objects.exclude(PUBLIC_CONTACTS), Item.objects.filter(bulletin__area=area)
    own = _secrets(marked.filter(area=area)) | _left_out(here, _from_anybody) | _as_noted(here, marked)
    return own | _of_other_areas(area, marked, _from_anybody, PUBLIC_CONTACTS)


def marked_in_directory(*, area: UUID) -> Secrets:
    """The marked contacts of an area's directory, retired ones too."""
    return _secrets(Contact.objects.filter(area=area).exclude(PUBLIC_CONTACTS))


def secrets_from_public() -> Secrets:
    """Every marked contact of every area."""
    marked, items = Contact.objects.exclude(PUBLIC_CONTACTS), Item.objects.all()
    return _secrets(marked) | _left_out(items, _from_anybody) | _as_noted(items, marked)


def secrets_from(*, by: Actor, area: UUID, on: date, opened: Q | None = None) -> Secrets:
    """The contacts that this actor may not have: of the directory, and of notes where they never reached it.

    `opened` are the contacts that a draft would let her have, were it published.
    """
    if area in by.leads:
        return frozenset()
    seen = contacts_seen_by(by, on) | opened if opened is not None else contacts_seen_by(by, on)
    hidden, here = Contact.objects.exclude(seen), Item.objects.filter(bulletin__area=area)

    def is_hidden(marking: str, place: UUID) -> bool:
        return place not in by.areas(CIRCLES[marking])

    own = _secrets(hidden.filter(area=area)) | _as_noted(here, hidden) | _left_out(here, is_hidden, seen)
    marked = hidden.exclude(PUBLIC_CONTACTS)
    return own | _of_other_areas(area, marked, is_hidden, seen)


def searchable(bulletin: Bulletin, secrets: Secrets) -> tuple[str, str]:
    """The title and all the words of a bulletin, without what is withheld."""
    items = bulletin.items.filter(state=ItemState.ACCEPTED).exclude(kind=ItemKind.CONTACT)
    words = [bulletin.introduction, *(item.name for item in items), bulletin.note.text]
    return redacted(bulletin.title, secrets), redacted("\n".join(words), secrets)


def perhaps_naming(*, secrets: Secrets) -> QuerySet[Bulletin]:
    """The published bulletins, of every area, whose words may name one of these; each with its note."""
    signs = [signs_of(secret) for secret in secrets]
    numbers = {each for sign in signs for each in sign.numbers}
    words = {each for sign in signs for each in sign.words}
    digits = Func(
        F("note__text"), Value(r"\D"), Value(""), Value("g"), function="regexp_replace", output_field=TextField()
    )
    standing = Bulletin.objects.filter(standing=Standing.PUBLISHED)
    own = _holding(["digits"], numbers) | _holding(["title", "introduction", "note__text"], words)
    items = Item.objects.filter(state=ItemState.ACCEPTED).annotate(words=Cast("facts", TextField()))
    named = standing.annotate(digits=digits).filter(own).values("pk")
    said = items.filter(_holding(["words"], words), bulletin__in=standing).values("bulletin")
    return standing.filter(Q(pk__in=named) | Q(pk__in=said)).select_related("note")


def _holding(fields: Iterable[str], words: Iterable[str]) -> Q:
    held = Q(pk__in=[])
    for word in words:
        for field in fields:
            held |= Q((f"{field}__icontains", word))
    return held


def _from_anybody(_marking: str, _area: UUID) -> bool:
    return True


def _secrets(contacts: QuerySet[Contact]) -> Secrets:
    return frozenset(contact.secret for contact in contacts.only("name", "phones", "emails"))


def _of_other_areas(area: UUID, marked: QuerySet[Contact], is_hidden: IsHidden, open_here: Q) -> Secrets:
    """The marked contacts of the other areas, as a whole; but for those that this area's own directory holds open."""
    items = Item.objects.exclude(bulletin__area=area)
    there = _secrets(marked.exclude(area=area)) | _left_out(items, is_hidden)
    if not there:
        return frozenset()
    phones, emails = _ways(there)
    own = Contact.objects.filter(open_here, area=area).filter(Q(phones__overlap=phones) | Q(emails__overlap=emails))
    free = {way for secret in _secrets(own) for way in secret.ways}
    return frozenset(secret.as_a_whole for secret in there if not secret.ways & free)


def _as_noted(items: QuerySet[Item], contacts: QuerySet[Contact]) -> Secrets:
    """These contacts as the notes said them: the directory may have another number by now, the note's words have not.

    What belongs to an open contact by now is nobody's secret.
    """
    found = items.filter(contact__in=contacts, kind=ItemKind.CONTACT).exclude(state=ItemState.SUPERSEDED)
    said = [_secret(facts) for facts in (item.says for item in found) if isinstance(facts, ContactFacts)]
    phones, emails = _ways(said)
    theirs = Contact.objects.filter(PUBLIC_CONTACTS).filter(Q(phones__overlap=phones) | Q(emails__overlap=emails))
    free = {way for secret in _secrets(theirs) for way in secret.ways}
    return frozenset(
        Secret(
            secret.name,
            tuple(number for number in secret.phones if number not in free),
            tuple(address for address in secret.emails if address.lower() not in free),
        )
        for secret in said
    )


def _left_out(items: QuerySet[Item], is_hidden: IsHidden, open_to: Q = PUBLIC_CONTACTS) -> Secrets:
    """The marked contacts that no directory holds, dismissed or in a draft: a note's words name them all the same.

    To dismiss one marks whoever shares its number in the directory; where that one is open by now, a lead has said so.
    """
    found = items.filter(kind=ItemKind.CONTACT, contact__isnull=True).exclude(state=ItemState.SUPERSEDED)
    marked = [(item, item.says) for item in found.exclude(facts__marking=None).select_related("bulletin")]
    said = [
        (item, _secret(facts))
        for item, facts in marked
        if isinstance(facts, ContactFacts) and facts.marking and is_hidden(facts.marking.value, item.bulletin.area_id)
    ]
    phones, emails = _ways(secret for _, secret in said)
    theirs = Contact.objects.filter(open_to).filter(Q(phones__overlap=phones) | Q(emails__overlap=emails))
    free = {(contact.area_id, way) for contact in theirs for way in contact.secret.ways}
    return frozenset(
        secret
        for item, secret in said
        if item.state != ItemState.DISMISSED or not any((item.bulletin.area_id, way) in free for way in secret.ways)
    )


def _secret(facts: ContactFacts) -> Secret:
    return Secret(facts.name, facts.phones, facts.emails)


def _ways(secrets: Iterable[Secret]) -> tuple[list[str], list[str]]:
    """All their numbers, and all their addresses."""
    known = list(secrets)
    phones = [number for secret in known for number in secret.phones]
    return phones, [address.lower() for secret in known for address in secret.emails]
