"""The directory: a contact is noted, amended, retired; the directory is taken out as a list."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from haven.access.actor import HAVEN, Actor
from haven.access.decision import Reason, Refused, require
from haven.actions.services import amend_action
from haven.bulletins.models import Bulletin, Contact, Item
from haven.bulletins.policy import may_enter, may_prepare
from haven.bulletins.queries.directory import contacts_for
from haven.bulletins.queries.drafts import contact_for_update
from haven.bulletins.queries.withholding import (
    Secrets,
    marked_in_directory,
    perhaps_naming,
    searchable,
    secrets_for_all,
)
from haven.bulletins.rules.asking import are_one
from haven.bulletins.rules.facts import ContactFacts, ItemKind, faults
from haven.bulletins.rules.marking import Secret, is_looser, stricter
from haven.bulletins.rules.publishing import ItemState
from haven.engines.days.moments import local_day
from haven.ledger.services import record
from haven.people.models import Area

SAY_WHY = "Say why more people may have this contact now."
NOW_WITHHELD = "A contact that it named is now marked."


@transaction.atomic
def note_contact(*, area: Area, facts: ContactFacts, by: Actor, at: datetime) -> Contact:
    """Put a contact into the directory, or bring up to date the one with the same address or number.

    A marking is only ever made stricter here, and holds for every contact that shares a number or an address.
    """
    require(may_prepare(by, area.pk))
    emails = [each.strip().lower() for each in facts.emails]
    sharing = list(_sharing(area, emails, list(facts.phones)))
    contact = next((each for each in sharing if _is_same(each, facts, emails)), None) or Contact(area=area)
    contact.name = facts.name or contact.name
    contact.role = facts.role or contact.role
    contact.emails = list(dict.fromkeys([*emails, *contact.emails]))
    contact.phones = list(dict.fromkeys([*facts.phones, *contact.phones]))
    contact.noted_at, contact.retired_at = at, None
    said = facts.marking.value if facts.marking else ""
    said = said if sharing else stricter(said, _left_out_with(area, emails, list(facts.phones)))
    if is_looser(contact.marking, said):
        contact.marking_quote = facts.marking_quote
    contact.marking = stricter(contact.marking, said)
    contact.save()
    _spread_marking(contact)
    record("contact.noted", by=by, at=at, about={"contact": contact.pk, "marking": contact.marking})
    return contact


@transaction.atomic
def heed_marking(*, area: Area, facts: ContactFacts, by: Actor, at: datetime) -> int:
    """Let a marking hold that a note gave a contact which was then left out; how many of the directory it marked.

    Whoever shares its number becomes as strict, and what was published, in every area, withholds it from now on.
    """
    require(may_prepare(by, area.pk))
    if facts.marking is None:
        return 0
    before = marked_in_directory(area=area.pk)
    sharing = _sharing(area, [each.lower() for each in facts.emails], list(facts.phones))
    for contact in sharing:
        contact.marking = stricter(contact.marking, facts.marking.value)
        contact.save(update_fields=["marking"])
        _spread_marking(contact)
    said = Secret(facts.name, facts.phones, tuple(each.lower() for each in facts.emails))
    changed = marked_in_directory(area=area.pk) ^ before | {said}
    withhold_contacts(area=area, changed=changed, by=by, at=at)
    record("contacts.heeded", by=by, at=at, about={"area": area.pk, "contacts": [each.pk for each in sharing]})
    return len(sharing)


@transaction.atomic
def amend_contact(*, contact_id: UUID, facts: ContactFacts, why: str, by: Actor, at: datetime) -> Contact:
    """Let a contact say this. To loosen its marking needs a reason. Raises `Refused` with what is wrong."""
    contact = contact_for_update(contact_id=contact_id, by=by)
    if wrong := faults(ItemKind.CONTACT, facts):
        raise Refused(Reason.NOT_READY, " ".join(wrong))
    before = marked_in_directory(area=contact.area_id)
    was, said = contact.marking, facts.marking.value if facts.marking else ""
    if is_looser(said, was) and not why.strip():
        raise Refused(Reason.NOT_READY, SAY_WHY)
    contact.name, contact.role, contact.phones = facts.name, facts.role, list(facts.phones)
    contact.emails = [each.lower() for each in facts.emails]
    contact.marking, contact.noted_at = said, at
    contact.marking_quote = contact.marking_quote if said == was else ""
    contact.save()
    _spread_marking(contact)
    withhold_contacts(area=contact.area, changed=marked_in_directory(area=contact.area_id) ^ before, by=by, at=at)
    about = {"contact": contact.pk, "marking_was": was, "marking": contact.marking}
    record("contact.amended", by=by, at=at, about=about, why=why)
    return contact


@transaction.atomic
def retire_contact(*, contact_id: UUID, by: Actor, at: datetime) -> Contact:
    """Take a contact out of the directory. Its marking goes on holding wherever its number still stands."""
    contact = contact_for_update(contact_id=contact_id, by=by)
    contact.retired_at = at
    contact.save(update_fields=["retired_at"])
    record("contact.retired", by=by, at=at, about={"contact": contact.pk})
    return contact


@transaction.atomic
def restore_contact(*, contact_id: UUID, by: Actor, at: datetime) -> Contact:
    """Put a retired contact back."""
    contact = contact_for_update(contact_id=contact_id, by=by)
    contact.retired_at, contact.noted_at = None, at
    contact.save(update_fields=["retired_at", "noted_at"])
    record("contact.restored", by=by, at=at, about={"contact": contact.pk})
    return contact


@transaction.atomic
def export_contacts(*, searched: str, by: Actor, at: datetime) -> list[Contact]:
    """The contacts that she may have and searched for, to be taken out; the taking out is recorded."""
    require(may_enter(by))
    contacts = list(contacts_for(by=by, on=local_day(at), searched=searched))
    record("contacts.exported", by=by, at=at, about={"contacts": [contact.pk for contact in contacts]})
    return contacts


@transaction.atomic
def withhold_contacts(*, area: Area, changed: Secrets, by: Actor, at: datetime) -> int:
    """Let what was published before withhold whoever is marked by now; how many actions that changed.

    `changed` are the contacts whose marking or number is new: what cannot name them is left alone. Another area's words
    Haven changes itself, for nobody here may.
    """
    require(may_prepare(by, area.pk))
    naming = list(perhaps_naming(secrets=changed))
    actions = 0
    for place in dict.fromkeys([area.pk, *(bulletin.area_id for bulletin in naming)]):
        here = [bulletin for bulletin in naming if bulletin.area_id == place]
        doer = by if place == area.pk else HAVEN
        count = _withhold_in(here, secrets_for_all(area=place), doer, at)
        record("contacts.withheld", by=doer, at=at, about={"area": place, "actions": count})
        actions += count
    return actions


def _withhold_in(bulletins: list[Bulletin], secrets: Secrets, by: Actor, at: datetime) -> int:
    for bulletin in bulletins:
        bulletin.index(*searchable(bulletin, secrets))
    items = Item.objects.filter(bulletin__in=bulletins, state=ItemState.ACCEPTED, action__standing="published")
    items = items.select_related("bulletin", "action").prefetch_related("audience", "bulletin__audience")
    return sum(_withhold(item, secrets, by, at) for item in items)


def _withhold(item: Item, secrets: Secrets, by: Actor, at: datetime) -> bool:
    wanted, action = item.wanted(secrets), item.action
    if wanted is None or action is None:
        return False
    if (wanted.what, wanted.quote, wanted.source_label) == (action.what, action.quote, action.source_label):
        return False
    amend_action(action_id=action.pk, wanted=wanted, why=NOW_WITHHELD, by=by, at=at)
    return True


def _left_out_with(area: Area, emails: list[str], phones: list[str]) -> str:
    """The strictest marking of what was left out of notes and shares an address or a number."""
    dismissed = Item.objects.filter(bulletin__area=area, kind=ItemKind.CONTACT, state=ItemState.DISMISSED)
    strictest = ""
    for item in dismissed.exclude(facts__marking=None):
        facts = item.says
        if isinstance(facts, ContactFacts) and facts.marking and _overlap(facts, emails, phones):
            strictest = stricter(strictest, facts.marking.value)
    return strictest


def _overlap(facts: ContactFacts, emails: list[str], phones: list[str]) -> bool:
    return bool({each.lower() for each in facts.emails} & set(emails) or set(facts.phones) & set(phones))


def _sharing(area: Area, emails: list[str], phones: list[str]) -> list[Contact]:
    reached = Q(emails__overlap=emails) | Q(phones__overlap=phones)
    return list(Contact.objects.select_for_update().filter(reached, area=area).order_by("noted_at", "id"))


def _is_same(contact: Contact, facts: ContactFacts, emails: list[str]) -> bool:
    """The same address makes the same contact; the same number does where the names allow it, for desks share one."""
    return bool(set(emails) & set(contact.emails)) or are_one(contact.name, facts.name)


def _spread_marking(contact: Contact) -> None:
    """Let everybody who shares a number or an address have the strictest marking of them all."""
    sharing = _sharing(contact.area, contact.emails, contact.phones)
    strictest = contact.marking
    for each in sharing:
        strictest = stricter(strictest, each.marking)
    contact.marking = strictest
    Contact.objects.filter(pk__in=[each.pk for each in sharing]).update(marking=strictest)
