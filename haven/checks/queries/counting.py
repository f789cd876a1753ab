"""What was asked twice, and how long answers take."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models.query import QuerySet

from haven.access.actor import Actor
from haven.access.decision import require
from haven.checks.models import AreaSetting, Ask, Check
from haven.checks.policy import checks_for, may_count
from haven.checks.queries.settings import settings_of
from haven.checks.rules.bands import LABELS, Band
from haven.checks.rules.times import Figure, Timed, by_month, shown
from haven.engines.days.hours import hours_between
from haven.engines.days.moments import local_day
from haven.people.seeing import seeing
from haven.subjects.rules.ties import Asker

LOOKED_BACK = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Twice:
    """One question that was not put again, since it had been: under which references, and how many days later."""

    reference: str
    earlier: str
    agency: str
    days: int
    asked_on: date
    asked_by: str


@dataclass(frozen=True, slots=True)
class Line:
    """A month in one band, as it is shown."""

    month: date
    band: str
    count: str
    in_time: str
    median: str


@dataclass(frozen=True, slots=True)
class FiguresPage:
    """The last year."""

    checks: str
    asked: str
    twice: Sequence[Twice]
    lines: Sequence[Line]


@seeing("checks.figures")
def figures_page(*, area: UUID, by: Actor, at: datetime) -> FiguresPage:
    """The figures of an area for the last year, for its lead or coordinator. What she may not see is not counted."""
    require(may_count(by, area))
    since = at - LOOKED_BACK
    checks = Check.objects.filter(checks_for(Asker(by, at)), area=area, asked_at__gte=since)
    asks = Ask.objects.filter(of__in=checks)
    again = asks.filter(thread__isnull=False).select_related("of__asked_by", "agency", "thread__of")
    return FiguresPage(
        checks=shown(checks.count()),
        asked=shown(asks.filter(thread__isnull=True).count()),
        twice=[_twice(each) for each in again.order_by("-asked_at")],
        lines=[_line(each) for each in by_month(_timed(asks, area))],
    )


def _timed(asks: QuerySet[Ask], area: UUID) -> list[Timed]:
    """The first answer of each agency, by the clock of the MASH."""
    setting = settings_of(area=area)
    rows = asks.filter(thread__isnull=True, answered_at__isnull=False).select_related("of")
    return [_answer(row.of, row.answered_at, setting) for row in rows if row.answered_at]


def _answer(check: Check, answered_at: datetime, setting: AreaSetting) -> Timed:
    took = hours_between(setting.clock, check.asked_at, answered_at)
    is_in_time = None if check.due_at is None else answered_at <= check.due_at
    return Timed(local_day(answered_at), Band(check.band), took, is_in_time)


def _twice(row: Ask) -> Twice:
    assert row.thread is not None
    first = row.thread.of
    days = (local_day(row.asked_at) - local_day(first.asked_at)).days
    day = local_day(row.asked_at)
    return Twice(row.of.reference, first.reference, row.asked_of, days, day, row.of.asked_by.name)


def _line(each: Figure) -> Line:
    few = "fewer than 5" if each.count is None else str(each.count)
    share = "" if each.in_time is None else f"{each.in_time}%"
    hours = "" if each.median_hours is None else f"{each.median_hours:g} hours"
    return Line(each.month, LABELS[each.band], few, share, hours)
