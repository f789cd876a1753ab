"""Markings told by a sign or letter that a key explains: `* not for parents`, `P = professionals only`."""

import re
from collections import Counter
from collections.abc import Iterator

from haven.engines.documents.document import BlockKind
from haven.engines.patterns.late import late
from haven.engines.reading.items import Marking
from haven.engines.reading.who.columns import audience
from haven.engines.reading.who.units import Group, Unit

_GLYPHS = r"[*†‡§¶#^°✱★☆+¹²³◆◇●○■□▲△♦]"
_SIGN = (
    rf"(?:{_GLYPHS}{{1,3}}|[\[(][A-Za-z0-9*†‡§#]{{1,4}}[\])]|"
    rf"[‘'“\"](?:[A-Z0-9*†‡§#+^]{{1,3}}|[A-Za-z][a-z]{{2,20}}|[A-Z]{{4,20}})[’'”\"]|[A-Z]{{4,20}}(?= (?:are|is|must|"
    rf"may|should)\b)|"
    r"[A-Z]{1,3}\d?|\d)"
)
_KIND = r"(?:[Kk]ey|[Ll]evel|[Tt]ier|[Cc]ode|[Gg]roup|[Cc]ategory|[Cc]lass|[Bb]and|[Gg]rade|[Tt]ype)"
_ENTRY = late(
    rf"(?:^|(?<=[\n;,.|\t])|(?<=\s\s)|(?<=[:–—-]\s))\s*(?:{_KIND}\s*:?\s*)?(?P<sign>{_SIGN})\s*"
    rf"(?:=|:|–|—|\s-\s|\bmeans\b|\bdenotes\b|\bstands for\b|\bis for\b|(?<=[^\w\s]|[¹²³])\s*(?=[A-Za-z]))\s*"
    rf"(?P<meaning>[^;\n=†‡§|\t)]{{4,110}})"
)
_MARKED = late(
    r"\b(?:marked|bearing|starred|followed by|shown|labelled|tagged|coded|with|carrying|having|flagged|badge|label|"
    rf"tag|sticker)\b"
    r"(?: (?:with|by|as|an?|the|letter|sign|symbol|word|label|badge|tag|that|which|says?|saying|reads?|"
    rf"reading))*\s*(?P<sign>{_SIGN}|asterisk|star|dagger|"
    rf"double dagger|hash)(?!\w)"
)
_NAMED = {"asterisk": "*", "star": "*", "dagger": "†", "double dagger": "‡", "hash": "#"}
_BY_NAME = late(
    r"\b(?:an? |the |all )?(?P<sign>asterisk(?:ed)?|star(?:red)?|dagger|double dagger|hash) "
    r"(?:means|denotes|shows|marks|indicates|against|(?:numbers|entries|contacts|lines))\b",
    re.IGNORECASE,
)
_MEANING = late(r"[^.;\n]{3,120}")
_SPLIT = late(
    rf"[.;]\s+(?={_GLYPHS}|\([A-Za-z0-9]{{1,3}}\)\s)|(?:[.;]\s+|,\s*|\s{{2,}})(?=(?:{_KIND} )?{_SIGN}\s*(?:=|:|–|—|"
    rf"-\s|means))|"
    rf"\s{{2,}}(?={_GLYPHS})|"
    rf"\((?={_SIGN}\s*(?:=|"
    rf"means)\s)"
)
_CUE = late(
    rf"{_GLYPHS}|=|\b(?:means?|denotes?|stands for|is for|marked|bearing|starred|shown|tagged|coded|with|having|"
    rf"flagged|"
    r"asterisk|star|dagger|hash)\b|[(\[][A-Za-z0-9]{1,4}[)\]]|\b[A-Z0-9]{1,3}\s*[:–—-]"
)
_CODE = late(rf"[A-Za-z]{{1,2}}\d?|\d|{_GLYPHS}{{1,3}}")
_IN_TURN = late(
    rf"(?:^|(?<=[.;,(\n])|(?<=\s\s))\s*(?P<sign>[A-Za-z]{{1,2}}\d?|\d|{_GLYPHS}{{1,3}})\s+(?:(?:is|are|means?|"
    rf"denotes|marks) )?"
    r"(?P<meaning>[^.;\n]{4,110})",
    re.MULTILINE,
)
_WORD_ENTRY = late(r"\W*(?P<sign>[A-Za-z]+)\s*(?:=|:|–|—|-|\bmeans\b)\s*(?P<meaning>[^\n]{3,120})")
_BULLET_ENDS = 5
_NEIGHBOURS = 80  # how many lines away a sign may be explained


def cover_by_key(text: str, units: list[Unit]) -> dict[int, set[str]]:
    """Mark the groups that bear a sign that a key explains. Gives the units that are keys, with the signs explained:
    their words mark nothing else."""
    keys: dict[int, set[str]] = {}
    codes, code_words = _codes(text, units), _code_words(text, units)
    for index, unit in enumerate(units):
        if unit.end - unit.start > 600 or unit.kind is BlockKind.FURNITURE:
            continue
        told = dict(_told(text, unit)) or dict(_told_in_turn(text, unit, codes))
        told |= dict(_told_of_words(text, unit, code_words))
        for sign, marking in told.items():
            borne = list(_bearers(text, units[max(0, index - _NEIGHBOURS) : index + _NEIGHBOURS], unit, sign))
            if not borne:
                continue
            keys.setdefault(index, set()).add(sign)
            for group in borne:
                if marking and not group.marking:
                    group.marking, group.marking_quote = marking, _quote(text, unit, sign)
                group.is_exempt = group.is_exempt or marking is None
    return keys


def _quote(text: str, unit: Unit, sign: str) -> str:
    words = text[unit.start : unit.end]
    piece = next((p for p in re.split(r"[;\n]|\.\s", words) if sign in p), words)
    return piece.strip(" .*")


def _told(text: str, unit: Unit) -> Iterator[tuple[str, Marking | None]]:
    """The signs that a line explains, with their markings (None: anybody may have it)."""
    words = text[unit.start : unit.end]
    if not _CUE.search(words) or (unit.groups and not _MARKED.search(words)):
        return
    for pattern in (_MARKED, _BY_NAME):
        for found in pattern.finditer(words):
            rest = _MEANING.match(words, found.end())
            marking = audience(rest.group()) if rest else None
            if marking or (rest and _is_for_anybody(rest.group())):
                yield _sign(found["sign"]), marking
    if words.startswith("*") and words.rstrip().endswith("*") and words.count("*") < 6:
        return  # emphasis, not a footnote
    for piece in re.split(r"\n", words):
        for part in _SPLIT.split(piece):
            entry = _ENTRY.match(part)
            if entry:
                marking = audience(entry["meaning"])
                if marking or _is_for_anybody(entry["meaning"]):
                    yield _sign(entry["sign"]), marking


def _told_of_words(text: str, unit: Unit, words: set[str]) -> Iterator[tuple[str, Marking | None]]:
    """`Red: for professionals only`, where cells beside numbers say `Red`."""
    entry = _WORD_ENTRY.match(text, unit.start, unit.end) if words and not unit.groups else None
    if entry and entry["sign"].casefold() in words:
        marking = audience(entry["meaning"])
        if marking or _is_for_anybody(entry["meaning"]):
            yield entry["sign"], marking


def _code_words(text: str, units: list[Unit]) -> set[str]:
    """The words that fill cells of their own beside several numbers, as colours and grades do."""
    rows = (text[u.start : u.end].split("\t") for u in units if u.kind is BlockKind.CELL and u.groups)
    cells = Counter(cell.strip().casefold() for row in rows for cell in row)
    return {cell for cell, count in cells.items() if count > 1 and cell.isalpha()}


def _codes(text: str, units: list[Unit]) -> set[str]:
    """The letters and signs that fill cells of their own beside a number."""
    rows = (text[u.start : u.end].split("\t") for u in units if u.kind is BlockKind.CELL and u.groups)
    return {cell.strip() for row in rows for cell in row if _CODE.fullmatch(cell.strip())}


def _told_in_turn(text: str, unit: Unit, codes: set[str]) -> Iterator[tuple[str, Marking | None]]:
    """`Y may go in letters. N not for parents. S our own staff only`: codes of a column, each before its meaning."""
    if unit.groups or unit.kind is BlockKind.CELL or len(codes) < 2:
        return
    found = [m for m in _IN_TURN.finditer(text, unit.start, unit.end) if m["sign"] in codes]
    if len({m["sign"] for m in found}) > 1:
        for entry in found:
            marking = audience(entry["meaning"])
            if marking or _is_for_anybody(entry["meaning"]):
                yield entry["sign"], marking


def _is_for_anybody(words: str) -> bool:
    return bool(
        re.search(
            r"\b(?:websites?|letters|newsletters?|may be shared|any(?:one|body)|every(?:one|body)|all|public|parents|"
            r"families|open)\b",
            words,
            re.IGNORECASE,
        )
    )


def is_named(sign: str, words: str) -> bool:
    """Whether a sentence calls a sign by its name, as an asterisk."""
    return any(glyph == sign and name in words.casefold() for name, glyph in _NAMED.items())


def _is_word(sign: str) -> bool:
    return sign.isalpha() and len(sign) > (3 if sign.isupper() else 2)


def _bears_word(text: str, unit: Unit, group: Group, sign: str) -> bool:
    """Whether a contact carries a word as a badge: at either end of its line or heading, in brackets or in a cell."""
    if unit.kind is BlockKind.CELL and sign.casefold() in map(
        str.strip, text[unit.start : unit.end].casefold().split("\t")
    ):
        return True
    badge = rf"(?:^|[\[(\t|–—:,-]\s*|\s{{2,}}|\d\s){sign}(?=$|\s*[\])\t|–—:,-]|\s{{2,}})|(?<=\w ){sign}\W*$"
    line = text[max(unit.start, text.rfind("\n", 0, group.start) + 1) : unit.end].partition("\n")[0]
    return bool(re.search(badge, line) or re.search(badge, group.section))


def _sign(written: str) -> str:
    bare = written.strip("‘'“\"’”[]()")
    return _NAMED.get(bare.lower().removesuffix("ed").replace("starr", "star"), bare)


def _bearers(text: str, units: list[Unit], key: Unit, sign: str) -> Iterator[Group]:
    """The groups that a sign is attached to: `LADO*: 01632 …`, `Ann Archer (P)`, a cell `P`."""
    glyph = re.escape(sign)
    if sign[0].isascii() and sign[0].isalnum():
        attached = re.compile(
            rf"[\[(]{glyph}[\])]|(?:^|\t| {{2,}}|(?<=\d ))[ ]?{glyph}(?=[ ]?(?:$|\t| {{2,}}))", re.MULTILINE
        )
    else:
        edge = re.escape(sign[0])
        attached = re.compile(rf"(?<!{edge}){glyph}(?!{edge})")
    for unit in units:
        if unit is key or not unit.groups:
            continue
        if _is_word(sign):
            yield from (g for g in unit.groups if _bears_word(text, unit, g, sign))
            continue
        lead = _BULLET_ENDS if unit.kind is BlockKind.BULLET and sign in "*+" else 0  # a bullet's own glyph is no sign
        if not attached.search(text[unit.start + lead : unit.end]):
            continue
        if unit.kind is BlockKind.CELL or len(unit.groups) == 1:
            yield from unit.groups
        else:
            yield from (
                g for g in unit.groups if attached.search(text[max(unit.start, g.start - 3) : min(unit.end, g.end + 4)])
            )
