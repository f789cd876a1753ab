"""Calendars and days to try the counting on."""

import datetime as dt

from hypothesis import strategies as st

from haven.engines.days.bank_holidays import bank_holidays
from haven.engines.days.hours import Opening, OpeningHours, weekdays
from haven.engines.days.moments import LONDON
from haven.engines.days.school import SchoolCalendar, Term
from haven.engines.days.working import WorkingCalendar

FAIRHAVEN_TERMS = (
    Term(dt.date(2026, 9, 2), dt.date(2026, 10, 23)),
    Term(dt.date(2026, 11, 2), dt.date(2026, 12, 18)),
    Term(dt.date(2027, 1, 4), dt.date(2027, 2, 12)),
    Term(dt.date(2027, 2, 22), dt.date(2027, 3, 25)),
    Term(dt.date(2027, 4, 12), dt.date(2027, 5, 28)),
    Term(dt.date(2027, 6, 7), dt.date(2027, 7, 21)),
    Term(dt.date(2027, 9, 1), dt.date(2027, 10, 22)),
)
FAIRHAVEN = SchoolCalendar(terms=FAIRHAVEN_TERMS)
KNOWS_NOTHING = SchoolCalendar()
NINE_TO_FIVE = weekdays(dt.time(9), dt.time(17))


FIRST_DAY, LAST_DAY = dt.date(2024, 1, 1), dt.date(2030, 12, 31)
for year in range(FIRST_DAY.year - 1, LAST_DAY.year + 5):
    bank_holidays(year)  # worked out here, so that no one example is slow for having been the first to ask

awkward_days = st.sampled_from(
    [
        dt.date(2024, 2, 29),
        dt.date(2028, 2, 29),
        dt.date(2026, 12, 31),
        dt.date(2027, 12, 31),
        dt.date(2027, 3, 27),  # the eve of the short night, 2027
        dt.date(2027, 3, 28),
        dt.date(2026, 10, 24),  # the eve of the long night, 2026
        dt.date(2026, 10, 25),
    ]
)
days = st.one_of(st.dates(FIRST_DAY, LAST_DAY), awkward_days)
day_sets = st.frozensets(st.dates(FIRST_DAY, LAST_DAY), max_size=12)
clock_times = st.times().map(lambda time: time.replace(microsecond=0, fold=0))
moments = st.one_of(
    st.datetimes(dt.datetime(2024, 1, 1), dt.datetime(2030, 12, 31), timezones=st.just(dt.UTC)),
    st.builds(dt.datetime.combine, awkward_days, clock_times, st.just(dt.UTC)),
    st.builds(dt.datetime.combine, awkward_days, clock_times, st.just(LONDON)),
)


@st.composite
def term_lists(draw: st.DrawFn) -> tuple[Term, ...]:
    """Terms and gaps of any length, one after the other."""
    starts = draw(st.dates(FIRST_DAY, LAST_DAY))
    terms = []
    for length, gap in draw(st.lists(st.tuples(st.integers(0, 90), st.integers(1, 120)), max_size=7)):
        terms.append(Term(starts, starts + dt.timedelta(days=length)))
        starts += dt.timedelta(days=length + gap)
    return tuple(terms)


@st.composite
def schools(draw: st.DrawFn) -> SchoolCalendar:
    """Known, half known and unknown schools, with days of their own."""
    opened = draw(day_sets)
    return SchoolCalendar(
        terms=draw(term_lists()),
        opened=opened,
        closed=draw(day_sets) - opened,
        day_starts=draw(st.one_of(st.just(dt.time(8, 30)), clock_times)),
    )


working_calendars = st.builds(WorkingCalendar, closed=day_sets)
day_calendars = st.one_of(schools(), working_calendars)


@st.composite
def openings(draw: st.DrawFn) -> Opening:
    """Any hours of one day, up to the whole of it."""
    opens, closes = sorted(draw(st.lists(clock_times, min_size=2, max_size=2, unique=True)))
    return Opening(opens, draw(st.sampled_from([closes, dt.time(0)])))


@st.composite
def teams(draw: st.DrawFn) -> OpeningHours:
    """Teams with any hours on any weekdays, at least one of them."""
    week = draw(st.lists(st.one_of(st.none(), openings()), min_size=7, max_size=7).filter(any))
    return OpeningHours(week=tuple(week), closed=draw(day_sets))
