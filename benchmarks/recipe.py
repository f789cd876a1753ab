"""What a user would write instead of Haven in an afternoon: phonenumbers' matcher, python-dateutil, and a few patterns.

Dates are found by a pattern for '5 March', '5th Mar 2021', 'March 5', '5/3/21' and '2021-03-05' and read by dateutil,
day first, forward from the note's own date. A date on a line that says by, deadline, due, return, before, no later than
or closes is a deadline, any other an event. Numbers and addresses on one line are one contact. A line that says please,
must, should or do not is an action. Guidance is whatever of seven titles is named. No handling markings.
"""

import datetime as dt
import re
from typing import Any

import phonenumbers
from dateutil import parser

from benchmarks.plaintext import addresses_in, plain_text

DESCRIPTION = "phonenumbers + python-dateutil + patterns"

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = re.compile(
    rf"\b(?:{_DAY}\s+(?:of\s+)?{_MONTH}(?:,?\s+20\d\d)?|{_MONTH}\s+{_DAY}(?:,?\s+20\d\d)?"
    r"|\d{1,2}[/.]\d{1,2}[/.](?:20)?\d\d|20\d\d-\d\d-\d\d)\b"
)
_TIME = re.compile(r"\b(\d{1,2})(?:[.:](\d\d))?\s*(am|pm)\b|\b(\d{1,2}):(\d\d)\b", re.IGNORECASE)
_DUE = re.compile(r"\b(by|deadline|due|return|before|no later than|closes?|closing)\b", re.IGNORECASE)
_ASKS = re.compile(r"\b(please|pls|must|should|do not|don['’]t)\b", re.IGNORECASE)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_URL = re.compile(r"https?://[^\s<>()\"']+[^\s<>()\"'.,;:]")
_GUIDANCE = {
    "Keeping children safe in education": r"keeping children safe in education|\bKCSIE\b",
    "Working together to safeguard children": r"working together to safeguard",
    "Working together to improve school attendance": r"working together to improve",
    "Prevent duty guidance": r"prevent duty",
    "Information sharing advice": r"information sharing",
    "Behaviour in schools": r"behaviour in schools",
    "Sexual violence and sexual harassment": r"sexual violence and sexual harassment",
}
_LOOK_BACK = dt.timedelta(days=90)


def recipe(name: str, content: bytes, today: dt.date) -> list[dict[str, Any]]:
    """The items of a note, in the shape in which Haven gives its own."""
    text = plain_text(name, content)
    items: list[dict[str, Any]] = []
    for line in text.splitlines():
        items += _dated(line, today)
        items += _contact(line)
        if _ASKS.search(line):
            items.append({"kind": "action", "quote": line.strip()})
    links = _URL.findall(text) + [url for url in addresses_in(name, content) if url.startswith("http")]
    items += [{"kind": "link", "url": url} for url in dict.fromkeys(links)]
    named = [title for title, pattern in _GUIDANCE.items() if re.search(pattern, text, re.IGNORECASE)]
    return items + [{"kind": "guidance", "title": title} for title in named]


def _dated(line: str, today: dt.date) -> list[dict[str, Any]]:
    found = []
    for match in _DATE.finditer(line):
        day = _day(match[0], today)
        time = _time(line[match.end() :])
        if day and _DUE.search(line[: match.start()]):
            found.append({"kind": "deadline", "date": day, "time": time, "quote": line.strip()})
        elif day:
            found.append({"kind": "event", "starts": f"{day}T{time}" if time else day, "quote": line.strip()})
    return found


def _day(words: str, today: dt.date) -> str | None:
    try:
        default = dt.datetime.combine(today, dt.time())
        found = parser.parse(words.replace(" of ", " "), dayfirst="-" not in words, default=default).date()
    except (ValueError, OverflowError):
        return None
    if not re.search(r"\d{4}|[/.]\d\d$", words) and found < today - _LOOK_BACK:
        found = found.replace(year=found.year + 1, day=min(found.day, 28 if found.month == 2 else found.day))
    return found.isoformat()


def _time(words: str) -> str | None:
    match = _TIME.search(words)
    if not match:
        return None
    hour, minute, half, hour_of_24, minute_of_24 = match.groups()
    if hour is None:
        return f"{int(hour_of_24):02}:{minute_of_24}"
    return f"{int(hour) % 12 + 12 * (half.lower() == 'pm'):02}:{minute or '00'}"


def _contact(line: str) -> list[dict[str, Any]]:
    emails = _MAIL.findall(line)
    numbers = [match.number for match in phonenumbers.PhoneNumberMatcher(line, "GB")]
    phones = [phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) for number in numbers]
    return [{"kind": "contact", "emails": emails, "phones": phones, "marking": None}] if emails or phones else []
