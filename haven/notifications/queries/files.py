"""The lines of a file with the schools they mean, and what is wrong with those that cannot be sent."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from haven.engines.days.moments import local_day
from haven.notifications.queries.checking import faults_of
from haven.notifications.queries.choosing import School, home_area_of, schools_numbered
from haven.notifications.queries.sent import Desk
from haven.notifications.rules.items import ASKED, Item, Sort
from haven.notifications.rules.lines import Fault, Line, read_lines
from haven.notifications.rules.sending import Channel, NewChild, NewNotification
from haven.notifications.rules.traces import IN_WORDS, traces

NO_SCHOOL = "No open school has this number"
TRACE = "This looks like {what}. Take it out, or send this child by the form"


@dataclass(frozen=True, slots=True)
class Good:
    """A line that can be sent, and to which school; none for a child taught at home."""

    number: int
    name: str = field(repr=False)
    school: School | None
    new: NewNotification = field(repr=False)


@dataclass(frozen=True, slots=True)
class Looked:
    """The good lines, and what is wrong with the others."""

    lines: Sequence[Good]
    faults: Sequence[Fault]


def looked_at(*, text: str, desk: Desk, at: datetime) -> Looked:
    """Every line looked at as if it were sent. Raises `NotAFile`."""
    read = read_lines(text, sender=desk.organisation)
    schools = schools_numbered(urns={line.urn for line in read.lines if line.urn})
    faults, good = list(read.faults), []
    for line in read.lines:
        school = schools.get(line.urn or 0)
        if line.urn and school is None:
            faults.append(Fault(line.number, "school", NO_SCHOOL))
            continue
        new = _new(line, school, desk, at)
        wrong = _traces(line) + [Fault(line.number, "", each) for each in faults_of(new, at=at)]
        faults += wrong
        if not wrong:
            good.append(Good(line.number, line.identity.name, school, new))
    return Looked(good, sorted(faults, key=lambda each: each.line))


def _new(line: Line, school: School | None, desk: Desk, at: datetime) -> NewNotification:
    """In the area of the school, where the force serves it; else in the first that it serves."""
    served = [area.pk for area in desk.areas]
    home = home_area_of(school=school.id, on=local_day(at)) if school else None
    area = home if home in served else served[0]
    places = (school.id,) if school else ()
    child = NewChild(line.identity, places, None if school else area, dict(line.items), line.override)
    return NewNotification(line.key, desk.organisation, area, Channel.FILE, (child,))


def _traces(line: Line) -> list[Fault]:
    return [
        Fault(line.number, name, TRACE.format(what=IN_WORDS[each.trace]))
        for name, words in line.items.items()
        if ASKED[Item(name)].sort in (Sort.LINE, Sort.TEXT) and name != Item.REFERENCE
        for each in traces(words)
    ]
