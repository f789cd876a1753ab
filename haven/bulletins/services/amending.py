"""Changing what is published: the whole bulletin, one of its items, or withdrawing either. History is kept."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused
from haven.actions.queries.audiences import strangers
from haven.actions.rules import Reach
from haven.actions.services import amend_action, withdraw_action
from haven.bulletins.models import Announcement, Bulletin, Event, Item, Version
from haven.bulletins.queries.drafts import published_for_update, published_item_for_update
from haven.bulletins.queries.reaching import nobody_among, nobody_reached, organisations_of
from haven.bulletins.queries.withholding import marked_in_directory, searchable, secrets_for_all
from haven.bulletins.rules.asking import event_columns
from haven.bulletins.rules.facts import AskedFacts, ContactFacts, EventFacts, Facts, ItemKind, faults
from haven.bulletins.rules.publishing import ItemState, Settings, Standing, faults_of
from haven.bulletins.services.directory import note_contact, withhold_contacts
from haven.engines.days.moments import local_day
from haven.ledger.services import record

SAY_WHY = "Say why, for those who have read it before."
STRANGERS = "Part of the audience does not belong to the area. Choose again."


@transaction.atomic
def amend_bulletin(*, bulletin_id: UUID, settings: Settings, why: str, by: Actor, at: datetime) -> Bulletin:
    """Publish it differently: its actions follow, and those it reaches now or reached before are told."""
    bulletin = published_for_update(bulletin_id=bulletin_id, by=by)
    _require_why(why)
    if wrong := faults_of(settings, local_day(at)):
        raise Refused(Reason.NOT_READY, " ".join(wrong))
    if strangers(area=bulletin.area, audience=settings.audience, on=local_day(at)):
        raise Refused(Reason.NOT_THE_AREA, STRANGERS)
    before = _reached(bulletin, at)
    _keep_version(bulletin, _as_it_was(bulletin), why, by, at)
    bulletin.take(settings)
    now = _require_reached(bulletin, at)
    for item in bulletin.items.filter(state=ItemState.ACCEPTED, action__standing="published"):
        _follow(item, why, by, at)
    bulletin.index(*searchable(bulletin, secrets_for_all(area=bulletin.area_id)))
    _announce(bulletin, Announcement.Kind.AMENDED, before | now, at)
    record("bulletin.amended", by=by, at=at, about={"bulletin": bulletin.pk, "version": bulletin.version}, why=why)
    return bulletin


@transaction.atomic
def amend_item(*, item_id: UUID, facts: Facts, audience: tuple[Reach, ...], why: str, by: Actor, at: datetime) -> Item:
    """Let a published item say something else, or be for others; its action, event or contact follows.

    `audience` narrows whom the bulletin is for; none where the item is for all of them. Those concerned are told.
    """
    item = published_item_for_update(item_id=item_id, by=by)
    bulletin = item.bulletin
    _require_why(why)
    if wrong := faults(ItemKind(item.kind), facts):
        raise Refused(Reason.NOT_READY, " ".join(wrong))
    _keep_version(bulletin, _item_as_it_was(item), why, by, at)
    item.say(facts)
    item.narrow(audience)
    if strangers(area=bulletin.area, audience=audience, on=local_day(at)):
        raise Refused(Reason.NOT_THE_AREA, STRANGERS)
    if lacking := nobody_among(items=[item], bulletin=bulletin, on=local_day(at)):
        raise Refused(Reason.NOT_READY, " ".join(lacking))
    item.settle(ItemState.ACCEPTED, by.person, at)
    match facts:
        case AskedFacts():
            _follow(item, why, by, at)
        case EventFacts():
            Event.objects.filter(item=item).update(**event_columns(facts))
        case ContactFacts():
            before = marked_in_directory(area=bulletin.area_id)
            item.contact = note_contact(area=bulletin.area, facts=facts, by=by, at=at)
            item.save(update_fields=["contact"])
            changed = marked_in_directory(area=bulletin.area_id) ^ before
            withhold_contacts(area=bulletin.area, changed=changed, by=by, at=at)
    bulletin.index(*searchable(bulletin, secrets_for_all(area=bulletin.area_id)))
    _announce(bulletin, Announcement.Kind.AMENDED, _reached(bulletin, at), at)
    record("bulletin.item_amended", by=by, at=at, about={"bulletin": bulletin.pk, "number": item.number}, why=why)
    return item


@transaction.atomic
def withdraw_item(*, item_id: UUID, why: str, by: Actor, at: datetime) -> Item:
    """Take one item out of what is published: its action is no longer asked, its event no longer announced."""
    item = published_item_for_update(item_id=item_id, by=by)
    bulletin = item.bulletin
    _require_why(why)
    _keep_version(bulletin, _item_as_it_was(item), why, by, at)
    item.settle(ItemState.WITHDRAWN, by.person, at)
    _end_action(item, why, by, at)
    bulletin.index(*searchable(bulletin, secrets_for_all(area=bulletin.area_id)))
    _announce(bulletin, Announcement.Kind.AMENDED, _reached(bulletin, at), at)
    record("bulletin.item_withdrawn", by=by, at=at, about={"bulletin": bulletin.pk, "number": item.number}, why=why)
    return item


@transaction.atomic
def withdraw_bulletin(*, bulletin_id: UUID, why: str, by: Actor, at: datetime) -> Bulletin:
    """No longer publish it. Its page stays for those it reached, says so and why; its actions are no longer asked."""
    bulletin = published_for_update(bulletin_id=bulletin_id, by=by)
    _require_why(why)
    for item in bulletin.items.filter(state=ItemState.ACCEPTED):
        _end_action(item, why, by, at)
    bulletin.standing, bulletin.ended_at, bulletin.ended_why = Standing.WITHDRAWN, at, why.strip()
    bulletin.save()
    _announce(bulletin, Announcement.Kind.WITHDRAWN, _reached(bulletin, at), at)
    record("bulletin.withdrawn", by=by, at=at, about={"bulletin": bulletin.pk}, why=why)
    return bulletin


def _require_why(why: str) -> None:
    if not why.strip():
        raise Refused(Reason.NOT_READY, SAY_WHY)


def _as_it_was(bulletin: Bulletin) -> dict[str, Any]:
    return {
        "title": bulletin.title,
        "kind": bulletin.kind,
        "introduction": bulletin.introduction,
        "public": bulletin.is_public,
        "expires_on": str(bulletin.expires_on or ""),
        "roles": bulletin.roles,
        "audience": [[reach.kind.value, reach.of] for reach in bulletin.settings.audience],
    }


def _item_as_it_was(item: Item) -> dict[str, Any]:
    audience = [[reach.kind.value, reach.of] for reach in item.audience_of_its_own]
    return {"item": item.number, "kind": item.kind, "facts": item.facts, "audience": audience}


def _reached(bulletin: Bulletin, at: datetime) -> set[UUID]:
    return set(organisations_of(bulletin=bulletin, on=local_day(at)).values_list("pk", flat=True))


def _require_reached(bulletin: Bulletin, at: datetime) -> set[UUID]:
    """The organisations it reaches. Raises `Refused` where it, or one of its items, reaches nobody."""
    if lacking := nobody_reached(bulletin=bulletin, on=local_day(at)):
        raise Refused(Reason.NOT_READY, " ".join(lacking))
    return _reached(bulletin, at)


def _keep_version(bulletin: Bulletin, was: dict[str, Any], why: str, by: Actor, at: datetime) -> None:
    Version.objects.create(
        bulletin=bulletin, number=bulletin.version, was=was, until_at=at, changed_by_id=by.person, why=why.strip()
    )
    bulletin.version += 1
    bulletin.amended_at = at
    bulletin.save(update_fields=["version", "amended_at"])


def _follow(item: Item, why: str, by: Actor, at: datetime) -> None:
    """Ask the action of an item as the item and its bulletin now say."""
    wanted = item.wanted(secrets_for_all(area=item.bulletin.area_id))
    if item.action is not None and wanted is not None:
        amend_action(action_id=item.action.pk, wanted=wanted, why=why, by=by, at=at)


def _end_action(item: Item, why: str, by: Actor, at: datetime) -> None:
    if item.action is not None and item.action.is_published:
        withdraw_action(action_id=item.action.pk, why=why, by=by, at=at)


def _announce(bulletin: Bulletin, kind: Announcement.Kind, organisations: set[UUID], at: datetime) -> None:
    Announcement.objects.create(bulletin=bulletin, kind=kind, organisations=sorted(organisations), made_at=at)
