"""What an action asks, in the words that this reader may have.

Its row holds the words that anybody may have: a contact that is marked is withheld in them. Who may have it, only the
capability knows that the action comes from; `SOURCES` of the settings names the query of each that answers for it.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from haven.access.actor import Actor
from haven.actions.models import Action
from haven.actions.rules import WITHHELD
from haven.engines.days.moments import local_day


@dataclass(frozen=True, slots=True)
class Words:
    """What an action says of itself."""

    what: str
    quote: str
    source_label: str

    @classmethod
    def of(cls, action: Action) -> "Words":
        """The words that anybody may have."""
        return cls(action.what, action.quote, action.source_label)

    @property
    def are_withheld(self) -> bool:
        """Whether a contact is withheld in them."""
        return any(WITHHELD in each for each in (self.what, self.quote, self.source_label))


Source = Callable[[Collection[Action], Actor, date], Mapping[UUID, Words]]


def words_for(*, actions: Iterable[Action], by: Actor, at: datetime) -> dict[UUID, Words]:
    """For each of these actions its words, nothing withheld that this reader may have."""
    known = {action.pk: action for action in actions}
    words = {pk: Words.of(action) for pk, action in known.items()}
    withheld = [known[pk] for pk, each in words.items() if each.are_withheld]
    for place, name in settings.SOURCES.items():
        if asked := [action for action in withheld if action.source_address.startswith(place)]:
            source: Source = import_string(name)
            words |= source(asked, by, local_day(at))
    return words
