"""Works out which contacts a handling marking covers."""

import re
from bisect import bisect_right

from haven.engines.reading.document import BlockKind
from haven.engines.reading.items import Marking
from haven.engines.reading.who.groups import Group, Unit
from haven.engines.reading.who.markings import MarkingPhrase, find_markings, is_about_an_event

_ABOUT_A_CONTACT = re.compile(
    r"\b(?:numbers?|lines?|details?|contacts?|address(?:es)?|mobiles?|phones?|e-?mails?|mailbox|"
    r"inbox|desk|her|his|him|she|he|them|these|those)\b",
    re.IGNORECASE,
)
_MOST_ROLES = 300  # a directory of more is no meeting note, and looking each up would be slow
_REACH = 4  # how many lines away from a number a marking may stand
_TRIGGER = re.compile(
    r"only|alone|not|n[’']?t|never|nor|neither|none|no |use|prof|pros|practition|agenc|parent|"
    r"famil|carer|public|intern|in-house|confiden|staff|private|restrict|reserve|strict|exclusiv|just|between|"
    r"keep|kept|stay|remain|any(?:one|body)|every(?:one|body)|all callers|open to|website|directory|unlisted|for |"
    r"under |further|eyes|avoid|withhold|limited|within|leave|hats?\b|off the record",
    re.IGNORECASE,
)
_WHOLE_NOTE = re.compile(
    r"\b(?:numbers|details|contacts|addresses|lines|names|everything|nothing|"
    r"anything)\b[^.\n]{0,30}\b(?:on|in|from|throughout) (?:this|the) (?:page|sheet|list|note|"
    r"bulletin|newsletter|document|directory|circular|briefing|e-?mail)\b|"
    r"\bthis (?:contact )?(?:sheet|list|directory|contact page)\b",
    re.IGNORECASE,
)
_PAPER = re.compile(
    r"\b(?:forms?|templates?|polic(?:y|ies)|slides?|recordings?|films?|leaflets?|toolkits?|"
    r"resources?|packs?|reports?|documents?|data|figures|pictures|photos?|minutes|"
    r"guidance|presentations?|posters?|handouts?|links?|files?|records?|findings|review|copy|copies|draft|returns?)\b",
    re.IGNORECASE,
)
_ABOUT_THE_NOTE = re.compile(
    r"\bthis (?:bulletin|newsletter|note|notes|briefing|document|e-?mail|message|update|circular|"
    r"paper|minutes|report|letter|communication|presentation)\b",
    re.IGNORECASE,
)
_STRENGTH = (Marking.PROFESSIONAL_ONLY, Marking.INTERNAL, Marking.NOT_FOR_PARENTS)
_ADJACENT = re.compile(
    r"[\s:–—)\]*_-]*(?:(?:line|number|desk|contact|tel|telephone|mobile|phone|e-?mail|address)\W{0,4}){0,2}"
)
_ONE_ABOVE = re.compile(r"\b(?:this (?:number|line|one|contact|mobile|address)|her|his|it is|above)\b", re.IGNORECASE)
_NO = re.compile(r"^\W*(?:no|n|not|never|✗|✘|x|do not)\b|^\W*[✗✘]", re.IGNORECASE)
_OUTSIDERS_COLUMN = re.compile(r"\b(?:parents?|carers?|famil(?:y|ies)|public|website|home)\b", re.IGNORECASE)
_HANDLING_COLUMN = re.compile(
    r"\b(?:handling|marking|who (?:may|can|for|is it for)|for whom|may be given|share|sharing|"
    r"circulation|audience|restrictions?|access|use|for|notes?|"
    r"available to|open to|given to)\b",
    re.IGNORECASE,
)
_ANYBODY = re.compile(
    r"\b(?:any(?:one|body)|everyone|everybody|all|public|open|parents|families|yes)\b(?<!not for parents)",
    re.IGNORECASE,
)
_CELL_VALUES = (
    (
        Marking.PROFESSIONAL_ONLY,
        re.compile(r"^\W*(?:professionals?|practitioners?|agencies|multi-agency|partners)\W*$", re.IGNORECASE),
    ),
    (
        Marking.INTERNAL,
        re.compile(r"^\W*(?:(?:school |council )?staff|schools?|internal|heads?|dsls?|council)\W*$", re.IGNORECASE),
    ),
)
_SIGN = re.compile(
    r"\b(?:marked|with|bearing|starred)\b[^.\n]{0,24}?(?P<sign>[*†‡§¶#^°✱★☆])|"
    r"^\W{0,2}(?P<first>[*†‡§¶#^°✱★☆])\s*(?:=|:|–|-|\w)"
)
_SEVERAL = re.compile(r"\b(?:these|both|all|either|neither|none|numbers|above)\b", re.IGNORECASE)


def cover(text: str, units: list[Unit]) -> None:
    """Set the marking of every group that one covers. Words beside a contact, in its block or on the line next to
    it, come before those of its section; words that free a contact from its section's marking count only against the
    section."""
    phrases = _phrases(text, units)
    beside = _Beside(text, units, phrases)
    for index in range(len(units)):
        for phrase in phrases[index]:
            if phrase.is_public:
                for group in beside.groups(index, phrase):
                    group.is_exempt = True
    for index in range(len(units)):
        for phrase in phrases[index]:
            if not phrase.is_public:
                covered = beside.groups(index, phrase)
                for group in covered:
                    if not (group.is_exempt and (len(covered) > 1 or group not in units[index].groups)):
                        _mark(text, group, phrase)
    _cover_by_column(text, units)
    _cover_by_sign(text, units, phrases)
    _cover_by_section(text, units, phrases)


def _phrases(text: str, units: list[Unit]) -> list[list[MarkingPhrase]]:
    """The marking phrases of each unit that could cover a contact: beside one, in a heading, or of numbers at large."""
    near = {n for at, unit in enumerate(units) if unit.groups for n in range(at - _REACH, at + _REACH + 1)}
    return [
        find_markings(text, unit.start, unit.end) if _could_mark(text, unit, is_near=at in near) else []
        for at, unit in enumerate(units)
    ]


def _could_mark(text: str, unit: Unit, *, is_near: bool) -> bool:
    if unit.kind is BlockKind.FURNITURE or not _TRIGGER.search(text, unit.start, unit.end):
        return False
    return is_near or unit.kind is BlockKind.HEADING or bool(_ABOUT_A_CONTACT.search(text, unit.start, unit.end))


def _mark(text: str, group: Group, phrase: MarkingPhrase) -> None:
    if group.marking and phrase.marking and _STRENGTH.index(group.marking) <= _STRENGTH.index(phrase.marking):
        return
    group.marking, group.marking_quote = phrase.marking, text[phrase.start : phrase.end]


class _Beside:
    """Finds the groups that a phrase outside a heading covers."""

    def __init__(self, text: str, units: list[Unit], phrases: list[list[MarkingPhrase]]) -> None:
        self.text, self.units, self.phrases = text, units, phrases
        self.of_person: dict[int, list[Group]] = {}
        for group in (g for u in units for g in u.groups if g.person):
            self.of_person.setdefault(id(group.person), []).append(group)
        self.of_role: dict[str, list[Group]] = {}
        for group in (g for u in units for g in u.groups if g.role):
            role = re.sub(r"\s*\(.*?\)|^(?:the|our)\s+", "", (group.role or "").casefold()).strip()
            if len(role) > 3 and len(role.split()) <= 4:
                self.of_role.setdefault(role, []).append(group)
        if len(self.of_role) > _MOST_ROLES:
            self.of_role = {}

    def groups(self, index: int, phrase: MarkingPhrase) -> list[Group]:
        """The groups of the phrase's own block that it covers, or else those of the lines next to it."""
        unit = self.units[index]
        if unit.groups:
            return self._of_those_named(unit, phrase) or _inside(self.text, unit, phrase)
        if unit.kind is BlockKind.HEADING or unit.is_header or not _is_a_marking(self.text, unit, phrase):
            return []
        if _sign(self.text, unit):
            return []
        if _WHOLE_NOTE.search(self.text, unit.start, unit.end):
            return [g for u in self.units for g in u.groups]
        told = self._of_roles_told(unit, phrase)
        if told:
            return told
        named = [g for key in {id(m.person): None for m in unit.mentions} for g in self.of_person.get(key, [])]
        return named or self._next_to(index, phrase)

    def _of_roles_told(self, unit: Unit, phrase: MarkingPhrase) -> list[Group]:
        """`The duty line's number is not for parents`, said apart from the number."""
        start, stop = _sentence(self.text, unit, phrase)
        said = self.text[start:stop].casefold()
        return [
            g for role, groups in self.of_role.items() if role in said and _stands_alone(role, said) for g in groups
        ]

    def _of_those_named(self, unit: Unit, phrase: MarkingPhrase) -> list[Group]:
        """`Bob's number is for professionals only`, said after the numbers."""
        start, stop = _sentence(self.text, unit, phrase)
        if any(start <= g.reaches[0].start < stop for g in unit.groups):
            return []
        named = {id(m.person) for m in unit.mentions if start <= m.start < stop}
        return [g for g in unit.groups if g.person and id(g.person) in named]

    def _next_to(self, index: int, phrase: MarkingPhrase) -> list[Group]:
        above, below = self._run(index, -1), self._run(index, 1)
        if below and not phrase.points_above and (phrase.points_below or self._introduces(index)):
            return below
        if above:
            return above if phrase.covers_many else above[-1:]
        return below

    def _introduces(self, index: int) -> bool:
        """Whether a line stands as the caption of the table or list below it."""
        line = self.units[index]
        if index + 1 >= len(self.units) or _ONE_ABOVE.search(self.text, line.start, line.end):
            return False
        nearer = self._nearer(index)
        if nearer:
            return nearer > 0
        following, words = self.units[index + 1], self.text[line.start : line.end].strip()
        if words.rstrip(" *_").endswith(":") and following.kind is not line.kind:
            return True
        if line.kind is BlockKind.BULLET and (following.kind is not BlockKind.BULLET or following.level <= line.level):
            return False
        if following.kind is BlockKind.CELL:
            return True
        if words.rstrip(" *_").endswith(":"):
            return True
        is_caption = not words.rstrip(" *_").endswith((".", ")", "]", "!")) and len(words.split()) <= 14
        is_after = index > 0 and bool(self.units[index - 1].groups)
        return is_caption and any(u.groups for u in self.units[index + 1 : index + (2 if is_after else 3)])

    def _nearer(self, index: int) -> int:
        """1 where blank lines set a line apart from what is above it, -1 from what is below, 0 where they do not
        tell."""
        if not 0 < index < len(self.units) - 1:
            return 0
        above, line, below = self.units[index - 1 : index + 2]
        if not above.groups or below.kind is BlockKind.HEADING:
            return 0
        gap_above = self.text.count("\n", above.end, line.start)
        gap_below = self.text.count("\n", line.end, below.start)
        return (gap_above > gap_below) - (gap_below > gap_above)

    def _run(self, index: int, step: int) -> list[Group]:
        """The groups of the units that follow one another, up or down from a line, within its section."""
        found: list[Group] = []
        line, at, patience = self.units[index], index + step, 1
        leads = at < len(self.units) and self.units[at].level > line.level
        while 0 <= at < len(self.units) and self.units[at].kind is not BlockKind.HEADING:
            unit = self.units[at]
            if line.kind is unit.kind is BlockKind.BULLET and step > 0 and unit.level <= line.level and leads:
                break
            if unit.groups:
                found = [*found, *unit.groups] if step > 0 else [*unit.groups, *found]
            elif not unit.is_header:
                ends = self.phrases[at] or (found and unit.kind is BlockKind.PARAGRAPH)
                patience -= 1
                if ends or patience < 0:
                    break
            at += step
        return found


def _stands_alone(role: str, said: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(role)}(?!\w)", said))


def _is_a_marking(text: str, unit: Unit, phrase: MarkingPhrase) -> bool:
    """Whether a line without a number of its own speaks of a contact and not of an event, a text or the note itself."""
    start, stop = _sentence(text, unit, phrase)
    sentence = text[start:stop]
    rest = len(sentence.split()) - len(text[phrase.start : phrase.end].split())
    if _WHOLE_NOTE.search(sentence):
        return True
    if _ABOUT_THE_NOTE.search(sentence) or is_about_an_event(sentence) or _is_of_a_paper(sentence):
        return False
    return rest <= 5 or phrase.points_below or bool(_ABOUT_A_CONTACT.search(sentence))


def _is_of_a_paper(words: str) -> bool:
    return bool(_PAPER.search(words)) and not _ABOUT_A_CONTACT.search(words)


def _inside(text: str, unit: Unit, phrase: MarkingPhrase) -> list[Group]:
    if unit.kind is BlockKind.CELL:
        return unit.groups
    at = bisect_right(unit.groups, phrase.start, key=lambda g: g.start)
    before, after = unit.groups[:at], unit.groups[at:]
    if after and _leads_to(text, phrase, before[-1] if before else None, after[0]):
        return after[:1]
    start, stop = _sentence(text, unit, phrase)
    is_told_of_it = bool(before) and before[-1].reaches[-1].end > start  # the number stands in the very sentence
    if not (phrase.is_public or is_told_of_it) and _is_of_something_else(text, start, phrase, stop):
        return []
    if before:
        many = phrase.covers_many and len(before) > 1 and _SEVERAL.search(text, start, stop)
        return before if many else before[-1:]
    return after if phrase.start - unit.start < 12 or phrase.points_below else after[:1]


def _is_of_something_else(text: str, start: int, phrase: MarkingPhrase, stop: int) -> bool:
    lead = text[start : phrase.start]
    return not _ABOUT_A_CONTACT.search(text, start, stop) and (_is_of_a_paper(lead) or is_about_an_event(lead))


def _leads_to(text: str, phrase: MarkingPhrase, before: Group | None, after: Group) -> bool:
    """`professionals only: 01632 …`, unless the words stand in brackets behind another number."""
    if not _ADJACENT.fullmatch(text[phrase.end : after.reaches[0].start]):
        return False
    between = text[before.reaches[-1].end : phrase.start] if before else ""
    return not (before and "(" in between and not between.strip(" ,;–—-("))


def _sentence(text: str, unit: Unit, phrase: MarkingPhrase) -> tuple[int, int]:
    start = max(unit.start, *(text.rfind(mark, unit.start, phrase.start) + 1 for mark in (". ", "! ", "? ")))
    stop = text.find(". ", phrase.end, unit.end)
    return start, stop if stop >= 0 else unit.end


def _cover_by_column(text: str, units: list[Unit]) -> None:
    """A column that says who may have each number: `May parents have it?` … `No`, or `Who for` … `Professionals`."""
    header: list[str] = []
    table: int | None = None
    for unit in units:
        if unit.kind is not BlockKind.CELL:
            continue
        cells = text[unit.start : unit.end].split("\t")
        if unit.table != table:
            header, table = cells, unit.table
            continue
        for head, cell in zip(header, cells, strict=False):
            marking = _by_cell(head, cell) if unit.groups else None
            for group in unit.groups if marking else ():
                if group.marking is None:
                    group.marking, group.marking_quote = (
                        marking,
                        cell.strip() if len(cell.split()) > 1 else head.strip(),
                    )


def _by_cell(head: str, cell: str) -> Marking | None:
    if _OUTSIDERS_COLUMN.search(head):
        return Marking.NOT_FOR_PARENTS if _NO.match(cell) else None
    if _HANDLING_COLUMN.search(head) and re.match(
        r"\W*(?:no|not)\s+(?:for\s+)?(?:parents|famil|the public|public)", cell, re.IGNORECASE
    ):
        return Marking.NOT_FOR_PARENTS
    if not _HANDLING_COLUMN.search(head) or _ANYBODY.search(cell):
        return None
    return next((marking for marking, pattern in _CELL_VALUES if pattern.search(cell)), None)


def _cover_by_sign(text: str, units: list[Unit], phrases: list[list[MarkingPhrase]]) -> None:
    """`Numbers marked * are for professionals only` covers the numbers that bear the sign."""
    for index, unit in enumerate(units):
        phrase = next((p for p in phrases[index] if not p.is_public), None)
        sign = _sign(text, unit) if phrase and not unit.groups else None
        if phrase is None or sign is None:
            continue
        for other in units[max(0, index - 80) : index + 80]:
            for group in _bearing(text, other, sign):
                _mark(text, group, phrase)


def _sign(text: str, unit: Unit) -> str | None:
    words = text[unit.start : unit.end].strip()
    if words.endswith("*") and words.startswith("*"):
        return None  # emphasis, not a footnote
    found = _SIGN.search(words)
    return (found["sign"] or found["first"]) if found else None


def _bearing(text: str, unit: Unit, sign: str) -> list[Group]:
    """The groups that a sign is attached to: `LADO*: 01632 …`."""
    attached = re.compile(rf"[\w)]\s?{re.escape(sign)}|{re.escape(sign)}(?=\w)")
    if not unit.groups or not attached.search(text, unit.start, unit.end):
        return []
    if unit.kind is BlockKind.CELL or len(unit.groups) == 1:
        return unit.groups
    return [g for g in unit.groups if attached.search(text, max(unit.start, g.start - 3), g.end + 4)]


def _cover_by_section(text: str, units: list[Unit], phrases: list[list[MarkingPhrase]]) -> None:
    """A heading, or the head of a table, covers what stands under it until the next of its rank."""
    for index, unit in enumerate(units):
        if unit.kind is not BlockKind.HEADING and not unit.is_header:
            continue
        phrase = next((p for p in phrases[index] if not p.is_public), None)
        if phrase is None or unit.groups or _ABOUT_THE_NOTE.search(text, unit.start, unit.end):
            continue
        if unit.kind is BlockKind.HEADING and unit.level == 1 and index == 0:
            continue
        for group in _under(units, index):
            if not group.is_exempt and not (group.marking and phrase.marking is not Marking.PROFESSIONAL_ONLY):
                _mark(text, group, phrase)


def _under(units: list[Unit], index: int) -> list[Group]:
    head = units[index]
    found: list[Group] = []
    for unit in units[index + 1 :]:
        if head.kind is BlockKind.HEADING and unit.kind is BlockKind.HEADING and unit.level <= head.level:
            break
        if head.kind is BlockKind.CELL and unit.table != head.table:
            break
        found.extend(unit.groups)
    return found
