"""The words of what bulletins ask, as a reader of actions may have them. `SOURCES` of the settings names this query."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from haven.access.actor import Actor
from haven.actions.models import Action
from haven.actions.queries.sources import Words
from haven.bulletins.models import Bulletin, Item
from haven.bulletins.policy import read_by
from haven.bulletins.queries.withholding import secrets_for_all, secrets_from
from haven.bulletins.rules.publishing import ItemState


def words_of(actions: Collection[Action], by: Actor, on: date) -> dict[UUID, Words]:
    """Of those of these actions whose bulletin she may read, the words with no more withheld than on its page.

    Words that a lead has put into the action by hand stay as they are.
    """
    asking = Item.objects.filter(action__in=actions, state=ItemState.ACCEPTED)
    items = asking.filter(bulletin__in=Bulletin.objects.filter(read_by(by, on)))
    items = items.select_related("bulletin", "action").prefetch_related("audience", "bulletin__audience")
    areas = {item.bulletin.area_id for item in items}
    kept = {area: secrets_for_all(area=area) for area in areas}
    mine = {area: secrets_from(by=by, area=area, on=on) for area in areas}
    words = {}
    for item in items:
        action, area = item.action, item.bulletin.area_id
        written, hers = item.wanted(kept[area]), item.wanted(mine[area])
        if action is None or written is None or hers is None:
            continue
        words[action.pk] = Words(
            hers.what if action.what == written.what else action.what,
            hers.quote if action.quote == written.quote else action.quote,
            hers.source_label if action.source_label == written.source_label else action.source_label,
        )
    return words
