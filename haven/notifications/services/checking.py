"""Sending what was looked at: words that could tell where a family is leave only after a person's recorded choice."""

from datetime import datetime

from django.db import transaction

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused
from haven.ledger.services import record
from haven.notifications.rules.items import ASKED, Item, Sort
from haven.notifications.rules.sending import NewNotification
from haven.notifications.rules.traces import Trace, traces
from haven.notifications.services.sending import Accepted, accept

LOOK = (
    "Some words could tell where somebody is: a postcode, a number, a street. Take them out, or say that they are safe"
)


def send(*, new: NewNotification, are_words_checked: bool, by: Actor, at: datetime) -> Accepted:
    """Accept a notification whose words were looked at. Raises `Refused` as `accept` does, and `KeyIsUsed`.

    That such words were sent on purpose is written in the ledger: their kinds, never the words.
    """
    found = sorted(_traces_in(new))
    if found and not are_words_checked:
        raise Refused(Reason.NOT_READY, LOOK)
    with transaction.atomic():
        accepted = accept(new=new, by=by, at=at)
        if found and accepted.is_new:
            about = {"notification": accepted.notification.pk, "kinds": found, "area": new.area}
            record("notification.words_kept", by=by, at=at, about=about)
    return accepted


def _traces_in(new: NewNotification) -> set[Trace]:
    """What kinds of words in it could tell where somebody is."""
    told = [*new.items.items(), *(pair for child in new.children for pair in child.items.items())]
    return {each.trace for name, words in told if name in _FREE for each in traces(words)}


_FREE = frozenset(
    item.value for item in Item if ASKED[item].sort in (Sort.LINE, Sort.TEXT) and item is not Item.REFERENCE
)
"""Items in which somebody writes what she likes."""
