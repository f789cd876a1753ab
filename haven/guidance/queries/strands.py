"""What hangs on the clauses of a document: the actions, policies and readings that rest on their words.

Guidance does not know who builds on it; `STRANDS` of the settings names the query of each capability that does.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.module_loading import import_string

from haven.access.actor import Actor
from haven.guidance.models import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Strand:
    """One thing that hangs on a clause. `beside` says in a few words where it stands."""

    kind: str  # "Action", "Policy": one word that people know
    title: str
    address: str
    beside: str = ""


Strands = Callable[[Document, Collection[str], Actor, date], Mapping[str, Sequence[Strand]]]
"""Of one kind, what hangs on clauses and this reader may see: for each digest of a clause's words, and for "" what
hangs on the document as a whole. One query each, whatever the number of clauses."""


def strands_on(*, document: Document, words: Collection[str], by: Actor, on: date) -> dict[str, list[Strand]]:
    """Everything that hangs on clauses with these words and that she may see, in the order of the kinds."""
    found: dict[str, list[Strand]] = {}
    for name in settings.STRANDS:
        strands: Strands = import_string(name)
        for digest, hanging in strands(document, words, by, on).items():
            found.setdefault(digest, []).extend(hanging)
    return found
