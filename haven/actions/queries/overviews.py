"""The lead's picture: schools by actions, and who has not acted on one of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import accumulate
from typing import Any, TypeVar
from uuid import UUID

from django.contrib.postgres.aggregates import JSONBAgg
from django.db.models import Count, JSONField, Max, Q, Value
from django.db.models.functions import JSONObject
from django.db.models.query import QuerySet

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, require
from haven.actions.models import Action, Assignment, Prompt, Version
from haven.actions.models.assigned import STATES
from haven.actions.policy import may_ask, may_oversee
from haven.actions.queries.lists import waiting_and_overdue
from haven.actions.queries.sources import Words, words_for
from haven.actions.rules import (
    ALL_SCHOOLS,
    CLOSED,
    REMIND_AGAIN_AFTER,
    WAITING,
    WITHHELD,
    Standing,
    State,
    is_overdue,
    may_remind_again,
    occurrence_in_words,
)
from haven.engines.days.moments import local_day
from haven.people.models import Area, ClusterPlace, Organisation, Phase
from haven.people.queries import on_day

T = TypeVar("T")
ACTIONS_A_PAGE = 20
SCHOOLS_A_PAGE = 40
ASKED_BY_AN_AREA = Q(action__standing=Standing.PUBLISHED, action__is_own=False)
"""The assignments that a lead's picture counts. What an organisation set for itself is none of hers."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many assignments stand where. Overdue ones are not counted as open."""

    done: int = 0
    open: int = 0
    overdue: int = 0

    @property
    def all(self) -> int:
        """How many there are."""
        return self.done + self.open + self.overdue

    @property
    def bar(self) -> tuple[tuple[str, float, float], ...]:
        """The parts of a bar a hundred wide: what each stands for, where it begins, how wide it is."""
        whole = max(self.all, 1)
        parts = (("done", self.done), ("open", self.open), ("late", self.overdue))
        ends = [*accumulate((count for _, count in parts), initial=0)]
        return tuple(
            (name, round(start * 100 / whole, 2), round(count * 100 / whole, 2))
            for (name, count), start in zip(parts, ends, strict=False)
            if count
        )

    @property
    def percent_done(self) -> int:
        """How many of a hundred are done, rounded down: never 100 while something waits."""
        return self.done * 100 // self.all if self.all else 0


@dataclass(frozen=True, slots=True)
class AskedLine:
    """An action with how far its organisations are. `number` labels its column."""

    number: int
    id: UUID
    what: str
    due_on: date | None
    counts: Counts


@dataclass(frozen=True, slots=True)
class HeatRow:
    """An organisation with its state for each action of the page, as one of the words of `WORST_FIRST`."""

    organisation: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What of the picture to show. Pages are counted from one."""

    area: UUID | None = None
    text: str = ""
    cluster: UUID | None = None
    phase: str = ""
    is_overdue: bool = False
    actions_page: int = 1
    schools_page: int = 1


@dataclass(frozen=True, slots=True)
class Overview:
    """The picture of an area."""

    area: Area
    areas: tuple[Area, ...]
    clusters: tuple[tuple[str, str], ...]  # identifier and name
    counts: Counts
    actions: tuple[AskedLine, ...]
    rows: tuple[HeatRow, ...]
    actions_count: int
    schools_count: int


def overview(*, by: Actor, at: datetime, sought: Sought) -> Overview:
    """The picture of one area the actor leads: hers, where she leads one. Raises `Refused` where she leads none."""
    area, areas = _area(by, sought.area)
    schools = _organisations(area, sought, at)
    lines = _lines(area, sought, schools, at)
    shown = _in_her_words(_page(lines, sought.actions_page, ACTIONS_A_PAGE), by, at)
    some = _page(schools, sought.schools_page, SCHOOLS_A_PAGE)
    total = Counts(*(sum(getattr(line.counts, key) for line in lines) for key in ("done", "open", "overdue")))
    return Overview(area, areas, _clusters(area), total, shown, _rows(some, shown, at), len(lines), len(schools))


def area_counts(*, by: Actor, at: datetime) -> list[tuple[Area, Counts]]:
    """For each area the actor leads, how its organisations stand; for the home page."""
    asked = Assignment.objects.filter(ASKED_BY_AN_AREA, action__area__in=by.leads)
    counted = asked.values("action__area").annotate(
        done=Count("pk", filter=Q(state__in=CLOSED)),
        waiting=Count("pk", filter=Q(state__in=WAITING)),
        overdue=Count("pk", filter=waiting_and_overdue(at)),
    )
    counts = {
        each["action__area"]: Counts(each["done"], each["waiting"] - each["overdue"], each["overdue"])
        for each in counted.order_by()
    }
    return [(area, counts.get(area.pk, Counts())) for area in Area.objects.filter(pk__in=by.leads)]


def _area(by: Actor, asked: UUID | None) -> tuple[Area, tuple[Area, ...]]:
    named = JSONObject(pk="clusters__pk", name="clusters__name")
    there = Q(clusters__isnull=False)
    clusters = JSONBAgg(named, filter=there, order_by="clusters__name", default=Value([], JSONField()))
    areas = tuple(Area.objects.filter(pk__in=by.leads).annotate(its_clusters=clusters))
    chosen = [area for area in areas if asked in (None, area.pk)]
    if not chosen:
        raise Refused(Reason.NOT_THE_AREA)
    return chosen[0], areas


def _clusters(area: Area) -> tuple[tuple[str, str], ...]:
    return tuple((each["pk"], each["name"]) for each in getattr(area, "its_clusters", ()))


def _organisations(area: Area, sought: Sought, at: datetime) -> list[tuple[UUID, str]]:
    """The organisations that anything was asked of in the area, by name, as far as they are sought."""
    asked = Assignment.objects.filter(ASKED_BY_AN_AREA, action__area=area)
    found = Organisation.objects.filter(pk__in=asked.values("organisation"))
    if sought.phase in Phase.values and sought.phase:
        found = found.filter(phase=sought.phase)
    if sought.cluster:
        places = ClusterPlace.objects.filter(on_day(local_day(at)), cluster=sought.cluster, cluster__area=area)
        found = found.filter(pk__in=places.values("organisation"))
    return list(found.order_by("name", "pk").values_list("pk", "name"))


def _lines(area: Area, sought: Sought, schools: Sequence[tuple[UUID, str]], at: datetime) -> list[AskedLine]:
    """The area's actions, newest first, each with its counts among the organisations sought: in one question."""
    asked = Action.objects.filter(area=area, is_own=False, standing=Standing.PUBLISHED)
    for word in sought.text.split():
        asked = asked.filter(what__icontains=word)
    if sought.cluster or sought.phase:
        asked = asked.filter(assignments__organisation__in=[pk for pk, _ in schools])
    counted = asked.values("pk", "what", "due_on").annotate(
        done=Count("assignments", filter=Q(assignments__state__in=CLOSED)),
        waiting=Count("assignments", filter=Q(assignments__state__in=WAITING)),
        overdue=Count("assignments", filter=waiting_and_overdue(at, "assignments__")),
    )
    told = counted.order_by("-published_at", "pk").values_list("pk", "what", "due_on", "done", "waiting", "overdue")
    counts = [(pk, what, due_on, Counts(done, waits - late, late)) for pk, what, due_on, done, waits, late in told]
    found = [each for each in counts if each[3].all and (each[3].overdue or not sought.is_overdue)]
    return [AskedLine(number, *each) for number, each in enumerate(found, start=1)]


def _in_her_words(lines: tuple[AskedLine, ...], by: Actor, at: datetime) -> tuple[AskedLine, ...]:
    """The lines of the page, nothing withheld in them that this lead may have."""
    withheld = Action.objects.filter(pk__in=[line.id for line in lines if WITHHELD in line.what])
    words = words_for(actions=withheld, by=by, at=at)
    return tuple(replace(line, what=words[line.id].what) if line.id in words else line for line in lines)


def _rows(schools: Sequence[tuple[UUID, str]], actions: Sequence[AskedLine], at: datetime) -> tuple[HeatRow, ...]:
    ids = [line.id for line in actions]
    states = Assignment.objects.filter(action__in=ids, organisation__in=[pk for pk, _ in schools]).order_by()
    cells: dict[tuple[UUID, UUID], str] = {}
    for organisation, action, state, due_on, due_time in states.values_list(
        "organisation", "action", "state", "due_on", "due_time"
    ):
        cell = _cell(State(state), is_late=is_overdue(due_on, due_time, at))
        place = (organisation, action)
        cells[place] = min(cell, cells.get(place, "none"), key=WORST_FIRST.index)
    return tuple(HeatRow(name, tuple(cells.get((pk, action), "none") for action in ids)) for pk, name in schools)


WORST_FIRST = ("late", "returned", "open", "done", "not-applicable", "none")
"""Where an action comes round, its cell shows the occurrence that needs most."""


def _cell(state: State, *, is_late: bool) -> str:
    if state is State.WITHDRAWN:
        return "none"
    return "late" if is_late and state in WAITING else state.value


def _page(rows: Sequence[T], page: int, size: int) -> tuple[T, ...]:
    return tuple(rows[(page - 1) * size : page * size])


@dataclass(frozen=True, slots=True)
class AskedOf:
    """One organisation's answer to an action."""

    id: UUID
    organisation: str
    due_on: date | None
    occurrence: str
    state: State
    is_overdue: bool
    seen_at: datetime | None
    closed_at: datetime | None
    reminded_at: datetime | None
    proofs: int
    reason: str


@dataclass(frozen=True, slots=True)
class AskedPage:
    """An action as its asker sees it: the words, the counts, who has answered and who has not."""

    action: Action
    words: Words
    counts: Counts
    waiting: tuple[AskedOf, ...]
    answered: tuple[AskedOf, ...]
    withdrawn: int
    audience: tuple[str, ...]
    versions: tuple[Version, ...]
    to_remind: int  # how many of those waiting were not reminded just now

    @property
    def reminded_at(self) -> datetime | None:
        """When somebody among those waiting was last reminded."""
        return max((each.reminded_at for each in self.waiting if each.reminded_at), default=None)

    @property
    def remind_again_at(self) -> datetime | None:
        """From when on a reminder goes to all of them again."""
        return self.reminded_at + REMIND_AGAIN_AFTER if self.reminded_at else None


def asked_page(*, action_id: UUID, by: Actor, at: datetime) -> AskedPage:
    """The action with every organisation's answer. Raises `Refused`, or `Action.DoesNotExist`."""
    action = Action.objects.select_related("area", "asked_by", "replaced_by", "published_by").get(pk=action_id)
    require(may_oversee(by, action))
    reminded = Max("prompts__made_at", filter=Q(prompts__kind=Prompt.Kind.REMINDED))
    rows = action.assignments.select_related("organisation", "action").annotate(
        reminded_at=reminded, proofs=Count("evidence", distinct=True)
    )
    asked = [_asked_of(row, at) for row in rows.order_by("-occurrence_on", "organisation__name")]
    waiting = tuple(each for each in asked if each.state in WAITING)
    answered = tuple(each for each in asked if each.state in CLOSED)
    late = sum(each.is_overdue for each in waiting)
    counts = Counts(len(answered), len(waiting) - late, late)
    withdrawn = len(asked) - len(waiting) - len(answered)
    return AskedPage(
        action=action,
        words=words_for(actions=[action], by=by, at=at)[action.pk],
        counts=counts,
        waiting=waiting,
        answered=answered,
        withdrawn=withdrawn,
        audience=_audience(action),
        versions=tuple(action.versions.all()),
        to_remind=sum(may_remind_again(each.reminded_at, at) for each in waiting),
    )


def action_to_change(*, action_id: UUID, by: Actor) -> Action:
    """The action as it stands, to be changed by its lead in a form. Raises `Refused`."""
    action = Action.objects.select_related("area").get(pk=action_id)
    require(may_oversee(by, action))
    return action


def area_to_ask(*, area_id: UUID | None, by: Actor) -> Area:
    """The area in which the actor would ask something."""
    area, _ = _area(by, area_id)
    require(may_ask(by, area.pk))
    return area


def exported(*, by: Actor, at: datetime, sought: Sought) -> tuple[list[str], list[tuple[object, ...]]]:
    """Every assignment of the area as far as it is sought: the columns' names, and the rows."""
    area, _ = _area(by, sought.area)
    rows = Assignment.objects.filter(ASKED_BY_AN_AREA, action__area=area)
    for word in sought.text.split():
        rows = rows.filter(action__what__icontains=word)
    if sought.cluster or sought.phase:
        rows = rows.filter(organisation__in=[pk for pk, _ in _organisations(area, sought, at)])
    if sought.is_overdue:
        rows = rows.filter(waiting_and_overdue(at))
    return EXPORTED, _export(rows, at)


def exported_action(*, action_id: UUID, by: Actor, at: datetime) -> tuple[list[str], list[tuple[object, ...]]]:
    """Every assignment of one action: the columns' names, and the rows."""
    action = Action.objects.get(pk=action_id)
    require(may_oversee(by, action))
    return EXPORTED, _export(action.assignments.all(), at)


EXPORTED = [
    "URN",
    "Organisation",
    "Action",
    "Due on",
    "Due time",
    "State",
    "Overdue",
    "Answered on",
    "Reason",
]


def _export(rows: QuerySet[Assignment], at: datetime) -> list[tuple[object, ...]]:
    labels = dict(STATES)
    fields = (
        "organisation__urn",
        "organisation__name",
        "action__what",
        "action__recurs",
        "occurrence_on",
        "due_on",
        "due_time",
        "state",
        "closed_at",
        "reason",
    )
    told = rows.order_by("organisation__name", "action__published_at", "occurrence_on").values_list(*fields)
    return [
        (
            urn,
            name,
            f"{what} – {which}" if (which := occurrence_in_words(recurs, due_on, occurrence_on)) else what,
            due_on,
            due_time,
            labels[state],
            "yes" if state in WAITING and is_overdue(due_on, due_time, at) else "no",
            local_day(closed_at) if closed_at else None,
            reason if state == State.NOT_APPLICABLE else "",
        )
        for urn, name, what, recurs, occurrence_on, due_on, due_time, state, closed_at, reason in told.iterator()
    ]


def _asked_of(row: Any, at: datetime) -> AskedOf:
    state = State(row.state)
    return AskedOf(
        id=row.pk,
        organisation=row.organisation.name,
        due_on=row.due_on,
        occurrence=row.occurrence,
        state=state,
        is_overdue=state in WAITING and is_overdue(row.due_on, row.due_time, at),
        seen_at=row.seen_at,
        closed_at=row.closed_at,
        reminded_at=row.reminded_at,
        proofs=row.proofs,
        reason=row.reason if state is State.NOT_APPLICABLE else "",
    )


def _audience(action: Action) -> tuple[str, ...]:
    """Whom it is asked of, in words."""
    lines = list(action.audience.select_related("cluster", "organisation"))
    asked = [line.in_words for line in lines if not line.is_limit]
    within = [line.in_words for line in lines if line.is_limit and line.reach != ALL_SCHOOLS]
    return (*asked, *([f"of those, {' and '.join(within)} only"] if within else []))
