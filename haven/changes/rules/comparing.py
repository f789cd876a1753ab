"""What is made of a comparison: the lasting name of a change, its verdicts, and which changes are shown."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from haven.actions.rules import LONGEST_LABEL
from haven.engines.compare.changes import Change
from haven.engines.compare.clauses import Clause
from haven.engines.compare.telling import shortened, title_of
from haven.guidance.rules.fingerprints import key_of, words_digest

LONGEST_WORDS = 4000


class Verdict(StrEnum):
    """What a change means for an area."""

    NO_EFFECT = "no-effect"
    NOTE = "note"
    ACTION = "action"


VERDICTS = {Verdict.NO_EFFECT: "No effect", Verdict.NOTE: "Note", Verdict.ACTION: "Action"}


class Concern(StrEnum):
    """Whom the words of a change speak of."""

    GOVERNORS = "governors"
    LEADS = "leads"
    HEADS = "heads"


CONCERNS = {
    Concern.GOVERNORS: "Governors and proprietors",
    Concern.LEADS: "Designated safeguarding leads",
    Concern.HEADS: "Head teachers",
}
_SPOKEN_OF = {
    Concern.GOVERNORS: re.compile(
        r"\b(?:govern(?:ors?|ance)|governing (?:body|bodies|boards?)|proprietors?|trustees?|trust boards?)\b",
        re.IGNORECASE,
    ),
    Concern.LEADS: re.compile(r"\b(?:designated|deputy) safeguarding leads?\b|\bDSLs?\b", re.IGNORECASE),
    Concern.HEADS: re.compile(r"\bhead ?teachers?\b|\bprincipals\b", re.IGNORECASE),
}


class Judged(StrEnum):
    """Whether a change was judged, and how."""

    NOT_YET = "not-yet"
    ALREADY = "already"
    NO_EFFECT = Verdict.NO_EFFECT.value
    NOTE = Verdict.NOTE.value
    ACTION = Verdict.ACTION.value


JUDGED = {Judged.NOT_YET: "Not judged yet", Judged.ALREADY: "Judged"} | {
    Judged(verdict.value): label for verdict, label in VERDICTS.items()
}


@dataclass(frozen=True, slots=True)
class Sides:
    """The words on either side of a change, told by their digests; empty where there are none. Another edition with the
    same words on both sides has the same change, whatever its numbers and typography."""

    old: str
    new: str

    @property
    def ref(self) -> str:
        """By what the change is named in addresses."""
        return hashlib.sha256(f"{self.old} {self.new}".encode()).hexdigest()[:16]


def sides_of(change: Change) -> Sides:
    """The words on either side of a change."""
    return Sides(_digest(change.old), _digest(change.new))


def touched_by(change: Change) -> list[str]:
    """The digest of each clause on either side, in order, each once."""
    return list(dict.fromkeys(_digest([clause]) for clause in (*change.old, *change.new)))


def refs_of(sides: Iterable[Sides]) -> list[str]:
    """The name of each change of a comparison. Where the same words changed the same way twice, they are counted."""
    seen: Counter[str] = Counter()
    refs = []
    for each in sides:
        seen[each.ref] += 1
        refs.append(each.ref if seen[each.ref] == 1 else f"{each.ref}-{seen[each.ref]}")
    return refs


def concerns_of(change: Change) -> frozenset[Concern]:
    """Whom its words speak of, on either side or in the headings above."""
    clauses = (*change.old, *change.new)
    words = "\n".join([*(clause.text for clause in clauses), *(line for clause in clauses for line in clause.heading)])
    return frozenset(concern for concern, pattern in _SPOKEN_OF.items() if pattern.search(words))


def is_judged_so(verdict: Verdict | None, wanted: Judged) -> bool:
    """Whether a verdict, or that there is none, is what is looked for."""
    if wanted is Judged.NOT_YET:
        return verdict is None
    return verdict is not None and (wanted is Judged.ALREADY or wanted.value == verdict.value)


def judged_counts(verdicts: Iterable[Verdict | None]) -> Mapping[Judged, int]:
    """How many changes were judged, how, and how many were not."""
    known = list(verdicts)
    return {judged: sum(is_judged_so(each, judged) for each in known) for judged in Judged}


def quote_of(change: Change) -> str:
    """The words that a change leaves, or those that it takes away."""
    return "\n".join(clause.text for clause in change.new or change.old)


def source_of(title: str, label: str, change: Change) -> str:
    """What the change is called where it is the source of something."""
    place = title_of(change)
    return named_source(title, label, f"{place}, taken out" if not change.new else place)


def named_source(title: str, label: str, place: str) -> str:
    """A place in a document, as the source of something; a long title is cut."""
    room = LONGEST_LABEL - len(place) - len(label) - 6
    return f"{shortened(title, max(room, 20))}, {label}: {place}"[:LONGEST_LABEL]


def address_of(old: UUID, new: UUID, ref: str) -> str:
    """Where one change stands, whatever is shown of the others."""
    return f"/changes/{old}/{new}/{ref}/"


def _digest(clauses: Sequence[Clause]) -> str:
    return words_digest(key_of(clause) for clause in clauses) if clauses else ""
