"""Days that are told from another day: ‘by Thursday’, ‘the end of January’, ‘the last Thursday of every month’."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from haven.engines.patterns.late import late
from haven.engines.reading.items import Recurs
from haven.engines.reading.when.lines import labelled_days, line_days
from haven.engines.reading.when.names import (
    MONTH,
    ORDINALS,
    WEEKDAY,
    YEAR,
    month_number,
    weekday_number,
    year_number,
)
from haven.engines.reading.when.stretch import Kind, Stretch, Told
from haven.engines.reading.when.years import (
    conflict_of,
    last_of_month,
    make_day,
    month_after,
    nearest,
    next_monthly,
    next_nth_weekday,
    next_weekday,
    nth_weekday,
)

_BEFORE_WEEKDAY = (
    r"(?:is|this|next|coming|on|by|before|until|till|due|from|noon|midday|midnight|c\.?o\.?p\.?|c\.?o\.?b\.?|"
    r"e\.?o\.?d\.?|"
    r"close\s+of\s+(?:play|business)|end\s+of|\d\s?[ap]\.?m\.?|no\s+later\s+than|then|first\s+thing(?:\s+on)?|"
    r"closes|ends|shuts|deadline|"
    r"first\s+post(?:\s+on)?|lunch\s?time(?:\s+on)?|latest(?:\s+on)?|b4)"
)
_DAY_NUMBER = r"\d{1,2}(?:st|nd|rd|th|(?!\d|\s*(?:[ap]\.?m\b|[.:]\d\d|noon|o[’']|[-–]\s*\d{1,2}(?:[.:]\d\d)?\s*[ap]m)))"
_WEEKDAY = late(
    rf"\b(?P<cue>{_BEFORE_WEEKDAY})\s+(?:(?:on|this|the|next|coming|end\s+of)\s+)?(?P<wd>{WEEKDAY})\b"
    rf"(?!\s*(?:{_DAY_NUMBER}|[-–&/]\s*(?:mon|tue|wed|thu|fri|sat|sun)|to\s|and\s+(?:mon|tue|wed|thu|fri|sat|"
    rf"sun)|morning\s+and|(?:before|after|following|of)\s))",
    re.IGNORECASE,
)
_WEEK_LATER = late(rf"\b(?:(?:a\s+week\s+(?:on\s+)?(?P<after>{WEEKDAY})\b)|(?P<wd>{WEEKDAY})\s+week\b)", re.IGNORECASE)
_LATER = late(
    r"\b(?:(?P<week>a\s+week|one\s+week)|(?P<two>a\s+fortnight|two\s+weeks|2\s+weeks)|(?P<three>three\s+weeks|"
    r"3\s+weeks))\s+"
    r"(?:from\s+)?(?P<from>today|tomorrow|now)\b|\b(?P<day>today|tomorrow)\s+(?P<unit>week|fortnight)\b|"
    r"\b(?P<same>(?:by\s+)?(?:this|the\s+same)\s+time\s+next\s+week)\b|"
    r"\bin\s+(?P<time>a\s+week|a\s+fortnight|two\s+weeks)[’']s?\s+time\b",
    re.IGNORECASE,
)
_WEEKDAY_BESIDE = late(
    rf"(?:^|(?<=[:–—,;(-])|(?<=\bthen))\s*\b(?P<wd>{WEEKDAY})\b,?\s+(?:at\s+(?:the\s+)?(?:very\s+|"
    rf"absolute\s+)?latest\b|latest\b|"
    r"(?:at\s+)?(?:\d{1,2}(?:[.:]\d\d)?\s*[ap]\.?m\b|\d{1,2}[.:]\d\d\b|noon\b|midday\b))",
    re.IGNORECASE,
)
_WEEKDAY_NTH = late(
    rf"\b(?P<wd>{WEEKDAY})\b\.?[\s,]*\(?(?:the\s+)?(?P<day>3[01]|[12]\d|[1-9])(?P<th>st|nd|rd|"
    rf"th)?\b\)?(?!\s*(?:of\s+)?(?:{MONTH})\b)"
    rf"(?!\s*(?:[-–/]|to)\s*(?:{WEEKDAY}\s+)?\d(?!\d?(?:[.:]\d\d)?\s*[ap]\.?m|\d?[.:]\d\d))(?!\s*(?:&|and|"
    rf"or)\s*\d)(?!\s*,\s*\d\d?(?:st|nd|rd|th|\s+and|\s*&))",
    re.IGNORECASE,
)
_NOT_ORDINAL = late(r"\s*(?:[ap]\.?m|[.:/]\d|[-–—]\s*\d|%|o[’']|to\s+\d|till?\s+\d|until\s+\d|\w+s\b)", re.IGNORECASE)
_NTH_TO_NTH = late(
    rf"(?<![\w-])(?:{WEEKDAY}\s+)?(?P<day>3[01]|[12]\d|[1-9])(?:st|nd|rd|th)\s*(?:[-–—]|to|"
    rf"until)\s*(?:{WEEKDAY}\s+)?(?P<last>3[01]|[12]\d|[1-9])(?:st|nd|rd|th)\b"
    rf"(?!\s*(?:of\s+)?(?:{MONTH}|centur\w+|floor|percentile)\b)",
    re.IGNORECASE,
)
_TODAY = late(r"\b(?P<word>today|tonight|this\s+(?:morning|afternoon|evening)|tomorrow)\b(?![’']s)", re.IGNORECASE)
_MONTH_END = late(
    rf"\b(?:the\s+)?(?P<part>end|close|beginning|start|"
    rf"middle)\s+of\s+(?:(?P<month>{MONTH})\b(?:,?\s+(?P<year>{YEAR}))?|"
    r"(?P<this>this|the|next)\s+(?P<unit>month|week|day)\b)(?!\s+(?:after|before|of)\b)",
    re.IGNORECASE,
)
_PLAY = late(
    r"\b(?:by|before)\s+(?:(?:the\s+)?close\s+of\s+(?:play|business)|c\.?o\.?[pb]\b|e\.?o\.?d\b)", re.IGNORECASE
)
_THE_NTH = late(
    r"\b(?:(?:on|by|to|until|till|from|before|and|now|is|be)\s+(?:the\s+)?|(?=\d{1,2}(?:st|nd|rd|th)\s+of\s+(?:this|"
    r"next)\s+month\b))(?P<day>[12]\d|3[01]|[1-9])(?:st|nd|rd|th)\b"
    r"(?=\s*(?:[.,;:)–—]|$|\n|of\s+(?P<which>this|next)\s+month|\(|"
    r"(?:at|from|for|in|instead|because|and|or|as|when|via|so|but|with|if|please|this\s+time|half|quarter|noon|"
    r"midday)\b|\d{1,2}(?:[.:]\d\d|\s*[ap]\.?m)))",
    re.IGNORECASE,
)
_ORDINAL = "|".join(ORDINALS)
_NTH_WEEKDAY = late(
    rf"\b(?:the\s+)?(?P<nth>{_ORDINAL})\s+(?:(?P<wd>{WEEKDAY})|(?P<working>(?:working|school)\s+day)|(?P<any>day))\s+"
    r"(?:of|in)\s+(?:each|every|the)\s+(?:calendar\s+)?(?:month|(?P<half>half[- ]?term)|(?P<term>term))\b",
    re.IGNORECASE,
)
_NTH_IN_MONTH = late(
    rf"\b(?:the\s+)?(?P<nth>{_ORDINAL})\s+(?P<wd>{WEEKDAY})\s+(?:of|"
    rf"in)\s+(?P<month>{MONTH})\b(?:,?\s+(?P<year>{YEAR}))?",
    re.IGNORECASE,
)
_NTH_OF_MONTH = late(
    r"\b(?:the\s+)?(?P<day>[12]\d|3[01]|[1-9])(?:st|nd|rd|th)\s+(?:day\s+)?of\s+(?:each|every|"
    r"the)\s+(?:calendar\s+)?month\b",
    re.IGNORECASE,
)
_EVERY_WEEKDAY = late(
    rf"\b(?:every|each)\s+(?P<wd>{WEEKDAY})\b|\b(?:weekly|every\s+week|"
    rf"each\s+week)\b[^.\n]{{0,12}}?\b(?P<wds>(?:mon|tues|wednes|thurs|fri)days?)\b",
    re.IGNORECASE,
)


_NTH_HINT = late(r"\d(?:st|nd|rd|th)")
_WEEKDAY_HINT = late(r"mon|tue|wed|thu|fri|sat|sun")


def find_told(stretch: Stretch, before: date | None) -> list[Told]:
    """Every day told from another in the stretch; `before` is the day last spoken of before it."""
    words = stretch.text[stretch.start : stretch.end].lower()
    found: list[Told] = [*line_days(stretch)]
    if "every" in words or "each" in words or "month" in words or "weekly" in words or "term" in words:
        found += _recurring(stretch)
    if " of " in words or "cop" in words or "cob" in words or "eod" in words or "c.o." in words:
        found += _ends(stretch)
    if "to" in words or "this" in words:
        found += _near(stretch)
    if "week" in words or "fortnight" in words:
        found += [*_later(stretch), *_week_later(stretch)]
    if " of " in words or " in " in words:
        found += _in_month(stretch)
    if _NTH_HINT.search(words):
        found += [*_the_nth(stretch, before), *labelled_days(stretch, before)]
    if _NTH_HINT.search(words) or _WEEKDAY_HINT.search(words):
        found += [*_numbered(stretch, before), *_weekdays(stretch)]
    found.sort(key=lambda told: (told.start, -told.end, not told.opens_line))
    kept: list[Told] = []
    for told in found:
        if not kept or told.start >= kept[-1].end:
            kept.append(told)
    return kept


def _recurring(stretch: Stretch) -> Iterator[Told]:
    text, start, end, note = stretch.text, stretch.start, stretch.end, stretch.note
    for match in _NTH_WEEKDAY.finditer(text, start, end):
        recurs = Recurs.TERMLY if match["term"] or match["half"] else Recurs.MONTHLY
        nth = ORDINALS[match["nth"].lower()]
        weekday = weekday_number(match["wd"]) if match["wd"] else None
        if recurs is Recurs.TERMLY:
            continue
        day = _nth_day(note, nth) if match["any"] else next_nth_weekday(note, weekday, nth)
        yield Told(match.start(), match.end(), Kind.RECURRING, day, recurs)
    for match in _NTH_OF_MONTH.finditer(text, start, end):
        yield Told(match.start(), match.end(), Kind.RECURRING, next_monthly(note, int(match["day"])), Recurs.MONTHLY)
    for match in _EVERY_WEEKDAY.finditer(text, start, end):
        weekday = weekday_number(
            (match["wd"] or match["wds"]).lower().removesuffix("s") if match["wds"] else match["wd"]
        )
        yield Told(match.start(), match.end(), Kind.RECURRING, next_weekday(note, weekday), Recurs.WEEKLY)


def _in_month(stretch: Stretch) -> Iterator[Told]:
    """‘the last Friday in June’."""
    for match in _NTH_IN_MONTH.finditer(stretch.text, stretch.start, stretch.end):
        month = month_number(match["month"])
        last = nearest(month, 28, stretch.note, is_past=stretch.is_past)
        year = year_number(match["year"]) if match["year"] else last.year if last else stretch.note.year
        day = nth_weekday(year, month, weekday_number(match["wd"]), ORDINALS[match["nth"].lower()])
        if day is not None:
            yield Told(match.start(), match.end(), Kind.DAY, day)


def _nth_day(note: date, nth: int) -> date:
    if nth > 0:
        return next_monthly(note, nth)
    return last_of_month(note.year, note.month)


def _ends(stretch: Stretch) -> Iterator[Told]:
    note = stretch.note
    for match in _MONTH_END.finditer(stretch.text, stretch.start, stretch.end):
        if match["part"].lower() not in {"end", "close"}:
            continue
        day = (
            _end_of_month(stretch, match)
            if match["month"]
            else _end_of_unit(note, match["this"].lower(), match["unit"].lower())
        )
        if day is not None:
            opens = (
                not stretch.text[stretch.start : match.start()].strip(" \t\n*•·-–")
                and stretch.text[match.end() : match.end() + 1] == ":"
            )
            yield Told(
                match.start(), match.end(), Kind.MONTH_END, day, is_sure=bool(match["month"]) or opens, opens_line=opens
            )
    for match in _PLAY.finditer(stretch.text, stretch.start, stretch.end):
        yield Told(match.start(), match.end(), Kind.RELATIVE, note, is_sure=False)


def _end_of_month(stretch: Stretch, match: re.Match[str]) -> date | None:
    month = month_number(match["month"])
    if match["year"]:
        return last_of_month(year_number(match["year"]), month)
    first = nearest(month, 28, stretch.note, is_past=stretch.is_past)
    return last_of_month(first.year, month) if first else None


def _end_of_unit(note: date, which: str, unit: str) -> date | None:
    if unit == "month":
        year, month = month_after(note.year, note.month) if which == "next" else (note.year, note.month)
        return last_of_month(year, month)
    if unit == "week":
        friday = note + timedelta(days=(4 - note.weekday()) % 7)
        return friday + timedelta(days=7) if which == "next" else friday
    return note if which in {"the", "this"} else None


def _later(stretch: Stretch) -> Iterator[Told]:
    """‘a week today’, ‘tomorrow week’, ‘this time next week’."""
    for match in _LATER.finditer(stretch.text, stretch.start, stretch.end):
        started = (match["from"] or match["day"] or "").lower() == "tomorrow"
        told = (match["two"] or match["unit"] or match["time"] or "").lower()
        weeks = 3 if match["three"] else 2 if "fortnight" in told or "two" in told or "2" in told else 1
        day = stretch.note + timedelta(days=started, weeks=weeks)
        start = match.start() + (3 if match[0].lower().startswith("by ") else 0)
        yield Told(start, match.end(), Kind.RELATIVE, day)


def _near(stretch: Stretch) -> Iterator[Told]:
    for match in _TODAY.finditer(stretch.text, stretch.start, stretch.end):
        day = stretch.note + timedelta(days=1 if match["word"].lower() == "tomorrow" else 0)
        yield Told(match.start(), match.end(), Kind.RELATIVE, day)


def _numbered(stretch: Stretch, before: date | None) -> Iterator[Told]:
    """‘Thursday 18th’ and ‘13th - 17th’, whose month is that of the note or of the day spoken of before."""
    base = before if before is not None and before >= stretch.note else stretch.note
    for match in _WEEKDAY_NTH.finditer(stretch.text, stretch.start, stretch.end):
        weekday, number = weekday_number(match["wd"]), int(match["day"])
        if match["th"] is None and _NOT_ORDINAL.match(stretch.text, match.end()):
            continue
        likely = [d for d in _next_such(stretch.note, number, 3) if d.weekday() == weekday]
        if not likely and match["th"] is None:
            continue
        day = likely[0] if likely else next_monthly(base, number)
        yield Told(match.start(), match.end(), Kind.DAY, day, conflict=conflict_of(day, weekday))
    for match in _NTH_TO_NTH.finditer(stretch.text, stretch.start, stretch.end):
        first = next_monthly(base, int(match["day"]))
        last = make_day(first.year, first.month, int(match["last"]))
        if last is not None and last > first:
            yield Told(match.start(), match.end(), Kind.RANGE, first, until=last)


def _next_such(note: date, number: int, months: int) -> Iterator[date]:
    day = next_monthly(note, number)
    for _ in range(months):
        yield day
        day = next_monthly(day + timedelta(days=1), number)


def _week_later(stretch: Stretch) -> Iterator[Told]:
    """‘Wednesday week’, ‘a week on Wednesday’."""
    for match in _WEEK_LATER.finditer(stretch.text, stretch.start, stretch.end):
        day = next_weekday(stretch.note, weekday_number(match["wd"] or match["after"]), weeks=1)
        yield Told(match.start(), match.end(), Kind.RELATIVE, day, is_sure=False)


def _weekdays(stretch: Stretch) -> Iterator[Told]:
    if stretch.is_past:
        return
    for match in _WEEKDAY_BESIDE.finditer(stretch.text, stretch.start, stretch.end):
        day = next_weekday(stretch.note, weekday_number(match["wd"]))
        yield Told(match.start("wd"), match.end("wd"), Kind.RELATIVE, day)
    for match in _WEEKDAY.finditer(stretch.text, stretch.start, stretch.end):
        name = match["wd"]
        if not name[0].isupper() and len(name) < 6 and match["cue"].lower() != "by":
            continue
        weekday = weekday_number(name)
        day = next_weekday(stretch.note, weekday)
        said_next = re.search(r"\bnext\s+$", stretch.text[match.start() : match.start("wd")], re.IGNORECASE)
        if said_next and day.isocalendar()[:2] == stretch.note.isocalendar()[:2]:
            day += timedelta(days=7)
        yield Told(match.start("wd"), match.end("wd"), Kind.RELATIVE, day, is_sure=not said_next)


_FORWARD = late(r"\b(?:brought|moved|pulled)\s+(?:forward|up)\b|\bearlier\b", re.IGNORECASE)


def _last_such(before: date, number: int, note: date) -> date | None:
    """The last such day of a month before a day, if it lies ahead of the note."""
    month_before = before.replace(day=1) - timedelta(days=1)
    months = [(before.year, before.month), (month_before.year, month_before.month)]
    days = [d for year, month in months if (d := make_day(year, month, number)) is not None]
    return next((d for d in days if note <= d < before), None) or next_monthly(before, number)


_DID = late(
    r"(?<!\bbe )(?<!\bis )(?<!\bare )(?<!\bbeen )(?<!\bnow )\b(?!need|moved|shifted|postponed|extended)[a-z]{3,}ed\b"
    r"(?:\s+\w+){0,2}\s+$"
)  # ‘turned 60 (on the 12th)’


def _the_nth(stretch: Stretch, before: date | None) -> Iterator[Told]:
    for match in _THE_NTH.finditer(stretch.text, stretch.start, stretch.end):
        if stretch.was_before(match.start("day")) or _DID.search(
            stretch.text, max(stretch.start, match.start() - 50), match.start()
        ):
            continue
        number = int(match["day"])
        base = before or stretch.note
        if match["which"] and match["which"].lower() == "next":
            year, month = month_after(stretch.note.year, stretch.note.month)
            day = make_day(year, month, number)
        elif before is not None and _FORWARD.search(
            stretch.text, max(stretch.start, match.start() - 40), match.start()
        ):
            day = _last_such(before, number, stretch.note)
        else:
            day = next_monthly(stretch.note if match["which"] else base, number)
        if day is not None:
            yield Told(match.start("day"), match.end(), Kind.DAY, day, is_sure=before is not None)
