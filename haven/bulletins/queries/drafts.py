"""Rows taken to be changed: locked, and only for those who may."""

from uuid import UUID

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, require
from haven.bulletins.models import Bulletin, Contact, Item
from haven.bulletins.policy import may_prepare
from haven.bulletins.rules.publishing import ItemState
from haven.people.models import Area

NOT_A_DRAFT = "This is no longer a draft."
NOT_PUBLISHED = "This is not published, so it cannot be changed in this way."
NOT_ACCEPTED = "This item is not part of what was published."


def draft_for_update(*, bulletin_id: UUID, by: Actor) -> Bulletin:
    """The draft, locked. Raises `Refused` for who may not prepare it and for what is no draft."""
    bulletin = _bulletin_for_update(bulletin_id, by)
    if not bulletin.is_draft:
        raise Refused(Reason.WRONG_STATE, NOT_A_DRAFT)
    return bulletin


def published_for_update(*, bulletin_id: UUID, by: Actor) -> Bulletin:
    """The published bulletin, locked. Raises `Refused` likewise."""
    bulletin = _bulletin_for_update(bulletin_id, by)
    if not bulletin.is_published:
        raise Refused(Reason.WRONG_STATE, NOT_PUBLISHED)
    return bulletin


def drafted_item_for_update(*, item_id: UUID, by: Actor) -> Item:
    """An item of a draft, both locked. Raises `Refused` likewise."""
    bulletin = draft_for_update(bulletin_id=_bulletin_of(item_id), by=by)
    return _item_for_update(item_id, bulletin)


def published_item_for_update(*, item_id: UUID, by: Actor) -> Item:
    """An accepted item of a published bulletin, both locked. Raises `Refused` likewise."""
    bulletin = published_for_update(bulletin_id=_bulletin_of(item_id), by=by)
    item = _item_for_update(item_id, bulletin)
    if item.state != ItemState.ACCEPTED:
        raise Refused(Reason.WRONG_STATE, NOT_ACCEPTED)
    return item


def contact_for_update(*, contact_id: UUID, by: Actor) -> Contact:
    """A contact, locked. Raises `Refused` for who does not keep its directory."""
    contact = Contact.objects.select_for_update(of=("self",)).select_related("area").get(pk=contact_id)
    require(may_prepare(by, contact.area_id))
    return contact


def _bulletin_for_update(bulletin_id: UUID, by: Actor) -> Bulletin:
    bulletin = Bulletin.objects.select_for_update(of=("self",)).select_related("area").get(pk=bulletin_id)
    require(may_prepare(by, bulletin.area_id))
    return bulletin


def _bulletin_of(item_id: UUID) -> UUID:
    return Item.objects.values_list("bulletin_id", flat=True).get(pk=item_id)


def _item_for_update(item_id: UUID, bulletin: Bulletin) -> Item:
    item = Item.objects.select_for_update(of=("self",)).get(pk=item_id)
    item.bulletin = bulletin
    return item


def areas_led(*, by: Actor) -> list[Area]:
    """The areas for which she may prepare bulletins. Raises `Refused` where there is none."""
    areas = list(Area.objects.filter(pk__in=by.leads))
    if not areas:
        raise Refused(Reason.NOT_THE_ROLE)
    return areas


def published_only(*, bulletin_id: UUID, by: Actor) -> Bulletin:
    """A published bulletin of an area that she leads. Raises `Refused`."""
    bulletin = Bulletin.objects.select_related("area", "note").get(pk=bulletin_id)
    require(may_prepare(by, bulletin.area_id))
    if not bulletin.is_published:
        raise Refused(Reason.WRONG_STATE, NOT_PUBLISHED)
    return bulletin
