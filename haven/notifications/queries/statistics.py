"""Figures that may be passed on: of an area for its partnership, and of what a force sent. Small numbers are left out.

Whole months that are over, so that a table says the same to everybody who asks in a month. A table taken away later may
differ by what was read since; an area that publishes figures publishes them once.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models.query import QuerySet

from haven.access.actor import HAVEN, Actor
from haven.access.decision import Reason, Refused, require
from haven.access.roles import Kind
from haven.engines.days.hours import MIDNIGHT
from haven.engines.days.moments import local_day, moment
from haven.notifications.models import AreaRule, Delivery
from haven.notifications.policy import kept_from, may_arrange, may_count_sent
from haven.notifications.queries.happened import Happened, happened, recorded
from haven.notifications.queries.settings import rule_of
from haven.notifications.rules.outcomes import IN_WORDS, Outcome, outcome_of
from haven.notifications.rules.returns import month_before, month_of
from haven.notifications.rules.support import Kind as Did
from haven.notifications.rules.suppressing import Table, in_words, suppressed
from haven.people.models import Area, Organisation
from haven.people.models.organisations import Phase
from haven.people.seeing import seeing, working_as
from haven.subjects.rules.ties import SENDERS

MONTHS = 12
COLUMNS = tuple(IN_WORDS[each] for each in Outcome)
AT_HOME = "Taught at home"
ALL = "All"
DID = {Did.SILENT: "Silent support", Did.OVERT: "Open support", Did.NONE: "No action", Did.REFERRED: "Referral"}


@dataclass(frozen=True, slots=True)
class Block:
    """One table with its heading, as it may be shown."""

    heading: str
    first: str  # what its rows are
    table: Table

    @property
    def columns(self) -> Sequence[str]:
        """The heads after the first."""
        return (*self.table.columns, ALL)

    @property
    def lines(self) -> list[tuple[str, list[str]]]:
        """Every row with its numbers in words, the totals last."""
        rows = [(name, self.table.row(name)) for name in self.table.rows] + [(ALL, self.table.totals)]
        return [(name, [in_words(number) for number in row]) for name, row in rows]


@dataclass(frozen=True, slots=True)
class StatisticsPage:
    """The figures of an area or of a force, from a month to a month."""

    of: str
    place: UUID
    places: tuple[tuple[UUID, str], ...]
    first: date
    last: date
    fewest: int
    blocks: tuple[Block, ...]

    @property
    def most_hidden(self) -> int:
        """The largest number that is left out for itself."""
        return self.fewest - 1


@seeing("notifications.count")
def statistics_page(*, place: UUID | None, by: Actor, at: datetime) -> StatisticsPage:
    """For the council's leads their area, for a force what it sent; as far as she may know of it. Raises `Refused`."""
    places = _places(by)
    chosen = place if place is not None else next(iter(places), None)
    if chosen is None or chosen not in places:
        raise Refused(Reason.NOT_THE_AREA)
    months = _months(local_day(at))
    since, until = moment(months[0], MIDNIGHT), moment(month_of(local_day(at)), MIDNIGHT)
    rows = Delivery.objects.filter(accepted_at__gte=since, accepted_at__lt=until).exclude(
        notification__in=kept_from(by)
    )
    if chosen in by.leads:
        require(may_arrange(by, chosen))
        fewest, blocks = _of_area(rows.filter(area=chosen), chosen, months, at)
    else:
        require(may_count_sent(by, chosen))
        fewest, blocks = _of_force(rows.filter(sender=chosen), months, at)
    named = tuple(places.items())
    return StatisticsPage(places[chosen], chosen, named, months[0], months[-1], fewest, tuple(blocks))


def exported(*, place: UUID | None, by: Actor, at: datetime) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    """Every table of the page in one: its heading, the row, the column, the number in words. Raises `Refused`."""
    page = statistics_page(place=place, by=by, at=at)
    rows: list[tuple[object, ...]] = [
        (block.heading, name, column, number)
        for block in page.blocks
        for name, numbers in block.lines
        for column, number in zip(block.columns, numbers, strict=True)
    ]
    return ("Table", "Row", "Column", "Number"), rows


def _places(by: Actor) -> dict[UUID, str]:
    """The areas she leads and the forces she sends for, by name."""
    forces = {post.organisation for post in by.posts if post.role in SENDERS and post.kind is Kind.POLICE}
    areas = Area.objects.filter(pk__in=by.leads).order_by("name").values_list("pk", "name")
    return dict(areas) | dict(Organisation.objects.filter(pk__in=forces).order_by("name").values_list("pk", "name"))


def _of_area(rows: QuerySet[Delivery], area: UUID, months: list[date], at: datetime) -> tuple[int, list[Block]]:
    fewest, found = rule_of(area=area).suppress_below, _counted(rows, at)
    return fewest, [
        _by_month(found, months, fewest, at),
        _by_phase(found, fewest, at),
        _done(found, months, fewest, at),
    ]


def _of_force(rows: QuerySet[Delivery], months: list[date], at: datetime) -> tuple[int, list[Block]]:
    """With the largest of the thresholds of the areas to which it sent."""
    areas = dict(Area.objects.filter(pk__in=rows.order_by().values("area")).values_list("pk", "name"))
    fewest = max((rule_of(area=area).suppress_below for area in areas), default=AreaRule().suppress_below)
    of = dict(rows.values_list("pk", "area"))
    found = _counted(rows, at)
    by_area = _block(
        "By area", "Area", sorted(areas.values()), found, lambda each: areas[of[each.delivery]], fewest, at
    )
    return fewest, [_by_month(found, months, fewest, at), by_area]


def _counted(rows: QuerySet[Delivery], at: datetime) -> list[Happened]:
    return [each for each in happened(rows, until=at) if each.course.counts]


def _by_month(found: list[Happened], months: list[date], fewest: int, at: datetime) -> Block:
    return _block("By month", "Month", [f"{each:%B %Y}" for each in months], found, _month, fewest, at)


def _by_phase(found: list[Happened], fewest: int, at: datetime) -> Block:
    schools = Organisation.objects.filter(pk__in={each.school for each in found if each.school})
    phases = {pk: str(Phase(phase).label) for pk, phase in schools.values_list("pk", "phase")}
    rows = [*dict.fromkeys(str(phase.label) for phase in Phase if phase), str(Phase.NOT_APPLICABLE.label), AT_HOME]
    used = [row for row in rows if row in phases.values() or row == AT_HOME]
    of = {each.delivery: phases[each.school] if each.school else AT_HOME for each in found}
    return _block("By phase of the school", "Phase", used, found, lambda each: of[each.delivery], fewest, at)


def _done(found: list[Happened], months: list[date], fewest: int, at: datetime) -> Block:
    """What schools recorded. One with two kinds of support counts under both."""
    with working_as(HAVEN, "notifications.count"):
        kinds = recorded([each.delivery for each in found], until=at)
    numbers = Counter((_month(each), DID[kind]) for each in found for kind in kinds.get(each.delivery, ()))
    rows = [f"{each:%B %Y}" for each in months]
    table = suppressed(rows, list(DID.values()), numbers, fewest=fewest)
    return Block("What schools recorded", "Month", table)


def _block(
    heading: str,
    first: str,
    rows: Sequence[str],
    found: list[Happened],
    row_of: Callable[[Happened], str],
    fewest: int,
    at: datetime,
) -> Block:
    numbers = Counter((row_of(each), IN_WORDS[outcome_of(each.course, at)]) for each in found)
    return Block(heading, first, suppressed(rows, COLUMNS, numbers, fewest=fewest))


def _month(each: Happened) -> str:
    return f"{local_day(each.course.accepted_at):%B %Y}"


def _months(today: date) -> list[date]:
    """The first day of each of the last whole months, oldest first."""
    months = [month_before(today)]
    while len(months) < MONTHS:
        months.append(month_before(months[-1]))
    return months[::-1]
