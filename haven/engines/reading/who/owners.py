"""Says whose a number is: the person named before it, after it, on the line above, or by the address itself."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from haven.engines.documents.document import BlockKind
from haven.engines.patterns.late import late
from haven.engines.reading.who.people import Mention, People, Person, is_ordinary
from haven.engines.reading.who.reaches import Reach
from haven.engines.reading.who.roles import label_start, role_of
from haven.engines.reading.who.sharing import SHARE, sharers
from haven.engines.reading.who.units import Group, Unit

CONNECTING = late(
    r"\b(?:or|and|also|on|at|via|by|e-?mails?|tel|telephone|phone|ph|mobile|mob|m|t|e|p|f|cell|"
    r"direct|dial|ddi|d|text|texts|textphone|minicom|"
    r"whatsapp|landline|work|home|office hours|sms|call|ring|out of hours|daytime|evenings?|"
    r"weekends?|hours?|number|no|to|for|is|his|her|their|"
    r"the|a|please|contact|details|address|mailbox|inbox|secure|w|o|then|else|alternatively|main|option|ext|"
    r"extension|press|x)\b",
    re.IGNORECASE,
)
PARENTHESIS = late(r"\([^()@]{0,120}\)|\[[^\[\]@]{0,120}\]")
WORD = late(r"[^\W\d_][\w’'-]*")
SENTENCE_BREAK = late(r"[.!?][)\]*_”’]*\s+[^\sa-z]|\n\s*\n|;\s")
DESK = late(
    r"\b(?:line|desk|team|office|mailbox|inbox|hotline|helpline|helpdesk|service|hub|front door|"
    r"duty|switchboard|reception|advice|support|referrals?|requests?|applications?|bookings?|"
    r"admissions|enquiries|queries|questions|centre|department|unit|school|council|police|hospital|clinic|number)\b",
    re.IGNORECASE,
)
_ASK_FOR = late(
    r"[\s,;:()|–—-]*(?:and\s+)?(?:ask for|asking for|speak to|speak with|for|quote|c/o|attn:?|"
    r"FAO)?\s*(?:PC|Sgt|Dr|Mr|Mrs|Ms|Miss|DI|DS|DC|PCSO)?\s*$"
)
_ASKS = late(r"\b(?:ask|speak|FAO|attn|c/o)", re.IGNORECASE)
_OPENS_BRACKET = late(r"\s*[(\[]\s*")
_CLOSES_BRACKET = late(r"(?:[’']s?(?: [\w-]+){1,3})?\s*[)\]]")
_DEVICE = late(
    r"[\s.,;:–—-]*(?:(?:her|his|their|my)\s+)?(?:desk|direct(?: line| dial)?|office|mobile|mob|work|home|tel|"
    r"telephone|"
    r"phone|landline|e-?mail)[\s.:–—-]*(?:is|on)?\s*",
    re.IGNORECASE,
)
PRONOUN = late(r"\b(?:her|his|their|she|he|they|him|them)\b", re.IGNORECASE)
_BARE = late(
    r"\b(?:contact|contacts|details|reach|reached|reachable|can|be|available|get|touch|in|with|"
    r"direct|line|work|personal|new|current|please|"
    r"drop|an|message|questions|any|info|information|you|more|further|email address)\b",
    re.IGNORECASE,
)
_ME = late(r"\b(?:me|my|mine)\b", re.IGNORECASE)
HER_OFFICE = late(
    r"(?<!, )\b(?:her|his|their) (?:secretary|pa|p\.a\.|assistant|deputy|manager|colleague|team|clerk|receptionist|"
    r"successor)\b",
    re.IGNORECASE,
)
_THROUGH = late(r"\b(?:through|via|c/o|care of)\b", re.IGNORECASE)
_REPLACED = late(
    r"\b(?:over from|succeed(?:s|ed|ing)|replac(?:es|ed|ing)|instead of|in place of|in succession to|rather than|"
    r"follow(?:s|ed|ing))"
    r"\s+(?:our |the )?(?:former |old |late )?$",
    re.IGNORECASE,
)
_NOT_ME = late(
    r"\bmy (?:office|pa|p\.a\.|secretary|team|colleague|deputy|assistant|manager|desk|successor|predecessor)\b",
    re.IGNORECASE,
)
_FIRST_NAME = late(
    r"^\W*(?P<first>[A-ZÀ-Þ][a-zß-ÿ]{2,})(?:[’']s (?:details|number|contact details|email|mobile))?(?:\s*[:–—]|\s+-\s)"
)
_FIRST_NAME_RUNG = late(
    r"(?:^\W*|[(:;,]\s*|\b(?i:ring|rings|call|phone|contact|ask|text|e-?mail|tell|speak to|with|see|try|to|or|and|"
    r"is|via|through|from) )"
    r"(?P<first>[A-ZÀ-Þ][a-zß-ÿ]{2,}(?:-[A-ZÀ-Þ][a-zß-ÿ]+)?)(?:\s*\([\w ]{2,30}\)|\s+(?:at|"
    r"in) the [A-Z]?\w+)?,?\s*(?:is )?(?:on|at|via|tel\.?|by)?\s*[(:]?\s*$"
)
_OPENS_WITH_PRONOUN = late(r"^\W*(?:he|she|her|his|they|their)\b", re.IGNORECASE)
_FROM = late(r"\s*from\s*:", re.IGNORECASE)
_SHORT_LINE = 110
_SIGNED_WITHIN = 12  # how many lines from the end a note's signature stands


class Owners:
    """Goes through a note from block to block and knows who was spoken of, who signs and who writes."""

    def __init__(self, text: str, people: People, units: list[Unit]) -> None:
        self._text, self._people = text, people
        self._carried: Person | None = None  # whom a bare `Tel:` on a later line would belong to
        self._signing: Person | None = None
        self._spoken: Person | None = None  # whom `her` and `his` mean
        self._was_reached = False
        self._last_kind = BlockKind.PARAGRAPH
        signers = (_signature(text, unit, None) for unit in reversed(units[-_SIGNED_WITHIN:]))
        self._writer = next((person for person in signers if person), None)
        self._is_sent = False

    def come_to(self, unit: Unit) -> None:
        """Take note of a block before its numbers are looked at."""
        if unit.kind is BlockKind.FURNITURE and unit.mentions:
            is_head = bool(_FROM.match(self._text, unit.start, unit.end))
            if is_head or not self._is_sent:
                self._writer, self._is_sent = unit.mentions[0].person, True
        if unit.kind is BlockKind.PARAGRAPH and self._last_kind in (BlockKind.BULLET, BlockKind.CELL):
            self._carried = None  # a list or a table is over
        self._last_kind = unit.kind
        self._signing = _signature(self._text, unit, self._signing)

    def leave(self, unit: Unit) -> None:
        """Take note of a block once its numbers have their owners."""
        self._carried = _carried(self._text, unit, self._carried)
        if self._was_reached and not unit.groups and not unit.mentions:
            self._carried = self._signing = None  # a line that names nobody, after somebody's numbers, begins anew
        self._was_reached = bool(unit.groups)
        named = {id(m.person): m.person for m in unit.mentions}
        if named or unit.kind is BlockKind.HEADING:
            self._spoken = next(iter(named.values())) if len(named) == 1 else None

    def of(self, unit: Unit, run: list[Reach]) -> Iterator[Group]:
        """A run of numbers as groups: one, or several where they are shared or plainly belong to different people."""
        floor = unit.groups[-1].end if unit.groups else unit.start
        mention = _owner_before(self._text, unit, floor, run[0].start) or _owner_after(self._text, unit, run[-1].end)
        person = mention.person if mention else self._unnamed(unit, self._text[floor : run[0].start])
        owners = {r.value: self._people.of_address(r.value) for r in run if r.is_mail}
        named = {id(p): p for p in owners.values() if p}
        if len(named) > 1:
            for reach in run:
                owner = owners.get(reach.value) or person
                yield Group(reach.start, reach.end, [reach], owner, owner.name if owner else None)
            return
        if named:
            person = next(iter(named.values()))
        is_own = bool(mention and mention.person is person)
        for other in sharers(self._text, unit, mention, floor) if mention and is_own else []:
            yield Group(other.start, run[-1].end, run, other.person, other.person.name, other.person.role)
        start = label_start(self._text, floor, run[0].start)
        end = run[-1].end
        if mention and is_own:
            start, end = min(mention.start, run[0].start), max(end, mention.end if mention.start > end else 0)
        name = person.name if person else self._first_name(unit, run, floor)
        yield Group(start, end, run, person, name, role_of(self._text, unit, person, mention, (floor, run)))

    def _unnamed(self, unit: Unit, before: str) -> Person | None:
        """Whose a number is before which nobody is named."""
        if not unit.groups and self._signing:
            return self._signing
        if not unit.groups and _is_bare(before):
            return self._spoken or self._carried if _OPENS_WITH_PRONOUN.match(before) else self._carried
        if SHARE.match(before) and not unit.groups:
            return self._spoken
        if _ME.search(before[-60:]) and len(before) < 400 and not _NOT_ME.search(before[-60:]):
            return self._writer
        return None

    def _first_name(self, unit: Unit, run: list[Reach], floor: int) -> str | None:
        """A first name alone: before a colon, where the address bears it out, or that is to be rung."""
        found = _FIRST_NAME.match(self._text[unit.start : run[0].start])
        if (
            found
            and not is_ordinary(found["first"])
            and any(r.is_mail and r.value.casefold().startswith(found["first"].casefold()) for r in run)
        ):
            return found["first"]
        found = _FIRST_NAME_RUNG.search(self._text[max(floor, run[0].start - 70) : run[0].start])
        return found["first"] if found and not is_ordinary(found["first"]) else None


def _owner_before(text: str, unit: Unit, floor: int, stop: int) -> Mention | None:
    at = bisect_left(unit.mentions, stop, key=lambda m: m.start) - 1
    while at > 0 and _REPLACED.search(text, max(floor, unit.mentions[at].start - 30), unit.mentions[at].start):
        at -= 1
    if at >= 0 and unit.mentions[at].start >= floor:
        mention = unit.mentions[at]
        between = PARENTHESIS.sub(" ", text[mention.end : stop])
        if _DEVICE.fullmatch(between):
            return mention
        if HER_OFFICE.search(between) and not _THROUGH.search(between):
            return None
        if SENTENCE_BREAK.search(between) and (len(between) > 90 or DESK.search(between)):
            return None
        is_of_a_desk = _is_of_a_desk(between) and not PRONOUN.search(between) and not SHARE.match(between)
        return None if len(between) > 220 or is_of_a_desk else mention
    return None


def _is_of_a_desk(between: str) -> bool:
    """Whether the number that follows is a line's or team's rather than of the person named before."""
    desk = DESK.search(between)
    return bool(desk and re.search(r"\b(?:the|our|a)\s+(?:[\w’'-]+\s+){0,3}$", between[: desk.start()]))


def _owner_after(text: str, unit: Unit, offset: int) -> Mention | None:
    at = bisect_left(unit.mentions, offset, key=lambda m: m.start)
    if at < len(unit.mentions):
        mention, between = unit.mentions[at], text[offset : unit.mentions[at].start]
        near = unit.kind is BlockKind.CELL and len(unit.mentions) == 1
        asked = _ASK_FOR.fullmatch(between) and (mention.is_full or _ASKS.search(between))
        in_brackets = _OPENS_BRACKET.fullmatch(between) and _CLOSES_BRACKET.match(text, mention.end)
        return mention if near or asked or in_brackets else None
    if unit.kind is BlockKind.CELL and len({id(m.person) for m in unit.mentions if m.is_full}) == 1 and not unit.groups:
        return next(m for m in unit.mentions if m.is_full)
    return None


def _is_bare(before: str) -> bool:
    """Whether nothing before the number says whose it is: `Tel:`, `Contact details:`, `She can be reached on`."""
    if len(before) > 100:
        return False
    left = WORD.findall(_BARE.sub(" ", CONNECTING.sub(" ", PRONOUN.sub(" ", PARENTHESIS.sub(" ", before)))))
    return not left


def _carried(text: str, unit: Unit, carried: Person | None) -> Person | None:
    """Who a bare `Tel:` on a later line would belong to."""
    full = [m for m in unit.mentions if m.is_full]
    opening = [m for m in full if m.start - unit.start < 8]
    if opening and (unit.kind is not BlockKind.CELL):
        return opening[0].person
    if unit.kind is BlockKind.HEADING:
        return full[0].person if len(full) == 1 else None
    if unit.groups and any(g.person is None for g in unit.groups):
        return None
    return carried if not full or len(text[unit.start : unit.end]) > _SHORT_LINE else full[-1].person


def _signature(text: str, unit: Unit, signing: Person | None) -> Person | None:
    """Whose signature a line belongs to: a name alone on its line signs the short lines that follow."""
    line = text[unit.start : unit.end].strip(" *_\t")
    if (
        unit.kind not in (BlockKind.PARAGRAPH, BlockKind.FURNITURE)
        or len(line) > _SHORT_LINE
        or line.endswith((":", "?"))
    ):
        return None
    full = [m for m in unit.mentions if m.is_full]
    if re.search(r"\d{4}|@", line) and full:
        return None
    if len(full) == 1 and full[0].start - unit.start < 6:
        rest = text[full[0].end : unit.end]
        return full[0].person if len(rest.split()) <= 8 and not re.search(r"[.!?]\s|:", rest) else None
    return None if unit.mentions or ":" in line[:40].replace("Tel:", "").replace("T:", "") else signing
