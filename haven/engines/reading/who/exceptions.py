"""Which of the contacts that a marking covers it speaks of: its mobiles, its last two, all but the helpline."""

import re
from collections.abc import Iterator

from haven.engines.patterns.late import late
from haven.engines.reading.who.units import Group

_BEFORE = late(
    r"\b(?:except(?:ing)?(?: for)?|apart from|other than|excluding|save(?: for)?|bar(?:ring)?|but not|aside from|"
    r"with the exception of|unlike|not counting|leaving out|but for|though not|(?:all|any|everything|everyone|"
    r"each|none) but|unless(?: (?:(?:the|its|an?) (?:entry|line|number|list|contact)|it|they|otherwise))?(?: is| are)?"
    r"(?= (?:says?|marked|shown|labelled|starred|followed|bears?|has|shows?)\b))\s"
    r"(?:the |that of |those of )?(?P<what>(?:[^.;:\n]|\.(?=\d)){2,90})",
    re.IGNORECASE,
)
_AFTER = late(r"(?:^|[,;(]|\band\b)\s*(?P<what>[^.,;(\n]{2,60}?)\s+(?:excepted|apart|aside|excluded)\b", re.IGNORECASE)
_CUE = late(r"excep|apart|other than|exclu|save|bar|but|aside|unlike|counting|leaving|though|unless", re.IGNORECASE)
_PIECES = late(r",\s*(?:which|who|that)\b.*|,|\band\b|&|\bor\b|/|\(")
_WORDS = late(r"[a-z0-9]+")
_GENERIC = frozenset(
    """a an the of in on at for to and or that those this these one ones number numbers line lines contact contacts
    detail details address addresses mobile mobiles section part group list table box page s own is are which who be
    only team under beneath heading marked chapter paragraph item sections our your says say shown
    labelled bears bear shows show has word entries entry by with""".split()
)
_MOBILES = late(r"\bmobiles?\b(?: (?:phone )?(?:numbers?|nos?))?", re.IGNORECASE)
_NEXT = late(
    r"\s*(?:\(\s*)?(?:(?:the|its|our)?\s*(?:(?:only|one|sole|single|two)\s+)?exceptions?(?: to this| here)?\s*(?:is|"
    r"are|being|:)\s*"
    r"(?P<is>[^.;\n]{2,80})|(?P<are>[^.;:\n]{2,60}?)\s+(?:is|are) (?:the |an |our )?(?:(?:only|one|sole|single) "
    r")?exceptions?\b|"
    r"(?:this|that|it|the (?:restriction|rule|marking))\s+(?:does not|doesn[’']t|excludes|is not)\s*(?:apply to|"
    r"include|cover|"
    r"hold for|true of|meant for|concern)?\s*(?P<not>[^.;:\n]{2,80}))",
    re.IGNORECASE,
)
_SOME = late(
    r"\b(?:(?P<which>first|last|next|top|bottom|final|following|second|third|fourth)\s+(?:(?P<count>two|three|"
    r"four|five|"
    r"six|\d)\b|(?=(?:number|line|one|entry|contact|name|of)\b))|"
    r"the (?P<only>first|last|second|third|fourth)\s+(?=(?:is|may|must|can|should|for)\b)|the (?P<pair>former|"
    r"latter)\b)",
    re.IGNORECASE,
)
_BOTH = late(r"\bboth\b", re.IGNORECASE)
_THE_LAST = late(r"^\W*(?:the )?(?P<which>first|last|top|bottom|final|second|third)\W*$", re.IGNORECASE)
_BY_NUMBER = late(
    r"\b(?:numbers?|nos?\.?|entr(?:y|ies)|lines?|items?|rows?)\s+\d{1,2}\b(?:\s*(?:,|and|or|&)\s*(?:and\s+)?\d{1,2}\b)*",
    re.IGNORECASE,
)
_ENTRY_NUMBER = late(r"\W*(?P<number>\d{1,2})(?:[.)]|\s)\s*\D")
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6} | {str(n): n for n in range(1, 10)}
_PLACES = {"second": 1, "third": 2, "fourth": 3}


def excepted(said: str) -> str | None:
    """The words of a sentence that make an exception, or None."""
    if not _CUE.search(said):
        return None
    found = _BEFORE.search(said) or _AFTER.search(said)
    return found["what"] if found else None


def added_exception(text: str, start: int, stop: int) -> str:
    """The exception that the next sentence makes, as words to be put behind the one that it limits."""
    found = _NEXT.match(text, start, min(stop, start + 120))
    what = next((found[name] for name in ("is", "are", "not") if found[name]), None) if found else None
    return f", except {what}" if what else ""


def without_exception(said: str) -> str:
    """A sentence without the exception that it makes."""
    return _AFTER.sub("", _BEFORE.sub("", said)) if _CUE.search(said) else said


def chosen(said: str, around: str, groups: list[Group]) -> list[Group]:
    """Of the groups that a phrase could cover those that its sentence speaks of; `around` is where it may name their
    kind."""
    if len(groups) < 2:
        return groups
    left_out = excepted(said)
    if left_out:
        told = set(map(id, _told(groups, left_out)))
        groups = [g for g in groups if id(g) not in told]
        said = without_exception(said)
    if numbered := [g for g in groups if _leading_number(g) in _numbers_told(said)]:
        return numbered
    mobiles = [g for g in groups if any(r.value.startswith("+447") for r in g.reaches)]
    if mobiles and _MOBILES.search(around):
        return mobiles
    some = _SOME.search(said)
    return _counted(_place(some), some["count"], groups) if some else groups


def _place(some: re.Match[str]) -> str:
    told = some.groupdict()
    word = next(told[name] for name in ("which", "only", "pair") if told.get(name)).lower()
    return {"former": "first", "latter": "last"}.get(word, word)


def nearest(said: str, groups: list[Group], *, is_above: bool) -> list[Group]:
    """Of many groups above or below a sentence the two that `both` means."""
    if len(groups) > 2 and _BOTH.search(said):
        return groups[-2:] if is_above else groups[:2]
    return groups


def _counted(which: str, count: str | None, groups: list[Group]) -> list[Group]:
    number = _COUNTS.get((count or "one").lower(), 1)
    if which in _PLACES:
        return groups[_PLACES[which] : _PLACES[which] + 1]
    return groups[-number:] if which in ("last", "final", "bottom") else groups[:number]


def _told(groups: list[Group], words: str) -> Iterator[Group]:
    """The groups that an exception names: by place, by person, by what their line or their heading says."""
    some = _THE_LAST.match(words) or _SOME.search(words)
    if some:
        yield from _counted(_place(some), some.groupdict().get("count"), groups)
        return
    for piece in _PIECES.split(words):
        wanted = {_single(word) for word in _WORDS.findall(piece.casefold())} - _GENERIC
        for group in groups:
            if wanted and wanted <= _words_of(group):
                yield group


def _numbers_told(said: str) -> set[str]:
    """The entries that a sentence calls by their number: `Numbers 1 and 2 are for professionals only`."""
    found = _BY_NUMBER.search(said)
    return set(re.findall(r"\d+", found.group())) if found else set()


def _leading_number(group: Group) -> str | None:
    found = _ENTRY_NUMBER.match(group.label)
    return found["number"] if found else None


def _words_of(group: Group) -> frozenset[str]:
    """The words by which a line or a heading knows a contact."""
    if group.words is None:
        told = f"{group.name or ''} {group.label} {group.section} {group.tail}"
        group.words = frozenset(_single(w) for w in _WORDS.findall(told.casefold()))
    return group.words


def _single(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
