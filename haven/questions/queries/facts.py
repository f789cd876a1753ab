"""What Haven knows of a school, by which questions answer themselves.

Questionnaires do not know who knows; `FACTS` of the settings names for each fact the query of a capability.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.module_loading import import_string

from haven.people.models import Organisation
from haven.questions.rules.kinds import Stands


@dataclass(frozen=True, slots=True)
class Known:
    """One fact about a school on a day. It is worth nothing where Haven knows something, but not enough to judge."""

    stands: Stands | None
    words: str  # a sentence or two, for the school's own eyes
    records: tuple[tuple[str, str], ...] = ()  # title and address of what shows it


Fact = Callable[[Organisation, date], Known | None]
"""What is known of a school on a day; none where Haven knows nothing."""


def known(*, facts: Collection[str], organisation: Organisation, on: date) -> Mapping[str, Known]:
    """What Haven knows of these facts; those of which it knows nothing are left out."""
    found: dict[str, Known] = {}
    for name in sorted(set(facts) & set(settings.FACTS)):
        fact: Fact = import_string(settings.FACTS[name])
        if (each := fact(organisation, on)) is not None:
            found[name] = each
    return found


def share(done: int, all_: int) -> Stands:
    """What so many of all are worth: all of them, some, or none."""
    if done >= all_:
        return Stands.IN_PLACE
    return Stands.PARTLY if done else Stands.NOT_IN_PLACE
