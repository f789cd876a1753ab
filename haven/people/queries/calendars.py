"""When schools are open, as the engine of days counts it."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from uuid import UUID

from haven.engines.days.school import SchoolCalendar, Term
from haven.people.models import DayOverride, ServedArea, TermDates
from haven.people.queries.serving import areas_served, organisations_at

ONE_DAY = timedelta(days=1)  # the register names a school's last day, the calendar the first without it
Wanted = tuple[UUID, date]
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
    homes = {(each, on): at.area for each, areas in served.items() for at in areas if at.is_home}
    found = _calendars({(each, on) for each in organisations}, homes)
    return {each: found[each, on] for each in organisations}


def calendars_on(*, wanted: Collection[Wanted]) -> dict[Wanted, SchoolCalendar]:
    """The same for organisations each on a day of its own, in as many questions."""
    if not wanted:
        return {}
    days = {day for _, day in wanted}
    rows = ServedArea.objects.filter(is_home=True, organisation__in={each for each, _ in wanted})
    rows = rows.filter(starts_on__lte=max(days)).exclude(ends_on__lte=min(days))
    served = list(rows.values_list("organisation", "area", "starts_on", "ends_on"))
    homes = {
        (organisation, day): area
        for organisation, area, starts, ends in served
        for day in days
        if starts <= day and (ends is None or day < ends)
    }
    return _calendars(wanted, homes)


def _calendars(wanted: Collection[Wanted], homes: Mapping[Wanted, UUID]) -> dict[Wanted, SchoolCalendar]:
    organisations = {each for each, _ in wanted}
    terms = _terms(set(homes.values()), min((day for _, day in wanted), default=date.max))
    opened, closed = _overrides(organisations)
    rows = organisations_at(organisations=organisations).values()
    gone = {row.pk: row.closed_on + ONE_DAY for row in rows if row.closed_on}
    return {
        (each, day): SchoolCalendar(
            terms=tuple(term for term, ends_on in terms[homes[each, day]] if ends_on >= day - TERMS_FROM)
            if (each, day) in homes
            else (),
            opened=frozenset(opened[each]),
            closed=frozenset(closed[each]),
            closed_for_good_on=gone.get(each),
        )
        for each, day in wanted
    }


def _terms(areas: Collection[UUID], since: date) -> defaultdict[UUID, list[tuple[Term, date]]]:
    """Each term of these areas that matters since a day, and its last day."""
    terms: defaultdict[UUID, list[tuple[Term, date]]] = defaultdict(list)
    if not areas:
        return terms
    rows = TermDates.objects.filter(area__in=areas, ends_on__gte=since - TERMS_FROM)
    for area, starts, ends in rows.values_list("area", "starts_on", "ends_on"):
        terms[area].append((Term(starts, ends), ends))
    return terms


def _overrides(organisations: Collection[UUID]) -> tuple[defaultdict[UUID, set[date]], defaultdict[UUID, set[date]]]:
    opened: defaultdict[UUID, set[date]] = defaultdict(set)
    closed: defaultdict[UUID, set[date]] = defaultdict(set)
    rows = DayOverride.objects.filter(organisation__in=organisations)
    for organisation, day, is_open in rows.values_list("organisation", "day_on", "is_open"):
        (opened if is_open else closed)[organisation].add(day)
    return opened, closed
