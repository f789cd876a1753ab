"""How notifications go in an area, week by week: what was sent, what was read before the bell, what was late and why.

For the council's leads. References, schools and moments; nothing of any child.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from haven.access.actor import Actor
from haven.engines.days.hours import MIDNIGHT
from haven.engines.days.moments import local_day, moment
from haven.notifications.models import Delivery
from haven.notifications.policy import kept_from
from haven.notifications.queries.adults import SchoolLine, area_of, lines_of
from haven.notifications.queries.happened import Happened, happened
from haven.notifications.rules.outcomes import (
    WHY_IN_WORDS,
    Outcome,
    Week,
    by_week,
    monday_of,
    outcome_of,
    why_late,
)
from haven.people.models import Area, Organisation
from haven.people.queries import schools_of
from haven.people.seeing import seeing

WEEKS = 13  # a term
AT_HOME = "Taught at home"


@dataclass(frozen=True, slots=True)
class WeekLine:
    """A week with its bar: parts of the widest week of the picture."""

    week: Week
    widest: int

    @property
    def in_time(self) -> int:
        """How many somebody read before the bell."""
        return self.week.outcomes[Outcome.IN_TIME]

    @property
    def bar(self) -> list[tuple[str, float, float]]:
        """Each part: its look, where it begins and how wide it is, in hundredths."""
        numbers = [
            ("done", self.week.outcomes[Outcome.IN_TIME]),
            ("late", self.week.late),
            ("open", self.week.outcomes[Outcome.WAITING]),
            ("aside", self.week.outcomes[Outcome.TAKEN_BACK]),
        ]
        parts, start = [], 0.0
        for name, number in numbers:
            width = round(100 * number / self.widest, 2) if self.widest else 0.0
            parts.append((name, round(start, 2), width))
            start += width
        return [part for part in parts if part[2]]


@dataclass(frozen=True, slots=True)
class LateLine:
    """One that nobody read before the bell, and why."""

    reference: str
    school: str
    deadline_at: datetime
    opened_at: datetime | None
    why: str


@dataclass(frozen=True, slots=True)
class PicturePage:
    """The picture of an area's weeks, newest first, and what stands in the way."""

    area: Area
    areas: tuple[Area, ...]
    weeks: tuple[WeekLine, ...]
    why: tuple[tuple[str, int], ...]
    late: tuple[LateLine, ...]
    short: tuple[SchoolLine, ...]
    not_signed_up: tuple[SchoolLine, ...]
    not_briefed: tuple[SchoolLine, ...]
    schools: int

    def _sum(self, *outcomes: Outcome) -> int:
        return sum(line.week.outcomes[each] for line in self.weeks for each in outcomes)

    @property
    def sent(self) -> int:
        """How many were sent in all these weeks."""
        return sum(line.week.sent for line in self.weeks)

    @property
    def there_in_time(self) -> int:
        """How many a school could have read before the bell."""
        return sum(line.week.there_in_time for line in self.weeks)

    @property
    def in_time(self) -> int:
        """How many somebody read before the bell."""
        return self._sum(Outcome.IN_TIME)

    @property
    def not_in_time(self) -> int:
        """How many nobody did."""
        return self._sum(Outcome.LATE, Outcome.UNREAD)

    @property
    def unread(self) -> int:
        """How many of those nobody has read yet."""
        return self._sum(Outcome.UNREAD)


@seeing("notifications.count")
def picture_page(*, area_id: UUID | None, by: Actor, at: datetime) -> PicturePage:
    """The last term of an area, as far as she may know of it. Raises `Refused`."""
    area, areas = area_of(by, area_id)
    today = local_day(at)
    first = moment(monday_of(today) - timedelta(weeks=WEEKS - 1), MIDNIGHT)
    rows = Delivery.objects.filter(area=area, accepted_at__gte=first).exclude(notification__in=kept_from(by))
    found = [each for each in happened(rows, until=at) if each.course.counts]
    weeks = by_week([each.course for each in found], last=today, weeks=WEEKS, at=at)
    widest = max((week.sent for week in weeks), default=0)
    late = [each for each in found if outcome_of(each.course, at) in (Outcome.LATE, Outcome.UNREAD)]
    schools = list(schools_of(area=area.pk, on=today).order_by("name"))
    lines = lines_of(schools, today)
    return PicturePage(
        area,
        areas,
        tuple(WeekLine(week, widest) for week in reversed(weeks)),
        _reasons(late),
        _late(late),
        short=tuple(line for line in lines if line.is_short),
        not_signed_up=tuple(line for line in lines if line.signed_up_on is None),
        not_briefed=tuple(line for line in lines if line.is_not_briefed),
        schools=len(lines),
    )


COLUMNS = (
    "Week from",
    "Sent",
    "There before the bell",
    "Read before the bell",
    "Read late",
    "Not read, and late",
    "Not read, with time left",
    "Taken back",
    *WHY_IN_WORDS.values(),
)


def exported(*, area_id: UUID | None, by: Actor, at: datetime) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    """The weeks as a table to take away, oldest first. Raises `Refused`."""
    page = picture_page(area_id=area_id, by=by, at=at)
    weeks = [line.week for line in reversed(page.weeks)]
    return COLUMNS, [
        (week.monday, week.sent, week.there_in_time, *week.outcomes.values(), *week.why.values()) for week in weeks
    ]


def _reasons(late: list[Happened]) -> tuple[tuple[str, int], ...]:
    counted = Counter(why_late(each.course) for each in late)
    return tuple((WHY_IN_WORDS[why], number) for why, number in counted.most_common())


def _late(late: list[Happened]) -> tuple[LateLine, ...]:
    """The newest first."""
    names = _names({each.school for each in late if each.school})
    return tuple(
        LateLine(
            each.reference,
            names[each.school] if each.school else AT_HOME,
            each.course.deadline_at,
            each.course.opened_at,
            WHY_IN_WORDS[why_late(each.course)],
        )
        for each in reversed(late)
    )


def _names(schools: set[UUID]) -> Mapping[UUID, str]:
    return dict(Organisation.objects.filter(pk__in=schools).values_list("pk", "name"))
