"""The names and the birth date of somebody, as they are typed, sealed and opened."""

import json
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

OLDEST = 120  # years


class Sort(StrEnum):
    """What somebody is to the work."""

    CHILD = "child"
    ADULT = "adult"


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is: as little as tells her from others."""

    first_name: str
    last_name: str
    born_on: date | None = None
    other_names: str = ""

    @property
    def name(self) -> str:
        """The name as people say it."""
        return f"{self.first_name} {self.last_name}"

    def tidy(self) -> "Identity":
        """Without doubled or outer spaces."""
        first, last, other = (" ".join(each.split()) for each in (self.first_name, self.last_name, self.other_names))
        return Identity(first, last, self.born_on, other)

    def as_text(self) -> str:
        """To be sealed: the names alone, the birth date being sealed by itself."""
        return json.dumps([self.first_name, self.last_name, self.other_names], ensure_ascii=False)


def from_text(names: str, born_on: str) -> Identity:
    """What `as_text` and a day in ISO form said. Raises `ValueError` for what they never say."""
    first, last, other = json.loads(names)
    return Identity(first, last, date.fromisoformat(born_on) if born_on else None, other)


def faults(identity: Identity, sort: Sort, on: date) -> list[str]:
    """What is wrong with it, in words for whoever typed it."""
    said = []
    if not identity.first_name or not identity.last_name:
        said.append("Give a first name and a last name.")
    if sort is Sort.CHILD and identity.born_on is None:
        said.append("Give the child’s date of birth.")
    if identity.born_on and not on.year - OLDEST <= identity.born_on.year <= on.year:
        said.append("That date of birth cannot be right.")
    elif identity.born_on and identity.born_on > on:
        said.append("A date of birth cannot lie ahead.")
    if sort is Sort.CHILD and identity.born_on and _age(identity.born_on, on) >= 18:
        said.append("Somebody of 18 or more is an adult here.")
    return said


def _age(born_on: date, on: date) -> int:
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))
