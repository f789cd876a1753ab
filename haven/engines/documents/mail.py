"""Reads e-mails (.eml): what the sender wrote, what she passed on, and what she attached."""

import datetime as dt
import email.parser
import email.policy
import email.utils
import re
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage, Message
from importlib import import_module

from haven.engines.documents.decoding import decoded
from haven.engines.documents.document import Block, BlockKind, Document
from haven.engines.documents.letter import Letter, told_apart
from haven.engines.documents.plaintext import text_blocks
from haven.engines.documents.refusal import Unreadable
from haven.engines.documents.scribe import Scribe
from haven.engines.documents.webpage import write_page
from haven.engines.patterns.late import late

_MOST_PARTS = 200
_MOST_READERS = 40
_DEEPEST = 12
_MOST_ATTACHMENTS = 20
_FURNITURE = Block(0, 0, BlockKind.FURNITURE)
_NAME = Block(0, 0, BlockKind.HEADING, 1)
_WHITE = late(r"\s+")
_WORD = late(r"[^\W\d_][\w-]+")
_QUOTED = late(r"[ \t]*>")
_KINDS = {
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "text/html": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "message/rfc822": ".eml",
}
_UNREAD = frozenset({"image", "audio", "video"})


def open_mail(name: str, content: bytes) -> Document:
    """An e-mail: its head, its body, and the attachments that can be read, each under its name."""
    message = email.parser.BytesParser(EmailMessage, policy=email.policy.default).parsebytes(content)
    if not any(message.get_all(key, failobj=None) is not None for key in _own_headers(message)):
        raise Unreadable("it is not an e-mail; save the message itself as .eml, or paste its text")
    scribe = Scribe()
    title, day = _write_message(scribe, message)
    return scribe.document(name, "message/rfc822", title, day)


def _own_headers(message: Message) -> list[str]:
    present = {key.lower() for key in message.keys()}  # noqa: SIM118 -- a message is no dict
    return [key for key in ("from", "to", "subject", "date", "message-id", "received") if key in present]


def _write_message(scribe: Scribe, message: Message) -> tuple[str | None, dt.date | None]:
    """Write one message with what is attached to it; give back its subject and the day it was sent."""
    subject, sender = _header(message, "subject"), _header(message, "from")
    day = _sent_on(message)
    for label, words in (("From", sender), ("Date", _header(message, "date")), ("Subject", subject)):
        if words:
            scribe.write_text(f"{label}: {words}", _FURNITURE, "\n")
    if copied := _spoken_of(message):
        scribe.write_text(f"Cc: {', '.join(copied)}", _FURNITURE, "\n")
    letter = _write_body(scribe, message, subject, sender)
    _write_attachments(scribe, message)
    title = _without_prefix(letter.subject or subject)
    return title or None, letter.sent_on or day


def _spoken_of(message: Message) -> list[str]:
    """Those of its other readers whom a message names, with their addresses: `get it back to Ann by Friday`."""
    try:
        readers = email.utils.getaddresses([str(v) for key in ("to", "cc") for v in message.get_all(key, [])])
    except (ValueError, LookupError, AttributeError, TypeError):
        return []
    named = [(name, address) for name, address in readers[:_MOST_READERS] if " " in name.strip() and "@" in address]
    words = set(_WORD.findall(" ".join(_text(part) for part in _bodies(message, 0)))) if named else set()
    return [f"{name} <{address}>" for name, address in named if name.split()[0] in words]


def _write_body(scribe: Scribe, message: Message, subject: str, sender: str) -> Letter:
    body = Scribe()
    for part in _bodies(message, 0):
        text = _text(part)
        if part.get_content_subtype() == "html":
            write_page(body, text)
        else:
            _write_plain(body, text)
    document = body.document("", "")
    letter = told_apart(document, subject, sender)
    scribe.append(replace(document, blocks=letter.blocks))
    return letter


def _write_plain(scribe: Scribe, text: str) -> None:
    """Write a plain body, its lines quoted with '>' apart from the sender's own."""
    run: list[str] = []
    was_quoted = False
    for line in [*text.split("\n"), None]:
        is_quoted = bool(line and _QUOTED.match(line))
        if line is None or (is_quoted != was_quoted and line.strip()):
            _write_lines(scribe, "\n".join(run), was_quoted)
            run, was_quoted = [], is_quoted
        if line is not None:
            run.append(line)


def _write_lines(scribe: Scribe, text: str, is_quoted: bool) -> None:
    text = text.strip("\n")
    if not text.strip():
        return
    blocks = [Block(0, len(text), BlockKind.NOISE)] if is_quoted else text_blocks(text)
    scribe.append(Document("", "", text, tuple(blocks)))


def _bodies(part: Message, depth: int) -> Iterator[Message]:
    """The parts that are the body: of alternatives the richest that says enough."""
    if depth > _DEEPEST or _is_attachment(part):
        return
    if not part.is_multipart():
        if part.get_content_maintype() == "text" and part.get_content_subtype() in ("plain", "html"):
            yield part
        return
    inner = _inner(part)
    if part.get_content_subtype() == "alternative":
        choices = [found for choice in inner if (found := list(_bodies(choice, depth + 1)))]
        yield from _richest(choices)
        return
    for below in inner:
        yield from _bodies(below, depth + 1)


def _inner(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [p for p in payload[:_MOST_PARTS] if isinstance(p, Message)] if isinstance(payload, list) else []


def _richest(choices: list[list[Message]]) -> list[Message]:
    """HTML, for the links behind its words; but plain text where the HTML is empty or says only part of it."""
    if len(choices) < 2:
        return choices[0] if choices else []
    html = next((c for c in choices if c[0].get_content_subtype() == "html"), None)
    plain = next((c for c in choices if c[0].get_content_subtype() == "plain"), None)
    if html is None or plain is None:
        return html or plain or choices[-1]
    shown = Scribe()
    for part in html:
        write_page(shown, _text(part))
    said = sum(len(_WHITE.sub("", _text(part))) for part in plain)
    return html if shown.blocks and 3 * sum(b.end - b.start for b in shown.blocks) >= said else plain


def _text(part: Message) -> str:
    raw = part.get_payload(decode=True)
    content = raw if isinstance(raw, bytes) else b""
    charset = part.get_content_charset()
    if charset and charset not in ("utf-8", "us-ascii", "utf8", "unknown-8bit"):
        try:
            return decoded(content.decode(charset, errors="replace").encode("utf-8", "replace"))
        except (LookupError, UnicodeError):
            return decoded(content)
    return decoded(content)


def _is_attachment(part: Message) -> bool:
    disposition = (part.get_content_disposition() or "").lower()
    return disposition == "attachment" or (bool(_filename(part)) and part.get_content_maintype() != "multipart")


def _filename(part: Message) -> str:
    try:
        return _WHITE.sub(" ", str(part.get_filename() or "")).strip()[:200]
    except (ValueError, LookupError, AttributeError, TypeError):
        return ""


def _attached(part: Message, depth: int) -> Iterator[Message]:
    if depth > _DEEPEST:
        return
    if part.get_content_type() == "message/rfc822" or (depth and _is_attachment(part)):
        yield part
    elif part.is_multipart():
        for below in _inner(part):
            yield from _attached(below, depth + 1)


def _write_attachments(scribe: Scribe, message: Message) -> None:
    opening = import_module("haven.engines.documents.open")
    for number, part in enumerate(_attached(message, 0)):
        name = _filename(part)
        suffix = _KINDS.get(part.get_content_type(), "")
        if not opening.is_known(name):
            name = f"{name or 'attached message'}{suffix}"
        if part.get_content_maintype() in _UNREAD:
            continue
        if not opening.is_known(name) or number >= _MOST_ATTACHMENTS:
            scribe.warnings.append(f"the attachment “{name or 'without a name'}” was not read: it is of another kind")
            continue
        try:
            attached = opening.open_document(name, _bytes(part))
        except Unreadable as refusal:
            scribe.warnings.append(f"the attachment “{name}” was not read: {refusal.line}")
            continue
        scribe.write_text(name, _NAME)
        scribe.append(attached)


def _bytes(part: Message) -> bytes:
    if part.get_content_type() == "message/rfc822":
        inner = _inner(part)
        return inner[0].as_bytes() if inner else b""
    raw = part.get_payload(decode=True)
    return raw if isinstance(raw, bytes) else b""


def _header(message: Message, key: str) -> str:
    try:
        return _WHITE.sub(" ", str(message.get(key) or "")).strip()[:1000]
    except (ValueError, LookupError, AttributeError, TypeError, IndexError):
        return ""  # the standard library stumbles over some broken headers


def _sent_on(message: Message) -> dt.date | None:
    try:
        return email.utils.parsedate_to_datetime(_header(message, "date")).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _without_prefix(subject: str) -> str:
    return re.sub(r"^(?:\s*(?:re|fw|fwd|aw|wg)\s*:)+\s*", "", subject, flags=re.IGNORECASE)
