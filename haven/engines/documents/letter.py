"""Tells what the sender of an e-mail wrote from what she quotes, passes on, signs with, and what her system adds."""

import datetime as dt
import re
from dataclasses import dataclass, replace

from haven.engines.documents.document import Block, BlockKind, Document
from haven.engines.patterns.late import late

_WROTE = late(r"\s*(?:>\s*)?(?:On|Am|Le)\b.{6,250}?\bwrote\s*:\s*$", re.DOTALL | re.IGNORECASE)
_DIVIDER = late(
    r"\s*-{2,}\s*(?:original|forwarded|reply)?\s*(?:message|e-?mail)\b.*-{2,}\s*$|\s*begin forwarded message\s*:",
    re.IGNORECASE,
)
_HEADER = late(r"\s*\*?(from|sent|date|to|cc|bcc|subject|importance|attachments|reply-to)\s*:\*?\s*(.*)", re.IGNORECASE)
_FORWARD = late(r"\s*(?:fw|fwd)\s*:", re.IGNORECASE)
_REPLY = late(r"\s*(?:re|aw)\s*:", re.IGNORECASE)
_SIGN_OFF = late(
    r"\s*(?:(?:with |my )*(?:kind(?:est)?|best|warm(?:est)?|many) (?:regards|wishes|thanks)|regards|thanks(?: again)?|"
    r"thank you|best|all the best|yours (?:sincerely|faithfully|truly)|sincerely|cheers|bw|kr)"
    r"(?: and [\w ]{3,20})?[\s,.!–-]*$",
    re.IGNORECASE,
)
_DISCLAIMER = late(
    r"(?:this|the) (?:e-?mail|message|communication|transmission)\b.{0,120}\b(?:confidential|intended (?:only|solely)|"
    r"meant only|privileged|addressee|scanned)|(?:not|unless you are) the (?:intended|named) (?:recipient|addressee)|"
    r"(?:received|reached you|sent to you).{0,20}\b(?:in error|by mistake)|(?:consider|think of) the environment "
    r"before|before (?:you )?print(?:ing)? this|(?:views|opinions) expressed in this (?:e-?mail|message)|"
    r"registered (?:office:|in england)|\bmonitors? (?:its |all |incoming )*e-?mail",
    re.IGNORECASE | re.DOTALL,
)
_BANNER = late(
    r"\s*(?:\[?(?:caution|warning|external(?: e-?mail| sender)?|this message was sent from outside)\b\]?.{0,40}$|"
    r".{0,60}(?:originated|came|sent) from outside (?:of )?|you don['’]t often get e-?mail from|"
    r"some people who received this)",
    re.IGNORECASE,
)
_DAY = late(
    r"(\d{1,2})(?:st|nd|rd|th)?[ -]([A-Za-z]{3,9}),?[ -](\d{4})|([A-Za-z]{3,9}) (\d{1,2}),? (\d{4})|"
    r"(\d{1,2})/(\d{1,2})/(\d{4})"
)
_MONTHS = {m: i for i, m in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_RULES = ("--", "—", "-- ")
_SHORT_NOTE = 30  # words that only pass something on
_LONGEST_SIGNATURE = 14  # blocks
_LONGEST_LINE = 90


@dataclass(frozen=True, slots=True)
class Letter:
    """The blocks of a body, each of its true kind; where it passes a message on, also that one's subject and day."""

    blocks: tuple[Block, ...]
    subject: str | None = None
    sent_on: dt.date | None = None


_SAYS_ITSELF = 30  # words above a message passed on that make it a message of its own day


@dataclass(slots=True)
class _Head:
    """The head of a quoted or forwarded message: its first block, the first after it, and what it says."""

    first: int
    after: int
    is_forward: bool
    fields: dict[str, str]


def told_apart(document: Document, subject: str, sender: str) -> Letter:
    """Quoted messages, systems' banners and disclaimers become noise; signatures and heads of mail become furniture.
    Of a message that is passed on, the words are content."""
    blocks = [_without_additions(document, block) for block in document.blocks]
    texts = [document.text[b.start : b.end] for b in blocks]
    heads = list(_heads(texts))
    limit, passed_on, own_words = len(blocks), None, 0
    if heads:
        own = [t for t, b in zip(texts[: heads[0].first], blocks, strict=False) if b.kind is not BlockKind.NOISE]
        own_words = sum(len(text.split()) for text in own)
        if _is_passed_on(heads[0], subject, own_words):
            passed_on = heads[0]
            _mark(blocks, passed_on.first, passed_on.after, BlockKind.FURNITURE)
            limit = heads[1].first if len(heads) > 1 else limit
            _sign(blocks, texts, 0, passed_on.first, sender)
            _sign(blocks, texts, passed_on.after, limit, passed_on.fields.get("from", ""))
        else:
            limit = heads[0].first
            _sign(blocks, texts, 0, limit, sender)
        _mark(blocks, limit, len(blocks), BlockKind.NOISE)
    else:
        _sign(blocks, texts, 0, limit, sender)
    fields = passed_on.fields if passed_on else {}
    sent_on = _day(fields.get("sent") or fields.get("date") or "") if own_words < _SAYS_ITSELF else None
    return Letter(tuple(blocks), fields.get("subject"), sent_on)


def _without_additions(document: Document, block: Block) -> Block:
    text = document.text[block.start : min(block.end, block.start + 600)]
    if _BANNER.match(text) or _DISCLAIMER.search(text):
        return replace(block, kind=BlockKind.NOISE)
    return block


def _heads(texts: list[str]) -> list[_Head]:
    """Where messages within the message begin."""
    heads: list[_Head] = []
    at = 0
    while at < len(texts):
        head = _head(texts, at)
        if head:
            heads.append(head)
        at = max(at + 1, head.after if head else 0)
    return heads


def _head(texts: list[str], at: int) -> _Head | None:
    text = texts[at]
    for after in (at + 1, at + 2):
        wrote = "\n".join(texts[at:after])
        if len(wrote) < 400 and _WROTE.match(wrote):
            return _Head(at, after, is_forward=False, fields={})
    divider = _DIVIDER.match(text) if len(text) < 2000 else None
    start = at + 1 if divider and "\n" not in text.strip() else at
    fields, after = _fields(texts, start)
    if divider or ("from" in fields and len(fields.keys() & {"sent", "date", "to", "subject"}) >= 2):
        is_forward = bool(divider and "forward" in text[:80].lower())
        return _Head(at, max(after, at + 1), is_forward, fields)
    return None


def _fields(texts: list[str], at: int) -> tuple[dict[str, str], int]:
    """The head lines from a block on, and the first block after them."""
    fields: dict[str, str] = {}
    while at < len(texts) and len(texts[at]) < 2000:
        lines = [_HEADER.match(line) for line in texts[at].split("\n")]
        if not lines[0]:
            break
        fields |= {m.group(1).lower(): m.group(2).strip() for m in lines if m}
        at += 1
    return fields, at


def _is_passed_on(head: _Head, subject: str, own_words: int) -> bool:
    if head.is_forward or _FORWARD.match(subject):
        return True
    return own_words < _SHORT_NOTE and bool(head.fields) and not _REPLY.match(subject)


def _mark(blocks: list[Block], first: int, after: int, kind: BlockKind) -> None:
    blocks[first:after] = [replace(b, kind=b.kind if b.kind is BlockKind.NOISE else kind) for b in blocks[first:after]]


def _sign(blocks: list[Block], texts: list[str], first: int, after: int, sender: str) -> None:
    """Mark the signature that ends these blocks as furniture."""
    name = re.sub(r"[<\"].*", "", sender.strip('" ')).strip().lower()
    names = {n for n in (name, name.split(" ", 1)[0]) if len(n) > 1}
    signed = None
    for at in range(after - 1, max(first, after - _LONGEST_SIGNATURE) - 1, -1):
        text = texts[at].strip()
        lines = text.split("\n")
        if text in _RULES or _SIGN_OFF.match(lines[0]) or lines[0].strip(" ,.").lower() in names:
            signed = at
        elif blocks[at].kind is not BlockKind.NOISE and (signed is not None or _is_content(blocks[at], lines)):
            break
    if signed is not None:
        _mark(blocks, signed, after, BlockKind.FURNITURE)


def _is_content(block: Block, lines: list[str]) -> bool:
    """Whether a block is too long, or of a kind, to stand in a signature."""
    return block.kind in (BlockKind.BULLET, BlockKind.CELL) or any(len(line) > _LONGEST_LINE for line in lines)


def _day(written: str) -> dt.date | None:
    found = _DAY.search(written)
    if not found:
        return None
    day, month, year, us_month, us_day, us_year, slash_day, slash_month, slash_year = found.groups()
    try:
        if slash_day:
            return dt.date(int(slash_year), int(slash_month), int(slash_day))
        number = _MONTHS.get((month or us_month)[:3].lower(), 0)
        return dt.date(int(year or us_year), number, int(day or us_day))
    except ValueError:
        return None
