"""What schools sent in a cycle, as an area may see it: nothing of an answer before it is sent."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, require
from haven.audits.models import Cycle, Return
from haven.audits.rules.life import IN_HAND
from haven.people.models import Cluster, ClusterPlace, Phase, on_day
from haven.people.queries import clusters_of
from haven.questions.models import Answer, Support
from haven.questions.queries.counting import ByQuestion
from haven.questions.rules.kinds import Kind, Stands
from haven.questions.rules.outline import Outline, Question
from haven.questions.rules.showing import School, asked
from haven.reports.policy import may_keep


@dataclass(frozen=True, slots=True)
class Sought:
    """Which schools of a cycle, and in what order. Pages are counted from one."""

    phase: str = ""
    cluster: UUID | None = None
    order: str = ""
    page: int = 1


class Given(NamedTuple):
    """What one school sent for one question that it was asked. Empty where it answered nothing."""

    school: UUID
    question: Question
    stands: str
    value: object = None


def cycle_kept(*, cycle_id: UUID, by: Actor) -> Cycle:
    """A cycle of an area that she leads, with the one before it. Raises `Refused`."""
    rows = Cycle.objects.select_related("area", "version", "before__version")
    cycle = rows.defer("version__content", "before__version__content").filter(pk=cycle_id).first()
    if cycle is None:
        raise Refused(Reason.NOT_THE_AREA)
    require(may_keep(by, cycle.area_id))
    return cycle


def returns_sought(cycle: Cycle, sought: Sought, on: date) -> list[Return]:
    """The returns of a cycle as far as they are sought, each with its school, by the school's name."""
    rows = Return.objects.filter(cycle=cycle).select_related("organisation", "window", "sheet")
    if sought.phase:
        rows = rows.filter(organisation__phase=sought.phase)
    if sought.cluster:
        places = ClusterPlace.objects.filter(on_day(on), cluster=sought.cluster, cluster__area=cycle.area_id)
        rows = rows.filter(organisation__in=places.values("organisation"))
    returns = list(rows.order_by("organisation__name", "pk"))
    for each in returns:
        each.cycle = cycle
    return returns


def sent(returns: Sequence[Return]) -> list[Return]:
    """Those that the area has in hand: what they say may be seen."""
    return [each for each in returns if each.state in IN_HAND]


def choices_of(cycle: Cycle) -> tuple[list[tuple[str, str]], list[Cluster]]:
    """The phases and the clusters by which the schools of a cycle can be narrowed down."""
    return [(value, label) for value, label in Phase.choices if value], list(clusters_of(areas=[cycle.area_id]))


def answers_sent(
    outline: Outline, returns: Sequence[Return], keys: Collection[str], *, with_values: bool = False
) -> Iterator[Given]:
    """What was sent for some questions, of every school that was asked them. The same few queries for any number.

    An answer to a question that a later answer hid is kept on its sheet, and is not among these.
    """
    in_hand = sent(returns)
    sheets = [each.sheet_id for each in in_hand]
    rows = Answer.objects.filter(sheet__in=sheets, question__in=keys, is_confirmed=True).order_by().values("sheet_id")
    stands: dict[UUID | None, dict[str, str]] = dict(
        rows.annotate(said=ByQuestion("question", "stands")).values_list("sheet_id", "said")
    )
    told = rows.annotate(said=ByQuestion("question", "value")).values_list("sheet_id", "said")
    values: dict[UUID | None, dict[str, object]] = dict(told) if with_values else {}
    given_files = _files(outline, sheets, keys)
    shown = _Shown(outline, sheets, keys)
    for each in in_hand:
        own, own_values = stands.get(each.sheet_id, {}), values.get(each.sheet_id, {})
        for question in shown.of(each):
            has_file = (each.sheet_id, question.key) in given_files
            worth = Stands.SAID.value if has_file else own.get(question.key, "")
            yield Given(each.organisation_id, question, worth, own_values.get(question.key))


def _files(outline: Outline, sheets: Sequence[UUID | None], keys: Collection[str]) -> Collection[tuple[UUID, str]]:
    """Which questions that ask for a file have one."""
    asking = [key for key in keys if outline.questions[key].kind is Kind.FILE]
    rows = Support.objects.filter(sheet__in=sheets, question__in=asking)
    return set(rows.values_list("sheet_id", "question")) if asking else ()


class _Shown:
    """Which of some questions each school was asked. Schools alike in all that decides on it are worked out once."""

    def __init__(self, outline: Outline, sheets: Sequence[UUID | None], keys: Collection[str]) -> None:
        self._outline, self._keys = outline, frozenset(keys)
        governing = outline.governing
        rows = Answer.objects.filter(sheet__in=sheets, question__in=governing).order_by()
        self._values: dict[UUID, dict[str, object]] = {}
        for sheet, question, value in rows.values_list("sheet_id", "question", "value") if governing else ():
            self._values.setdefault(sheet, {})[question] = value
        self._known: dict[tuple[School, str], tuple[Question, ...]] = {}

    def of(self, each: Return) -> tuple[Question, ...]:
        """The questions that this school was asked."""
        if each.sheet is None:
            return ()
        school = School(each.organisation.phase, each.organisation.school_type, frozenset(each.sheet.traits))
        values: Mapping[str, object] = self._values.get(each.sheet.pk, {})
        alike = (school, repr(sorted(values.items())))
        if alike not in self._known:
            shown = asked(self._outline, school, values)
            self._known[alike] = tuple(question for question in shown if question.key in self._keys)
        return self._known[alike]
