"""Days written in figures: ‘13/03/2025’, ‘2025-03-13’, and ‘13/3’ where the words around it show that it is a day."""

import re
from collections.abc import Iterator

from haven.engines.patterns.late import late
from haven.engines.reading.when.names import WEEKDAY, weekday_number
from haven.engines.reading.when.stretch import Days, Kind, Stretch, plain_day
from haven.engines.reading.when.years import conflict_of, nearest

_NUMERIC = late(
    rf"(?<![\w./-])(?:(?P<wd>{WEEKDAY})\b\.?,?\s+)?(?P<day>0?[1-9]|[12]\d|3[01])(?P<sep>[./-])(?P<month>0?[1-9]|"
    rf"1[0-2])(?P=sep)"
    r"(?P<year>(?:19|20)\d\d|\d\d)(?![\w/]|-\w|\.\d)",
    re.IGNORECASE,
)
_ISO = late(
    rf"(?<![\w./-])(?:(?P<wd>{WEEKDAY})\b\.?,?\s+)?(?P<year>(?:19|20)\d\d)-(?P<month>0[1-9]|"
    rf"1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?![\w-])",
    re.IGNORECASE,
)
_SHORT = late(
    rf"(?<![\w./£])(?<!\w-)(?P<cue>\b(?:by|nlt|on|from|due|done|until|till|before|b4|after|than|for|to|and|&|was|"
    rf"now|cop|cob|eod|noon|deadline|"
    rf"close[sd]?|ends|ending|dates?|when|play|commencing|starting|starts|held|meeting|forum|session|training|latest|"
    rf"{WEEKDAY})\b[.,:]?\s+)?"
    r"(?P<day>0?[1-9]|[12]\d|3[01])(?P<sep>[/.])(?P<month>0?[1-9]|1[0-2])(?![\w/%]|[.:]\d|\s*[ap]\.?m\b|"
    r"-(?!\d{1,2}[/.]\d))",
    re.IGNORECASE,
)
_CODE_BEFORE = late(r"(?:\bref(?:erence)?|\bcase|\bversion|\bv|\bsheet|\bno)\.?:? ?$")
_LETTERS_BEFORE = late(r"[A-Z]{2,3}\.?:? ?$")


_HINT = late(r"\d[./-]\d")


def find_figures(stretch: Stretch) -> Iterator[Days]:
    """Every day in figures of the stretch, by the way it is written."""
    text, start, end = stretch.text, stretch.start, stretch.end
    if _HINT.search(text, start, end) is None:
        return
    for match in _ISO.finditer(text, start, end):
        if day := plain_day(stretch, match, int(match["month"])):
            yield day
    for match in _NUMERIC.finditer(text, start, end):
        if _is_date_like(stretch, match) and (day := plain_day(stretch, match, int(match["month"]))):
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


_LIST_GAP = late(r"\s*(?:\([^)\d]{0,20}\)\s*)?(?:,|and|&|or|\+|,\s*(?:and|or)|-|–|to)\s*(?:\([^)\d]{0,20}\)\s*)?")
_LIST_FOLLOWS = late(r"\s*(?:,|and|&|-|–|to)\s*(?:and\s+)?\d{1,2}[/.]\d{1,2}(?!\d|[.:]\d|\s*[ap]m)")


_HOUR_FOLLOWS = late(r"\s*(?:@|,?\s*at)\s*\d{1,2}(?:[.:]\d\d|\s*[ap]m|\d\d\b)|,?\s+\d{1,2}(?:[.:]\d\d)?\s*[ap]\.?m\b")
_HOURS_AROUND = late(
    r"\s*[–—:,-]?\s*(?:[01]\d|2[0-3])[0-5]\d(?:\s?h(?:ou)?rs?)?\b|\.?[,\s]\s*[–—-]?\s*\d{1,2}[.:][0-5]\d\b"
)
_HOURS_AHEAD = late(r"(?<!\d)(?:[01]\d|2[0-3])[0-5]\d(?:\s?h(?:ou)?rs?)?,?\s+(?:on\s+)?$")
_FIGURE_DAY = late(r"(?<![\w./])\d{1,2}/\d{1,2}\s+[A-Za-z(]")
_LIST_EDGE = late(r"[;:•|]\s*$")


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


_LABEL_BEFORE = late(r"[A-Za-z]{3,}[\w)]*\s*(?:=|:|[–—-])\s+$")
_LINE_ENDS = late(r"\s*(?:[.,;!)]|$|\n)")


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
    if stretch.text[match.start() - 1 : match.start()] in {"(", "["} and stretch.text[
        match.end() : match.end() + 1
    ] in {")", "]"}:
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


def _is_date_like(stretch: Stretch, match: re.Match[str]) -> bool:
    """Keeps out references and section numbers of the same shape."""
    ahead = max(stretch.start, match.start() - 14)
    if _CODE_BEFORE.search(stretch.text, ahead, match.start()):
        return False
    is_short = len(match["year"]) == 2 and match["sep"] != "/"
    if is_short and _LETTERS_BEFORE.search(stretch.text, ahead, match.start()):
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
