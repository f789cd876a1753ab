"""What somebody means who searches the clauses: words, "words in a row", and beginnings* of words."""

import re
from dataclasses import dataclass
from enum import StrEnum

from haven.guidance.rules.spelling import irregular, plain_spelling, spellings

SHORTEST_BEGINNING = 3  # letters before a star; fewer begin too many words
MOST_PARTS = 12
TOO_SHORT = "Write one word before the star, of three letters or more."

MEANT = {
    "dsl": "designated safeguarding lead",
    "ddsl": "deputy designated safeguarding lead",
    "kcsie": "keeping children safe in education",
    "wtsc": "working together to safeguard children",
    "lado": "local authority designated officer",
    "mash": "multi agency safeguarding hub",
    "fgm": "female genital mutilation",
    "cse": "child sexual exploitation",
    "cce": "child criminal exploitation",
    "csc": "children's social care",
    "send": "special educational needs and disabilities",
    "sendco": "special educational needs coordinator",
    "dbs": "disclosure and barring service",
    "eyfs": "early years foundation stage",
    "ehe": "elective home education",
    "rshe": "relationships sex and health education",
    "svsh": "sexual violence and sexual harassment",
    "dpo": "data protection officer",
}
"""Short names that are also written out."""

EMPTY = frozenset("the of and to in a or for be is that with on by are as an at it this from".split())
"""Words that say nothing by themselves: they count in a row of words only."""

_PARTS = re.compile(r'"([^"]*)"?|([^\s"]+)')
_LETTERS = re.compile(r"[^\W_]+")


class PartKind(StrEnum):
    """What a part of a search is."""

    WORD = "word"
    ROW = "row"
    BEGINNING = "beginning"


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that a clause must have: a word, words in a row, or a word that begins so. `plain` is spelt as it is
    searched; `others` are further ways to have it."""

    kind: PartKind
    plain: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a search asks for. `fault` says what is wrong with it, in one sentence; then there are no parts."""

    parts: tuple[Part, ...]
    marks: tuple[str, ...] = ()
    fault: str = ""


def wanted(searched: str) -> Wanted:
    """What was searched for. Words in quotation marks, straight or curly, are a row."""
    typed = searched.replace("“", '"').replace("”", '"')
    found: list[Part] = []
    marks: list[str] = []
    for quoted, bare in _PARTS.findall(typed):
        words = quoted or bare
        part = _beginning(bare) if bare.rstrip("*") != bare else _row_or_word(words)
        if isinstance(part, str):
            return Wanted((), fault=part)
        if part is not None:
            found.append(part)
            marks += _marks(words, part)
    telling = [part for part in found if part.kind is not PartKind.WORD or part.plain not in EMPTY]
    return Wanted(tuple((telling or found)[:MOST_PARTS]), tuple(marks or [f"'{part.plain}'" for part in found]))


def _row_or_word(words: str) -> Part | None:
    plain = " ".join(_LETTERS.findall(plain_spelling(words)))
    if not plain:
        return None
    kind = PartKind.ROW if " " in plain else PartKind.WORD
    other = MEANT.get(plain)
    return Part(kind, plain, (plain_spelling(other),) if other else ())


def _beginning(word: str) -> Part | str | None:
    letters = _LETTERS.findall(plain_spelling(word.rstrip("*")))
    if not letters:
        return None
    if len(letters) > 1 or len(letters[0]) < SHORTEST_BEGINNING:
        return TOO_SHORT
    return Part(PartKind.BEGINNING, letters[0], tuple(sorted(irregular(letters[0]))))


def _marks(words: str, part: Part) -> list[str]:
    """What is to be marked in a clause that was found, as searches of one word."""
    star = ":*" if part.kind is PartKind.BEGINNING else ""
    typed = [word for word in _LETTERS.findall(words.lower()) if part.kind is PartKind.ROW or word not in EMPTY]
    ways = {way for word in typed for way in spellings(word)} | set(_LETTERS.findall(" ".join(part.others)))
    return [f"'{way}'{star}" for way in sorted(ways)]


def stems_within(beginning: str) -> list[str]:
    """The stems that words have which begin with a longer beginning than their stem: of `organisatio`, `organis`."""
    return [beginning[:end] for end in range(len(beginning) - 1, max(3, len(beginning) - 6), -1)]
