"""Fairhaven's notes: a year of them, each dated so many days before today, so that they never grow old."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

NOTES = Path(__file__).parent / "notes"
PLACE = re.compile(r"\{([+-]?\d+)\}")
SATURDAY = 5
CHRISTMAS_BEGINS, CHRISTMAS_ENDS = (12, 19), (1, 3)  # month and day


@dataclass(frozen=True, slots=True)
class Written:
    """A note as it was sent: on which day, of which kind, and its words with real dates in them."""

    name: str
    sent_on: date
    kind: str
    text: str


def notes(today: date) -> list[Written]:
    """Every note, oldest first."""
    return [_written(path, today) for path in sorted(NOTES.glob("*.txt"))]


def _written(path: Path, today: date) -> Written:
    head, text = path.read_text().split("\n---\n", 1)
    facts = dict(line.split(": ", 1) for line in head.splitlines())
    sent_on = weekday(today + timedelta(days=int(facts["days"])))
    return Written(path.name, sent_on, facts["kind"], PLACE.sub(lambda found: _day(sent_on, int(found[1])), text))


def weekday(day: date) -> date:
    """The day, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - SATURDAY + 1))


def _day(sent_on: date, distance: int) -> str:
    day = after_christmas(weekday(sent_on + timedelta(days=distance)))
    return f"{day:%A} {day.day} {day:%B %Y}"


def after_christmas(day: date) -> date:
    """The day, or where it falls into the Christmas holidays the first Monday after them: nobody would meet then."""
    if CHRISTMAS_ENDS < (day.month, day.day) < CHRISTMAS_BEGINS:
        return day
    first = date(day.year + (day.month == 12), *CHRISTMAS_ENDS)
    return first + timedelta(days=7 - first.weekday())
