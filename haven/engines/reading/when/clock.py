"""Times of day as people write them: ‘6pm to 7:30pm’, ‘9.15 for 9.30’, ‘half past three’, ‘0930-1230 hrs’."""

import re
from dataclasses import dataclass
from datetime import time
from functools import lru_cache

from haven.engines.patterns.late import late
from haven.engines.reading.when.names import HOURS

_HOUR_WORD = "|".join(HOURS)
_PAST = r"half|(?:a\s+)?quarter|five|ten|twenty(?:[- ]five)?"
_PART = r"(?:\s+in\s+the\s+(?:morning|afternoon|evening))"
_POINT = (
    r"(?:(?:12\s*)?(?:noon|midday)\b|(?:12\s*)?midnight\b"
    rf"|(?:{_PAST})(?:\s+minutes)?\s+(?:past|to)\s+(?:{_HOUR_WORD}|noon|midday|midnight|\d{{1,2}})\b{_PART}?"
    rf"|half\s+(?:{_HOUR_WORD}|\d{{1,2}})(?![\w:-]|\.\d)(?!\s+(?:of|hours?|days?|minutes?|weeks?|terms?|"
    rf"an?)\b){_PART}?"
    rf"|(?:{_HOUR_WORD}|\d{{1,2}})\s*o[’'‘]?\s?clock\b{_PART}?"
    r"|[0-2]\d[0-5]\d(?=\s*(?:h(?:ou)?rs?\b|h\b|[-–—]\s*[0-2]\d[0-5]\d\s*h|"
    r"(?:\s+to\s+)[0-2]\d[0-5]\d\s*h))(?:\s*h(?:ou)?rs?\b|\s*h\b)?"
    r"|(?:0[6-9]|1\d|2[0-2])[0-5][05](?![\d%])"
    r"|\d{1,2}[.:][0-5]\d\s*h(?:ou)?rs?\b"
    rf"|\d{{1,2}}(?:[.:][0-5]\d)?(?![\d%])(?:\s*[ap]\.?\s?m\b\.?|\s+noon\b|{_PART})?)"
)
_JOIN = r"\s*(?:[-–—]|to|till?|until|(?:and\s+)?(?:finish(?:es|ing)?|ends?|ending|closes)(?:\s+(?:by|at))?)\s*"
_CLOCK = late(
    rf"(?<![\w£$€.:/%+-])(?=\d|[nmhq]|[bf][er]|a\s|{_HOUR_WORD}|twenty)(?:(?P<between>between|"
    rf"from)\s+)?(?P<doors>{_POINT}\s+for\s+(?:an?\s+)?(?=\d{{1,2}}(?:[.:]\d\d|"
    rf"\s*[ap]\.?m|(?!\d|\s*[-–]?\s*[a-z]))))?(?P<start>{_POINT}|(?:{_HOUR_WORD})(?=\s+(?:to|till?|until|"
    rf"and)\s+(?:half|(?:a\s+)?quarter|(?:{_HOUR_WORD})\s+o|\d{{1,2}}(?:[.:]\d\d)?\s*[ap]m))"
    rf"|(?P<told>(?<=\bat )(?:{_HOUR_WORD})(?=\s*(?:$|[.,;:)\n]|(?:on|sharp|prompt|till?|until)\b)))"
    rf"|(?:{_HOUR_WORD})(?=\s+(?:to|till?|until)\s+(?:{_HOUR_WORD}|noon|midday)\b)"
    rf"|(?:(?<=\bat )|(?!one\b))(?:{_HOUR_WORD}){_PART}"
    rf"|(?<=\bbetween )(?:{_HOUR_WORD})(?=\s+and\s+(?:{_HOUR_WORD}|noon|midday)\b))"
    rf"(?:(?P<join>{_JOIN}|,\s*(?:finish|end)(?:es|s|ing)?(?:\s+(?:by|at))?\s+|\s+and\s+)"
    rf"(?P<end>{_POINT}|(?:{_HOUR_WORD})\b{_PART}?))?"
    r"(?![\w/%]|[.:]\d|-\d)",
    re.IGNORECASE,
)
_HOURS_APART = rf"({_HOUR_WORD})\s+to\s+({_HOUR_WORD})"  # ‘from ten to twelve’
_DIGIT = late(r"\d")
_SPOKEN = late(rf"\b(?:noon|midday|midnight|half|quarter|{_HOUR_WORD})\b")

# Of the words of one point in time, in small letters.
_NOON = late(r"(?P<hour>\d{1,2})?(?:[.:](?P<minute>\d\d))? ?(?:noon|midday)")
_MIDNIGHT = late(r"(?:12 ?)?midnight")
_HALF_HOUR = late(r"half (?!past)(\w+)")
_PAST_HOUR = late(r"(?:a )?([a-z -]+?)(?: minutes)? (past|to) (\w+)")
_O_CLOCK = late(r"(\w+?) ?o'? ?clock")
_FORENOON = late(r"\d ?a\.? ?m\b|morning")
_AFTERNOON = late(r"\d ?p\.? ?m\b|afternoon|evening")
_FOUR_FIGURES = late(r"([0-2]\d)([0-5]\d)(?!\d)")
_FIGURES = late(r"(\d{1,2})(?:([.:])(\d\d))?")


@dataclass(frozen=True, slots=True)
class Clock:
    """A time, or a stretch of time, in the text. A weak one is only digits (‘9-3.30’) and means
    hours only beside a day."""

    start: int
    end: int
    at: time
    until: time | None
    is_weak: bool


@dataclass(frozen=True, slots=True)
class _Point:
    hour: int
    minute: int
    half: str | None  # 'am', 'pm', or unknown
    is_strong: bool = True

    def as_time(self) -> time:
        return time(self.hour % 24, self.minute)


@lru_cache(maxsize=16)
def find_clocks(text: str, offset: int = 0) -> tuple[Clock, ...]:
    """Every time of day in the text, in order."""
    if not _DIGIT.search(text) and not _SPOKEN.search(text.lower()):
        return ()
    return tuple(c for m in _CLOCK.finditer(text) if (c := _clock(m, offset)) is not None)


def _clock(match: re.Match[str], offset: int) -> Clock | None:
    first = _point(match["start"])
    last = _point(match["end"]) if match["end"] else None
    if match["between"] and last is None and (apart := re.fullmatch(_HOURS_APART, match["start"], re.IGNORECASE)):
        first, last = (_Point(HOURS[apart[at].lower()], 0, None) for at in (1, 2))
    is_joined = match["end"] is not None and match["join"].strip() == "and"
    if first is None or (match["end"] and last is None and not is_joined):
        return None
    if last and is_joined and match["end"] and not (match["between"] or "").lower().startswith("between"):
        return _single(match, first, offset)
    if last is None:
        return _single(match, first, offset)
    begins, ends = _settle(first, last)
    weak = not (first.is_strong or last.is_strong or match["doors"] or match["told"])
    return Clock(match.start("start") + offset, match.end() + offset, begins, ends, weak)


def _single(match: re.Match[str], point: _Point, offset: int) -> Clock:
    weak = not (point.is_strong or match["doors"] or match["told"])
    return Clock(match.start("start") + offset, match.end("start") + offset, _alone(point), None, weak)


@lru_cache(maxsize=256)
def _point(words: str) -> _Point | None:
    said = " ".join(words.lower().split()).replace("’", "'").replace("‘", "'")
    if noon := _NOON.fullmatch(said):
        return _Point(12, int(noon["minute"] or 0), "pm") if noon["hour"] in {None, "12"} else None
    if _MIDNIGHT.fullmatch(said):
        return _Point(23, 59, "pm")
    half = _half(said)
    if spoken := _HALF_HOUR.match(said):
        return _spoken("half", "past", spoken[1], half)
    if past := _PAST_HOUR.match(said):
        return _spoken(past[1], past[2], past[3], half)
    if clock := _O_CLOCK.match(said):
        hour = HOURS.get(clock[1]) or (int(clock[1]) if clock[1].isdigit() else 0)
        return _Point(hour, 0, half) if 1 <= hour <= 12 else None
    return _written(said, half)


def _half(said: str) -> str | None:
    if _FORENOON.search(said):
        return "am"
    return "pm" if _AFTERNOON.search(said) else None


def _spoken(minutes: str, side: str, hour_words: str, half: str | None) -> _Point | None:
    hour = HOURS.get(hour_words) or (int(hour_words) if hour_words.isdigit() else 0)
    if hour_words in {"noon", "midday", "midnight"}:
        hour, half = 12, "am" if (hour_words == "midnight") is (side == "past") else "pm"
    offset = {"half": 30, "quarter": 15, "five": 5, "ten": 10, "twenty": 20}.get(minutes, 25)
    if not 1 <= hour <= 12 or (minutes == "half" and side == "to"):
        return None
    if side == "past":
        return _Point(hour, offset, half)
    return _Point(hour - 1 or 12, 60 - offset, half)


def _written(said: str, half: str | None) -> _Point | None:
    if compact := _FOUR_FIGURES.match(said):
        hour = int(compact[1])
        return _Point(hour, int(compact[2]), "24", "h" in said) if hour < 24 else None
    word = said.split(" in the ")[0]
    if word in HOURS:
        return _Point(HOURS[word], 0, half, is_strong=half is not None)
    digits = _FIGURES.match(said)
    if digits is None:
        return None
    hour, minute = int(digits[1]), int(digits[3] or 0)
    if hour > 24 or (half and not 1 <= hour <= 12) or (hour == 24 and minute):
        return None
    if hour > 12 or hour == 0 or (len(digits[1]) == 2 and digits[1].startswith("0") and digits[2] and not half):
        return _Point(hour % 24, minute, "24", digits[2] == ":" or "h" in said) if digits[2] else None
    return _Point(hour, minute, half, bool(half) or digits[2] == ":")


def _alone(point: _Point) -> time:
    """Without am or pm, the hours of a working day: from seven in the morning to half past six."""
    if point.half is None:
        return time(point.hour if 7 <= point.hour <= 12 else point.hour + 12, point.minute)
    return _with(point, point.half)


def _with(point: _Point, half: str) -> time:
    if half == "24" or point.half == "24":
        return point.as_time()
    hour = point.hour % 12 + (12 if half == "pm" else 0)
    return time(hour, point.minute)


def _settle(first: _Point, last: _Point) -> tuple[time, time]:
    """Both ends of a stretch, where one of them often carries the am or pm for both (‘6–7.30pm’, ‘9.30-3pm’)."""
    if last.half in {"am", "pm"} and first.half is None:
        ends = _with(last, last.half)
        same = _with(first, last.half)
        return (same, ends) if same < ends else (_with(first, "am"), ends)
    begins = _alone(first)
    if last.half is None:
        later = [t for t in (_with(last, "am"), _with(last, "pm")) if t > begins]
        return begins, min(later, default=_alone(last))
    return begins, _with(last, last.half)
