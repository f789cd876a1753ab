"""Days as people write them, found in a stretch of text and worked out against the note's own date."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from haven.engines.patterns.late import late
from haven.engines.reading.when.figures import find_figures
from haven.engines.reading.when.names import (
    DAY,
    MONTH,
    WEEKDAY,
    YEAR,
    month_number,
    weekday_number,
    year_number,
)
from haven.engines.reading.when.stretch import Days, Kind, Stretch, plain_day, resolved
from haven.engines.reading.when.years import LOOK_BACK, conflict_of, make_day

_ITEM = rf"(?:{WEEKDAY}(?:\b|(?=\d))\.?,?\s*(?:the\s+)?)?(?:the\s+)?{DAY}"
_SEPARATOR = r"\s*(?:,\s*(?:and\s+|&\s*)?|&|/|\+|[-–—]|and|or|to|till?|until|through(?:\s+to)?)\s*"
_YEAR_AFTER = rf"(?:(?:,?\s*|[-.])(?P<year>{YEAR})|,?\s(?P<short>\d\d)(?=[,;)\s]*(?:$|[\n|(–—])|,\s))?"
_LIST = late(
    rf"(?<![\w£$€./:+])(?P<items>{_ITEM}(?:{_SEPARATOR}{_ITEM}){{0,7}})[ \t\u00a0]*\n?[ \t\u00a0]*(?:of\s+|"
    rf"[-.])?(?P<month>{MONTH})\b\.?" + _YEAR_AFTER,
    re.IGNORECASE,
)
_AMERICAN = late(
    rf"\b(?:(?P<wd>{WEEKDAY})\b\.?,?\s+)?(?P<month>{MONTH})\.?\s+(?:the\s+)?(?P<day>\d{{1,2}})"
    rf"(?P<nth>st|nd|rd|th)?\b(?:,?\s+(?P<year>{YEAR})|(?(nth)|(?(wd)(?![:.]\d)|(?!))))",
    re.IGNORECASE,
)
_ONE = late(rf"(?:(?P<wd>{WEEKDAY})(?:\b|(?=\d))\.?,?\s*)?(?:the\s+)?(?P<day>{DAY})", re.IGNORECASE)
_RANGE_JOIN = late(r"\s*(?:[-–—]|to|till?|until|through(?:\s+to)?)\s*", re.IGNORECASE)
_NOT_A_DAY = late(
    r"\b(?:room|rooms|year|years|yr|unit|part|page|pages|floor|level|no|number|suite|block|hall|section|chapter|"
    r"item|class|"
    r"group|groups|phase|stage|ages?|aged|day|week|module|step|version|p|para|appendix|annex|door|gate)s?\.?[ \t]?$",
    re.IGNORECASE,
)
_MODAL_MAY = late(r"may\s+(?:also\s+)?[a-z]{2,}")
_WEEK_BEFORE = late(
    r"(?:\bw\s?/\s?[cb]\.?|\bw\.[cb]\.?|\bwc|\b(?:week|wk)\s*[- ]?(?:commencing|comm?\.?|beginning|starting|of)|"
    r"\bweek\s+(?:from|in))[:\s]*(?:on\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
_WEEK_END_BEFORE = late(
    r"(?:\bw\s?/\s?e\.?|\bw\.e\.?|\b(?:week|wk)\s*[- ]?ending)[:\s]*(?:on\s+)?(?:the\s+)?$", re.IGNORECASE
)
_MOVED_FROM = late(
    r"\b(?:extended|delayed|revised|mov(?:ed?|es|ing)|chang(?:ed?|es|ing)|rescheduled|postponed|brought\s+forward|"
    r"put\s+back|go(?:es|ne)?|slip(?:s|ped)?|shift(?:s|ed)?|switch(?:es|ed)?|transfer(?:s|"
    r"red))\b[^.]{0,40}\bfrom\b[^.]{0,20}$",
    re.IGNORECASE,
)
_REPEATED = late(
    r"\b(?:both\s+the\s+same|same\s+content|(?:sessions|"
    r"drop-?ins|briefings|workshops|surgeries|performances|clinics|"
    r"webinars|showings|visits)\s+(?:(?:will\s+be|are|run|take\s+place|held)\s+)?on|repeat(?:ed|s)?|attend\s+one|"
    r"either\s+(?:day|date|session)|choose|choice|"
    r"(?:two|three|four)\s+(?:sessions|workshops)|drop[- ]ins|(?:two|three|four)\s+(?:sessions|drop[- ]ins|"
    r"dates|workshops|webinars|briefings|performances|visits))\b",
    re.IGNORECASE,
)


_PARTS = late(r"\b(?:(?:two|three|four|[2-4])[- ]days?|both\s+days|each\s+day)\b", re.IGNORECASE)
_HOURS = late(
    r"\d[.:]\d\d|\d\s?[ap]\.?m\b|o[’']?\s?clock|\bnoon\b|(?<!\d)\d{1,2}\s?[-–]\s?\d{1,2}\b(?!\s*[A-Z])", re.IGNORECASE
)


def find_days(stretch: Stretch) -> list[Days]:
    """Every written day in the stretch, in order, ranges and lists put together."""
    names_month = MONTH_HINT.search(stretch.text, stretch.start, stretch.end) is not None
    written = [*_lists(stretch), *_listed_after(stretch), *_americans(stretch)] if names_month else []
    atoms = sorted([*written, *find_figures(stretch)], key=lambda d: (d.start, -d.end))
    kept: list[Days] = []
    for atom in atoms:
        if kept and atom.start < kept[-1].end and atom.group is None:
            continue
        if kept and atom.start < kept[-1].end and atom.group != kept[-1].group:
            continue
        kept.append(atom)
    return [_as_week(stretch.text, d) for d in _joined(stretch, kept)]


MONTH_HINT = late(r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec", re.IGNORECASE)


def _lists(stretch: Stretch) -> Iterator[Days]:
    for match in _LIST.finditer(stretch.text, stretch.start, stretch.end):
        if match["month"] == "may" and _MODAL_MAY.match(
            stretch.text, match.start("month"), min(stretch.end, match.end() + 20)
        ):
            continue
        yield from _list(stretch, match)


@dataclass(frozen=True, slots=True)
class _Item:
    start: int
    end: int
    day: int
    weekday: int | None
    joined_by: str  # what stands between it and the one before


_UNDER_MONTH = late(
    rf"\b(?P<month>{MONTH})\b\.?(?:\s+(?P<year>20\d\d))?\s*[(:]\s*(?P<items>{DAY}(?:\s*(?:,|and|"
    rf"&)\s*(?:and\s+)?{DAY})+)(?=\s*[),.;]|\s*$)",
    re.IGNORECASE,
)  # ‘every Tuesday in June (10, 17 and 24)’


def _listed_after(stretch: Stretch) -> Iterator[Days]:
    """The days that stand in a list behind their month."""
    for match in _UNDER_MONTH.finditer(stretch.text, stretch.start, stretch.end):
        month, year = month_number(match["month"]), int(match["year"]) if match["year"] else None
        for one in re.finditer(DAY, match["items"], re.IGNORECASE):
            start = match.start("items") + one.start()
            number = int(re.sub(r"\D", "", one[0]))
            if day := resolved(stretch, number, month, year, None, start):
                end = start + len(one[0])
                yield Days(start, end, Kind.DAY, day, has_year=year is not None, group=match.start())


def _list(stretch: Stretch, match: re.Match[str]) -> Iterator[Days]:
    items = _items(stretch.text, match)
    month = month_number(match["month"])
    year = _year_of(match, stretch.note)
    found: list[Days] = []
    pending: _Item | None = None
    for at, item in enumerate(items):
        follower = items[at + 1] if at + 1 < len(items) else None
        end = match.end() - (stretch.text[match.end() - 1] == ".") if follower is None else item.end
        if follower is not None and pending is None and _RANGE_JOIN.fullmatch(follower.joined_by):
            pending = item
            continue
        day = resolved(stretch, item.day, month, year, item.weekday, item.start)
        first = resolved(stretch, pending.day, month, year, pending.weekday, pending.start) if pending else None
        if day is None:
            pending = None
            continue
        tentative = " or " in f" {item.joined_by.strip()} " or (
            follower is not None and follower.joined_by.strip() == "or"
        )
        span_start = pending.start if pending else item.start
        made = Days(
            span_start,
            end,
            Kind.DAY,
            day,
            None,
            item.weekday,
            year is not None,
            conflict_of(day, item.weekday),
            match.start(),
            tentative,
        )
        if first is not None and pending is not None:
            if first.toordinal() > day.toordinal():
                first = make_day(day.year if first.month <= day.month else day.year - 1, first.month, first.day) or day
            conflict = conflict_of(first, pending.weekday) or made.conflict
            made = replace(made, kind=Kind.RANGE, day=first, until=day, weekday=pending.weekday, conflict=conflict)
        found.append(made)
        pending = None
    yield from _consecutive(stretch, found)


def _items(text: str, match: re.Match[str]) -> list[_Item]:
    """The days of a list; leading numbers that belong to other words, or do not rise, are let go."""
    base = match.start("items")
    spans = list(_ONE.finditer(text, base, match.end("items")))
    items: list[_Item] = []
    for at, one in enumerate(spans):
        joined = text[spans[at - 1].end() : one.start()] if at else ""
        day = int(re.match(r"\d+", one["day"])[0])  # type: ignore[index]
        weekday = weekday_number(one["wd"]) if one["wd"] else None
        items.append(_Item(one.start(), one.end(), day, weekday, joined))
    if len(items) > 1 and _NOT_A_DAY.search(text, max(0, base - 12), base):
        items = items[-1:] if len(items) == 2 else items[1:]
    while len(items) > 1 and items[0].day >= items[1].day:
        items = items[1:]
    return items


def _year_of(match: re.Match[str], note: date) -> int | None:
    if match["year"]:
        return year_number(match["year"])
    short = match.groupdict().get("short")
    if short and abs(2000 + int(short) - note.year) <= 2:
        return 2000 + int(short)
    return None


def _consecutive(stretch: Stretch, found: list[Days]) -> Iterator[Days]:
    """Days that follow one another (‘20th/21st January’) are one stretch, unless the text says that they repeat."""
    repeats = len(found) > 1 and _repeats(stretch, found[0].start, found[-1].end)
    run: Days | None = None
    for days in found:
        if (
            run is not None
            and not repeats
            and not days.is_tentative
            and _follows(run, days, stretch.text[run.end : days.start])
        ):
            run = replace(
                run, kind=Kind.RANGE, until=days.until or days.day, end=days.end, conflict=run.conflict or days.conflict
            )
            continue
        if run is not None:
            yield run
        run = days
    if run is not None:
        yield run


def _repeats(stretch: Stretch, start: int, end: int) -> bool:
    first = stretch.row if stretch.row is not None else stretch.start
    last = min(stretch.end if stretch.row is None else stretch.row_end, end + 300)
    first = max(first, start - 300)
    if _REPEATED.search(stretch.text, first, last):
        return True
    return _PARTS.search(stretch.text, first, last) is not None and _HOURS.search(stretch.text, end, last) is not None


def _follows(first: Days, second: Days, gap: str) -> bool:
    return (
        "+" not in gap
        and "or" not in gap.split()
        and second.day - (first.until or first.day) == timedelta(days=1)
        and second.until is None
    )


def _americans(stretch: Stretch) -> Iterator[Days]:
    """Days with the month in front."""
    for match in _AMERICAN.finditer(stretch.text, stretch.start, stretch.end):
        if day := plain_day(stretch, match, month_number(match["month"])):
            yield day


_RANGE_GAP = late(
    r"\s*(?:\([^)]{0,30}\)\s*)?,?\s*(?:[-–—]|to|till?|until|through(?:\s+to)?|"
    r"up\s+to)\s*(?:and\s+including\s+)?(?:on\s+)?\s*$",
    re.IGNORECASE,
)
_AND_GAP = late(r"\s*(?:\([^)]{0,40}\)\s*)?(?:&|and|/|,|\+|or)\s*(?:on\s+)?$", re.IGNORECASE)
_LABELLED_GAP = late(r"\([^)]*(?:[A-Za-z]{3}|\d)[^)]*\)")
_BETWEEN = late(r"\bbetween\s+(?:the\s+)?$", re.IGNORECASE)


def _joined(stretch: Stretch, atoms: list[Days]) -> list[Days]:
    """Joins ‘28 October to 1 November’ and ‘Monday 2nd December and Tuesday 3rd December’ into one stretch each."""
    out: list[Days] = []
    for days in atoms:
        previous = out[-1] if out else None
        if previous is None or days.start < previous.end or days.start - previous.end > 50:
            out.append(days)
            continue
        gap = stretch.text[previous.end : days.start]
        if _is_range_gap(stretch.text, previous, gap) and previous.until is None:
            out[-1] = _range(previous, days, stretch.note)
        elif (
            _AND_GAP.fullmatch(gap)
            and not _LABELLED_GAP.search(gap)
            and _follows(previous, days, gap)
            and not _repeats(stretch, previous.start, days.end)
        ):
            out[-1] = replace(
                previous, kind=Kind.RANGE, until=days.day, end=days.end, conflict=previous.conflict or days.conflict
            )
        else:
            group = previous.group if previous.group is not None else previous.start
            linked = _AND_GAP.fullmatch(gap) is not None
            out[-1] = replace(previous, group=group) if linked else previous
            out.append(replace(days, group=group) if linked else days)
    return out


def _is_range_gap(text: str, previous: Days, gap: str) -> bool:
    if _RANGE_GAP.fullmatch(gap):
        return not _MOVED_FROM.search(text, max(0, previous.start - 70), previous.start)
    joined = gap.strip().lower() in {"and", "&"}
    return joined and _BETWEEN.search(text, max(0, previous.start - 15), previous.start) is not None


def _range(first: Days, last: Days, note: date) -> Days:
    start, until = first.day, last.until or last.day
    if last.has_year and not first.has_year:
        start = make_day(until.year, start.month, start.day) or start
        if start > until:
            start = make_day(until.year - 1, start.month, start.day) or start
    elif until < start and not last.has_year:
        until = make_day(start.year + (until.month < start.month), until.month, until.day) or until
    if until < start:
        return replace(first, end=first.end)
    if not (first.has_year or last.has_year) and start - note > timedelta(days=240):
        start, until = _a_year_before(start, until, note)
    conflict = conflict_of(start, first.weekday) or conflict_of(until, last.weekday)
    return replace(
        first,
        kind=Kind.RANGE,
        day=start,
        until=until,
        end=last.end,
        conflict=conflict,
        has_year=first.has_year or last.has_year,
    )


def _a_year_before(start: date, until: date, note: date) -> tuple[date, date]:
    """A stretch that ended a little before the note, rather than one that begins in most of a year."""
    first, last = make_day(start.year - 1, start.month, start.day), make_day(until.year - 1, until.month, until.day)
    if first is None or last is None or last < note - LOOK_BACK:
        return start, until
    return first, last


def _as_week(text: str, days: Days) -> Days:
    """‘w/c 3rd March’ is a week from that day; ‘w/e 21 March’ is that day."""
    before = text[max(0, days.start - 26) : days.start]
    if week := _WEEK_BEFORE.search(before):
        start = days.start - len(before) + week.start()
        return replace(days, start=start, kind=Kind.WEEK, until=days.until or _friday_of(days.day))
    if ending := _WEEK_END_BEFORE.search(before):
        return replace(days, start=days.start - len(before) + ending.start())
    return days


def _friday_of(day: date) -> date:
    return day + timedelta(days=max(0, 4 - day.weekday()))
