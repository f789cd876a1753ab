"""Opens and compares editions that nobody has vouched for."""

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from haven.engines.documents.guard import DAMAGED, answered, check_size
from haven.engines.documents.limits import LARGEST_EDITION
from haven.engines.documents.refusal import Unreadable

if TYPE_CHECKING:  # loaded while the other process starts
    from haven.engines.compare.changes import Comparison
    from haven.engines.compare.clauses import Edition

_WIRE = "haven.engines.compare.wire"
File = tuple[str, bytes]  # its name and content


def open_safely(name: str, content: bytes) -> "Edition":
    """An edition as clauses. Raises Unreadable, whose line says what is wrong and what to do."""
    check_size(name, content, LARGEST_EDITION)
    edition: Edition = _taken("unpacked_edition", _answered(((name, content),), printed=False), name)
    return edition


def compare_safely(old: File, new: File) -> "Comparison":
    """The changes between two editions. Raises Unreadable, which names the file."""
    comparison: Comparison = _taken("unpacked", _compared(old, new, printed=False), new[0])
    return comparison


def printed_safely(old: File, new: File) -> bytes:
    """The same as one JSON document, for printing. Raises Unreadable, which names the file."""
    said = _compared(old, new, printed=True)
    _taken("check", said, new[0])
    return said


def _compared(old: File, new: File, *, printed: bool) -> bytes:
    for name, content in (old, new):
        check_size(name, content, LARGEST_EDITION)
    return _answered((old, new), printed=printed)


def _answered(files: tuple[File, ...], *, printed: bool) -> bytes:
    return answered("compare", files, partial(import_module, _WIRE), printed=printed)


def _taken(take: str, said: bytes, name: str) -> Any:
    try:
        return getattr(import_module(_WIRE), take)(said)
    except ValueError as error:
        raise Unreadable(DAMAGED, name) from error
