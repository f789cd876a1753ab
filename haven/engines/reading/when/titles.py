"""What a happening is called and where it is, from the line, row or heading its day stands in."""

import re

from haven.engines.reading.document import Block, BlockKind
from haven.engines.reading.what.sentences import Sentence
from haven.engines.reading.when import cues
from haven.engines.reading.when.clock import find_clocks
from haven.engines.reading.when.context import Surroundings
from haven.engines.reading.when.mentions import Mention

_TITLE_COLUMN = re.compile(
    r"\b(?:what|event|title|course|session|training|meeting|activity|topic|name|subject|description)\b", re.IGNORECASE
)
_PLACE_COLUMN = re.compile(r"\b(?:venue|place|location|where|room|how)\b", re.IGNORECASE)
_DATE_COLUMN = re.compile(r"\b(?:date|day|when|time|times|hours)\b", re.IGNORECASE)
_EMPTY = re.compile(
    r"[\W_]*(?:(?:on|at|the|from|is|are|date|dates|when|next|it|this|and|to|of|will\s+be|now|for|an?)[\W_]*)*",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\s+(?:(?:will|is|are|has|have|was|were|takes?|runs?|starts?|begins?|meets?|can|should|must|may|shall|[’']ll)\b|which\b|that\b|on\s*$|to\s+take\s+place)",
    re.IGNORECASE,
)
_PLACE_NOUN = (
    r"(?:Centre|Center|Hall|School|Academy|House|Room|Church|Library|Offices?|Tower|Park|Theatre|Hub|College|Suite|Club|Museum|Primary|"
    r"Secondary|Infants?|Juniors?|Nursery|Priory|Castle|Stadium|Hotel|Pavilion|Building|Campus|University|Chamber|Court|Barn|Lodge|Abbey|HQ|Station|Field)"
)
_PLACE = re.compile(
    rf"(?:\b(?:in|at|to|from)\s+|[,–—\t|(]\s*|\s{{2,}}|^|[.]\s+)(?P<place>(?:[Tt]he\s+)?(?:[A-Z][\w’'.&-]*\s+(?:of\s+|and\s+|the\s+)?){{0,5}}"
    rf"{_PLACE_NOUN}\b(?:,?\s+(?:[Rr]oom\s+\w+|[A-Z][\w’'-]+(?:\s+(?:Room|House|Hall|Road|Street|Lane))?)(?=[\s,.;)]|$))?)"
)
_ONLINE_PLACE = re.compile(r"\b(?:Microsoft\s+Teams|MS\s+Teams|Teams|Zoom|Google\s+Meet|Webex|Skype)\b", re.IGNORECASE)
_SCHOOL = re.compile(
    r"\b(?:in|at)\s+(?:the\s+)?(?:school(?:\s+(?:hall|field|library|grounds))?)\b(?!\s+[A-Z])", re.IGNORECASE
)
_LEADING = re.compile(
    r"^(?:[\W_]|(?:on|and|the\s+next|next|our|the|an?|this|please|note|reminder|that|join|us|for|there\s+(?:will\s+be|is)(?:\s+an?)?|we\s+(?:will|are|shall)\s+(?:be\s+)?(?:hold|host|runn?)(?:ing)?)\b\s*)+",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    r"(?:[\s,;:–—|(-]|\b(?:on|at|in|from|is|are|will\s+be(?:\s+held)?|held|to|until|between|both|the|of|for|and|now|date|dates?|starting|moved|changed|planned|due|via|week|commencing|beginning|w/c|be|taking\s+place|takes\s+place|take\s+place)\b\.?)+$",
    re.IGNORECASE,
)


def title_of(around: Surroundings, mention: Mention) -> str:
    """The name of the happening that a day belongs to."""
    if mention.sentence.kind is BlockKind.CELL and len(around.cells(mention.sentence)) > 1:
        return _tidy(_row_title(around, mention))
    before = _without_time(around.before(mention, 300))
    after = _after_words(around, mention)
    label = re.search(
        r"(?P<label>[^\n]{3,90}?)\s*(?:[:–—|\t]|\s-\s|\s{2,})\s*(?:(?:on|both|now|moved\s+from)\s*)?$", before
    )
    heading = _nearest_heading(around, mention.sentence)
    if label and not _EMPTY.fullmatch(label["label"]):
        return _qualified(heading, _last_piece(label["label"]))
    if _EMPTY.fullmatch(before):
        opening = _opening(after)
        if opening and not _only_place(opening):
            return _qualified(heading, opening) if _is_list_item(around, mention) else opening
        return heading or opening
    subject = _subject(before)
    return _tidy(heading) if heading and len(subject.split()) > 9 else subject or heading or _opening(after)


def _is_list_item(around: Surroundings, mention: Mention) -> bool:
    return mention.sentence.lead is not None and mention.sentence.kind is BlockKind.BULLET


def _qualified(heading: str, own: str) -> str:
    """A part of something is named with the whole: ‘Part A’ alone says little."""
    own = _tidy(own)
    if heading and re.match(
        r"(?:part|day|session|group|module|week|date|time|venue|when|next)\b[\s\w]{0,10}$", own, re.IGNORECASE
    ):
        return (
            _tidy(heading)
            if re.match(r"(?:date|time|venue|when|next)", own, re.IGNORECASE)
            else f"{_tidy(heading)}: {own}"
        )
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
    return _without_time(around.after(mention, 300))


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


def _subject(before: str) -> str:
    """The subject of a sentence: what comes before its verb."""
    clause = re.split(r"[;:]\s|\.\s+(?=[A-Z])|\u2008", before)[-1]
    subject = _VERB.split(clause, maxsplit=1)[0]
    tidy = _tidy(subject)
    return tidy if len(tidy) > 2 else _tidy(clause)


def _tidy(words: str) -> str:
    words = re.sub(r"[\s\u2008]+", " ", words).strip()
    words = _TRAILING.sub("", _LEADING.sub("", words)).strip(" *_·•–—-:,.;|#")
    if words.count("(") > words.count(")"):
        words = words.rsplit("(", 1)[0].rstrip(" ,–-")
    if len(words) > 100:
        words = words[:100].rsplit(" ", 1)[0].rstrip(",;:–- ") + "…"
    return words[:1].upper() + words[1:]


def _row_title(around: Surroundings, mention: Mention) -> str:
    cells = around.cells(mention.sentence)
    own = next((c for c in cells if c.start <= mention.start < c.end), None)
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
