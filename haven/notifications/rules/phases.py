"""Which schools look like another, and whether one teaches children of an age.

Among schools with much the same name, the one of another phase is easily taken for the right one. The ages are those
that England's phases commonly teach; the sources of the domain do not give them, so a mismatch refuses nothing: whoever
sends says why it is right.
"""

from collections.abc import Iterable, Mapping
from typing import Protocol, TypeVar

from rapidfuzz import fuzz

AGES: Mapping[str, tuple[int, int]] = {
    "nursery": (2, 5),
    "primary": (4, 11),
    "middle": (8, 14),
    "secondary": (11, 19),
    "16-plus": (16, 19),
    "all-through": (2, 19),
}
"""From which age to which each phase of the national register teaches. A phase that is not here may teach any."""

ALIKE = 84  # of 100
COMMON = frozenset(
    "academy and c catholic ce church college community cofe controlled e england high infant infants junior of "
    "primary rc roman s school schools secondary the voluntary".split()
)
"""Words of a school's name that do not tell it from another."""

_SPELT = {"saint": "st", "saints": "ss", "&": "and"}


class Named(Protocol):
    """A school as far as it is told from others by its name."""

    @property
    def urn(self) -> int:
        """Its number in the national register."""

    @property
    def name(self) -> str:
        """Its whole name."""


School = TypeVar("School", bound=Named)


def teaches(phase: str, age: int) -> bool:
    """Whether a school of this phase teaches children of this age, as far as its phase says."""
    youngest, oldest = AGES.get(phase, (0, 120))
    return youngest <= age <= oldest


def look_alikes(of: Named, among: Iterable[School]) -> list[School]:
    """The others whose names could be taken for this one's, the likest first."""
    told = _telling(of.name)
    scored = [(fuzz.token_set_ratio(told, _telling(each.name)), each) for each in among if each.urn != of.urn]
    alike = [(score, each) for score, each in scored if score >= ALIKE]
    return [each for _, each in sorted(alike, key=lambda pair: (-pair[0], pair[1].name, pair[1].urn))]


def _telling(name: str) -> str:
    """The words of a name that tell it from others; all of them where none would be left."""
    words = ["".join(letter for letter in word if letter.isalnum()) for word in name.casefold().split()]
    spelt = [_SPELT.get(word, word) for word in words if word]
    return " ".join([word for word in spelt if word not in COMMON] or spelt)
