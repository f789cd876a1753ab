"""Who at a school gets what concerns a child, and who does where nobody there may."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from uuid import UUID

from haven.access.roles import COUNCIL_LEADS, Role
from haven.subjects.rules.ties import RECIPIENTS


class Rung(IntEnum):
    """How far up something must go until somebody is there who may have it."""

    RECIPIENT = 1  # the school's safeguarding leads, and who covers them
    HEAD = 2
    ABOVE = 3  # the chair of governors, the trust's lead
    COUNCIL = 4  # the council's officer for it
    ANYONE = 5  # whoever leads safeguarding for the council
    NOBODY = 6


ROLES: dict[Rung, frozenset[Role]] = {
    Rung.RECIPIENT: RECIPIENTS,
    Rung.HEAD: frozenset({Role.HEAD}),
    Rung.ABOVE: frozenset({Role.CHAIR, Role.TRUST_LEAD}),
    Rung.COUNCIL: frozenset({Role.DUTY_OFFICER, Role.HOME_EDUCATION_OFFICER}),
    Rung.ANYONE: COUNCIL_LEADS,
}
"""Who stands on each rung. Which of the council's officers it is, the area says."""

HIGHEST_WITHOUT_ALARM = Rung.RECIPIENT
"""Above it, somebody must look why: no lead of the school could be asked."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who can sign in and holds, or covers, a post on a rung."""

    person: UUID
    rung: Rung


@dataclass(frozen=True, slots=True)
class Chosen:
    """Who gets it: everybody on the lowest rung on which anybody may."""

    people: tuple[UUID, ...]
    rung: Rung

    @property
    def is_alarm(self) -> bool:
        """Whether no lead of the school was left."""
        return self.rung > HIGHEST_WITHOUT_ALARM


def choose(candidates: Iterable[Candidate], *, excluded: Collection[UUID]) -> Chosen:
    """The people of the lowest rung that has any who is not excluded."""
    there = [each for each in candidates if each.person not in excluded]
    if not there:
        return Chosen((), Rung.NOBODY)
    lowest = min(each.rung for each in there)
    return Chosen(tuple(sorted({each.person for each in there if each.rung is lowest}, key=str)), lowest)


def rungs(*, council_role: Role) -> Sequence[tuple[Rung, frozenset[Role]]]:
    """The rungs from the lowest, with the council's officer that this area names."""
    named = ROLES | {Rung.COUNCIL: frozenset({council_role})}
    return [(rung, named[rung]) for rung in sorted(named)]
