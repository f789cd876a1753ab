"""What each kind of reader usually reads of a document: where the governing body begins, and what it may change.

`AS_GUIDED` is what the document says itself: staff who work directly with children read at least Part one; others read
Part one, or Annex A where the governing body chooses so; leaders and those who work directly with children read Annex B
(KCSIE 2021 to 2025, as training providers and a law firm restate it). `AS_SOME_DO` is one trust's published matrix: no
rule, and said to be not confirmed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from haven.readings.rules.kinds import ReaderKind
from haven.readings.rules.parts import part_key

KCSIE = "keeping-children-safe-in-education"
STAFF = frozenset({ReaderKind.DIRECT, ReaderKind.INDIRECT})
LEADERS = frozenset({ReaderKind.LEADER, ReaderKind.SAFEGUARDING_GOVERNOR})


class Ground(StrEnum):
    """What a usual choice rests on."""

    GUIDED = "guided"
    UNCONFIRMED = "unconfirmed"


AS_GUIDED: Mapping[str, Mapping[str, frozenset[ReaderKind]]] = {
    KCSIE: {
        "Part one": STAFF | {ReaderKind.LEADER},
        "Annex B": frozenset({ReaderKind.DIRECT, ReaderKind.LEADER}),
    }
}
AS_SOME_DO: Mapping[str, Mapping[str, frozenset[ReaderKind]]] = {
    KCSIE: {
        "Part one": LEADERS,
        "Part two": LEADERS | {ReaderKind.GOVERNOR},
        "Part three": LEADERS | {ReaderKind.RECRUITER},
        "Part four": LEADERS | {ReaderKind.RECRUITER},
        "Part five": LEADERS | STAFF,
        "Annex B": LEADERS,
        "Annex C": LEADERS | {ReaderKind.GOVERNOR},
        "Annex D": LEADERS,
        "Annex E": LEADERS | {ReaderKind.RECRUITER},
    }
}
INSTEAD: Mapping[str, str] = {
    KCSIE: "Staff who do not work directly with children read Part one, or Annex A where the governing body chooses "
    "so. The choice is the governing body’s, not each person’s own."
}
"""What the document leaves to the governing body."""

NAMED_PARTS: Mapping[str, tuple[str, ...]] = {
    KCSIE: (
        "Part one",
        "Part two",
        "Part three",
        "Part four",
        "Part five",
        "Annex A",
        "Annex B",
        "Annex C",
        "Annex D",
        "Annex E",
    )
}
"""The parts by name, for an edition whose text is not in Haven. They differ from edition to edition."""


@dataclass(frozen=True, slots=True)
class Usual:
    """The kinds that usually read a part, and what each rests on."""

    grounds: Mapping[ReaderKind, Ground]

    @property
    def kinds(self) -> frozenset[ReaderKind]:
        """All of them."""
        return frozenset(self.grounds)


def usual_of(document_key: str | None, name: str) -> Usual:
    """Who usually reads a part of this document; nobody where nothing is known of it."""
    guided, others = (_of(table, document_key, name) for table in (AS_GUIDED, AS_SOME_DO))
    return Usual(dict.fromkeys(others, Ground.UNCONFIRMED) | dict.fromkeys(guided, Ground.GUIDED))


def _of(table: Mapping[str, Mapping[str, Iterable[ReaderKind]]], document: str | None, name: str) -> list[ReaderKind]:
    known = {part_key(part): kinds for part, kinds in table.get(document or "", {}).items()}
    wanted = frozenset(known.get(part_key(name), ()))
    return [kind for kind in ReaderKind if kind in wanted]
