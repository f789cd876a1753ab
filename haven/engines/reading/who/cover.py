"""Works out which contacts a handling marking covers."""

import re
from bisect import bisect_right
from itertools import pairwise

from haven.engines.reading.document import BlockKind
from haven.engines.reading.items import Marking
from haven.engines.reading.who.columns import cover_by_column
from haven.engines.reading.who.groups import Group, Unit
from haven.engines.reading.who.keys import cover_by_key
from haven.engines.reading.who.markings import MarkingPhrase, find_markings, is_about_an_event
from haven.engines.reading.who.vocabulary import tagged
from haven.engines.reading.who.wordings import is_of_others

_ABOUT_A_CONTACT = re.compile(
    r"\b(?:numbers?|lines?|details?|contacts?|address(?:es)?|mobiles?|phones?|e-?mails?|mailbox|"
    r"inbox|desk|the above|the below|those above|those below|the following|entries|her|his|him|she|he|"
    r"them|these|those)\b",
    re.IGNORECASE,
)
_MOST_ROLES = 300  # a directory of more is no meeting note, and looking each up would be slow
_SIGNATURE = 240  # the longest line of a signature that may mark its own number
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
_EXCEPTION = re.compile(
    r"\b(?:except(?:ing)?(?: for)?|apart from|other than|excluding|save(?: for)?|bar(?:ring)?|but not|aside from|"
    r"with the exception of|unlike)\s(?:the |that of |those of )?[^.;\n]{2,90}",
    re.IGNORECASE,
)
_DITTO = re.compile(
    r"(?:\bditto\b|\blikewise\b|\bas above\b|\bsame (?:again|applies|here|rule|restriction)\b|\bas for\b|"
    r"[“”\"]{2}|[(\t][“”\"][)\s])",
    re.IGNORECASE,
)
_MOBILES = re.compile(r"\bmobiles?\b(?: (?:phone )?(?:numbers?|nos?))?", re.IGNORECASE)
_SOME = re.compile(
    r"\b(?P<which>first|last|next|top|bottom|final|following|second|third|fourth)\s+(?:(?P<count>two|three|four|five|"
    r"six|\d)\b|(?=(?:number|line|one|entry|contact|name|of)\b))",
    re.IGNORECASE,
)
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6} | {str(n): n for n in range(1, 10)}
_PLACES = {"second": 1, "third": 2, "fourth": 3}
_OUTSIDERS = re.compile(r"\b(?:parents|carers|families|the public|pupils)\b", re.IGNORECASE)
_SEVERAL = re.compile(r"\b(?:these|both|all|either|neither|none|numbers|above)\b", re.IGNORECASE)


def cover(text: str, units: list[Unit]) -> None:
    """Set the marking of every group that one covers. Words beside a contact, in its block or on the line next to
    it, come before those of its section; words that free a contact from its section's marking count only against the
    section."""
    phrases = _phrases(text, units)
    for index in cover_by_key(text, units):
        phrases[index] = []
    beside = _Beside(text, units, phrases)
    for index in range(len(units)):
        for phrase in phrases[index]:
            if phrase.is_public:
                for group in beside.groups(index, phrase):
                    group.is_exempt = True
    for index in range(len(units)):
        for phrase in phrases[index]:
            if not phrase.is_public:
                covered = _chosen(text, units[index], phrase, beside.groups(index, phrase))
                for group in covered:
                    if not (group.is_exempt and (len(covered) > 1 or group not in units[index].groups)):
                        _mark(text, group, phrase)
    cover_by_column(text, units)
    _cover_alike(text, units)
    _cover_by_section(text, units, phrases)


def _phrases(text: str, units: list[Unit]) -> list[list[MarkingPhrase]]:
    """The marking phrases of each unit that could cover a contact: beside one, in a heading, or of numbers at large."""
    near = {n for at, unit in enumerate(units) if unit.groups for n in range(at - _REACH, at + _REACH + 1)}
    return [
        find_markings(text, unit.start, unit.end) if _could_mark(text, unit, is_near=at in near) else []
        for at, unit in enumerate(units)
    ]


def _could_mark(text: str, unit: Unit, *, is_near: bool) -> bool:
    if unit.kind is BlockKind.FURNITURE and not (unit.groups and unit.end - unit.start < _SIGNATURE):
        return False
    if not _TRIGGER.search(text, unit.start, unit.end):
        return False
    return is_near or unit.kind is BlockKind.HEADING or bool(_ABOUT_A_CONTACT.search(text, unit.start, unit.end))


def _mark(text: str, group: Group, phrase: MarkingPhrase) -> None:
    if group.marking and phrase.marking and _STRENGTH.index(group.marking) <= _STRENGTH.index(phrase.marking):
        return
    group.marking, group.marking_quote = phrase.marking, text[phrase.start : phrase.end]


def _cover_alike(text: str, units: list[Unit]) -> None:
    """`ditto`, `as above`: what was said of the contact above."""
    for above, unit in pairwise(units):
        same = _DITTO.search(text, unit.start, unit.end) if unit.groups and above.groups else None
        marked = above.groups[-1] if same else None
        if marked and marked.marking and not any(g.marking for g in unit.groups):
            for group in unit.groups:
                group.marking, group.marking_quote = marked.marking, marked.marking_quote


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
        if not phrase.is_public and is_of_others(tagged(self.text, *_sentence(self.text, unit, phrase))):
            return self._of_those_named(unit, phrase) or self._of_roles_told(unit, phrase)
        if unit.groups:
            return self._of_those_named(unit, phrase) or _inside(self.text, unit, phrase)
        if unit.kind is BlockKind.HEADING or unit.is_header or not _is_a_marking(self.text, unit, phrase):
            return []
        if _WHOLE_NOTE.search(self.text, unit.start, unit.end):
            return [g for u in self.units for g in u.groups]
        told = self._of_roles_told(unit, phrase)
        if told:
            return told
        start, stop = _sentence(self.text, unit, phrase)
        excepted = _EXCEPTION.search(self.text, start, stop)
        about = [m for m in unit.mentions if start <= m.start < (excepted.start() if excepted else stop)]
        named = [g for key in {id(m.person): None for m in about} for g in self.of_person.get(key, [])]
        return named or self._next_to(index, phrase)

    def _of_roles_told(self, unit: Unit, phrase: MarkingPhrase) -> list[Group]:
        """`The duty line's number is not for parents`, said apart from the number."""
        start, stop = _sentence(self.text, unit, phrase)
        said = _EXCEPTION.sub("", self.text[start:stop]).casefold()
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
            is_list = bool(found) and self.units[index + step].kind is not BlockKind.PARAGRAPH
            if step > 0 and is_list and unit.kind is BlockKind.PARAGRAPH is line.kind:
                break  # the list that the line introduces is over
            if unit.groups:
                found = [*found, *unit.groups] if step > 0 else [*unit.groups, *found]
            elif not unit.is_header:
                ends = self.phrases[at] or (found and unit.kind is BlockKind.PARAGRAPH)
                patience -= 1
                if ends or patience < 0:
                    break
            at += step
        return found


def _chosen(text: str, unit: Unit, phrase: MarkingPhrase, groups: list[Group]) -> list[Group]:
    """Of the groups that a phrase could cover those that it speaks of: its mobiles, its last two, all except one."""
    if len(groups) < 2:
        return groups
    start, stop = _sentence(text, unit, phrase)
    said = text[start:stop]
    excepted = _EXCEPTION.search(said)
    if excepted:
        left_out = excepted.group().casefold()
        groups = [g for g in groups if not _is_told(g, left_out)]
        said = said[: excepted.start()] + said[excepted.end() :]
    mobiles = [g for g in groups if any(r.value.startswith("+447") for r in g.reaches)]
    if mobiles and _MOBILES.search(said if unit.groups else text[unit.start : unit.end]):
        return mobiles
    some = _SOME.search(said)
    if not some:
        return groups
    count = _COUNTS.get((some["count"] or "one").lower(), 1)
    which = some["which"].lower()
    if which in _PLACES:
        return groups[_PLACES[which] : _PLACES[which] + 1]
    return groups[-count:] if which in ("last", "final", "bottom") else groups[:count]


def _is_told(group: Group, said: str) -> bool:
    """Whether words name a group by its person's name or first name, or by its role."""
    names = [group.role, group.name, *((group.name or "").split()[:1])]
    plain = [re.sub(r"\s*\(.*?\)|^(?:the|our)\s+", "", n.casefold()).strip(" *:") for n in names if n]
    return any(_stands_alone(n, said) for n in plain if len(n) > 2)


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
    if (
        at > 1
        and unit.groups[at - 1].start == phrase.start
        and _OUTSIDERS.search(text, phrase.end, unit.groups[at - 1].end)
    ):
        at -= 1  # `Advice: 01632 … Professionals' line: families ring 01632 … instead`
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


def _cover_by_section(text: str, units: list[Unit], phrases: list[list[MarkingPhrase]]) -> None:
    """A heading, or the head of a table, covers what stands under it until the next of its rank."""
    for index, unit in enumerate(units):
        if unit.kind is not BlockKind.HEADING and not unit.is_header:
            continue
        phrase = next((p for p in phrases[index] if not p.is_public), None)
        if unit.is_header and "\t" in text[unit.start : unit.end]:
            continue  # told by its columns
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
