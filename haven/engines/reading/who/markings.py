"""Finds handling markings: the words that say who may be given a contact."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from haven.engines.reading.items import Marking

_PEOPLE_OUTSIDE = (
    r"(?:parents?(?:/carers?)?|carers?|famil(?:y|ies)|the public|members of the public|general public|public|home|homes|pupils?|"
    r"children|guardians?|mums and dads)"
)
_OUTSIDE = rf"(?:the\s+|any\s+|your\s+)?{_PEOPLE_OUTSIDE}"
_GIVE = (
    r"(?:pass(?:ed|ing)?(?:\s+(?:it|this|them|these|on|out|along))*|g(?:ive|iven|iving)(?:\s+(?:it|this|them|these|out))*|shar(?:e|ed|ing)|"
    r"hand(?:ed|ing)?(?:\s+(?:it|out|on|over))*|circulat(?:e|ed|ing)|distribut(?:e|ed|ing)|disclos(?:e|ed|ing)|releas(?:e|ed|ing)|"
    r"forward(?:ed|ing)?|publish(?:ed|ing)?|print(?:ed|ing)?|display(?:ed|ing)?|post(?:ed|ing)?|us(?:e|ed)|put|sent|send|shown?|made "
    r"(?:public|available)|quot(?:e|ed)|appear)"
)
_THING = (
    r"(?:(?:this|these|that|those|the|it|them|her|his|their|my|our|either|any)\s*(?:of\s+(?:these|them|the|this)\s*)?"
    r"(?:[\w’'-]+\s+){0,2}(?:numbers?|details?|contacts?|contact details?|address(?:es)?|lines?|mobiles?|e-?mails?|mailbox(?:es)?|"
    r"information|list|section|sheet|page|one|ones)?\s*)"
)
_NOT = r"(?:not|never|don[’']?t|do not|must not|should not|may not|cannot|can[’']?t|mustn[’']?t|shouldn[’']?t|no)"

_PROFESSIONAL = r"(?:professionals?[’']?|practitioners?[’']?|agenc(?:y|ies)[’']?|multi-?agency(?:\s+\w+)?|partner agencies|partners|the (?:professional )?network|professional network|statutory partners|safeguarding professionals|colleagues in (?:\w+ )?agencies)"
_STAFF = (
    r"(?:(?:school|schools[’']?|school-based|council|council and school|school and council|school and college|local authority|la|education|"
    r"teaching|internal|senior|academy|college|trust|office|our|your(?: own)?|safeguarding)\s+(?:(?:and|or|&)\s+\w+\s+)?(?:staff|colleagues|"
    r"employees|officers|leaders|teams?)|staff|heads?|headteachers?|head ?teachers|principals|dsls?|ddsls?|designated (?:safeguarding )?leads?|"
    r"deputies|dsls? and (?:heads?|headteachers?|deputies|ddsls?)|heads? and (?:dsls?|deputies|chairs)|governors|schools?|schools and colleges|"
    r"schools?[’'] (?:own )?|settings|colleagues|leads)"
)
_PROFESSIONAL_ONLY = re.compile(
    rf"\b(?:(?:strictly\s+|solely\s+|only\s+)?for\s+(?:use\s+(?:by|of|among|between)\s+)?(?:the\s+)?(?:\w+\s+)?{_PROFESSIONAL}\s*(?:use\s*)?(?:only|alone|exclusively)|"
    rf"(?:strictly|solely|exclusively|only)\s+(?:for|to|intended for)\s+(?:the\s+)?(?:use\s+(?:by|of)\s+)?{_PROFESSIONAL}(?:\s+use)?|"
    rf"{_PROFESSIONAL}[\s-]*(?:use|access|line|number|contact)?\s*[-–]?\s*(?:only|alone|exclusively)\b|"
    rf"for\s+(?:the\s+)?{_PROFESSIONAL}(?:\s+use)?(?=\s*(?:[-–—;:.,)\]*_]|$|please|and\s+not|not\b|but not|rather than))|"
    rf"(?:professional|practitioner|agency|multi-?agency)[’']?\s+use\b|{_PROFESSIONAL}\s+line\b|"
    rf"(?:intended|meant|reserved|restricted|kept|confined|available|limited)\s+(?:only\s+|solely\s+)?(?:for|to|within)\s+(?:use by\s+)?(?:the\s+)?{_PROFESSIONAL}\b|"
    rf"only\s+(?:to\s+)?be\s+{_GIVE}\s+(?:to|with|by|among|between|within)\s+(?:other\s+|the\s+)?{_PROFESSIONAL}\b|"
    rf"{_GIVE}\s+(?:only\s+)?(?:to|with|by|among|between|within)\s+(?:other\s+|the\s+)?{_PROFESSIONAL}\s+only|"
    rf"{_NOT}\b[^.;\n]{{0,40}}\boutside\s+(?:of\s+)?(?:the\s+)?(?:professional\b|network|{_PROFESSIONAL}))",
    re.IGNORECASE,
)
_NOT_FOR_PARENTS = re.compile(
    rf"\b(?:not\s+(?:suitable\s+|intended\s+|meant\s+)?(?:for|to)\s+(?:use\s+by\s+|be\s+used\s+by\s+)?{_OUTSIDE}\b|"
    rf"{_NOT}\s+(?:to\s+|ever\s+)?(?:be\s+)?{_GIVE}\s*{_THING}?(?:on\s+)?(?:out\s+)?(?:to|with|by|among)\s+{_OUTSIDE}\b|"
    rf"{_NOT}\s+(?:to\s+)?(?:be\s+)?(?:give|tell|let|show)\s+{_OUTSIDE}\s+(?:have\s+)?(?:this|these|the|her|his|it|them|either)|"
    rf"{_NOT}\s+(?:to\s+|ever\s+)?(?:be\s+)?{_GIVE}\s*{_THING}?(?:in|on)\s+(?:a\s+|any\s+|your\s+|the\s+)?(?:letters?\s+home|letters?\s+to\s+parents|(?:parents?[’']?|school)\s+"
    rf"(?:newsletter|letters?)|newsletters?)|"
    rf"{_PEOPLE_OUTSIDE}\s+(?:should|must|may|can|are|do|is|will)\s*(?:n[’']t|not)\s+(?:to\s+)?(?:be\s+)?(?:given|have|told|ring|call|use|be given|sent|passed|get|contact)|"
    rf"{_NOT}\s+(?:to\s+)?(?:be\s+)?{_GIVE}\s*(?:on\s+)?(?:out\s+)?(?:to|with)\s+{_OUTSIDE}\b|"
    rf"keep\s+(?:this|it|these|them|the\s+number)?\s*(?:away\s+)?from\s+{_OUTSIDE}\b|no\s+parents\b|"
    rf"(?:never|not)\s+(?:to\s+be\s+)?(?:in|on)\s+(?:a\s+)?letters?\s+home)",
    re.IGNORECASE,
)
_INTERNAL = re.compile(
    rf"\b(?:not\s+(?:for\s+|to\s+be\s+)?(?:onward|wider|further|general|external|public|outside)\s+(?:circulation|distribution|sharing|transmission|use|release|disclosure|publication)|"
    rf"not\s+(?:for|to\s+be)\s+(?:circulat(?:ion|ed)|publication|published|publicised|distribution|shared|forwarded|passed\s+on|given\s+out|displayed|made\s+public|handed\s+(?:out|on)|the\s+(?:school\s+)?website)(?:\s+(?:further|onwards?|on|more\s+widely|outside|beyond|wider|elsewhere|please))*|"
    rf"(?:for\s+)?internal(?:\s+(?:school|council|staff))?\s+(?:use|only|contact|line|number|circulation)(?:\s+only)?|internal\s+to\s+(?:the\s+)?(?:schools?|council|staff|team)|"
    rf"(?:strictly\s+|only\s+)?(?:for\s+)?(?:the\s+)?(?:use\s+(?:of|by)\s+)?{_STAFF}\s*(?:use\s*)?(?:[-–]\s*)?\s(?:only|alone)\b|"
    rf"(?:strictly|solely|exclusively|only)\s+(?:for|intended\s+for)\s+(?:the\s+)?(?:use\s+(?:by|of)\s+)?{_STAFF}\b|"
    rf"(?:schools?[’']?|staff)\s+(?:own\s+)?use\s+only|for\s+(?:the\s+)?(?:schools?|staff|heads?|your)[’']?\s*own\s+(?:internal\s+)?use|for\s+(?:schools?|staff)[’']?\s+use(?:\s+only)?|"
    rf"(?:schools?|staff)[’']?\s+own\s+use|"
    rf"confidential\s+to\s+(?:the\s+)?(?:\w+\s+){{0,3}}(?:staff|schools?|heads?|dsls?|colleagues|governors|team|office|leaders)|"
    rf"{_NOT}\s+(?:to\s+)?(?:be\s+)?{_GIVE}\s*{_THING}?(?:outside|beyond|any\s+further|further|more\s+widely|elsewhere|onwards?|to\s+(?:any(?:one|body)\s+(?:else|outside)|third\s+parties|others)|with\s+(?:any(?:one|body)\s+(?:else|outside)|third\s+parties|others))\b|"
    rf"{_NOT}\s+(?:to\s+)?(?:pass|give|share|circulate|forward|publish|hand)\s*(?:on\s+|out\s+)?(?:this|these|the|her|his|my|either|their)\s+(?:[\w’'-]+\s+){{0,2}}?(?:numbers?|mobiles?|details?|address(?:es)?|lines?|contact\s+details?|emails?|e-mails?)\b|"
    rf"(?:keep|stay)\s+(?:it|this|them|these|(?:this|the|her|his|these)\s+(?:numbers?|details?|contacts?|lines?))?\s*(?:within|inside|in)\s+(?:the\s+)?(?:schools?|council|team|staff|office|building|house)\b|"
    rf"keep\s+(?:it|this|them|these|the\s+number|her\s+number|his\s+number)\s+(?:off\s+(?:your|the|any)\s+(?:school\s+)?websites?|to\s+yourself|to\s+yourselves|private|confidential)|"
    rf"{_NOT}\s+(?:to\s+)?(?:be\s+)?(?:put|go|placed?|printed?|published?|posted?|shown?|displayed?)\s+(?:(?:it|this|them|these)\s+)?(?:up\s+)?on\s+(?:a\s+|the\s+|your\s+|any\s+)?(?:public\s+|school\s+)?(?:websites?|notice\s?boards?|social\s+media|internet))",
    re.IGNORECASE,
)
_PUBLIC = re.compile(
    rf"\b(?:(?:can|may|could|should|please|free to|happy (?:to be|for (?:it|this) to be)|is ok to|fine to)\s+(?:also\s+|freely\s+)?(?:be\s+)?{_GIVE}\s*{_THING}?(?:on\s+)?(?:to|with|by)\s+"
    rf"(?:\w+\s+(?:and|or)\s+)?{_OUTSIDE}|(?:parents|carers|families|anybody|anyone|the public|everyone|everybody)(?:\s+(?:and|or)\s+\w+)?\s+(?:may|can|are welcome to)\s+(?:also\s+)?(?:have|ring|use|call|contact|be given|e-?mail)|"
    rf"(?:open|available)\s+to\s+(?:{_OUTSIDE}|anyone|anybody|all|everyone)|(?:fine|ok|okay|suitable|for)\s+(?:for\s+|to\s+(?:give|share)\s+(?:to|with)\s+)?(?:parents|families|the public|carers)\b|"
    rf"(?:for\s+)?(?:anybody|anyone|everybody|everyone)\s+may\s+(?:have|use|ring)|public\s+(?:number|line|contact)|may be (?:made public|published|given to anyone))",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"\b(?:not|never|don[’']?t|n[’']t|no longer|nor)\b[^.;\n]{0,30}$", re.IGNORECASE)
_ALL = re.compile(
    r"\b(?:these|those|all|both|any|none|either|neither|numbers|details|contacts|addresses|lines|them|the following|below|above|everything|this (?:section|sheet|page|list|table))\b",
    re.IGNORECASE,
)
_BELOW = re.compile(
    r"\b(?:following|below|next|underneath|overleaf|this (?:section|list|table))\b|:\W*$", re.IGNORECASE
)
_ABOVE = re.compile(r"\b(?:above|preceding|previous|foregoing)\b", re.IGNORECASE)
_COURSE = re.compile(
    r"\b(?:training|course|courses|briefing|workshop|webinar|conference|seminar|places?|attend|attending|event|session|sessions|forum|meeting|network "
    r"meeting|drop-?in|lunch|vacancy|job)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class MarkingPhrase:
    """A marking as worded, where it stands, and which way and how far it points.

    `is_public` is the opposite of a marking: words that exempt a contact from one that covers its section.
    """

    start: int
    end: int
    marking: Marking | None
    points_below: bool = False
    points_above: bool = False
    covers_many: bool = False

    @property
    def is_public(self) -> bool:
        """Whether the words set a contact free of the marking of its section."""
        return self.marking is None


def find_markings(text: str, start: int, end: int) -> list[MarkingPhrase]:
    """The marking phrases between two places, in order, one for each run of words that says one thing: `for professional use
    only – not to be passed to parents` is one."""
    raw = sorted(_raw(text, start, end), key=lambda found: (found[0], -found[1]))
    merged: list[tuple[int, int, set[Marking | None]]] = []
    for begin, stop, marking in raw:
        if merged and _runs_on(text, merged[-1][1], begin):
            merged[-1] = (merged[-1][0], max(merged[-1][1], stop), merged[-1][2] | {marking})
        else:
            merged.append((begin, stop, {marking}))
    return [_phrase(text, start, end, *found) for found in merged]


def _runs_on(text: str, stop: int, begin: int) -> bool:
    between = text[stop:begin]
    return begin <= stop or (
        len(between) <= 30 and not re.search(r"[\n()\[\]]|\d{4}|@|[.!?]\s|\||\bfamil(?:y|ies)\b|\bparents\b", between)
    )


def _raw(text: str, start: int, end: int) -> Iterator[tuple[int, int, Marking | None]]:
    for pattern, marking in (
        (_PROFESSIONAL_ONLY, Marking.PROFESSIONAL_ONLY),
        (_NOT_FOR_PARENTS, Marking.NOT_FOR_PARENTS),
        (_INTERNAL, Marking.INTERNAL),
    ):
        for found in pattern.finditer(text, start, end):
            yield found.start(), found.end(), marking
    for found in _PUBLIC.finditer(text, start, end):
        if not _NEGATED.search(text, max(start, found.start() - 40), found.start()):
            yield found.start(), found.end(), None


def _phrase(text: str, start: int, end: int, begin: int, stop: int, kinds: set[Marking | None]) -> MarkingPhrase:
    line_start = max(start, text.rfind("\n", start, begin) + 1)
    newline = text.find("\n", stop, end)
    around = text[max(line_start, begin - 80) : min(end if newline < 0 else newline, stop + 60)]
    marking = next(
        (m for m in (Marking.PROFESSIONAL_ONLY, Marking.NOT_FOR_PARENTS, Marking.INTERNAL) if m in kinds), None
    )
    return MarkingPhrase(
        begin, stop, marking, bool(_BELOW.search(around)), bool(_ABOVE.search(around)), bool(_ALL.search(around))
    )


def is_about_an_event(text: str) -> bool:
    """Whether a line that looks like a marking speaks of who may come to something, not of who may have a number."""
    return bool(_COURSE.search(text))
