"""A cycle as its lead sees it: every school, how far it is, whose turn it is; and the cycles that she keeps."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Prefetch, QuerySet

from haven.access.actor import Actor
from haven.access.decision import require
from haven.actions.rules import may_remind_again
from haven.audits.models import Audience, Cycle, Moved, Window
from haven.audits.policy import cycles_kept_by, may_keep
from haven.audits.queries.asked import schools_asked
from haven.audits.queries.returns import last_reminded, step_of, with_progress, with_signed
from haven.audits.rules import life
from haven.audits.rules.arriving import Arrival, Arrivals, arrivals
from haven.audits.rules.life import STANDINGS, Phase, Standing, phase_on
from haven.audits.rules.standing import (
    GONE,
    LATE,
    Late,
    Sums,
    Where,
    deadline_in_words,
    late_on,
    next_for_lead,
    places,
    summed,
    where_of,
    window_now,
    year_in_words,
)
from haven.engines.days.moments import local_day
from haven.people.models import ClusterPlace, Organisation, Status
from haven.people.models import Phase as SchoolPhase
from haven.people.queries import on_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Which schools to show, and in which order."""

    text: str = ""
    cluster: UUID | None = None
    phase: str = ""
    where: str = ""
    late: str = ""
    sort: str = "school"


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolLine:
    """One school in a cycle."""

    id: UUID  # of its return
    school: str
    urn: int | None
    phase: str
    phase_label: str
    clusters: Mapping[UUID, str]
    where: Where
    place: int  # how far, as a number to sort by
    late: Late
    has_opened: bool
    due_on: date
    is_put_off: bool
    asked: int
    answered: int
    sent_on: date | None  # the first time
    is_in_hand: bool  # the council may read it
    reference: str
    chased_on: date | None
    is_chased_today: bool
    may_chase: bool

    @property
    def due(self) -> str:
        """Its final deadline, shortly."""
        return _shortly(self.due_on)

    @property
    def sent(self) -> str:
        """When it was first sent, shortly."""
        return _shortly(self.sent_on)

    @property
    def chased(self) -> str:
        """When whoever's turn it is was last reminded, shortly."""
        return _shortly(self.chased_on)

    @property
    def late_label(self) -> str:
        """How late it is, in words; empty where it is not."""
        return LATE.get(self.late, "")

    @property
    def percent(self) -> int:
        """How much of it is answered."""
        return self.answered * 100 // self.asked if self.asked else 0


SORTS: Mapping[str, tuple[str, Callable[[SchoolLine], Any]]] = {
    "school": ("School", lambda line: line.school.casefold()),
    "where": ("How far", lambda line: line.place),
    "answered": ("Answered", lambda line: line.percent),
    "due": ("Final deadline", lambda line: line.due_on),
    "sent": ("Sent", lambda line: line.sent_on or date.max),
    "chased": ("Last reminded", lambda line: line.chased_on or date.min),
}
"""By what the table can be sorted."""


@dataclass(frozen=True, slots=True)
class Column:
    """A head of the table: its name, what a click on it sorts by, and how it is sorted now."""

    label: str
    sort: str
    order: str  # ascending, descending or none


@dataclass(frozen=True, slots=True, kw_only=True)
class CyclePage:
    """A cycle with its schools."""

    cycle: Cycle
    label: str
    deadline: str
    next: str
    sums: Sums
    counts: Sequence[tuple[Where, int]]  # everywhere that a school can be
    lines: Sequence[SchoolLine]  # those sought
    clusters: Sequence[tuple[str, str]]
    columns: Sequence[Column]
    since: Sequence[str]  # schools that would be asked today and have not been
    windows: Sequence[Window]
    moved: Sequence[Moved]
    arrivals: Arrivals

    @property
    def is_open(self) -> bool:
        """Whether schools answer."""
        return self.cycle.standing == Standing.OPEN

    @property
    def owing(self) -> int:
        """How many of those shown have still to send it."""
        return sum(line.where.is_owing and line.has_opened for line in self.lines)

    @property
    def chased_today(self) -> int:
        """How many of those shown were reminded today and have still to send it."""
        return sum(line.where.is_owing and line.is_chased_today for line in self.lines)

    @property
    def to_chase(self) -> Sequence[UUID]:
        """Those shown whom a reminder would reach now."""
        return [line.id for line in self.lines if line.may_chase]

    @property
    def year(self) -> str:
        """Its school year."""
        return year_in_words(self.cycle.school_year)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptCycle:
    """A cycle, as a line of who keeps it."""

    id: UUID
    title: str
    area: str
    year: str
    standing: Standing
    label: str
    deadline: str
    closed_on: date | None
    next: str
    sums: Sums
    may_chase: bool  # somebody owes it and it has opened


def cycles_kept(*, by: Actor, on: date) -> Sequence[KeptCycle]:
    """The cycles of her areas: what is prepared, then what is open, then what is closed, the newest first."""
    if not by.leads:
        return ()
    cycles = list(Cycle.objects.filter(cycles_kept_by(by)).select_related("area").prefetch_related("windows"))
    counts: dict[UUID, dict[tuple[str, bool], int]] = {}
    grouped = Cycle.objects.filter(pk__in=[each.pk for each in cycles], returns__isnull=False).order_by()
    fields = ("pk", "returns__state", "returns__organisation__status")
    for cycle, state, status, number in grouped.annotate(number=Count("returns")).values_list(*fields, "number"):
        own = counts.setdefault(cycle, {})
        key = (state, status == Status.CLOSED)
        own[key] = own.get(key, 0) + number
    order = list(Standing)
    lines = [_kept(each, summed(counts.get(each.pk, {})), on) for each in cycles]
    return sorted(lines, key=lambda line: order.index(line.standing))


def cycle_kept(*, cycle_id: UUID, by: Actor) -> Cycle:
    """A cycle that she keeps, with its audience and its groups. Raises `Refused`."""
    rows = Cycle.objects.select_related("area", "version__template", "before").defer("version__content")
    audience = Prefetch("audience", Audience.objects.select_related("cluster", "organisation"))
    cycle = rows.prefetch_related(audience, Prefetch("windows", Window.objects.select_related("cluster"))).get(
        pk=cycle_id
    )
    require(may_keep(by, cycle.area_id))
    return cycle


def cycle_page(*, cycle_id: UUID, by: Actor, at: datetime, sought: Sought) -> CyclePage:
    """A cycle with the schools that are sought. Raises `Refused`."""
    cycle, today = cycle_kept(cycle_id=cycle_id, by=by), local_day(at)
    rows, window = list(_returns(cycle)), _window(cycle, today)
    lines = _lines(cycle, rows, at)
    sums = summed(Counter((each.state, each.organisation.status == Status.CLOSED) for each in rows))
    here = Counter(line.where.key for line in lines)
    moved = cycle.moved.select_related("moved_by", "organisation_return__organisation").order_by("-moved_at")
    return CyclePage(
        cycle=cycle,
        label=STANDINGS[Standing(cycle.standing)],
        deadline=deadline_in_words(window, today),
        next=next_for_lead(cycle.standing, window, sums, today),
        sums=sums,
        counts=[(each, here[each.key]) for each in places(cycle.steps) if _is_counted(each, here)],
        lines=_sorted([line for line in lines if _is_sought(line, sought)], sought.sort),
        clusters=_named({pk: name for line in lines for pk, name in line.clusters.items()}),
        columns=_columns(sought.sort),
        since=_since(cycle, rows, today),
        windows=list(cycle.windows.all()),
        moved=list(moved),
        arrivals=arrivals([_arrival(each) for each in rows if not _is_gone(each)], cycle.window, today),
    )


EXPORTED = [
    "URN",
    "School",
    "Phase",
    "Clusters",
    "How far",
    "Late",
    "Questions answered",
    "Questions asked",
    "Final deadline",
    "First sent on",
    "Reference",
    "Last reminded on",
]


def exported(
    *, cycle_id: UUID, by: Actor, at: datetime, sought: Sought
) -> tuple[Sequence[str], Sequence[tuple[object, ...]]]:
    """The schools that are sought, as a table: the columns' names, and the rows. Raises `Refused`."""
    page = cycle_page(cycle_id=cycle_id, by=by, at=at, sought=sought)
    return EXPORTED, [
        (
            line.urn,
            line.school,
            line.phase_label,
            ", ".join(line.clusters.values()),
            line.where.label,
            line.late_label,
            line.answered,
            line.asked,
            line.due_on,
            line.sent_on,
            line.reference,
            line.chased_on,
        )
        for line in page.lines
    ]


def _kept(cycle: Cycle, sums: Sums, on: date) -> KeptCycle:
    standing, window = Standing(cycle.standing), _window(cycle, on)
    has_opened = phase_on(window, on) is not Phase.BEFORE
    return KeptCycle(
        id=cycle.pk,
        title=cycle.title,
        area=cycle.area.name,
        year=year_in_words(cycle.school_year),
        standing=standing,
        label=STANDINGS[standing],
        deadline=deadline_in_words(window, on),
        closed_on=local_day(cycle.closed_at) if cycle.closed_at else None,
        next=next_for_lead(standing, window, sums, on),
        sums=sums,
        may_chase=standing is Standing.OPEN and has_opened and sums.owing > 0,
    )


def _window(cycle: Cycle, on: date) -> life.Window:
    """Of its own days and its groups' those that count on this day."""
    return window_now([cycle.window, *(each.days for each in cycle.windows.all())], on)


def _returns(cycle: Cycle) -> QuerySet[Any]:
    rows = cycle.returns.select_related("organisation", "window").order_by("organisation__name", "pk")
    return with_progress(with_signed(rows))


def _lines(cycle: Cycle, rows: Sequence[Any], at: datetime) -> Sequence[SchoolLine]:
    today = local_day(at)
    clusters = _clusters([each.organisation_id for each in rows], cycle.area_id, today)
    reminded = last_reminded(each.pk for each in rows)
    order = {each.key: number for number, each in enumerate(places(cycle.steps))}
    for each in rows:
        each.cycle = cycle
    return [
        _line(each, clusters.get(each.organisation_id, {}), reminded.get((each.pk, step_of(each))), order, at)
        for each in rows
    ]


def _line(
    of: Any, clusters: Mapping[UUID, str], chased: datetime | None, order: Mapping[str, int], at: datetime
) -> SchoolLine:
    today, days = local_day(at), of.days
    where = where_of(of.state, step_of(of), of.cycle.steps, is_gone=_is_gone(of))
    is_open = of.cycle.standing == Standing.OPEN
    has_opened = phase_on(days, today) is not Phase.BEFORE
    school = of.organisation
    return SchoolLine(
        id=of.pk,
        school=school.name,
        urn=school.urn,
        phase=school.phase,
        phase_label=PHASES.get(school.phase, ""),
        clusters=clusters,
        where=where,
        place=order.get(where.key, 0),
        late=late_on(days, where, today),
        has_opened=has_opened,
        due_on=days.final_due_on,
        is_put_off=of.final_due_on is not None,
        asked=of.asked,
        answered=of.answered,
        sent_on=local_day(of.first_sent_at) if of.first_sent_at else None,
        is_in_hand=of.submitted_at is not None,
        reference=of.reference,
        chased_on=local_day(chased) if chased else None,
        is_chased_today=chased is not None and local_day(chased) == today,
        may_chase=is_open and has_opened and where.is_owing and may_remind_again(chased, at),
    )


def _shortly(day: date | None) -> str:
    return f"{day.day} {day:%b %Y}" if day else ""


PHASES: Mapping[str, str] = {value: label for value, label in SchoolPhase.choices if value}


def _is_gone(of: Any) -> bool:
    return bool(of.organisation.status == Status.CLOSED)


def _arrival(of: Any) -> Arrival:
    return Arrival(local_day(of.first_sent_at) if of.first_sent_at else None, of.days)


def _is_counted(where: Where, here: Mapping[str, int]) -> bool:
    """The usual places always; a first signature and a closed school only where there is one."""
    return bool(here.get(where.key)) or where.key not in (GONE.key, "signing-1")


def _is_sought(line: SchoolLine, sought: Sought) -> bool:
    wanted = (
        not sought.where or line.where.key == sought.where,
        not sought.phase or line.phase == sought.phase,
        sought.cluster is None or sought.cluster in line.clusters,
        not sought.late or line.late == sought.late,
        all(word.casefold() in line.school.casefold() for word in sought.text.split()),
    )
    return all(wanted)


def _sorted(lines: Iterable[SchoolLine], sort: str) -> Sequence[SchoolLine]:
    _, key = SORTS.get(sort.removeprefix("-"), SORTS["school"])
    return sorted(lines, key=key, reverse=sort.startswith("-"))


def _columns(sort: str) -> Sequence[Column]:
    """A click on the column by which it is sorted turns it round."""
    orders = {sort.removeprefix("-"): "descending" if sort.startswith("-") else "ascending"}
    return [
        Column(label, f"-{name}" if sort == name else name, orders.get(name, "none"))
        for name, (label, _) in SORTS.items()
    ]


def _clusters(schools: Sequence[UUID], area: UUID, on: date) -> Mapping[UUID, Mapping[UUID, str]]:
    """For each school the clusters of this area that it lies in."""
    places_ = ClusterPlace.objects.filter(on_day(on), organisation__in=schools, cluster__area=area)
    found: dict[UUID, dict[UUID, str]] = {}
    fields = ("organisation_id", "cluster_id", "cluster__name")
    for school, cluster, name in places_.order_by("cluster__name").values_list(*fields):
        found.setdefault(school, {})[cluster] = name
    return found


def _named(clusters: Mapping[UUID, str]) -> Sequence[tuple[str, str]]:
    return [(str(pk), name) for pk, name in sorted(clusters.items(), key=lambda each: each[1])]


def _since(cycle: Cycle, rows: Sequence[Any], on: date) -> Sequence[str]:
    if cycle.standing != Standing.OPEN:
        return ()
    known = {each.organisation_id for each in rows}
    schools: Sequence[Organisation] = schools_asked(cycle, on=on)
    return [school.name for school in schools if school.pk not in known]
