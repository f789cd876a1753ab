"""The monthly returns of a school, as they are seen there, and which of an area's are in."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from haven.access.actor import Actor
from haven.access.decision import require
from haven.engines.days.hours import MIDNIGHT
from haven.engines.days.moments import local_day, moment
from haven.notifications.models import Delivery, MonthlyReturn
from haven.notifications.policy import kept_from, may_see_own, returns_seen_by
from haven.notifications.queries.adults import SchoolLine, area_of, lines_of
from haven.notifications.queries.happened import happened, recorded
from haven.notifications.rules.outcomes import Course
from haven.notifications.rules.returns import IN_WORDS, Figure, digest_of, figures_of, month_after
from haven.notifications.rules.support import Kind
from haven.people.models import Area, Organisation
from haven.people.seeing import seeing


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """One return: of which month, by when, and whether it was confirmed."""

    of: UUID
    school: UUID
    name: str
    month: date
    due_on: date
    confirmed_at: datetime | None
    confirmed_by: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class ReturnPage:
    """A return as she sees it: its figures with their words, and what she would confirm."""

    line: ReturnLine
    figures: tuple[tuple[str, int], ...]
    digest: str

    @property
    def is_empty(self) -> bool:
        """Whether nothing came in that month."""
        return not any(number for _, number in self.figures)


@dataclass(frozen=True, slots=True)
class SchoolPage:
    """What a school has to do with notifications besides reading them."""

    school: SchoolLine
    returns: tuple[ReturnLine, ...]


@dataclass(frozen=True, slots=True)
class AreaReturnsPage:
    """The returns of an area's schools for one month: who has confirmed, and who has not."""

    area: Area
    areas: tuple[Area, ...]
    month: date | None
    months: tuple[date, ...]
    lines: tuple[ReturnLine, ...]

    @property
    def confirmed(self) -> int:
        """How many are in."""
        return sum(line.confirmed_at is not None for line in self.lines)


@seeing("notifications.count")
def school_page(*, school_id: UUID, by: Actor, on: date) -> SchoolPage:
    """A school's own page. Raises `Refused`."""
    require(may_see_own(by, school_id))
    school = Organisation.objects.get(pk=school_id)
    rows = MonthlyReturn.objects.filter(returns_seen_by(by), school=school_id).select_related("school", "confirmed_by")
    return SchoolPage(lines_of([school], on)[0], tuple(_lines(rows, on)))


@seeing("notifications.count")
def return_page(*, return_id: UUID, by: Actor, at: datetime) -> ReturnPage:
    """One return with its figures: as they are now or, once confirmed, as they were then. Raises `Refused`.

    Whoever must know nothing of a notification sees them without it, confirmed or not.
    """
    row = MonthlyReturn.objects.select_related("school", "confirmed_by").get(pk=return_id)
    require(may_see_own(by, row.school_id))
    figures = figures_for(row, by=by, at=row.confirmed_at or at)
    (line,) = _lines([row], local_day(at))
    return ReturnPage(line, tuple((IN_WORDS[each], figures[each.value]) for each in Figure), digest_of(figures))


@seeing("notifications.count")
def area_returns_page(*, area_id: UUID | None, month: date | None, by: Actor, on: date) -> AreaReturnsPage:
    """Which schools of an area have confirmed a month, the newest unless another is asked for. Raises `Refused`.

    Numbers are not told: those of one school are small.
    """
    area, areas = area_of(by, area_id)
    rows = MonthlyReturn.objects.filter(area=area)
    months = tuple(rows.order_by("-month").values_list("month", flat=True).distinct())
    wanted = month if month in months else next(iter(months), None)
    chosen = rows.filter(month__in=[wanted] if wanted else []).select_related("school", "confirmed_by")
    lines = sorted(_lines(chosen, on), key=lambda line: (line.confirmed_at is not None, line.name))
    return AreaReturnsPage(area, areas, wanted, months, tuple(lines))


def figures_for(row: MonthlyReturn, *, by: Actor, at: datetime) -> dict[str, int]:
    """The figures of a return at a moment, as far as this actor may know."""
    return figures_at(schools=[row.school_id], month=row.month, by=by, at=at)[row.school_id]


def figures_at(*, schools: Collection[UUID], month: date, by: Actor, at: datetime) -> Mapping[UUID, dict[str, int]]:
    """The figures of each school for a month, as they stood at a moment."""
    begins, ends = (moment(day, MIDNIGHT) for day in (month, month_after(month)))
    rows = Delivery.objects.filter(school__in=schools, made_at__gte=begins, made_at__lt=ends)
    found = happened(rows.exclude(notification__in=kept_from(by)), until=at)
    kinds = recorded([each.delivery for each in found], until=at)
    received: dict[UUID, list[tuple[Course, frozenset[Kind]]]] = {school: [] for school in schools}
    for each in found:
        assert each.school is not None  # asked for by their school
        received[each.school].append((each.course, kinds.get(each.delivery, frozenset())))
    return {school: figures_of(of_school, at) for school, of_school in received.items()}


def _lines(rows: Iterable[MonthlyReturn], on: date) -> list[ReturnLine]:
    return [
        ReturnLine(
            of=row.pk,
            school=row.school_id,
            name=row.school.name,
            month=row.month,
            due_on=row.due_on,
            confirmed_at=row.confirmed_at,
            confirmed_by=row.confirmed_by.name if row.confirmed_by else "",
            is_late=row.confirmed_at is None and on > row.due_on,
        )
        for row in rows
    ]
