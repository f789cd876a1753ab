"""Opens an edition of any kind of file that is compared."""

from importlib import import_module

from haven.engines.apart import Begin, in_turn
from haven.engines.compare.passages import Opened, Passage, PassageKind
from haven.engines.documents.kinds import WORDLESS, check_bytes, suffix_of
from haven.engines.documents.refusal import Unreadable

_KINDS = {
    ".txt": "textfile",
    ".text": "textfile",
    ".md": "markdownfile",
    ".markdown": "markdownfile",
    ".html": "webfile",
    ".htm": "webfile",
    ".docx": "wordfile",
    ".pdf": "pdffile",
}
KNOWN = ".pdf, .docx, .html, .md or .txt"


def is_known(name: str) -> bool:
    """Whether files of this name are opened at all."""
    return suffix_of(name) in _KINDS


def load(name: str) -> None:
    """Load what opens a file of this name, before there is anything of the file to open."""
    suffix = suffix_of(name)
    if suffix in _KINDS:
        import_module(f"haven.engines.compare.opening.{_KINDS[suffix]}")


def open_edition(name: str, content: bytes, begin: Begin = in_turn) -> Opened:
    """The passages of an edition in reading order. The name's ending says which kind of file it is meant to be; the
    bytes must agree. `begin` says how the halves of a long PDF are begun. Raises Unreadable, whose line says what is
    wrong and what to do."""
    suffix = suffix_of(name)
    if suffix not in _KINDS:
        raise Unreadable(f"files of this kind ({suffix or 'no ending'}) are not compared; save it as {KNOWN}")
    check_bytes(suffix, content)
    halves = {"begin": begin} if suffix == ".pdf" else {}
    title, passages = import_module(f"haven.engines.compare.opening.{_KINDS[suffix]}").passages_of(content, **halves)
    if not passages:
        raise Unreadable(WORDLESS)
    return Opened(name, title or _first_heading(passages), passages)


def _first_heading(passages: list[Passage]) -> str | None:
    return next((passage.text for passage in passages[:6] if passage.kind is PassageKind.HEADING), None)
