"""How schools answered one question: the distribution, last year's beside it, and where it is lacking."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from uuid import UUID

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused
from haven.audits.models import Cycle, Return
from haven.people.models import Cluster
from haven.questions.rules.changed import Change, changes
from haven.questions.rules.kinds import LACKING, Kind, Stands
from haven.questions.rules.outline import Question, Section
from haven.questions.rules.telling import Worth, worth_of
from haven.reports.queries.sent import Given, Sought, answers_sent, choices_of, cycle_kept, returns_sought
from haven.reports.rules.shares import JUDGED, Share, bar, is_of_a_hundred, percent, share_of


@dataclass(frozen=True, slots=True)
class Level:
    """One answer, and how many schools gave it."""

    label: str
    worth: Worth
    number: int
    percent: int | None


@dataclass(frozen=True, slots=True)
class Numbers:
    """What schools answered where a number is asked for."""

    schools: int
    least: float
    middle: float
    most: float
    total: float | None  # none of shares: a sum of percentages says nothing


@dataclass(frozen=True, slots=True)
class Since:
    """Then and now, of the schools that were asked it and judged both times."""

    schools: int
    then: Share
    now: Share
    is_reworded: bool


@dataclass(frozen=True, slots=True)
class Lacking:
    """A school that has not wholly in place what is asked."""

    return_id: UUID
    school: str
    worth: Worth


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """One question through all schools that sent."""

    cycle: Cycle
    sought: Sought
    phases: Sequence[tuple[str, str]]
    clusters: Sequence[Cluster]
    section: Section
    question: Question
    levels: tuple[Level, ...]
    asked: int  # how many of those who sent were asked it
    share: Share
    numbers: Numbers | None
    since: Since | None
    lacking: tuple[Lacking, ...]
    before: Question | None
    after: Question | None

    @property
    def bar(self) -> tuple[tuple[str, float, float], ...]:
        """All levels as one bar."""
        return bar([(level.worth.key or "nothing", level.number) for level in self.levels])


def distribution(*, cycle_id: UUID, key: str, by: Actor, on: date, sought: Sought) -> Distribution:
    """How one question was answered. Raises `Refused` where she does not lead the area, or it is not asked."""
    cycle = cycle_kept(cycle_id=cycle_id, by=by)
    outline = cycle.version.outline
    if key not in outline.questions:
        raise Refused(Reason.NOT_THE_AREA)
    question = outline.questions[key]
    returns = returns_sought(cycle, sought, on)
    is_number = question.kind is Kind.NUMBER
    given = list(answers_sent(outline, returns, [key], with_values=question.is_chosen or is_number))
    phases, clusters = choices_of(cycle)
    keys = list(outline.questions)
    place = keys.index(key)
    return Distribution(
        cycle=cycle,
        sought=sought,
        phases=phases,
        clusters=clusters,
        section=outline.section_of[key],
        question=question,
        levels=tuple(levels_of(question, given)),
        asked=len(given),
        share=share_of([each.stands for each in given]),
        numbers=numbers_of(question, given) if is_number else None,
        since=_since(cycle, question, given, sought, on),
        lacking=tuple(_lacking(returns, given)),
        before=outline.questions[keys[place - 1]] if place else None,
        after=outline.questions[keys[place + 1]] if place + 1 < len(keys) else None,
    )


def levels_of(question: Question, given: Sequence[Given]) -> list[Level]:
    """How many gave each answer, and how many none."""
    counted = Counter(_answer(each) for each in given)
    known = [(each.value, each.label, each.stands.value) for each in question.choices]
    if not question.is_chosen:
        known = [(Stands.SAID.value, "Answered", Stands.SAID.value)]
    return [
        Level(label, worth_of(stands), counted[value], percent(counted[value], len(given)))
        for value, label, stands in [*known, ("", "Not answered", "")]
    ]


def _answer(given: Given) -> str:
    if not given.stands:
        return ""
    return str(given.value) if given.question.is_chosen else Stands.SAID.value


def numbers_of(question: Question, given: Sequence[Given]) -> Numbers | None:
    """The numbers that were given; none where none was."""
    said = [each.value for each in given if isinstance(each.value, int | float)]
    if not said:
        return None
    total = None if is_of_a_hundred(question.unit) else sum(said)
    return Numbers(len(said), min(said), median(said), max(said), total)


def _since(cycle: Cycle, question: Question, given: Sequence[Given], sought: Sought, on: date) -> Since | None:
    if cycle.before is None or not question.is_chosen:
        return None
    outline = cycle.before.version.outline
    if question.key not in outline.questions:
        return None
    earlier = answers_sent(outline, returns_sought(cycle.before, sought, on), [question.key])
    then = {each.school: each.stands for each in earlier if each.stands in JUDGED}
    both = [(then[each.school], each.stands) for each in given if each.school in then and each.stands in JUDGED]
    if not both:
        return None
    reworded = changes(cycle.version.outline, outline)[question.key] is Change.REWORDED
    return Since(len(both), share_of([old for old, _ in both]), share_of([new for _, new in both]), reworded)


def _lacking(returns: Sequence[Return], given: Sequence[Given]) -> list[Lacking]:
    stands = {each.school: each.stands for each in given if each.stands in LACKING}
    found = [
        Lacking(each.pk, each.organisation.name, worth_of(stands[each.organisation_id]))
        for each in returns
        if each.organisation_id in stands
    ]
    return sorted(found, key=lambda each: each.worth.key != Stands.NOT_IN_PLACE)
