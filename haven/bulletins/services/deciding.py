"""Deciding of the items of a draft, one by one: accept, edit, dismiss, look again, say of what kind."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused
from haven.actions.queries.audiences import strangers
from haven.actions.rules import Reach
from haven.bulletins.models import Item
from haven.bulletins.queries.drafts import draft_for_update, drafted_item_for_update
from haven.bulletins.rules.facts import ContactFacts, Facts, ItemKind, as_kind, faults
from haven.bulletins.rules.publishing import ItemState, Move, after
from haven.bulletins.services.directory import heed_marking
from haven.engines.days.moments import local_day
from haven.ledger.services import record

STRANGERS = "Part of the audience does not belong to the area. Choose again."
CANNOT = "This item was joined with another or split. Decide of what stands in its place."


@transaction.atomic
def accept_item(*, item_id: UUID, by: Actor, at: datetime) -> Item:
    """Take the item as it stands. Raises `Refused` with what it lacks."""
    item = drafted_item_for_update(item_id=item_id, by=by)
    _require_whole(ItemKind(item.kind), item.says)
    _decide(item, Move.ACCEPT, by, at)
    record("bulletin.item_accepted", by=by, at=at, about=_about(item))
    return item


@transaction.atomic
def edit_item(*, item_id: UUID, facts: Facts, audience: tuple[Reach, ...], by: Actor, at: datetime) -> Item:
    """Let the item say this, and take it. `audience` narrows whom its bulletin is for; none leaves it to all of them.

    Raises `Refused` with what is wrong with it.
    """
    item = drafted_item_for_update(item_id=item_id, by=by)
    _require_whole(ItemKind(item.kind), facts)
    if strangers(area=item.bulletin.area, audience=audience, on=local_day(at)):
        raise Refused(Reason.NOT_THE_AREA, STRANGERS)
    item.say(facts)
    item.narrow(audience)
    item.narrowed_by = ""  # somebody has said so herself
    _decide(item, Move.EDIT, by, at)
    record("bulletin.item_edited", by=by, at=at, about=_about(item))
    return item


@transaction.atomic
def dismiss_item(*, item_id: UUID, by: Actor, at: datetime) -> Item:
    """Leave the item out of what is published. A contact's marking holds all the same, wherever a text names it."""
    item = drafted_item_for_update(item_id=item_id, by=by)
    _decide(item, Move.DISMISS, by, at)
    if isinstance(item.says, ContactFacts):
        heed_marking(area=item.bulletin.area, facts=item.says, by=by, at=at)
    record("bulletin.item_dismissed", by=by, at=at, about=_about(item))
    return item


@transaction.atomic
def reconsider_item(*, item_id: UUID, by: Actor, at: datetime) -> Item:
    """Take back what was decided."""
    item = drafted_item_for_update(item_id=item_id, by=by)
    _decide(item, Move.RECONSIDER, by, at)
    record("bulletin.item_reconsidered", by=by, at=at, about=_about(item))
    return item


@transaction.atomic
def accept_sure_items(*, bulletin_id: UUID, by: Actor, at: datetime) -> int:
    """Take every item that the reader was sure of and nothing is lacking from; how many."""
    bulletin = draft_for_update(bulletin_id=bulletin_id, by=by)
    waiting = bulletin.items.select_for_update(of=("self",)).filter(state=ItemState.PROPOSED)
    sure = [each for each in waiting if each.is_sure and not faults(ItemKind(each.kind), each.says)]
    for item in sure:
        _decide(item, Move.ACCEPT, by, at)
    about = {"bulletin": bulletin.pk, "items": [each.number for each in sure]}
    record("bulletin.sure_items_accepted", by=by, at=at, about=about)
    return len(sure)


@transaction.atomic
def set_kind(*, item_id: UUID, kind: ItemKind, by: Actor, at: datetime) -> Item:
    """Say that the item is of another kind, and put it up for decision again."""
    item = drafted_item_for_update(item_id=item_id, by=by)
    if item.state == ItemState.SUPERSEDED:
        raise Refused(Reason.WRONG_STATE, CANNOT)
    item.say(as_kind(kind, item.says, item.quote))
    item.kind = kind.value
    item.settle(ItemState.PROPOSED, None, at)
    record("bulletin.item_kind_set", by=by, at=at, about=_about(item))
    return item


def _decide(item: Item, move: Move, by: Actor, at: datetime) -> None:
    state = after(ItemState(item.state), move)
    if state is None:
        raise Refused(Reason.WRONG_STATE, CANNOT)
    item.settle(state, by.person, at)


def _require_whole(kind: ItemKind, facts: Facts) -> None:
    if wrong := faults(kind, facts):
        raise Refused(Reason.NOT_READY, " ".join(wrong))


def _about(item: Item) -> dict[str, object]:
    return {"bulletin": item.bulletin_id, "item": item.pk, "number": item.number, "kind": item.kind}
