"""Which organisations a bulletin reaches, and which of them each of its items is for."""

from collections.abc import Iterable
from datetime import date

from django.db.models.query import QuerySet

from haven.actions.queries.audiences import organisations_reached
from haven.bulletins.models import Bulletin, Item
from haven.bulletins.rules.publishing import ItemState
from haven.people.models import Organisation

NOBODY_REACHED = "No open school or organisation would receive it. Choose somebody else."


def organisations_of(*, bulletin: Bulletin, on: date) -> QuerySet[Organisation]:
    """The open organisations that it reaches on this day."""
    return organisations_reached(area=bulletin.area, audience=bulletin.settings.audience, on=on)


def narrowed_items(*, bulletin: Bulletin) -> list[Item]:
    """The accepted items that are not for everybody whom it reaches."""
    items = bulletin.items.filter(state=ItemState.ACCEPTED, audience__isnull=False).distinct()
    return list(items.prefetch_related("audience__cluster", "audience__organisation"))


def organisations_of_item(*, item: Item, bulletin: Bulletin, on: date) -> QuerySet[Organisation]:
    """Those among them for whom this item is."""
    audience, within = item.audience_of_its_own, bulletin.settings.audience
    return organisations_reached(area=bulletin.area, audience=audience or within, within=within, on=on)


def nobody_reached(*, bulletin: Bulletin, on: date) -> list[str]:
    """What of it reaches nobody, one sentence each; none where all of it reaches somebody."""
    if not organisations_of(bulletin=bulletin, on=on).exists():
        return [NOBODY_REACHED]
    return nobody_among(items=narrowed_items(bulletin=bulletin), bulletin=bulletin, on=on)


def nobody_among(*, items: Iterable[Item], bulletin: Bulletin, on: date) -> list[str]:
    """Which of these items reach nobody, one sentence each."""
    return [
        f"Nobody would get item {item.number}, “{item.name}”. It is only for {item.only_for}. Nobody among them is one "
        "of those the bulletin is for."
        for item in items
        if not organisations_of_item(item=item, bulletin=bulletin, on=on).exists()
    ]
