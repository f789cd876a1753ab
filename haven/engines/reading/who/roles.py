"""Says what somebody does, or what a number is for, by the words that lead to it."""

import re

from haven.engines.patterns.late import late
from haven.engines.reading.who.people import Mention, Person, clean_role, names_in
from haven.engines.reading.who.reaches import Reach
from haven.engines.reading.who.units import Unit

_LABEL = late(r"^\W*(?P<label>[^\n:@|]{2,60}?)\s*(?::|[–—|]|\t|\s-\s|\s{2,}|,|\()")
_BRACKET = late(r"[\s,;]*\([^()]*\)[\s,;]*(?=\w)")
_PROSE = late(
    r"\b(?:please|if|you|your|we|any|book|send|write|contact|email|ring|call|let|know|return|"
    r"reply|should|must|can|by|with|from|before|after|at|"
    r"is|are|was|were|has|have|had|not|will|changed|moved|now|to|on|questions?|queries|enquiries about|"
    r"contacts?|details|"
    r"further|information|info|telephone|phone|tel|note|who|numbers?|thank|thanks)\b",
    re.IGNORECASE,
)


_NEAR = 90
_RANKS = {
    "Sgt": "Sergeant",
    "Sergeant": "Sergeant",
    "PS": "Sergeant",
    "PC": "PC",
    "WPC": "PC",
    "PCSO": "PCSO",
    "Constable": "Constable",
    "DC": "Detective Constable",
    "Det Con": "Detective Constable",
    "Detective Constable": "Detective Constable",
    "DS": "Detective Sergeant",
    "Det Sgt": "Detective Sergeant",
    "Detective Sergeant": "Detective Sergeant",
    "DI": "Detective Inspector",
    "Det Insp": "Detective Inspector",
    "Detective Inspector": "Detective Inspector",
    "Insp": "Inspector",
    "Inspector": "Inspector",
    "Chief Inspector": "Chief Inspector",
    "Ch Insp": "Chief Inspector",
    "Supt": "Superintendent",
    "Superintendent": "Superintendent",
}
_LEADING = late(
    r"^(?:[’']s\b\s*(?:own|new|direct)?\s*|[A-Z]{2,4}, |(?:who )?(?:now )?(?:joins(?: us)?|works|acts|serves|"
    r"began|starts?|began) as "
    r"(?:an? |our |the )?|(?:(?:he|she|they) )?shares? (?:the |our )?|(?:runs|leads on|leads|looks after|"
    r"manages) (?:the |our )?|out of hours it[’']s (?:the )?|[üo§]\t)",
    re.IGNORECASE,
)
_NO_ROLE = late(
    r"(?:(?:line|desk|number|mobile|phone|tel|direct|work|it|he|she|her|his|him|they|them|same|or|and|new|me|my|"
    r"text|tell|ta|weekly|"
    r"monthly|daily|today|mon|tues?|weds?|thurs?|fri|sat|sun|otherwise|\w+days?|own|for help|ring|use|"
    r"and use)\b[\s,.–-]*)+|"
    r"(?:does|visits|spoke|carries|gives|takes|sees|has|had|covers|will|would|answers|keeps|told|said|asked|came|went|"
    r"address|details|every|each|first|last|second|third|on)\b.*|(?:my|her|his) .*|within \d.*|.*\b(?:are|"
    r"is) (?:both|all)\b.*",
    re.IGNORECASE,
)
_DESK_RUNG = late(
    r"\b(?:the|our|an?|any)\s+(?P<desk>(?:(?!the\b|our\b|and\b|or\b|to\b|on\b|for\b|"
    r"from\b)[\w’'-]+\s+){0,4}(?:line|desk|team|office|hub|helpline|"
    r"hotline|service|switchboard|centre|clinic|reception|front door|unit|mailbox|inbox|duty number|number|"
    r"department|secretary))"
    r"(?=[\s,:;(]*(?:(?:is|are|now|on|at|via|tel|by|answers on|takes calls on)\b[\s:]*){0,2}$)",
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
    told = _worded(_led_to(text, unit, person, mention, (floor, run[0].start)), person)
    if person:
        rank = _RANKS.get((person.title or "").rstrip("."))
        return f"{rank}, {told}" if rank and told and rank.casefold() not in told.casefold() else told or rank
    return told or _desk_rung(text[max(floor, run[0].start - _NEAR) : run[0].start]) or _mailbox(run)


def _worded(role: str | None, person: Person | None) -> str | None:
    """A role without the words that only lead to it; None where nothing is left that says what somebody does."""
    if not role:
        return None
    words = _LEADING.sub("", role).strip(" \t\"'“”‘’<>(),.:;–—-")
    own = (person.name.casefold(), person.first.casefold()) if person else ()
    named = next(names_in(words, 0, len(words)), None)
    if named and named.group() == words:
        return None
    if len(words) < 2 or _NO_ROLE.fullmatch(words) or words.casefold() in own or not any(map(str.isalpha, words)):
        return None
    return words


def _desk_rung(before: str) -> str | None:
    """The desk that is to be rung: `… or the duty desk (`."""
    found = list(_DESK_RUNG.finditer(before))
    return found[-1]["desk"] if found else None


def _mailbox(run: list[Reach]) -> str | None:
    """What the address itself says that it is for: `training.bookings@…`."""
    for reach in run:
        words = re.split(r"[._\d-]+", reach.value.split("@")[0]) if reach.is_mail else []
        if any(len(word) > 2 for word in words):
            return " ".join(filter(None, words))
    return None


def _led_to(
    text: str, unit: Unit, person: Person | None, mention: Mention | None, place: tuple[int, int]
) -> str | None:
    """The words beside a name or before a number that may tell a role."""
    floor, stop = place
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
