"""Days that are told from another day: ‘noon tomorrow’, ‘by Thursday’, ‘the end of January’, ‘the last Thursday of every month’."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from haven.engines.reading.items import Recurs
from haven.engines.reading.when.days import Kind, Stretch
from haven.engines.reading.when.names import MONTH, ORDINALS, WEEKDAY, YEAR, month_number, weekday_number, year_number
from haven.engines.reading.when.years import (
    last_of_month,
    make_day,
    month_after,
    nearest,
    next_monthly,
    next_nth_weekday,
    next_weekday,
)


@dataclass(frozen=True, slots=True)
class Told:
    """A day told from the note's date or from the day spoken of before it."""

    start: int
    end: int
    kind: Kind
    day: date
    recurs: Recurs | None = None
    is_sure: bool = True


_BEFORE_WEEKDAY = (
    r"(?:this|next|coming|on|by|before|until|till|due|from|noon|midday|midnight|c\.?o\.?p\.?|c\.?o\.?b\.?|e\.?o\.?d\.?|"
    r"close\s+of\s+(?:play|business)|end\s+of|\d\s?[ap]\.?m\.?|no\s+later\s+than)"
)
_WEEKDAY = re.compile(
    rf"\b(?P<cue>{_BEFORE_WEEKDAY})\s+(?:(?:on|this|the|next|coming|end\s+of)\s+)?(?P<wd>{WEEKDAY})\b(?!\s*(?:\d|[-–&/]\s*(?:mon|tue|wed|thu|fri|sat|sun)|to\s|and\s+(?:mon|tue|wed|thu|fri|sat|sun)|morning\s+and))",
    re.IGNORECASE,
)
_TODAY = re.compile(
    r"\b(?P<word>today|tonight|this\s+(?:morning|afternoon|evening)|tomorrow)\b(?![’']s)", re.IGNORECASE
)
_MONTH_END = re.compile(
    rf"\b(?:the\s+)?(?P<part>end|close|beginning|start|middle)\s+of\s+(?:(?P<month>{MONTH})\b(?:,?\s+(?P<year>{YEAR}))?|"
    r"(?P<this>this|the|next)\s+(?P<unit>month|week|day)\b)(?!\s+(?:after|before|of)\b)",
    re.IGNORECASE,
)
_PLAY = re.compile(
    r"\b(?:by|before)\s+(?:(?:the\s+)?close\s+of\s+(?:play|business)|c\.?o\.?[pb]\b|e\.?o\.?d\b)", re.IGNORECASE
)
_THE_NTH = re.compile(
    r"\b(?:on|by|to|until|till|from|before|and)\s+(?:the\s+)(?P<day>[12]\d|3[01]|[1-9])(?:st|nd|rd|th)\b"
    r"(?=\s*(?:[.,;:)–—]|$|\n|at\b|from\b|of\s+(?P<which>this|next)\s+month|\())",
    re.IGNORECASE,
)
_ORDINAL = "|".join(ORDINALS)
_NTH_WEEKDAY = re.compile(
    rf"\b(?:the\s+)?(?P<nth>{_ORDINAL})\s+(?:(?P<wd>{WEEKDAY})|(?P<working>(?:working|school)\s+day)|(?P<any>day))\s+"
    r"(?:of|in)\s+(?:each|every|the)\s+(?:calendar\s+)?(?:month|(?P<half>half[- ]?term)|(?P<term>term))\b",
    re.IGNORECASE,
)
_NTH_OF_MONTH = re.compile(
    r"\b(?:the\s+)?(?P<day>[12]\d|3[01]|[1-9])(?:st|nd|rd|th)\s+(?:day\s+)?of\s+(?:each|every|the)\s+(?:calendar\s+)?month\b",
    re.IGNORECASE,
)
_EVERY_WEEKDAY = re.compile(
    rf"\b(?:every|each)\s+(?P<wd>{WEEKDAY})\b|\b(?:weekly|every\s+week|each\s+week)\b[^.\n]{{0,12}}?\b(?P<wds>(?:mon|tues|wednes|thurs|fri)days?)\b",
    re.IGNORECASE,
)


def find_told(stretch: Stretch, before: date | None) -> list[Told]:
    """Every day told from another in the stretch; `before` is the day last spoken of before it."""
    found = [
        *_recurring(stretch),
        *_ends(stretch),
        *_near(stretch),
        *_weekdays(stretch),
        *_the_nth(stretch, before),
    ]
    found.sort(key=lambda told: (told.start, -told.end))
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
            yield Told(match.start(), match.end(), Kind.MONTH_END, day, is_sure=bool(match["month"]))
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


def _near(stretch: Stretch) -> Iterator[Told]:
    for match in _TODAY.finditer(stretch.text, stretch.start, stretch.end):
        day = stretch.note + timedelta(days=1 if match["word"].lower() == "tomorrow" else 0)
        yield Told(match.start(), match.end(), Kind.RELATIVE, day)


def _weekdays(stretch: Stretch) -> Iterator[Told]:
    if stretch.is_past:
        return
    for match in _WEEKDAY.finditer(stretch.text, stretch.start, stretch.end):
        name = match["wd"]
        if not name[0].isupper() and len(name) < 6:
            continue
        weekday = weekday_number(name)
        day = next_weekday(stretch.note, weekday)
        said_next = re.search(r"\bnext\s+$", stretch.text[match.start() : match.start("wd")], re.IGNORECASE)
        if said_next and day.isocalendar()[:2] == stretch.note.isocalendar()[:2]:
            day += timedelta(days=7)
        yield Told(match.start("wd"), match.end("wd"), Kind.RELATIVE, day, is_sure=not said_next)


def _the_nth(stretch: Stretch, before: date | None) -> Iterator[Told]:
    for match in _THE_NTH.finditer(stretch.text, stretch.start, stretch.end):
        number = int(match["day"])
        base = before or stretch.note
        if match["which"] and match["which"].lower() == "next":
            year, month = month_after(stretch.note.year, stretch.note.month)
            day = make_day(year, month, number)
        else:
            day = next_monthly(stretch.note if match["which"] else base, number)
        if day is not None:
            yield Told(match.start("day"), match.end(), Kind.DAY, day, is_sure=before is not None)
