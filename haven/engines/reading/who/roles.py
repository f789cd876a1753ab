"""Says what somebody does, or what a number is for, by the words that lead to it."""

import re

from haven.engines.reading.who.people import Mention, Person, clean_role
from haven.engines.reading.who.reaches import Reach
from haven.engines.reading.who.units import Unit

_LABEL = re.compile(r"^\W*(?P<label>[^\n:@|]{2,60}?)\s*(?::|[–—|]|\t|\s-\s|\s{2,}|,|\()")
_BRACKET = re.compile(r"[\s,;]*\([^()]*\)[\s,;]*(?=\w)")
_PROSE = re.compile(
    r"\b(?:please|if|you|your|we|any|book|send|write|contact|email|ring|call|let|know|return|"
    r"reply|should|must|can|by|with|from|before|after|at|"
    r"is|are|was|were|has|have|had|not|will|changed|moved|now|to|on|questions?|queries|enquiries about|"
    r"contacts?|details|"
    r"further|information|info|telephone|phone|tel|note|who|numbers?|thank|thanks)\b",
    re.IGNORECASE,
)


def label_start(text: str, floor: int, stop: int) -> int:
    """Where the words that lead to the number begin: its own line or sentence."""
    piece = text[floor:stop]
    last = 0
    for found in re.finditer(r"[.!?;][)\]*_]*\s+|\n|\|", piece[-300:]):
        last = max(0, len(piece) - 300) + found.end()
    start = floor + last
    if bracket := _BRACKET.match(text, start, stop):
        start = bracket.end()  # said of the number before
    while start < stop and not (text[start].isalnum() or text[start] in "([“‘'+"):
        start += 1
    return start


def role_of(
    text: str, unit: Unit, person: Person | None, mention: Mention | None, place: tuple[int, list[Reach]]
) -> str | None:
    """What a person does, or what a line is for that has nobody's name; `place` is where its words may begin, and its
    numbers."""
    floor, run = place
    stop = run[0].start
    if person:
        if person.role:
            return person.role
        if mention:
            after = clean_role(text[mention.end : stop].strip(" ,–—-:(\t|")) if mention.end < stop else None
            if after and len(after) < 60 and not _PROSE.search(after):
                return after
            lead = re.fullmatch(r"\W*([^\n:@]{2,40}):\s*\W*", text[unit.start : mention.start])
            return lead[1].strip() if lead and not _PROSE.search(lead[1]) else None
        return None
    piece = text[label_start(text, floor, stop) : stop]
    label = _LABEL.match(piece) or re.match(r"^\W*(?P<label>[^\n:@|]{2,60})\s*$", piece)
    words = label["label"].strip(" ,–—-*_(") if label else ""
    words = re.sub(
        r"^(?:the|our)\s+|\s+(?:is at|is on|on|at|is|via|tel|telephone|phone|email|e-mail|ring|call)$",
        "",
        words,
        flags=re.IGNORECASE,
    )
    return (
        words or None if words and not _PROSE.search(words) and len(words.split()) <= 8 and words[0].isalpha() else None
    )
