"""Opens and compares editions that nobody has vouched for."""

import json
from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from haven.engines.documents.guard import answered, check_size
from haven.engines.documents.limits import LARGEST_EDITION
from haven.engines.documents.refusal import DAMAGED, Unreadable

if TYPE_CHECKING:  # loaded while the other process starts
    from haven.engines.compare.changes import Comparison
    from haven.engines.compare.clauses import Edition

_WIRE = "haven.engines.compare.wire"
_load_wire = partial(import_module, _WIRE)
File = tuple[str, bytes]  # its name and content


def _nothing() -> None:
    """What is only printed needs nothing loaded meanwhile."""


def open_safely(name: str, content: bytes) -> "Edition":
    """An edition as clauses. Raises Unreadable, whose line says what is wrong and what to do."""
    check_size(name, content, LARGEST_EDITION)
    said = answered("compare", ((name, content),), _load_wire, printed=False)
    edition: Edition = _taken(import_module(_WIRE).unpacked_edition, said, name)
    return edition


def compare_safely(old: File, new: File, meanwhile: Callable[[], object] = _nothing) -> "Comparison":
    """The changes between two editions. `meanwhile` is done beside it. Raises Unreadable, which names the file."""
    said = _compared(old, new, lambda: (_load_wire(), meanwhile()), printed=False)
    comparison: Comparison = _taken(import_module(_WIRE).unpacked, said, new[0])
    return comparison


def printed_safely(old: File, new: File) -> bytes:
    """The same as one JSON document, for printing. Raises Unreadable, which names the file."""
    said = _compared(old, new, _nothing, printed=True)
    _taken(json.loads, said, new[0])
    return said


def _compared(old: File, new: File, meanwhile: Callable[[], object], *, printed: bool) -> bytes:
    for name, content in (old, new):
        check_size(name, content, LARGEST_EDITION)
    return answered("compare", (old, new), meanwhile, printed=printed)


def _taken(take: Callable[[bytes], Any], said: bytes, name: str) -> Any:
    try:
        return take(said)
    except ValueError as error:
        raise Unreadable(DAMAGED, name) from error
