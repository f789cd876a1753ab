"""Days as people write them, found in a stretch of text and worked out against the note's own date."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from haven.engines.reading.when.names import (
    DAY,
    FULL_WEEKDAY,
    MONTH,
    WEEKDAY,
    YEAR,
    month_number,
    weekday_number,
    year_number,
)
from haven.engines.reading.when.years import LOOK_BACK, conflict_of, make_day, nearest


class Kind(StrEnum):
    """What sort of time is meant."""

    DAY = "day"
    RANGE = "range"
    WEEK = "week"  # 'week commencing', 'the week of'
    MONTH_END = "month end"  # a day that is not itself written
    RELATIVE = "relative"  # 'tomorrow', 'Thursday', 'the 5th'
    RECURRING = "recurring"


@dataclass(frozen=True, slots=True)
class Days:
    """One day, or a stretch of days to `until` inclusive, at `text[start:end]`. Days of one list share `group`."""

    start: int
    end: int
    kind: Kind
    day: date
    until: date | None = None
    weekday: int | None = None
    has_year: bool = False
    conflict: str | None = None
    group: int | None = None
    is_tentative: bool = False  # one of two days joined by 'or'


_ITEM = rf"(?:{WEEKDAY}(?:\b|(?=\d))\.?,?\s*(?:the\s+)?)?(?:the\s+)?{DAY}"
_SEPARATOR = r"\s*(?:,\s*(?:and\s+|&\s*)?|&|/|\+|[-–—]|and|or|to|till?|until|through(?:\s+to)?)\s*"
_YEAR_AFTER = rf"(?:(?:,?\s*|[-.])(?P<year>{YEAR})|,?\s(?P<short>\d\d)(?=[,;)\s]*(?:$|[\n|(–—])|,\s))?"
_LIST = re.compile(
    rf"(?<![\w£$€./:+])(?P<items>{_ITEM}(?:{_SEPARATOR}{_ITEM}){{0,7}})[ \t\u00a0]*\n?[ \t\u00a0]*(?:of\s+|"
    rf"[-.])?(?P<month>{MONTH})\b\.?" + _YEAR_AFTER,
    re.IGNORECASE,
)
_AMERICAN = re.compile(
    rf"\b(?:(?P<wd>{WEEKDAY})\b\.?,?\s+)?(?P<month>{MONTH})\.?\s+(?:the\s+)?(?P<day>\d{{1,2}})"
    rf"(?P<nth>st|nd|rd|th)?\b(?:,?\s+(?P<year>{YEAR})|(?(nth)|(?(wd)(?![:.]\d)|(?!))))",
    re.IGNORECASE,
)
_NUMERIC = re.compile(
    rf"(?<![\w./-])(?:(?P<wd>{WEEKDAY})\b\.?,?\s+)?(?P<day>0?[1-9]|[12]\d|3[01])(?P<sep>[./-])(?P<month>0?[1-9]|"
    rf"1[0-2])(?P=sep)"
    r"(?P<year>(?:19|20)\d\d|\d\d)(?![\w/]|-\w|\.\d)",
    re.IGNORECASE,
)
_ISO = re.compile(
    rf"(?<![\w./-])(?:(?P<wd>{WEEKDAY})\b\.?,?\s+)?(?P<year>(?:19|20)\d\d)-(?P<month>0[1-9]|"
    rf"1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?![\w-])",
    re.IGNORECASE,
)
_SHORT = re.compile(
    rf"(?<![\w./£])(?<!\w-)(?P<cue>\b(?:by|nlt|on|from|due|done|until|till|before|b4|after|than|for|to|and|&|was|"
    rf"now|cop|cob|eod|noon|deadline|"
    rf"close[sd]?|ends|date|play|commencing|starting|starts|held|meeting|forum|session|training|latest|"
    rf"{WEEKDAY})\b[.,:]?\s+)?"
    r"(?P<day>0?[1-9]|[12]\d|3[01])(?P<sep>[/.])(?P<month>0?[1-9]|1[0-2])(?![\w/%]|[.:]\d|\s*[ap]\.?m\b|"
    r"-(?!\d{1,2}[/.]\d))",
    re.IGNORECASE,
)
_ONE = re.compile(rf"(?:(?P<wd>{WEEKDAY})(?:\b|(?=\d))\.?,?\s*)?(?:the\s+)?(?P<day>{DAY})", re.IGNORECASE)
_RANGE_JOIN = re.compile(r"\s*(?:[-–—]|to|till?|until|through(?:\s+to)?)\s*", re.IGNORECASE)
_NOT_A_DAY = re.compile(
    r"\b(?:room|rooms|year|years|yr|unit|part|page|pages|floor|level|no|number|suite|block|hall|section|chapter|"
    r"item|class|"
    r"group|groups|phase|stage|ages?|aged|day|week|module|step|version|p|para|appendix|annex|door|gate)s?\.?[ \t]*$",
    re.IGNORECASE,
)
_MODAL_MAY = re.compile(r"may\s+(?:also\s+)?[a-z]{2,}")
_CODE_BEFORE = re.compile(r"(?:\bref(?:erence)?|\bcase|\bversion|\bv|\bsheet|\bno|[A-Z]{2,3})\.?:? ?$")
_WEEK_BEFORE = re.compile(
    r"(?:\bw\s?/\s?[cb]\.?|\bw\.[cb]\.?|\bwc|\bweek\s*[- ]?(?:commencing|beginning|starting|of)|"
    r"\bweek\s+(?:from|in))[:\s]*(?:on\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
_WEEK_END_BEFORE = re.compile(
    r"(?:\bw\s?/\s?e\.?|\bw\.e\.?|\bweek\s*[- ]?ending)[:\s]*(?:on\s+)?(?:the\s+)?$", re.IGNORECASE
)
_MOVED_FROM = re.compile(
    r"\b(?:extended|delayed|revised|moved|moving|changed|rescheduled|postponed|brought\s+forward|put\s+back|"
    r"switched|transferred)\b[^.]{0,40}\bfrom\b[^.]{0,20}$",
    re.IGNORECASE,
)
_REPEATED = re.compile(
    r"\b(?:both\s+the\s+same|same\s+content|repeat(?:ed|s)?|attend\s+one|either\s+(?:day|date|session)|choose|choice|"
    r"(?:two|three|four)\s+(?:sessions|workshops)|drop[- ]ins|(?:two|three|four)\s+(?:sessions|drop[- ]ins|"
    r"dates|workshops|webinars|briefings|performances|visits))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Part of a text to look in, the note's date, and how to tell whether words at a place speak of the past."""

    text: str
    start: int
    end: int
    note: date
    is_past: bool
    has_plain_figures: bool = True  # whether ‘13/3’ that stands alone may be a day
    is_first_cell: bool = False  # of its row in a table
    is_date_cell: bool = False  # in a column that is headed as dates
    week: date | None = None  # the week that a line above names
    look_back: timedelta = LOOK_BACK  # how far behind the note a day without a year may lie
    is_told: Callable[[str], bool] = bool  # whether words speak of the past
    is_surely_past: bool = True

    def was_before(self, at: int) -> bool:
        """Whether the clause that a day ends speaks of the past."""
        clause = re.split(r"[.;:]\s", self.text[max(self.start, at - 90) : at])[-1]
        return self.is_told is not bool and self.is_told(clause)


def find_days(stretch: Stretch) -> list[Days]:
    """Every written day in the stretch, in order, ranges and lists put together."""
    atoms = sorted([*_lists(stretch), *_others(stretch)], key=lambda d: (d.start, -d.end))
    kept: list[Days] = []
    for atom in atoms:
        if kept and atom.start < kept[-1].end and atom.group is None:
            continue
        if kept and atom.start < kept[-1].end and atom.group != kept[-1].group:
            continue
        kept.append(atom)
    return [_as_week(stretch.text, d) for d in _joined(stretch, kept)]


_MONTH_HINT = re.compile(r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec", re.IGNORECASE)
_FIGURES_HINT = re.compile(r"\d[./-]\d")


def _lists(stretch: Stretch) -> Iterator[Days]:
    if _MONTH_HINT.search(stretch.text, stretch.start, stretch.end) is None:
        return
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
        day = _resolved(stretch, item.day, month, year, item.weekday, item.start)
        first = _resolved(stretch, pending.day, month, year, pending.weekday, pending.start) if pending else None
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


_FAR = timedelta(days=120)
_LONG_AGO = timedelta(days=200)


def _resolved(stretch: Stretch, day: int, month: int, year: int | None, weekday: int | None, at: int) -> date | None:
    if year is not None:
        return make_day(year, month, day)
    found = nearest(month, day, stretch.note, weekday=weekday, is_past=stretch.is_past, look_back=stretch.look_back)
    if found is not None and stretch.is_past and not stretch.is_surely_past and stretch.note - found > _LONG_AGO:
        ahead = nearest(month, day, stretch.note, weekday=weekday, look_back=stretch.look_back)
        return ahead if ahead is not None and ahead - stretch.note < _FAR else found
    if found is not None and found - stretch.note > _FAR and weekday is None and stretch.was_before(at):
        return nearest(month, day, stretch.note, is_past=True)
    return found


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
    return _REPEATED.search(stretch.text, max(stretch.start, start - 300), min(stretch.end, end + 300)) is not None


def _follows(first: Days, second: Days, gap: str) -> bool:
    return (
        "+" not in gap
        and "or" not in gap.split()
        and second.day - (first.until or first.day) == timedelta(days=1)
        and second.until is None
    )


def _others(stretch: Stretch) -> Iterator[Days]:
    text, start, end = stretch.text, stretch.start, stretch.end
    has_month = _MONTH_HINT.search(text, start, end) is not None
    for match in _AMERICAN.finditer(text, start, end) if has_month else ():
        if day := _plain_day(stretch, match, month_number(match["month"])):
            yield day
    if _FIGURES_HINT.search(text, start, end) is None:
        return
    for match in _ISO.finditer(text, start, end):
        if day := _plain_day(stretch, match, int(match["month"])):
            yield day
    for match in _NUMERIC.finditer(text, start, end):
        if _is_date_like(stretch, match) and (day := _plain_day(stretch, match, int(match["month"]))):
            yield day
    yield from _shorts(stretch)


def _shorts(stretch: Stretch) -> Iterator[Days]:
    """Days and months in figures without a year, where the words, the line or a list show that they are days."""
    last_end: int | None = None
    for match in _SHORT.finditer(stretch.text, stretch.start, stretch.end):
        gap = stretch.text[last_end : match.start("day")] if last_end is not None else ""
        continues = _LIST_GAP.fullmatch(gap) is not None
        if not (continues or _is_cued(stretch, match)):
            continue
        weekday = _weekday_in(match["cue"] or "")
        if day := _short_day(stretch, match, weekday):
            last_end = match.end()
            yield day


_LIST_GAP = re.compile(r"\s*(?:,|and|&|,\s*and|-|–|to)\s*")
_LIST_FOLLOWS = re.compile(r"\s*(?:,|and|&|-|–|to)\s*(?:and\s+)?\d{1,2}[/.]\d{1,2}(?!\d|[.:]\d|\s*[ap]m)")


_HOUR_FOLLOWS = re.compile(
    r"\s*(?:@|,?\s*at)\s*\d{1,2}(?:[.:]\d\d|\s*[ap]m|\d\d\b)|,?\s+\d{1,2}(?:[.:]\d\d)?\s*[ap]\.?m\b"
)
_HOURS_AROUND = re.compile(
    r"\s*[–—:,-]?\s*(?:[01]\d|2[0-3])[0-5]\d(?:\s?h(?:ou)?rs?)?\b|\.?[,\s]\s*[–—-]?\s*\d{1,2}[.:][0-5]\d\b"
)
_HOURS_AHEAD = re.compile(r"(?<!\d)(?:[01]\d|2[0-3])[0-5]\d(?:\s?h(?:ou)?rs?)?,?\s+(?:on\s+)?$")
_FIGURE_DAY = re.compile(r"(?<![\w./])\d{1,2}/\d{1,2}\s+[A-Za-z(]")
_LIST_EDGE = re.compile(r"[;:•|]\s*$")


def _is_among_hours(stretch: Stretch, match: re.Match[str]) -> bool:
    """A day in figures that opens a cell for days, or has hours in figures on either side."""
    start = match.start("day")
    if stretch.is_date_cell and not stretch.text[stretch.start : start].strip():
        return True
    return (
        _HOURS_AROUND.match(stretch.text, match.end(), stretch.end) is not None
        or _HOURS_AHEAD.search(stretch.text, max(stretch.start, start - 12), start) is not None
    )


def _in_inline_list(stretch: Stretch, match: re.Match[str]) -> bool:
    """‘10/6 heads' call; 17/6 forum; 24/6 governors’."""
    if match["sep"] != "/" or _FIGURE_DAY.match(stretch.text, match.start("day"), stretch.end) is None:
        return False
    start = match.start("day")
    if start > stretch.start and not _LIST_EDGE.search(stretch.text, max(stretch.start, start - 4), start):
        return False
    return len(_FIGURE_DAY.findall(stretch.text, max(stretch.start, start - 100), min(stretch.end, start + 100))) > 1


_LABEL_BEFORE = re.compile(r"[A-Za-z]{3,}[\w)]*\s*(?:=|:|[–—-])\s+$")
_LINE_ENDS = re.compile(r"\s*(?:[.,;!)]|$|\n)")


def _is_label_end(stretch: Stretch, match: re.Match[str]) -> bool:
    """‘audit - 30/6’: a label, then the day, then no more."""
    start = match.start("day")
    return (
        stretch.has_plain_figures
        and _LABEL_BEFORE.search(stretch.text, max(stretch.start, start - 40), start) is not None
        and _LINE_ENDS.match(stretch.text, match.end(), stretch.end) is not None
    )


def _is_cued(stretch: Stretch, match: re.Match[str]) -> bool:
    if match["sep"] == ".":
        is_plain_day = len(match["day"]) == len(match["month"]) == 2
        if is_plain_day and _is_among_hours(stretch, match):
            return True
        has_cue = bool(match["cue"]) and match["cue"].split()[0].lower().strip(".,:") not in {
            "to",
            "and",
            "&",
            "for",
            "till",
            "until",
            "from",
        }
        return is_plain_day and (
            has_cue
            or (
                int(match["day"]) > 12
                and (
                    _stands_alone(stretch, match)
                    or _LIST_FOLLOWS.match(stretch.text, match.end(), stretch.end) is not None
                )
            )
        )
    if _is_among_hours(stretch, match):
        return True
    if _in_inline_list(stretch, match):
        return True
    if _HOUR_FOLLOWS.match(stretch.text, match.end(), stretch.end) or _is_label_end(stretch, match):
        return True
    if match["cue"] or _LIST_FOLLOWS.match(stretch.text, match.end(), stretch.end):
        return True
    return stretch.has_plain_figures and _stands_alone(stretch, match)


def _stands_alone(stretch: Stretch, match: re.Match[str]) -> bool:
    """A day and month in figures alone means a date only where it fills its cell or opens its line."""
    if (match["day"], match["month"]) == ("24", "7"):
        return False
    ahead = stretch.text[max(stretch.start, match.start() - 40) : match.start()]
    if ahead.strip(" \t\n*•·-–") and not re.search(r" {3}$|\t$", ahead):
        return False
    following = stretch.text[match.end() : min(stretch.end, match.end() + 40)]
    return (
        not following.strip()
        or re.match(
            r"\s*(?:[–—:-]\s|\s{2,}|\t|,\s|\d{4}\s*$|(?:[01]\d|2[0-3])[0-5]\d(?:\s?h(?:ou)?rs?)?\b|@|at\s+\d)",
            following,
        )
        is not None
    )


def _weekday_in(cue: str) -> int | None:
    word = cue.strip(" .,:\t\n").lower()
    return weekday_number(word) if re.fullmatch(WEEKDAY, word) else None


def _short_day(stretch: Stretch, match: re.Match[str], weekday: int | None) -> Days | None:
    day = nearest(int(match["month"]), int(match["day"]), stretch.note, weekday=weekday, is_past=stretch.is_past)
    if day is None:
        return None
    return Days(match.start("day"), match.end(), Kind.DAY, day, weekday=weekday, conflict=conflict_of(day, weekday))


def _plain_day(stretch: Stretch, match: re.Match[str], month: int) -> Days | None:
    weekday = weekday_number(match["wd"]) if match["wd"] else None
    written = match["year"]
    year = (year_number(written) if len(written) != 2 else 2000 + int(written)) if written else None
    number = int(match["day"])
    day = _resolved(stretch, number, month, year, weekday, match.start()) if 1 <= number <= 31 else None
    if day is None:
        return None
    return Days(match.start(), match.end(), Kind.DAY, day, None, weekday, year is not None, conflict_of(day, weekday))


def _is_date_like(stretch: Stretch, match: re.Match[str]) -> bool:
    """Keeps out references and section numbers of the same shape."""
    if _CODE_BEFORE.search(stretch.text, max(stretch.start, match.start() - 14), match.start()):
        return False
    if len(match["year"]) == 4:
        return True
    near = abs(2000 + int(match["year"]) - stretch.note.year) <= 6
    return near and (
        match["sep"] == "/"
        or len(match["day"]) + len(match["month"]) > 2
        or match.start() > stretch.start
        or match.end() == stretch.end
    )


_RANGE_GAP = re.compile(
    r"\s*(?:\([^)]{0,30}\)\s*)?,?\s*(?:[-–—]|to|till?|until|through(?:\s+to)?|"
    r"up\s+to)\s*(?:and\s+including\s+)?(?:on\s+)?\s*$",
    re.IGNORECASE,
)
_AND_GAP = re.compile(r"\s*(?:\([^)]{0,40}\)\s*)?(?:&|and|/|,|\+|or)\s*(?:on\s+)?$", re.IGNORECASE)
_LABELLED_GAP = re.compile(r"\([^)]*[A-Za-z]{3}[^)]*\)")
_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?$", re.IGNORECASE)


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


WRITTEN_WEEKDAY = re.compile(rf"\b{FULL_WEEKDAY}\b")
