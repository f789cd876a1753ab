"""When schools are open, as the engine of days counts it."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from haven.engines.days.school import SchoolCalendar, Term
from haven.people.models import DayOverride, TermDates
from haven.people.queries.serving import areas_served, organisations_at

ONE_DAY = timedelta(days=1)  # the register names a school's last day, the calendar the first without it
TERMS_FROM = timedelta(days=550)  # how far back terms matter: the school year before this one


def calendar_of(*, organisation: UUID, on: date) -> SchoolCalendar:
    """The calendar of one school: its area's terms with the school's own days laid over them."""
    return calendars_of(organisations=[organisation], on=on)[organisation]


def calendars_of(*, organisations: Collection[UUID], on: date) -> dict[UUID, SchoolCalendar]:
    """The calendar of each, in four questions to the database however many there are.

    An organisation without an area, or in one without term dates, has a calendar in which every weekday that is no bank
    holiday counts as open.
    """
    served = areas_served(organisations=organisations, on=on)
    homes = {each: at.area for each, areas in served.items() for at in areas if at.is_home}
    terms = _terms(set(homes.values()), on)
    opened, closed = _overrides(organisations)
    rows = organisations_at(organisations=organisations).values()
    gone = {row.pk: row.closed_on + ONE_DAY for row in rows if row.closed_on}
    return {
        each: SchoolCalendar(
            terms=terms[homes[each]] if each in homes else (),
            opened=frozenset(opened[each]),
            closed=frozenset(closed[each]),
            closed_for_good_on=gone.get(each),
        )
        for each in organisations
    }


def _terms(areas: set[UUID], on: date) -> defaultdict[UUID, tuple[Term, ...]]:
    terms: defaultdict[UUID, tuple[Term, ...]] = defaultdict(tuple)
    rows = TermDates.objects.filter(area__in=areas, ends_on__gte=on - TERMS_FROM)
    for area, starts, ends in rows.values_list("area", "starts_on", "ends_on"):
        terms[area] += (Term(starts, ends),)
    return terms


def _overrides(organisations: Collection[UUID]) -> tuple[defaultdict[UUID, set[date]], defaultdict[UUID, set[date]]]:
    opened: defaultdict[UUID, set[date]] = defaultdict(set)
    closed: defaultdict[UUID, set[date]] = defaultdict(set)
    rows = DayOverride.objects.filter(organisation__in=organisations)
    for organisation, day, is_open in rows.values_list("organisation", "day_on", "is_open"):
        (opened if is_open else closed)[organisation].add(day)
    return opened, closed
