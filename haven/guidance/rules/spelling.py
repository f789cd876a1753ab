"""One spelling for words that are spelt in several ways, so that whoever searches for one finds the others.

Only for searching: what people read stays as it was written. British spelling is kept, "-ize" becomes "-ise", and the
commonest irregular plurals become their singular, which stemming does not do.
"""

import re
from functools import lru_cache

_SAME = {
    "children": "child",
    "people": "person",
    "persons": "person",
    "men": "man",
    "women": "woman",
    "teeth": "tooth",
    "feet": "foot",
    "mom": "mum",
    "moms": "mums",
    "whilst": "while",
    "amongst": "among",
    "learned": "learnt",
    "program": "programme",
    "programs": "programmes",
    "judgment": "judgement",
    "judgments": "judgements",
    "aging": "ageing",
    "gray": "grey",
    "fetus": "foetus",
    "fetal": "foetal",
    "center": "centre",
    "centers": "centres",
    "centered": "centred",
    "theater": "theatre",
    "defense": "defence",
    "defenses": "defences",
    "offense": "offence",
    "offenses": "offences",
    "license": "licence",
    "licenses": "licences",
    "licensed": "licenced",
    "licensing": "licencing",
    "practise": "practice",
    "practises": "practices",
    "practised": "practiced",
    "practising": "practicing",
    "enroll": "enrol",
    "enrolls": "enrols",
    "enrollment": "enrolment",
    "fulfill": "fulfil",
    "fulfills": "fulfils",
    "fulfillment": "fulfilment",
    "skillful": "skilful",
    "willful": "wilful",
    "skeptical": "sceptical",
    "dialog": "dialogue",
    "catalog": "catalogue",
    "catalogs": "catalogues",
    "maneuver": "manoeuvre",
    "encyclopedia": "encyclopaedia",
}
_ENDINGS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), canonical)
    for pattern, canonical in (
        (r"(?<=..)iz(?=(?:e|ed|es|er|ers|ing|able|ation|ations|ational)$)", "is"),
        (r"(?<=..)yz(?=(?:e|ed|es|er|ers|ing)$)", "ys"),
        (
            r"^((?:mis)?behavi|col|fav|hon|lab|neighb|harb|rum|hum|endeav|flav|vig|rig|savi|od|vap|(?:mis)?demean|arm|cand)"
            r"or(?=(?:s|ed|ing|al|ally|able|ful|hood|hoods|ite|less)?$)",
            r"\1our",
        ),
        (
            r"^(counsel|travel|label|model|signal|cancel|channel|fuel|quarrel|total|tunnel|level)"
            r"(?=(?:ed|ing|er|ers|or|ors)$)",
            r"\1l",
        ),
        (r"^(p)(?=ediatric)", r"\1a"),
        (r"^(orthop)(?=edic)", r"\1a"),
        (r"^(an)(?=esthe)", r"\1a"),
        (r"^(gyn)(?=ecolog)", r"\1a"),
    )
)
_TOGETHER = (
    (re.compile(r"\b(co|re|pre|non|anti|on|off|e)-(?=\w)", re.IGNORECASE), r"\1"),
    (re.compile(r"\bwell[- ]being\b", re.IGNORECASE), "wellbeing"),
)
_APART = str.maketrans({"‐": "-", "‑": "-", "–": "-", "’": "'", "ʼ": "'", "\u00ad": None})
_HYPHEN = re.compile(r"(?<=\w)[-/](?=\w)")
_OWNER = re.compile(r"'(?:s\b)?")
_WORD = re.compile(r"[^\W\d_]{3,}")


def plain_spelling(text: str) -> str:
    """The text with each word in the one spelling by which it is searched. Words with a hyphen become two words, but
    for those that are also written as one."""
    text = text.translate(_APART)
    for pattern, joined in _TOGETHER:
        text = pattern.sub(joined, text)
    return _WORD.sub(_as_one, _OWNER.sub("", _HYPHEN.sub(" ", text)).lower())


@lru_cache(maxsize=50_000)
def one_spelling(word: str) -> str:
    """A word of small letters in the one spelling by which it is searched."""
    if word in _SAME:
        return _SAME[word]
    for pattern, canonical in _ENDINGS:
        changed = pattern.sub(canonical, word)
        if changed != word:
            return changed
    return word


def spellings(word: str) -> set[str]:
    """The ways in which a word of small letters may be written, so that each can be marked in what was found."""
    one = one_spelling(word)
    ways = {word, one} | {other for other, same in _SAME.items() if same == one}
    return ways | {re.sub(r"(?<=..)([iy])s(?=(?:e|ed|es|er|ers|ing|able|ation|ations|ational)$)", r"\1z", one)}


def irregular(beginning: str) -> set[str]:
    """The words by which those irregular forms are searched that begin like this."""
    return {same for other, same in _SAME.items() if other.startswith(beginning)}


def _as_one(word: re.Match[str]) -> str:
    return one_spelling(word[0])
