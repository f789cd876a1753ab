"""Sending what was looked at: words that could tell where a family is leave only after a person's recorded choice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused
from haven.ledger.services import Deed, record_all
from haven.ledger.together import part
from haven.notifications.rules.items import ASKED, Item, Sort
from haven.notifications.rules.sending import NewNotification
from haven.notifications.rules.traces import Trace, traces
from haven.notifications.services.sending import Accepted, Answer, accept_all

LOOK = (
    "Some words could tell where somebody is: a postcode, a number, a street. Take them out, or say that they are safe"
)


@dataclass(frozen=True, slots=True)
class Checked:
    """What is to be sent, and whether a person looked at words in it that could tell where somebody is."""

    new: NewNotification
    are_words_checked: bool


def send(*, new: NewNotification, are_words_checked: bool, by: Actor, at: datetime) -> Accepted:
    """Accept a notification whose words were looked at. Raises `Refused` as `accept` does, and `KeyIsUsed`.

    That such words were sent on purpose is written in the ledger: their kinds, never the words.
    """
    answer = send_all(checked=[Checked(new, are_words_checked)], by=by, at=at)[0]
    if isinstance(answer, Accepted):
        return answer
    raise answer


@part()
def send_all(*, checked: Sequence[Checked], by: Actor, at: datetime) -> list[Answer]:
    """The same for many: what cannot be sent is refused by itself, and the others are kept."""
    found = [sorted(_traces_in(each.new)) for each in checked]
    is_sent = [each.are_words_checked or not words for each, words in zip(checked, found, strict=True)]
    answers = iter(
        accept_all(new=[each.new for each, goes in zip(checked, is_sent, strict=True) if goes], by=by, at=at)
    )
    answered = [next(answers) if goes else Refused(Reason.NOT_READY, LOOK) for goes in is_sent]
    about = [
        {"notification": answer.notification.pk, "kinds": words, "area": answer.notification.area_id}
        for answer, words in zip(answered, found, strict=True)
        if words and isinstance(answer, Accepted) and answer.is_new
    ]
    record_all([Deed("notification.words_kept", each) for each in about], by=by, at=at)
    return answered


def _traces_in(new: NewNotification) -> set[Trace]:
    """What kinds of words in it could tell where somebody is."""
    told = [*new.items.items(), *(pair for child in new.children for pair in child.items.items())]
    return {each.trace for name, words in told if name in _FREE for each in traces(words)}


_FREE = frozenset(
    item.value for item in Item if ASKED[item].sort in (Sort.LINE, Sort.TEXT) and item is not Item.REFERENCE
)
"""Items in which somebody writes what she likes."""
