"""Finds the telephone numbers and e-mail addresses of a note, and which of them no longer work."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from typing import Any
from urllib.parse import unquote

from haven.engines.documents.document import Block, BlockKind, Document
from haven.engines.patterns.late import late
from haven.engines.reading.who.dead import dead_sections, is_asked_for, is_dead

_PHONE = late(r"(?<![\w.@/:+£#-])\(?(?:\+\d{1,3}|00\d{2}|0)\)?(?:[ \u00a0\u2009\u202f.\-–‑()\n\t]{0,3}\d){6,14}")
_MAIL = late(
    r"(?<![\w.+-])(?P<local>[\w][\w.+'’-]{0,63})(?P<gap>[ \t]*\r?\n[ \t]*)"
    r"?@(?P<domain>[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}\.?)",
)
_MAIL_REST = late(r"[ \t]*\r?\n[ \t]*(?P<rest>[\w-]{1,40}(?:\.[\w-]{1,40}){0,5})")
_TOP = frozenset(
    "uk org com net edu gov info eu nhs london wales scot cymru ie io int coop school academy church".split()
)
_NOT_A_PHONE = late(
    r"(?:\b(?:fax(?:es)?|facsimile)(?:\s+(?:numbers?|line|machine|is|on|to|at))*|"
    r"\bmeeting id|\bconference id|\bpasscode|\bpin|\bref(?:erence)?|"
    r"\bcase|\bcharity|\bcompany|"
    r"\bregistered|\binvoice|\border|\baccount|\bsort code|\burn|\bupn|\bvat|\bissn|\bisbn)\b[\s:.no#()is]{0,14}$",
    re.IGNORECASE,
)
_NOT_READ = late(r"(?:^|\b)(?:no-?reply|do-?not-?reply|donotreply|mailer-daemon|postmaster|unsubscribe)", re.IGNORECASE)
_RECIPIENTS = late(r"^[ \t]*(?:to|cc|bcc|reply-to|sent to|message-id|delivered-to)[ \t]*:", re.IGNORECASE)
_EXTENSION = late(
    r"[,;]?\s{0,2}[(\[]?\s?(?:ext(?:ension|n)?\b\.?|x|option|opt\.?|then press|press)\s{0,2}\d{1,6}[)\]]?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Reach:
    """A number (E.164) or address, where it stands, and whether it is written there or only behind the words."""

    start: int
    end: int
    value: str
    is_mail: bool
    is_behind_words: bool = False
    is_recipient: bool = False  # of somebody a message went to


def find_reaches(document: Document) -> tuple[Reach, ...]:
    """Every live telephone number and address that is content, in order. Emergency numbers, fax numbers and numbers
    that the text calls dead are left out, the recipients of an e-mail told apart; an extension is part of the span,
    not of the number."""
    written = [*_mails(document.text), *_phones(document.text)]
    written.sort(key=lambda r: r.start)
    starts = [r.start for r in written]
    behind = [r for r in _mails_behind_words(document) if not _covers(written, starts, r)]
    reaches = sorted([*written, *behind], key=lambda r: (r.start, r.end))
    return tuple(_live(document, reaches))


def _covers(written: list[Reach], starts: list[int], behind: Reach) -> bool:
    at = bisect_left(starts, behind.start)
    return any(
        w.value == behind.value and w.start < behind.end and behind.start < w.end
        for w in written[max(0, at - 1) : at + 3]
    )


def _mails(text: str) -> Iterator[Reach]:
    for match in _MAIL.finditer(text):
        domain, end = match["domain"], match.end()
        rest = _MAIL_REST.match(text, end, min(len(text), end + 120))
        if rest and _needs(domain) and _completes(rest["rest"]):
            domain, end = domain + rest["rest"], rest.end()
        while domain.endswith((".", "-", "_")):
            domain, end = domain[:-1], end - 1
        local = match["local"].strip(".'’")
        if "." in domain and local and not domain.rsplit(".", 1)[1].isdigit():
            yield Reach(match.start(), end, f"{local}@{domain}", is_mail=True)


def _needs(domain: str) -> bool:
    return domain.endswith((".", "-")) or domain.rsplit(".", 1)[-1].lower() not in _TOP


def _completes(rest: str) -> bool:
    return rest.islower() and rest.rsplit(".", 1)[-1] in _TOP


def _mails_behind_words(document: Document) -> Iterator[Reach]:
    for anchor in document.anchors:
        if anchor.url[:7].lower() == "mailto:":
            address = unquote(anchor.url[7:].split("?", 1)[0]).strip()
            if address.count("@") == 1 and " " not in address:
                yield Reach(anchor.start, anchor.end, address, is_mail=True, is_behind_words=True)


def _phones(text: str) -> Iterator[Reach]:
    position = 0
    while match := _PHONE.search(text, position):
        end = _number_end(text, match.start(), match.end())
        number = e164(text[match.start() : end]) if end else None
        position = max(end, match.start() + 1) if number else match.start() + 2
        if number and not _NOT_A_PHONE.search(text, max(0, match.start() - 40), match.start()):
            extension = _EXTENSION.match(text, end)
            yield Reach(match.start(), extension.end() if extension else end, number, is_mail=False)


def _number_end(text: str, start: int, stop: int) -> int:
    """Where the number ends: after 11 digits, else 10, else 8, if a group of digits ends there; 0 where none does."""
    if text[start : start + 2].startswith("+") and text[start : start + 3] != "+44":
        return stop
    ends: dict[int, int] = {}
    opening = re.match(r"\(?(?:\+44|0044)\)?[\s\u00a0.\-–]{0,2}(?:\(0\))?", text[start:stop])
    count, at = (1, start + opening.end()) if opening else (0, start)
    if opening and not opening.group().endswith("(0)") and text[at : at + 1] == "0":
        count = 0
    while at < stop:
        if text[at].isdecimal():
            count += 1
            if not text[at + 1 : at + 2].isdecimal():
                ends[count] = at + 1
        at += 1
    return next((ends[n] for n in (11, 10, 8) if n in ends), 0)


@cache
def _phonenumbers() -> Any:
    return import_module("phonenumbers")


def e164(written: str) -> str | None:
    """A telephone number as written in Britain, in E.164; None where it cannot be one."""
    digits = re.sub(r"[^\d+]", "", re.sub(r"(?<=\d)[\s\u00a0]*\(0\)", "", written))
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    if digits.startswith("+440"):
        digits = "+44" + digits[4:]
    national = digits.removeprefix("+44") if digits.startswith("+44") else digits.removeprefix("0")
    if not digits.startswith("+") or digits.startswith("+44"):
        if national[:1] not in tuple("123578") or len(national) < 7:
            return None
        if len(national) < 9 and national[:1] != "8":
            return None
    library = _phonenumbers()
    try:
        number = library.parse(digits, "GB")
    except library.NumberParseException:
        return None
    if not library.is_possible_number(number) or (len(national) < 9 and not library.is_valid_number(number)):
        return None
    return str(library.format_number(number, library.PhoneNumberFormat.E164))


def _live(document: Document, reaches: list[Reach]) -> Iterator[Reach]:
    text, blocks = document.text, document.blocks
    gone = dead_sections(text, blocks)
    begins = [begin for begin, _ in gone]
    stands = [_block_at(blocks, reach.start) for reach in reaches]
    dead = {r.value for r, block in zip(reaches, stands, strict=True) if is_dead(text, r.start, r.end, block)}
    for reach, block in zip(reaches, stands, strict=True):
        is_noise = block is not None and block.kind is BlockKind.NOISE
        if is_noise or reach.value in dead or (reach.is_mail and _NOT_READ.match(reach.value)):
            continue
        section = bisect_right(begins, reach.start) - 1
        is_gone = section >= 0 and reach.start < gone[section][1]
        if not is_gone or is_asked_for(text, reach.start, gone[section][0]):
            yield replace(reach, is_recipient=True) if _is_recipients(text, reach, block) else reach


def _block_at(blocks: tuple[Block, ...], offset: int) -> Block | None:
    at = bisect_right(blocks, offset, key=lambda b: b.start) - 1
    return blocks[at] if at >= 0 and offset < blocks[at].end else None


def _is_recipients(text: str, reach: Reach, block: Block | None) -> bool:
    """Whether it stands among those that a message went to."""
    if block is None or block.kind is not BlockKind.FURNITURE:
        return False
    return bool(_RECIPIENTS.match(text[_line_start(text, reach.start, block.start) : reach.start]))


def _line_start(text: str, offset: int, floor: int) -> int:
    return max(text.rfind("\n", floor, offset) + 1, floor)
