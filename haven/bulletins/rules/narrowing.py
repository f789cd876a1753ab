"""For which schools the words of an item plainly say that it is."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

LONGEST_WORDS = 200

PHASES = {
    "nursery": "nursery",
    "nurseries": "nursery",
    "early years": "nursery",
    "infant": "primary",
    "junior": "primary",
    "primary": "primary",
    "primaries": "primary",
    "middle": "middle",
    "secondary": "secondary",
    "secondaries": "secondary",
    "high": "secondary",
    "sixth form": "16-plus",
    "post 16": "16-plus",
    "special": "special",
}
"""The phase that each word means, as an audience names it."""

_KIND = r"(?:nursery|early[ -]years|infant|junior|primary|middle|secondary|high|sixth[ -]form|post[ -]16|special)"
_SEVERAL = r"(?:primaries|secondaries|nurseries)"
_AND = r"\s*(?:,\s*and|,|/|&|\band\b|\bor\b)\s*"
_PLACES = r"(?:phase\s+)?(?:schools|settings|academies|colleges|providers)"
_ONE = rf"(?<=\beach )(?:{_KIND})\s+school\b|(?<=\bevery )(?:{_KIND})\s+school\b"
_NAMED = re.compile(
    rf"\b(?:(?:{_KIND}|{_SEVERAL})(?:{_AND}(?:{_KIND}|{_SEVERAL}))*{_AND})?(?:{_KIND}\s+{_PLACES}|{_SEVERAL})\b|{_ONE}",
    re.IGNORECASE,
)
_WORD = re.compile(rf"{_SEVERAL}|{_KIND}", re.IGNORECASE)

_PEOPLE = r"(?:dsls?|ddsls?|leads?|heads?|headteachers?|head teachers?|principals?|governors?|staff|teachers?|sencos?)"
_MEANT = re.compile(
    rf"(?:^|[.:;!?(\[\n•*–—]|\b(?:for|all|every|each|only|dear|attention)|\b{_PEOPLE}\s+(?:in|at|of|from))\s*(?:all\s+|the\s+)?$",
    re.IGNORECASE,
)
_NOT_MEANT = re.compile(
    r"\b(?:not|except|excluding|without|than|from|including|no)\s+(?:for\s+|all\s+)*$", re.IGNORECASE
)
_TOLD = re.compile(
    r"\s*(?:only|please|must|should|shall|need to|needs? to|have to|are (?:asked|required|reminded|invited|expected)"
    r"|will need to|to (?:return|complete|send|submit|confirm|check|review|attend|reply|respond|ensure|note))\b",
    re.IGNORECASE,
)
_FREED = re.compile(r"\s*(?:are exempt|need not|(?:do|does|should|must) not\b|don[’']t)", re.IGNORECASE)
_EVERYBODY = re.compile(r"\b(?:all|every|both) (?:types of |phases of )?(?:schools?|settings|phases)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The phases that are named, and the words that name them."""

    phases: tuple[str, ...]
    words: str


def narrowed(quote: str, who: Iterable[str]) -> Narrowed | None:
    """For which schools the words are, where they or those who are asked say so plainly; none where they do not.

    Schools that are merely spoken of (“send the file to secondary schools”) or left out narrow nothing.
    """
    texts = [_evened(text) for text in (*who, quote)]
    if any(map(_EVERYBODY.search, texts)):
        return None
    said = [match[0] for text in texts for match in _NAMED.finditer(text) if _is_meant(text, match)]
    if not said:
        return None
    words = [" ".join(re.split(r"[\s-]+", each[0].lower())) for text in said for each in _WORD.finditer(text)]
    return Narrowed(tuple(dict.fromkeys(PHASES[word] for word in words)), " ".join(said[-1].split())[:LONGEST_WORDS])


def _evened(text: str) -> str:
    """The text with one space or one end of line for each run of them, so that no search runs away."""
    return re.sub(r"\s*\n\s*", "\n", re.sub(r"[^\S\n]+", " ", text))


def _is_meant(text: str, match: re.Match[str]) -> bool:
    before, after = text[: match.start()], text[match.end() :]
    if _NOT_MEANT.search(before) or _FREED.match(after) or (re.match(r"\s+[A-Z][a-z]", after) and match[0].istitle()):
        return False
    is_spoken_of = re.search(r"\b(?:to|with|between|by|other|local|our|their|your|feeder|about)\s*(?:the\s+)?$", before)
    return bool(_MEANT.search(before) or (_TOLD.match(after) and not is_spoken_of))
