"""What a happening is called and where it is, from the line, row or heading its day stands in."""

import re

from haven.engines.documents.document import Block, BlockKind
from haven.engines.patterns.late import late
from haven.engines.reading.what.sentences import Sentence
from haven.engines.reading.when import cues
from haven.engines.reading.when.clock import find_clocks
from haven.engines.reading.when.context import Surroundings
from haven.engines.reading.when.mention import Mention
from haven.engines.reading.when.names import MONTH

_TITLE_COLUMN = late(
    r"\b(?:what|event|title|course|session|training|meeting|activity|topic|name|subject|description)\b", re.IGNORECASE
)
_PLACE_COLUMN = late(r"\b(?:venue|place|location|where|room|how)\b", re.IGNORECASE)
_DATE_COLUMN = late(r"\b(?:date|day|when|time|times|hours)\b", re.IGNORECASE)
_DATE_LABEL = late(r"\W*(?:dates?|when|day)\W*", re.IGNORECASE)
_EMPTY = late(
    r"[\W_]*(?:(?:on|at|via|the|from|is|are|date|dates|when|next|it|this|and|to|of|will\s+be|now|for|an?)[\W_]*)*",
    re.IGNORECASE,
)
_VERB = late(
    r"\s+(?:(?:will|is|are|has|have|was|were|takes?|runs?|starts?|begins?|meets?|can|should|must|may|shall|"
    r"[’']ll)\b|which\b|that\b|on\s*$|to\s+take\s+place)",
    re.IGNORECASE,
)
_LABEL_END = late(r"(?:\s*[:–—|\t]|\s-\s|\s{2,})\s*(?:(?:on|both|now|moved\s+from|was|is)\s*)?$", re.IGNORECASE)
_MONTH_ONLY = late(rf"\W*(?:{MONTH}\b\.?\W*)?", re.IGNORECASE)
_PART = late(
    r"(?:part|day|session|group|module|week|date|time|venue|when|next|east|west|north|south|am|pm|morning|"
    r"afternoon|primary|secondary)s?\b[\s\w]{0,10}",
    re.IGNORECASE,
)
_GENERIC = late(
    r"(?:\d+\W*)?(?:(?:key|important|upcoming|forthcoming|future|other|main|our|your|the|any|some|further|"
    r"more)\s+)*(?:dates?(?:\s+(?:for|in|of)\b.*)?|diary(?:\s+dates?)?|events?|calendar|news|training|reminders?|"
    r"notices?|"
    r"a\.?o\.?b\.?|(?:any\s+)?other\s+business|for\s+information|what[’']?s\s+on|what\s+next|coming\s+up|"
    r"information|agenda|updates?|to\s+do|actions?|next\s+steps|minutes|planner|year\s+planner)\W*",
    re.IGNORECASE,
)
_POINTER = late(
    r"(?:(?:the|this|that|it|these|those|they|both|then|and|our|a|its|next|following|one|ones|date|dates|session|"
    r"sessions|all|which|reminder|will|be|is|are|now|who|also)\b\W*)*",
    re.IGNORECASE,
)
_PEOPLE = late(
    r"(?:all\s+|the\s+|most\s+|some\s+|our\s+|new\s+)*(?:we|i|you|he|she|they|children|pupils|students|staff|"
    r"parents?|most|schools?|colleagues|everyone|leads|heads|dsls|p\d\S*|p\s?\d|"
    r"primary\s+\d|year\s+\d+|class\s+\d|[A-Z]{2,3}\s|one\s+of|a\s+reminder|just\s+a|please|in\s+order|as\s+part|"
    r"if\s|thank|twenty|\d)\b",
    re.IGNORECASE,
)
_POINTS_AT = late(r"(?:it|they|this|these|we)\s+(?:will|is|are|shall)\b", re.IGNORECASE)
_HELD = late(
    r"\b(?:(?:see(?:ing)?|meet(?:ing)?|welcom(?:e|ing))\s+(?:you|everyone|everybody)(?:\s+all)?\s+(?:at|to|for)|"
    r"there\s+(?:will\s+be|is|are)|(?:will\s+)?(?:be\s+)?(?:hold(?:ing)?|host(?:ing)?|hav(?:e|ing)|has|"
    r"runn?(?:ing)?|celebrat(?:e|ing)|tak(?:e|ing)\s+part\s+in|participat(?:e|ing)\s+in|"
    r"join(?:ing)?(?:\s+us)?\s+(?:for|at)|invit(?:e|ed)\s+(?:you\s+)?to|organi[sz]ed))\s+(?:an?\s+|the\s+|our\s+|"
    r"their\s+|its\s+)?(?P<what>[^,.;\n]{4,70}?)\s*"
    r"(?:\b(?:on|for|at|in|from|to\s+take\s+place|which|starting|between|during)\b[^.;\n]*)?$",
    re.IGNORECASE,
)
_SHUT = late(r"\b(?:is|are|be|remain|offices?|schools?)\s+(?:closed|shut)\b", re.IGNORECASE)
_PLACE_NOUN = (
    r"(?:Centre|Center|Hall|School|Academy|House|Room|Church|Library|Offices?|Tower|Park|Theatre|Hub|College|"
    r"Suite|Club|Museum|Primary|"
    r"Secondary|Infants?|Juniors?|Nursery|Priory|Castle|Stadium|Hotel|Pavilion|Building|Campus|University|"
    r"Chamber|Court|Barn|Lodge|Abbey|HQ|Station|Field)"
)
_PLACE = late(
    rf"(?:\b(?:in|at|to|from)\s+|[,–—\t|(]\s*|\s{{2,}}|^|"
    rf"[.]\s+)(?P<place>(?:[Tt]he\s+)?(?:[A-Z][\w’'.&-]*\s+(?:of\s+|and\s+|the\s+)?){{0,5}}"
    rf"{_PLACE_NOUN}\b(?:,?\s+(?:[Rr]oom\s+\w+|[A-Z][\w’'-]+(?:\s+(?:Room|House|Hall|Road|Street|"
    rf"Lane))?)(?=[\s,.;)]|$))?)"
)
_ONLINE_PLACE = late(r"\b(?:(?:Microsoft|MS)\s+Teams|Teams|Zoom|Google\s+Meet|Webex|Skype)\b")
_SCHOOL = late(
    r"\b(?:in|at)\s+(?:the\s+)?(?:school(?:\s+(?:hall|field|library|grounds))?)\b(?!\s+[A-Z])", re.IGNORECASE
)
_LEADING = late(
    r"^(?:[\W_]|(?:on|at|by|and|the\s+next|next|our|the|an?|this|please|note|reminder|that|join|us|for|"
    r"there\s+(?:will\s+be|is)(?:\s+an?)?)\b\s*)+",
    re.IGNORECASE,
)
_TRAILING = late(
    r"(?:[\s,;:–—|(-]|\b(?:on|at|in|from|is|are|will\s+be(?:\s+held)?|held|to|until|between|both|the|of|for|and|"
    r"now|date|dates?|starting|moved|changed|planned|due|via|week|commencing|beginning|w/c|be|taking\s+place|"
    r"takes\s+place|take\s+place)\b\.?)+$",
    re.IGNORECASE,
)


def title_of(around: Surroundings, mention: Mention, previous: str = "") -> str:
    """The name of the happening that a day belongs to. `previous` is the name given last in the same block."""
    if mention.sentence.kind is BlockKind.CELL and len(around.cells(mention.sentence)) > 1:
        return _tidy(_row_title(around, mention))
    if previous and _follows_in_list(around, mention):
        return previous
    before = _without_time(_own_words_before(around, mention))
    heading = _nearest_heading(around, mention.sentence)
    label = _label(before)
    if label and not _EMPTY.fullmatch(label):
        return _qualified(heading, _last_piece(label))
    if _EMPTY.fullmatch(before) or _MONTH_ONLY.fullmatch(before):
        return _led_by_day(around, mention, heading, previous)
    return _from_prose(around, mention, before, heading, previous)


def _follows_in_list(around: Surroundings, mention: Mention) -> bool:
    """‘19 and 26 June’: a later day of a list bears the name of the first."""
    if mention.group is None or mention.previous_end is None:
        return False
    return re.search(r"[A-Za-z]{4}", around.text[mention.previous_end : mention.start]) is None


def _label(before: str) -> str:
    """What stands before a colon, dash or gap that a day follows (‘Sports day: 18 June’)."""
    tail = before[-130:]
    end = _LABEL_END.search(tail)
    label = tail[: end.start()].rsplit("\n", 1)[-1].strip() if end else ""
    return label if 3 <= len(label) <= 100 else ""


def _own_words_before(around: Surroundings, mention: Mention) -> str:
    """The words before a day, from the day before it on, where there are enough of them."""
    before = around.before(mention, 200)
    other = mention.previous_end
    if other is None or other <= around.edge(mention) - len(before):
        return before
    own = around.text[other : around.edge(mention)]
    return own if len(re.findall(r"[A-Za-z]{3,}", own)) >= 2 else before


def _led_by_day(around: Surroundings, mention: Mention, heading: str, previous: str) -> str:
    """‘Monday 25 November: PFA meeting in school’, or a bare day under a title."""
    opening = _opening(_without_time(around.after(mention, 200)))
    if _POINTS_AT.match(opening) and (subject := previous or _block_subject(around, mention) or heading):
        return subject
    if not opening or _only_place(opening):
        if not heading or _GENERIC.fullmatch(heading):
            return previous or _block_subject(around, mention) or heading or opening
        return heading
    if (
        mention.sentence.lead is not None
        and mention.sentence.kind is BlockKind.BULLET
        and not _GENERIC.fullmatch(heading)
    ):
        return _qualified(heading, opening)
    verb = _VERB.split(opening, maxsplit=1)[0]
    return (
        opening
        if len(opening.split()) < 12 or not heading or _GENERIC.fullmatch(heading) or len(verb.split()) < 2
        else heading
    )


def _from_prose(around: Surroundings, mention: Mention, before: str, heading: str, previous: str) -> str:
    """The subject of the sentence, what it holds, or what its block or heading is about."""
    clause = re.split(r"[;:]\s|\.\s+(?=[A-Z])|\s[–—-]\s", before)[-1].replace("\u2008", " ")
    if named := _HELD.search(clause):
        return _tidy(named["what"])
    subject = _tidy(_VERB.split(clause, maxsplit=1)[0])
    if _SHUT.search(clause) and len(subject.split()) < 7:
        return f"{subject} closed" if subject else heading
    if _POINTER.fullmatch(subject) or not subject:
        return previous or _block_subject(around, mention) or heading
    has_verb = _VERB.search(clause) is not None
    is_plain = len(subject.split()) <= 7 and not (has_verb and _PEOPLE.match(subject))
    if is_plain or not heading or _GENERIC.fullmatch(heading):
        return subject
    return heading


def _block_subject(around: Surroundings, mention: Mention) -> str:
    """What the first sentence of a paragraph speaks of, for a later ‘Next date is …’."""
    block = around.document.blocks[mention.sentence.block]
    if mention.sentence.is_first or mention.sentence.start - block.start > 600:
        return ""
    opening = around.text[block.start : mention.sentence.start].strip()
    if (label := re.match(r"(?P<label>[^.:\n]{3,70}):\s", opening)) is not None:
        return _tidy(label["label"])
    subject = _tidy(_VERB.split(opening.split(". ")[0], maxsplit=1)[0])
    is_statement = _PEOPLE.match(subject) is not None and _VERB.search(opening) is not None
    is_time = re.search(r"\d|\b(?:every|each)\b", subject, re.IGNORECASE) is not None
    return "" if _POINTER.fullmatch(subject) or is_statement or is_time or len(subject.split()) > 12 else subject


def _qualified(heading: str, own: str) -> str:
    """A part of something is named with the whole: ‘Part A’ alone says little."""
    own = _tidy(own)
    if heading and _PART.fullmatch(own):
        return heading if re.match(r"(?:date|time|venue|when|next)", own, re.IGNORECASE) else f"{heading}: {own}"
    return own


def _last_piece(label: str) -> str:
    pieces = [p for p in re.split(r"(?<=[.!?])\s+(?=[A-Z])", label) if p.strip()]
    return pieces[-1] if pieces else label


def _nearest_heading(around: Surroundings, sentence: Sentence) -> str:
    """The heading, leading line or undated short line above, nearest first."""
    lead = around.block_text(sentence.lead)
    if lead and len(lead) < 90:
        return _tidy(lead)
    return _tidy(around.section_text(sentence)) or _tidy(around.document.title or "")


def _after_words(around: Surroundings, mention: Mention) -> str:
    return _without_time(around.after(mention, 200))


def _without_time(words: str) -> str:
    for clock in reversed(find_clocks(words)):
        if not clock.is_weak:
            words = f"{words[: clock.start]} \u2008 {words[clock.end :]}"
    return words


def _opening(words: str) -> str:
    """The first phrase of what follows a day."""
    words = words.strip(" \t\n\u2008\u00a0:–—-,;|)(.")
    first, *rest = [p for p in words.split("\u2008") if p.strip()] or [""]
    if rest and len(first.split()) < 2:
        first = f"{first.strip()} {rest[0].strip()}"
    phrase = re.split(r"\s[–—-]\s|\.\s|[;\n|]|\s{3,}|\t| \(", first, maxsplit=1)[0]
    return _tidy(phrase)


def _only_place(phrase: str) -> bool:
    stripped = _ONLINE_PLACE.sub("", phrase)
    match = _PLACE.match(stripped)
    return _EMPTY.fullmatch(stripped) is not None or bool(match and match.end() >= len(stripped.rstrip(" .")))


def _tidy(words: str) -> str:
    words = " ".join(words.replace("\u2008", " ").split())
    words = _TRAILING.sub("", _LEADING.sub("", words)).strip(" *_·•–—-:,.;|#")
    if words.count("(") > words.count(")"):
        words = words.rsplit("(", 1)[0].rstrip(" ,–-")
    if len(words) > 100:
        words = words[:100].rsplit(" ", 1)[0].rstrip(",;:–- ") + "…"
    return words[:1].upper() + words[1:]


def _row_title(around: Surroundings, mention: Mention) -> str:
    cells = around.cells(mention.sentence)
    own = next((c for c in cells if c.start <= mention.start < c.end), None)
    if own is not None and mention.is_placed:
        told = _without_time(around.cell_text(own)).replace("\u2008", " ")
        return told if re.search(r"[A-Za-z]{3}", told) else _nearest_heading(around, mention.sentence)
    is_labelled = own is not None and own is not cells[0] and _DATE_LABEL.fullmatch(around.cell_text(cells[0]))
    if own is not None and is_labelled and around.header(own) not in {"", around.cell_text(own)}:
        return around.header(own)
    others = [c for c in cells if c is not own and not _EMPTY.fullmatch(around.cell_text(c))]
    named = next((c for c in others if _TITLE_COLUMN.search(around.header(c))), None)
    if named is None:
        texts = [
            c
            for c in others
            if not _is_time(around, c)
            and not _PLACE_COLUMN.search(around.header(c))
            and not _DATE_COLUMN.search(around.header(c))
        ]
        named = texts[0] if texts else None
    if named is not None:
        return re.sub(
            r"\s*\((?:was|moved|previously|originally|formerly)\b[^)]*\)",
            "",
            around.cell_text(named),
            flags=re.IGNORECASE,
        )
    label = around.text[own.start : mention.start] if own else ""
    return label if not _EMPTY.fullmatch(label) else around.block_text(mention.sentence.heading)


def _is_time(around: Surroundings, cell: Block) -> bool:
    words = around.cell_text(cell)
    return (len(words) < 30 and bool(find_clocks(words))) or words.lower() in {"all day", "tbc", "–", "-"}


def place_of(around: Surroundings, mention: Mention) -> str | None:
    """Where it is, as written, or None."""
    if mention.sentence.kind is BlockKind.CELL and len(around.cells(mention.sentence)) > 1:
        return _row_place(around, mention)
    words = around.text[mention.sentence.start : mention.sentence.end]
    offset = mention.end - mention.sentence.start
    after, before = words[offset : offset + 200], words[max(0, offset - 200) : offset]
    return _place_in(after) or _place_in(before) or _place_in(_following(around, mention))


def _following(around: Surroundings, mention: Mention) -> str:
    """The next sentence of the same block, where it is short and undated."""
    step = around.sentence_after(mention.sentence)
    if step is None or step.block != mention.sentence.block or step.start in around.dated:
        return ""
    words = around.words(step)
    return words if len(words) < 60 else ""


def _place_in(words: str) -> str | None:
    if online := _ONLINE_PLACE.search(words):
        return online[0]
    if place := _PLACE.search(words):
        return re.sub(r"\s+", " ", place["place"]).strip(" .,")
    school = _SCHOOL.search(words)
    return re.sub(r"^(?:in|at)\s+(?:the\s+)?", "", school[0], flags=re.IGNORECASE) if school else None


def _row_place(around: Surroundings, mention: Mention) -> str | None:
    cells = around.cells(mention.sentence)
    named = next((c for c in cells if _PLACE_COLUMN.search(around.header(c))), None)
    if named is None:
        words = around.text[cells[0].start : cells[-1].end]
        return _place_in(words)
    said = re.sub(r"\s+", " ", around.cell_text(named))
    if _EMPTY.fullmatch(said) or cues.TENTATIVE.search(said) or re.search(r"cancel|postpon", said, re.IGNORECASE):
        return None
    return said


def is_online(around: Surroundings, mention: Mention) -> bool | None:
    """True where the words of the happening say so; otherwise unknown."""
    sentence = mention.sentence
    words = (
        around.text[sentence.start : sentence.end]
        if sentence.end - sentence.start < 600
        else around.before(mention) + around.after(mention)
    )
    if cues.ONLINE.search(words) or cues.ONLINE.search(_following(around, mention)):
        return True
    lead = around.block_text(sentence.lead)
    return True if lead and len(lead) < 200 and cues.ONLINE.search(lead) else None
