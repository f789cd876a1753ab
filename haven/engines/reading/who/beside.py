"""Finds the contacts that a marking outside a heading covers: of its own sentence, its own block, or the lines next to
it."""

import re
from functools import cached_property

from haven.engines.documents.document import BlockKind
from haven.engines.patterns.late import late
from haven.engines.reading.who.exceptions import nearest, without_exception
from haven.engines.reading.who.markings import MarkingPhrase, is_about_an_event
from haven.engines.reading.who.subjects import is_of_something_else, known_words
from haven.engines.reading.who.units import Group, Unit
from haven.engines.reading.who.vocabulary import tagged
from haven.engines.reading.who.wordings import is_of_others

ABOUT_A_CONTACT = late(
    r"\b(?:numbers?|lines?|details?|contacts?|address(?:es)?|mobiles?|phones?|e-?mails?|mailbox|"
    r"inbox|desk|the above|the below|those above|those below|the following|the former|the latter|the others|entries|"
    r"hers?|theirs|mine|his|him|she|he|"
    r"them|these|those)\b",
    re.IGNORECASE,
)
ABOUT_THE_NOTE = late(
    r"\bthis (?:bulletin|newsletter|note|notes|briefing|document|e-?mail|message|update|circular|"
    r"paper|minutes|report|letter|communication|presentation)\b",
    re.IGNORECASE,
)
_MOST_ROLES = 300  # a directory of more is no meeting note, and looking each up would be slow
_WHOLE_NOTE = late(
    r"\b(?:numbers|(?:every|each|any|no) (?:\w+ )?(?:number|line|contact|name|address)|details|contacts|addresses|"
    r"lines|"
    r"names|everything|nothing|anything|everyone|everybody|whole|all|none)\b[^.\n]{0,30}\b(?:on|in|from|throughout|"
    r"of) (?:this|"
    r"the) (?:whole )?(?:page|sheet|"
    r"list|note|card|bulletin|newsletter|document|directory|circular|briefing|e-?mail|handout|leaflet|message|letter|"
    r"chapter|"
    r"handbook|guide|rota|booklet|poster|notice|minutes|update|pack|folder|memo|issue|edition|mailing|summary|schedule|"
    r"appendix|annex|supplement)\b|"
    r"(?<!those on )\bthis (?:contact |phone |telephone )?(?:sheet|list|directory|(?:contact|phone|telephone) page)\b",
    re.IGNORECASE,
)
_WHOLE_SECTION = late(
    r"\b(?:in|on|under|throughout|of) this (?:section|part|heading|box|group|table|column)\b|"
    r"\b(?:for|to) this (?:section|part)\b|"
    r"\bthis (?:whole )?(?:section|part|group|box|table) (?:is|are|may|must|should|can|only|not)\b",
    re.IGNORECASE,
)
_PAPERS = (
    r"(?:forms?|templates?|polic(?:y|ies)|slides?|recordings?|films?|leaflets?|toolkits?|"
    r"consultation(?! (?:line|number|desk))|surveys?|questionnaires?|resources?|packs?|reports?|documents?|data|"
    r"figures|pictures|photos?|minutes|"
    r"photographs?|images?|screenshots?|names|registers?|logs?|chronolog\w+|passwords?|codes?|rumours?|clips?|videos?|"
    r"guidance|presentations?|posters?|handouts?|links?|files?|records?|findings|review|copy|copies|draft|returns?)\b"
)
_PAPER = late(rf"\b{_PAPERS}", re.IGNORECASE)
_OF_A_PAPER = late(
    r"\b(?:keep|hold|store|put|pass|pass on|share|send|give|give out|show|copy|post|print|publish|circulate|"
    r"forward|display)\s+"
    rf"(?:(?:the|a|an|any|all|your|our|their|these|those|pupils?[’']?|children[’']s|of) )*{_PAPERS}",
    re.IGNORECASE,
)
_THIS_THING = late(
    r"\W*(?:this|these|that|those) (?!(?:numbers?|lines?|desks?|teams?|services?|helplines?|hotlines?|office|hub|"
    r"extensions?|"
    r"mobiles?|inbox|mailbox(?:es)?|address(?:es)?|phones?|contacts?|details|one|ones|two|three|is|are|list|sheet|"
    r"card|page|"
    r"section|part|table|box|group|direct|duty|consultation line|advice line|information)\b)[a-z-]+ (?:is|are|was|"
    r"were|must|may|should)\b",
    re.IGNORECASE,
)
_ADJACENT = late(
    r"[\s:–—)\]*_-]*(?:(?:is|on|line|number|desk|contact|tel|telephone|mobile|phone|e-?mail|address)\W{0,4}){0,2}"
)
_ONE_ABOVE = late(r"\b(?:this (?:number|line|one|contact|mobile|address)|her|his|it is|above)\b", re.IGNORECASE)
_SEVERAL = late(
    r"\b(?:former|latter|(?:the )?(?:first|second|third|last)(?= (?:is|may|must|can|should)\b)|these|both|all|either|"
    r"neither|none|numbers|above)\b",
    re.IGNORECASE,
)
_STOP = late(r"[.!?][)\]’”\"]*\s+(?=[^\sa-z])|\n\s*\n")
_ABBREVIATED = late(
    r"\b(?:tel|ext|extn|prof|dr|mr|mrs|ms|st|nos?|e\.g|i\.e|mob|dept|rev|approx|opt|sgt|insp|hon|fr|sr|ph|t|m|e)$",
    re.IGNORECASE,
)
_ELSEWHERE = late(r"\b(?:in|on|of) the (?:table|list|box)\b", re.IGNORECASE)
_OF_THE_LAST = late(
    r"\W*(?:it|this|that|both|these|those|neither|she|he|they|the (?:number|line|address|mailbox))\b", re.IGNORECASE
)
_PRONOUN = late(r"\b(?:her|his|their|she|he)\b", re.IGNORECASE)
_IT = late(r"\b(?:it|this|that|them|these|those|they)\b", re.IGNORECASE)
_HER_NUMBER = late(
    r"[’']s? (?:own |new |direct |private |work |home |mobile )*(?:number|line|mobile|phone|details|address|e-?mail|"
    r"extension)\b",
    re.IGNORECASE,
)
_CLAUSES = late(
    r";\s|,? (?:while|whereas)\b|(?<!all)(?<!any)(?<!none)(?<!thing)(?<!one),? but (?!not\b|for\b)|(?:,|\band|\bbut) "
    r"(?=the (?:former|latter|first|second|third|last|others?|"
    r"rest)\b)",
    re.IGNORECASE,
)
_REMEMBERED = 5  # how many lines back `her` may have been named
_ERRAND = late(
    r"\s*[:,–-]\s*(?:please\s+)?(?:send|complete|return|book|reply|submit|fill|check|update|sign|register|let|tell|"
    r"bring|read|"
    r"nominate|confirm|remember to|do|need)\b",
    re.IGNORECASE,
)
_ONLY_THIS = late(
    r"\W*only [^.;\n]{2,60}? (?:may|can|should|is|are)\b[^.;\n]{0,30}\b(?:to|for|with) (?:the )?"
    r"(?:parents|famil|carers)",
    re.IGNORECASE,
)
_OBJECT = late(r"\b(?:it|them)\b", re.IGNORECASE)
_ALL_ABOVE = late(
    r"\b(?:all|every\w*|each|any|none|everything|the)\b[^.;\n]{0,40}\babove\b|\bthe above\b|\babove[- ]mentioned\b",
    re.IGNORECASE,
)
_PART = late(
    r"\b(?P<part>(?:list|part|section|table|group|box|annex|appendix|block|panel|column|sheet) "
    r"(?:[A-Z]|\d{1,2}|one|two|three|four|(?:i{1,3}|iv|v)))\b(?! of\b)",
    re.IGNORECASE,
)
_LONGEST_SENTENCE = 600
_MOST_AT_LARGE = 8  # how often a note may say something of all that is on it
_NEAR_BY = 100  # how many lines away a named list may stand
_LABEL = 90  # the longest line that may be the label of the number below it
_COLUMNS = late(r"\S(?: {2,}|\t|\.{3,})\S")
_ENDS = late(r"[.!?:;]\W*$")


class Beside:
    """Finds the groups that a phrase outside a heading covers."""

    def __init__(self, text: str, units: list[Unit], phrases: list[list[MarkingPhrase]]) -> None:
        self.text, self.units, self.phrases = text, units, phrases
        self._said_at_large: set[int] = set()
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
        start, stop = sentence(self.text, unit, phrase)
        own = [] if _ELSEWHERE.search(self.text, start, stop) else self._own(unit, phrase)
        has_number = any(start <= g.reaches[0].start < stop for g in own)
        if not (phrase.is_public or has_number) and is_of_others(tagged(self.text, start, stop)):
            return self._of_those_named(unit, phrase) or self._of_roles_told(unit, phrase)
        if not has_number and (wide := self.at_large(index, phrase) or self._of_the_part_named(index, phrase)):
            return wide
        if own:
            told = self._of_those_named(unit, phrase)
            if not (told or has_number):
                told = self._of_people_told(unit, phrase)
            return told or self._inside(unit, own, phrase)
        if unit.kind is BlockKind.HEADING or unit.is_header:
            return []
        if spoken := self._of_the_one_before(unit, phrase):
            return spoken
        if not self._is_a_marking(unit, phrase):
            return []
        told = self._of_roles_told(unit, phrase)
        told = told or self._of_people_told(unit, phrase)
        if told and phrase.points_above and _SEVERAL.search(self.text, *sentence(self.text, unit, phrase)):
            known = set(map(id, told))
            told = [*told, *(g for g in self._run(index, -1, patience=3) if id(g) not in known)]
        return told or self._next_to(index, phrase) or self._of_her_spoken_of(index, phrase)

    def others(self, index: int, phrase: MarkingPhrase) -> list[Group]:
        """Whom `Only the helpline may be given to parents` keeps from them: the others of the list beside it."""
        unit = self.units[index]
        start, stop = clause(self.text, unit, phrase)
        if unit.groups or not _ONLY_THIS.match(self.text, start, stop):
            return []
        named = set(map(id, self._of_roles_told(unit, phrase) or self._of_people_told(unit, phrase)))
        beside = self._run(index, -1) or self._run(index, 1)
        return [g for g in beside if id(g) not in named] if named else []

    def at_large(self, index: int, phrase: MarkingPhrase) -> list[Group]:
        """The groups of the whole note or section, where a line speaks of all that is on the sheet or in the part."""
        unit = self.units[index]
        start, stop = sentence(self.text, unit, phrase)
        if unit.kind in (BlockKind.HEADING, BlockKind.CELL):
            return []
        found = None if phrase.is_public else _WHOLE_NOTE.search(self.text, start, stop)
        following = self.units[index + 1].kind if index + 1 < len(self.units) else None
        is_a_list = bool(found) and following in (BlockKind.BULLET, BlockKind.CELL)
        if found and not (is_a_list and found.group().casefold().endswith(("list", "table"))):
            return self._throughout(index, phrase)
        return self._section(index) if _WHOLE_SECTION.search(self.text, start, stop) else []

    def _throughout(self, index: int, phrase: MarkingPhrase) -> list[Group]:
        """All groups of the note but those of its letterhead. Where a text says such a thing time and again it is many
        notes in one, and only what is near is meant."""
        if len(self._said_at_large) < _MOST_AT_LARGE:
            self._said_at_large.add(phrase.start)
        reach = len(self.units) if phrase.start in self._said_at_large else _NEAR_BY
        near = self.units[max(0, index - reach) : index + reach]
        return [g for u in near if u.kind is not BlockKind.FURNITURE for g in u.groups]

    def _of_the_part_named(self, index: int, phrase: MarkingPhrase) -> list[Group]:
        """`List B is internal`, of what stands under a line that says List B."""
        unit = self.units[index]
        start, _ = sentence(self.text, unit, phrase)
        named = list(_PART.finditer(self.text, start, phrase.start))
        part = named[-1]["part"].casefold() if named else ""
        kind = part.partition(" ")[0]
        found: list[Group] = []
        is_inside = False
        for other in self.units[max(0, index - _NEAR_BY) : index + _NEAR_BY] if part else ():
            words = self.text[other.start : min(other.end, other.start + _LABEL)].casefold().strip(" *_#")
            if not other.groups and words.startswith(f"{kind} ") and len(words) < _LABEL:
                is_inside = words.startswith(part) and not words[len(part) : len(part) + 1].isalnum()
            elif other.kind is BlockKind.HEADING or (found and other.kind is BlockKind.PARAGRAPH and not other.groups):
                is_inside = is_inside and other.kind is BlockKind.HEADING and not found
            elif is_inside:
                found.extend(other.groups)
        return found

    def _own(self, unit: Unit, phrase: MarkingPhrase) -> list[Group]:
        """The groups of a block, without those that it gives to parents themselves."""
        if phrase.is_public:
            return unit.groups
        return [g for g in unit.groups if not g.is_for_outsiders or g.reaches[-1].end <= phrase.start]

    def _of_roles_told(self, unit: Unit, phrase: MarkingPhrase) -> list[Group]:
        """`The duty line's number is not for parents`, said apart from the number."""
        said = without_exception(self.text[slice(*clause(self.text, unit, phrase))]).casefold()
        return [
            g for role, groups in self.of_role.items() if role in said and _stands_alone(role, said) for g in groups
        ]

    def _of_people_told(self, unit: Unit, phrase: MarkingPhrase) -> list[Group]:
        start, stop = clause(self.text, unit, phrase)
        said = without_exception(self.text[start:stop])
        about = [m for m in unit.mentions if start <= m.start < stop and self.text[m.start : m.end] in said]
        return [g for key in {id(m.person): None for m in about} for g in self.of_person.get(key, [])]

    def _of_the_one_before(self, unit: Unit, phrase: MarkingPhrase) -> list[Group]:
        """`We spoke of Ann’s number. It is not for parents`, said apart from the number."""
        start, stop = sentence(self.text, unit, phrase)
        if not _IT.search(self.text, start, stop):
            return []
        before = [m for m in unit.mentions if m.start < start and _HER_NUMBER.match(self.text, m.end, start)]
        return [g for key in {id(m.person): None for m in before} for g in self.of_person.get(key, [])]

    def _of_her_spoken_of(self, index: int, phrase: MarkingPhrase) -> list[Group]:
        """`Her mobile is not for parents`, said of somebody named a little before whose number stands elsewhere."""
        if not _PRONOUN.search(self.text[slice(*sentence(self.text, self.units[index], phrase))]):
            return []
        before = (
            m for unit in reversed(self.units[max(0, index - _REMEMBERED) : index]) for m in reversed(unit.mentions)
        )
        spoken = next((m for m in before if id(m.person) in self.of_person), None)
        return self.of_person[id(spoken.person)] if spoken else []

    def _of_those_named(self, unit: Unit, phrase: MarkingPhrase) -> list[Group]:
        """`Bob's number is for professionals only`, said after the numbers."""
        start, stop = clause(self.text, unit, phrase)
        if any(start <= g.reaches[0].start < stop for g in unit.groups):
            return []
        named = {id(m.person) for m in unit.mentions if start <= m.start < stop}
        return [g for g in unit.groups if g.person and id(g.person) in named]

    def _is_a_marking(self, unit: Unit, phrase: MarkingPhrase) -> bool:
        """Whether a line without a number of its own speaks of a contact and not of an event, a text or the note
        itself."""
        start, stop = sentence(self.text, unit, phrase)
        said = self.text[start:stop]
        rest = len(said.split()) - len(self.text[phrase.start : phrase.end].split())
        if ABOUT_THE_NOTE.search(said) or is_about_an_event(said) or _is_of_a_paper(said):
            return False
        if self._is_of_a_thing(start, phrase):
            return False
        first, past = clause(self.text, unit, phrase)
        rest = min(rest, len(self.text[first:past].split()) - len(self.text[phrase.start : phrase.end].split()))
        return rest <= 5 or phrase.points_below or bool(ABOUT_A_CONTACT.search(said))

    def _is_of_a_thing(self, start: int, phrase: MarkingPhrase) -> bool:
        """Whether what is said from `start` up to a phrase has another subject than a contact of the note."""
        return is_of_something_else(self.text[start : phrase.start], self._known)

    @cached_property
    def _known(self) -> frozenset[str]:
        return known_words([g for u in self.units for g in u.groups])

    def _inside(self, unit: Unit, groups: list[Group], phrase: MarkingPhrase) -> list[Group]:
        text = self.text
        if unit.kind is BlockKind.CELL:
            return groups
        start, stop = sentence(text, unit, phrase)
        before = [g for g in groups if g.start < phrase.start]
        after = groups[len(before) :]
        if after and _leads_to(text, phrase, before[-1] if before else None, after[0]):
            return [g for g in after if g.start < stop] if _SEVERAL.search(text, start, phrase.end) else after[:1]
        is_told_of_it = bool(before) and before[-1].reaches[-1].end > start  # the number stands in the very sentence
        is_of_next = bool(after) and after[0].reaches[0].start < stop
        told = [g for g in before if g.reaches[0].start < phrase.start]
        is_of_last = bool(told) and bool(_OBJECT.search(text, phrase.start, min(stop, phrase.end + 8)))
        if (
            is_of_last
            and len(told) < len(before)
            and not _ADJACENT.fullmatch(text, phrase.end, before[-1].reaches[0].start)
        ):
            return told[-1:]
        if is_of_next and not is_told_of_it and before and not _OF_THE_LAST.match(text, start, phrase.end):
            return before[-1:] if is_of_last else after[:1]
        if not (phrase.is_public or is_told_of_it) and _is_of_something_else(text, start, phrase, stop):
            return []
        if not before and _ERRAND.match(text, phrase.end, stop):
            return []
        if self._is_of_a_thing(max(start, before[-1].end if before else start), phrase) and not phrase.is_public:
            return []
        first, past = clause(text, unit, phrase)
        is_apart = (
            is_of_next and after[0].reaches[0].start < past and not (before and before[-1].reaches[-1].end > first)
        )
        if is_apart and not is_of_last:
            return after[:1]
        if before:
            many = phrase.covers_many and len(before) > 1 and _SEVERAL.search(text, start, stop)
            return before if many else before[-1:]
        if not (is_of_next or phrase.points_below or phrase.is_public or _is_bare(text, start, stop, phrase)):
            return []
        return after if phrase.start - unit.start < 12 or phrase.points_below else after[:1]

    def _section(self, index: int) -> list[Group]:
        """All groups between the headings that a line stands between."""
        first = next((n for n in range(index, -1, -1) if self.units[n].kind is BlockKind.HEADING), 0)
        past = next(
            (n for n in range(index, len(self.units)) if self.units[n].kind is BlockKind.HEADING), len(self.units)
        )
        return [g for unit in self.units[first:past] for g in unit.groups]

    def _next_to(self, index: int, phrase: MarkingPhrase) -> list[Group]:
        above, below = self._run(index, -1), self._run(index, 1)
        said = self.text[slice(*sentence(self.text, self.units[index], phrase))]
        if below and not phrase.points_above and (phrase.points_below or self._introduces(index)):
            return nearest(said, below, is_above=False)
        if not above and phrase.points_above and _ALL_ABOVE.search(said):
            return [g for g in self._throughout(index, phrase) if g.start < phrase.start]
        if above:
            return nearest(said, above, is_above=True) if phrase.covers_many else above[-1:]
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

    def _goes_on(self, at: int) -> bool:
        """Whether a line without a number belongs to the list around it: a row laid out like the one before, or the
        label of the number on the next line."""
        if not 0 < at < len(self.units) - 1:
            return False
        above, unit, below = self.units[at - 1 : at + 2]
        words = self.text[unit.start : unit.end]
        if (
            unit.kind is not BlockKind.PARAGRAPH
            or len(words) > _LABEL
            or self.text.count("\n", above.end, unit.start) > 1
        ):
            return False
        if _COLUMNS.search(words) and _COLUMNS.search(self.text, above.start, above.end):
            return True
        is_joined = self.text.count("\n", unit.end, below.start) == 1
        letters = tagged(self.text, unit.start, unit.end).letters
        return is_joined and bool(below.groups) and not (_ENDS.search(words) or any(c in "XQA" for c in letters))

    def _run(self, index: int, step: int, patience: int = 1) -> list[Group]:
        """The groups of the units that follow one another, up or down from a line, within its section."""
        found: list[Group] = []
        line, at = self.units[index], index + step
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
            elif not (unit.is_header or (found and not self.phrases[at] and self._goes_on(at))):
                ends = self.phrases[at] or (found and unit.kind is BlockKind.PARAGRAPH)
                patience -= 1
                if ends or patience < 0:
                    break
            at += step
        return found


def _stands_alone(role: str, said: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(role)}(?!\w)", said))


def _is_of_a_paper(words: str) -> bool:
    return bool(_PAPER.search(words)) and not ABOUT_A_CONTACT.search(words)


def _is_bare(text: str, start: int, stop: int, phrase: MarkingPhrase) -> bool:
    """Whether a sentence before that of the number speaks of a contact, or says nothing but the marking."""
    if ABOUT_THE_NOTE.search(text, start, stop):
        return False
    rest = len(text[start:stop].split()) - len(text[phrase.start : phrase.end].split())
    return rest <= 2 or bool(ABOUT_A_CONTACT.search(text, start, stop))


def _is_of_something_else(text: str, start: int, phrase: MarkingPhrase, stop: int) -> bool:
    lead = text[start : phrase.start]
    if _THIS_THING.match(text, start, stop):
        return True
    if _OF_A_PAPER.search(text, start, stop) and not ABOUT_A_CONTACT.search(text, start, stop):
        return True
    return not ABOUT_A_CONTACT.search(text, start, stop) and (_is_of_a_paper(lead) or is_about_an_event(lead))


def _leads_to(text: str, phrase: MarkingPhrase, before: Group | None, after: Group) -> bool:
    """`professionals only: 01632 …`, unless the words stand in brackets behind another number."""
    if not _ADJACENT.fullmatch(text[phrase.end : after.reaches[0].start]):
        return False
    between = text[before.reaches[-1].end : phrase.start] if before else ""
    return not (before and "(" in between and not between.strip(" ,;–—-("))


def sentence(text: str, unit: Unit, phrase: MarkingPhrase) -> tuple[int, int]:
    """Where the sentence of a phrase begins and ends in its block."""
    start = max(unit.start, phrase.start - _LONGEST_SENTENCE)
    for found in _STOP.finditer(text, start, phrase.start + 1):
        if not _ABBREVIATED.search(text, max(unit.start, found.start() - 6), found.start()):
            start = min(found.end(), phrase.start)
    stop = min(unit.end, phrase.end + _LONGEST_SENTENCE)
    for found in _STOP.finditer(text, phrase.end, stop):
        if not _ABBREVIATED.search(text, max(phrase.end, found.start() - 6), found.start()):
            return start, found.end()
    return start, stop


def clause(text: str, unit: Unit, phrase: MarkingPhrase) -> tuple[int, int]:
    """Where what a phrase is said in begins and ends within its sentence."""
    start, stop = sentence(text, unit, phrase)
    for found in _CLAUSES.finditer(text, start, stop):
        if found.end() <= phrase.start:
            start = found.end()
        elif found.start() >= phrase.end:
            return start, found.start()
    return start, stop
