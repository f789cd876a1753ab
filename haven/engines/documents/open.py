"""Opens a file of any kind that Haven reads."""

from dataclasses import replace
from importlib import import_module

from haven.engines.apart import Begin, in_turn
from haven.engines.documents.document import Block, BlockKind, Document
from haven.engines.documents.kinds import KNOWN, WORDLESS, check_bytes, suffix_of
from haven.engines.documents.refusal import Unreadable
from haven.engines.patterns.late import late

_KINDS = {
    ".txt": ("plain", "open_plain"),
    ".text": ("plain", "open_plain"),
    ".md": ("markdown", "open_markdown"),
    ".markdown": ("markdown", "open_markdown"),
    ".html": ("webpage", "open_webpage"),
    ".htm": ("webpage", "open_webpage"),
    ".docx": ("word", "open_word"),
    ".pdf": ("pdf", "open_pdf"),
    ".eml": ("mail", "open_mail"),
}
_UNKEPT = late(r"[\x00\ud800-\udfff]")
_UNKNOWN = "\ufffd"


def is_known(name: str) -> bool:
    """Whether a file of this name is of a kind that can be read."""
    return suffix_of(name) in _KINDS


def load(name: str) -> None:
    """Load what opens a file of this name, before there is anything of the file to open."""
    suffix = suffix_of(name)
    if suffix in _KINDS:
        import_module(f"haven.engines.documents.{_KINDS[suffix][0]}")


def open_document(name: str, content: bytes, begin: Begin = in_turn) -> Document:
    """The text of a file with its blocks and links. The name's ending says which kind of file it is meant to be; the
    bytes must agree. `begin` says how the halves of a long PDF are begun. Raises Unreadable, whose line says what is
    wrong and what to do."""
    suffix = suffix_of(name)
    if suffix not in _KINDS:
        raise Unreadable(f"files of this kind ({suffix or 'no ending'}) are not read; save it as {KNOWN}")
    check_bytes(suffix, content)
    module, entry = _KINDS[suffix]
    halves = {"begin": begin} if suffix == ".pdf" else {}
    opened = getattr(import_module(f"haven.engines.documents.{module}"), entry)(name, content, **halves)
    return _checked(_storable(opened))


def open_pasted(name: str, content: bytes) -> Document:
    """Text that was pasted or piped in: HTML where it plainly is, otherwise plain text."""
    start = content[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    is_html = start.startswith((b"<!doctype html", b"<html", b"<body", b"<div", b"<table"))
    document = open_document(f"{name}.html" if is_html else f"{name}.txt", content)
    return replace(document, name=name)


def _storable(document: Document) -> Document:
    """The document without the marks that no database keeps; every place in it stays where it is."""
    anchors = tuple(replace(anchor, url=_UNKEPT.sub(_UNKNOWN, anchor.url)) for anchor in document.anchors)
    title = document.title and _UNKEPT.sub(_UNKNOWN, document.title)
    return replace(document, text=_UNKEPT.sub(_UNKNOWN, document.text), title=title, anchors=anchors)


def _checked(document: Document) -> Document:
    if not any(b.kind is not BlockKind.NOISE for b in document.blocks):
        raise Unreadable(WORDLESS)
    return document if document.title else _titled(document)


def _titled(document: Document) -> Document:
    heading = next((b for b in document.blocks[:6] if b.kind is BlockKind.HEADING), None)
    title = " ".join(_words(document, heading).split()) if heading else None
    return replace(document, title=title)


def _words(document: Document, block: Block) -> str:
    return document.text[block.start : block.end]
