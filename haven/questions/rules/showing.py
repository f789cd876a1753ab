"""Which questions a school is asked, and how far it is."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from haven.questions.rules.kinds import Stands
from haven.questions.rules.outline import Applies, Outline, Question, Section


@dataclass(frozen=True, slots=True)
class School:
    """What decides which questions a school is asked."""

    phase: str = ""
    school_type: str = ""
    traits: frozenset[str] = frozenset()


def concerns(applies: Applies, school: School) -> bool:
    """Whether a question is for this school. Where the register gives a school no phase, no phase shuts it out."""
    in_phase = not applies.phases or not school.phase or school.phase in applies.phases
    of_type = not applies.types or school.school_type in applies.types
    has_trait = not applies.traits or bool(school.traits & set(applies.traits))
    return in_phase and of_type and has_trait


def asked(outline: Outline, school: School, values: Mapping[str, object]) -> Iterator[Question]:
    """The questions this school is asked, as it has answered so far. One behind a hidden question is hidden too."""
    shown: set[str] = set()
    for question in outline:
        conditions_hold = all(
            each.question in shown and values.get(each.question) in each.among for each in question.shown_if
        )
        if concerns(question.applies, school) and conditions_hold:
            shown.add(question.key)
            yield question


@dataclass(frozen=True, slots=True)
class Counts:
    """How far a section is, and apart from that what its answers are worth. `waiting` are there but not confirmed."""

    asked: int = 0
    answered: int = 0
    waiting: int = 0
    in_place: int = 0
    partly: int = 0
    not_in_place: int = 0
    not_applicable: int = 0
    said: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(mine + theirs for mine, theirs in zip(self.figures, other.figures, strict=True)))

    @property
    def figures(self) -> tuple[int, ...]:
        """In the order of the fields."""
        return (
            self.asked,
            self.answered,
            self.waiting,
            self.in_place,
            self.partly,
            self.not_in_place,
            self.not_applicable,
            self.said,
        )

    @property
    def is_complete(self) -> bool:
        """Whether nothing is left to answer."""
        return self.answered >= self.asked

    @property
    def judged(self) -> int:
        """How many answers are worth something."""
        return self.in_place + self.partly + self.not_in_place


@dataclass(frozen=True, slots=True)
class Given:
    """What is known of one answer, for counting."""

    stands: Stands | None
    is_confirmed: bool


def counts(section: Section, asked_keys: Collection[str], given: Mapping[str, Given]) -> Counts:
    """The counts of one section: only questions that are asked count."""
    keys = [question.key for question in section.questions if question.key in asked_keys]
    there = [given[key] for key in keys if key in given and given[key].stands is not None]
    done = [each.stands for each in there if each.is_confirmed]
    return Counts(
        asked=len(keys),
        answered=len(done),
        waiting=len(there) - len(done),
        in_place=done.count(Stands.IN_PLACE),
        partly=done.count(Stands.PARTLY),
        not_in_place=done.count(Stands.NOT_IN_PLACE),
        not_applicable=done.count(Stands.NOT_APPLICABLE),
        said=done.count(Stands.SAID),
    )
