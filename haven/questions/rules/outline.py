"""A template's content as values: parts, sections, questions, and when each is asked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from haven.questions.rules.kinds import CHOSEN, Choice, Kind, Stands


class Use(StrEnum):
    """What a template is for."""

    AUDIT = "audit"
    INTERIM = "interim"
    TOPIC = "topic"
    SURVEY = "survey"
    EVALUATION = "evaluation"
    VISIT = "visit"


USES: Mapping[Use, str] = {
    Use.AUDIT: "Yearly audit",
    Use.INTERIM: "Interim audit of an off year",
    Use.TOPIC: "Audit of one topic",
    Use.SURVEY: "Survey of a meeting",
    Use.EVALUATION: "Evaluation of a course",
    Use.VISIT: "Visit by a governor",
}

AUDITS = frozenset({Use.AUDIT, Use.INTERIM, Use.TOPIC, Use.VISIT})
"""What a school answers as a school; the rest, people answer as people."""

OPINIONS = frozenset({Use.SURVEY, Use.EVALUATION})
"""What asks for opinions: no answer is lacking anything, so none owes a reason."""


@dataclass(frozen=True, slots=True)
class Law:
    """What a question rests on. `document` is a key of the guidance catalogue; without it `says` is all there is."""

    says: str
    document: str = ""
    place: str = ""  # the paragraph as printed


@dataclass(frozen=True, slots=True)
class Condition:
    """That an earlier question was answered with one of these."""

    question: str
    among: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Applies:
    """Whom a question is for: any of each list, all lists that are given; with none, everybody."""

    phases: tuple[str, ...] = ()
    types: tuple[str, ...] = ()  # of school, in the register's words
    traits: tuple[str, ...] = ()  # what a school says of itself


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    key: str
    label: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Trait:
    """What a school may say of itself, so that only what concerns it is asked."""

    key: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question. `key` is its name for ever: answers of two years meet by it."""

    key: str
    ref: str  # as printed
    words: str
    kind: Kind
    help: str = ""
    evidence: tuple[str, ...] = ()
    law: tuple[Law, ...] = ()
    scale: str = ""  # the name of its scale in the template
    choices: tuple[Choice, ...] = ()
    columns: tuple[Column, ...] = ()
    is_compulsory: bool = True
    applies: Applies = field(default_factory=Applies)
    shown_if: tuple[Condition, ...] = ()
    fact: str = ""
    shared: str = ""
    governors_ask: str = ""
    least: float | None = None
    most: float | None = None
    unit: str = ""

    @property
    def is_chosen(self) -> bool:
        """Whether it is answered by choosing, and so worth something."""
        return self.kind in CHOSEN

    def choice(self, value: object) -> Choice | None:
        """The choice that was taken."""
        return next((each for each in self.choices if each.value == value), None)

    def stands(self, value: object) -> Stands | None:
        """What an answer is worth; none where there is none."""
        if value is None or value in ("", [], {}):
            return None
        if not self.is_chosen:
            return Stands.SAID
        taken = self.choice(value)
        return taken.stands if taken else None


@dataclass(frozen=True, slots=True)
class Section:
    """Questions that stand on one page."""

    key: str
    title: str
    number: str  # as printed: counted through the template
    about: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Sections that belong together."""

    key: str
    title: str
    about: str
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Outline:
    """All of one version of a template."""

    title: str
    use: Use
    about: str
    traits: tuple[Trait, ...]
    parts: tuple[Part, ...]

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """Every section, in order."""
        return tuple(section for part in self.parts for section in part.sections)

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """Every question by its key, in order."""
        return {question.key: question for section in self.sections for question in section.questions}

    @cached_property
    def section_of(self) -> Mapping[str, Section]:
        """The section in which each question stands."""
        return {question.key: section for section in self.sections for question in section.questions}

    @cached_property
    def governing(self) -> frozenset[str]:
        """The questions whose answers decide on whether others are asked."""
        return frozenset(condition.question for question in self for condition in question.shown_if)

    def section(self, key: str) -> Section | None:
        """The section of this key."""
        return next((each for each in self.sections if each.key == key), None)

    def after(self, section: Section) -> Section | None:
        """The section that follows."""
        following = self.sections[self.sections.index(section) + 1 :]
        return following[0] if following else None

    def __iter__(self) -> Iterator[Question]:
        return iter(self.questions.values())
