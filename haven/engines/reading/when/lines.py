"""Lines that open or close with their day, or name the month for the lines below: the shapes of diaries and boards."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from haven.engines.patterns.late import late
from haven.engines.reading.when.names import DAY, FULL_WEEKDAY, MONTH, WEEKDAY, weekday_number
from haven.engines.reading.when.stretch import Days, Kind, Stretch, Told
from haven.engines.reading.when.years import conflict_of, make_day, nearest, next_monthly, next_weekday

MONTH_LINE = late(
    rf"\W*(?:(?:key\s+|diary\s+)?(?:dates|events|diary|what[’']?s\s+on)?\s*(?:for|in|–|-|"
    rf":)?\s*)?(?P<month>{MONTH})\b\.?(?:\s+(?P<year>(?:19|20)\d\d))?\s*\W*",
    re.IGNORECASE,
)
MONTH_DAY_LINE = late(
    rf"\W{{0,3}}(?P<month>{MONTH})\b\.?[ \t]+(?={DAY}(?:\s*[-–—]\s*{DAY})?(?:\s{{2,}}|\t|\s[-–—:]))", re.IGNORECASE
)
_DAY_LINE = late(
    rf"(?:\W{{0,3}}{MONTH}\b\.?[ \t]+)?(?:[•·*–-]\s*)?(?:(?P<wd>{WEEKDAY})\b\.?,?\s+)?(?P<day>{DAY})"
    rf"(?:\s*(?:[-–—]|to|&|and)\s*(?:{WEEKDAY}\b\.?,?\s+)?(?P<last>{DAY}))?"
    rf"(?:\s*\((?P<after>{WEEKDAY})\))?(?=\s*(?:[-–—:|,]|\s{{2,}}|\t|\n|$)|\s+[A-Z]|(?<=\))\s)",
    re.IGNORECASE,
)
_LINE_DAY = late(
    rf"\W{{0,4}}(?:(?:this|next)\s+)?(?P<day>{FULL_WEEKDAY}|(?:Mon|Tue|Tues|Wed|Weds|Thu|Thur|Thurs|Fri|Sat|"
    rf"Sun)\b|Today|Tomorrow)(?=\s*[:–—]|\s+-\s|,\s*\d|\s{{2,}}|\t|\.\s*$)",
    re.IGNORECASE,
)
_ONLY_DAY = late(rf"\W{{0,4}}(?P<day>{WEEKDAY})\W{{0,3}}", re.IGNORECASE)
_LINE_NTH = late(
    r"\W{0,4}(?:the\s+)?(?P<day>3[01]|[12]\d|[1-9])(?:st|nd|rd|th)(?=\s{2,}|\t|\s*:|\s+[–—-]\s)", re.IGNORECASE
)


def days_under_month(stretch: Stretch, month: tuple[int, int | None]) -> list[Days]:
    """A line such as ‘Fri 6 – INSET day’ under a line that names the month."""
    match = _DAY_LINE.match(stretch.text, stretch.start, stretch.end)
    if match is None or not (
        match["wd"]
        or match["after"]
        or (stretch.is_first_cell and match.end() == stretch.end)
        or re.search(r"[a-z]", match["day"])
        or re.match(r"\s*[-–—:]|\s{2,}", stretch.text[match.end() : match.end() + 3])
    ):
        return []
    number, year = month
    weekday = weekday_number(match["wd"]) if match["wd"] else None
    day = _numbered(match["day"], number, year, stretch.note, weekday)
    if day is None:
        return []
    until = _numbered(match["last"], day.month, day.year, stretch.note, None) if match["last"] else None
    until = until if until and until > day else None
    kind = Kind.RANGE if until else Kind.DAY
    return [Days(match.start(), match.end(), kind, day, until, weekday, year is not None, conflict_of(day, weekday))]


def _numbered(written: str, month: int, year: int | None, note: date, weekday: int | None) -> date | None:
    digits = re.match(r"\d+", written)
    number = int(digits[0]) if digits else 0
    return make_day(year, month, number) if year else nearest(month, number, note, weekday=weekday)


def line_days(stretch: Stretch) -> Iterator[Told]:
    """A line that opens with its day: ‘Tomorrow: test kits arrive’, ‘Tuesday, 9.00: heads’ call’."""
    match = _LINE_DAY.match(stretch.text, stretch.start, stretch.end)
    if match is None and stretch.week is not None:
        match = _ONLY_DAY.fullmatch(stretch.text, stretch.start, min(stretch.end, stretch.start + 20))
    if match is not None:
        word = match["day"].lower()
        days_on = {"today": 0, "tomorrow": 1}
        if word in days_on:
            day = stretch.note + timedelta(days=days_on[word])
        else:
            base = stretch.week - timedelta(days=1) if stretch.week else stretch.note
            day = next_weekday(base, weekday_number(word))
        yield Told(match.start("day"), match.end(), Kind.RELATIVE, day, opens_line=True)
    if (match := _LINE_NTH.match(stretch.text, stretch.start, stretch.end)) is not None:
        yield Told(
            match.start("day"), match.end(), Kind.DAY, next_monthly(stretch.week or stretch.note, int(match["day"]))
        )


_LABEL_NTH = late(
    r"(?:^\W{0,4}[A-Za-z][\w’' ]{2,40}|[A-Za-z]{3,}\s*[–—:-])\s+(?P<day>[12]\d|3[01]|[1-9])(?:st|nd|rd|"
    r"th)(?=\s*(?:$|[–—-]\s|,\s*\d|@|\bat\s+\d))",
    re.IGNORECASE,
)


def labelled_days(stretch: Stretch, before: date | None) -> Iterator[Told]:
    """‘Assembly – 17th – Mr Groves’."""
    match = _LABEL_NTH.search(stretch.text, stretch.start, min(stretch.end, stretch.start + 120))
    if match is not None:
        day = next_monthly(before or stretch.week or stretch.note, int(match["day"]))
        yield Told(match.start("day"), match.end(), Kind.DAY, day, is_sure=False)
