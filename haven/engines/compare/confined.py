"""What the process that parses does to compare two editions, or to open one."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from haven.engines import apart
from haven.engines.compare import wire
from haven.engines.compare.clauses import Edition
from haven.engines.compare.comparing import compare
from haven.engines.compare.opening import editions
from haven.engines.compare.structure import edition_of
from haven.engines.documents.refusal import Unreadable

_SLOW = (".pdf", ".docx")  # kinds of file of which opening one is worth a process of its own


def load(asked: dict[str, Any]) -> None:
    """Load what will be needed, before there is anything of the documents to see."""
    for name, _ in asked["files"]:
        editions.load(name)


def answer(asked: dict[str, Any], contents: Sequence[bytes]) -> bytes:
    """The comparison of two editions, or the one edition, packed; as JSON for printing where that is asked. Raises
    Unreadable, which names the file."""
    names = [name for name, _ in asked["files"]]
    if len(names) == 1:
        return wire.packed_edition(_opened(names[0], contents[0], apart.best()))
    comparison = compare(*_both(names, contents))
    if asked.get("printed"):
        return wire.printed(comparison)
    return wire.packed(comparison)


def _both(names: Sequence[str], contents: Sequence[bytes]) -> tuple[Edition, Edition]:
    """Both editions, side by side where one takes long to open."""
    begin = apart.best() if names[1].lower().endswith(_SLOW) else apart.in_turn
    second = begin(partial(_tried, names[1], contents[1]))
    first = _opened(names[0], contents[0], apart.in_turn)
    told = second()
    if isinstance(told, Edition):
        return first, told
    raise Unreadable(told, names[1])


def _tried(name: str, content: bytes) -> Edition | str:
    """The edition, or the line that says why it cannot be read: an error does not pass from one process to another."""
    try:
        return _opened(name, content, apart.in_turn)
    except Unreadable as refusal:
        return refusal.line


def _opened(name: str, content: bytes, begin: apart.Begin) -> Edition:
    try:
        return edition_of(editions.open_edition(name, content, begin))
    except Unreadable as refusal:
        raise Unreadable(refusal.line, name) from refusal
