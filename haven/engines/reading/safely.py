"""Reads a note that nobody has vouched for."""

import datetime as dt
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from haven.engines.documents.guard import answered, check_size
from haven.engines.documents.limits import LARGEST_PASTE
from haven.engines.documents.refusal import DAMAGED, Unreadable

if TYPE_CHECKING:  # loaded while the child starts
    from haven.engines.reading.items import Reading

_WIRE = "haven.engines.reading.wire"


def read_safely(name: str, content: bytes, today: dt.date) -> "Reading":
    """Read a file of any known kind. Raises Unreadable, whose line says what is wrong and what to do."""
    check_size(name, content)
    return _read(name, content, today, is_pasted=False)


def read_pasted_safely(name: str, content: bytes, today: dt.date) -> "Reading":
    """Read text that was pasted or piped in; `name` is only what it is called. Raises Unreadable."""
    check_size(name, content, LARGEST_PASTE)
    return _read(name, content, today, is_pasted=True)


def _read(name: str, content: bytes, today: dt.date, *, is_pasted: bool) -> "Reading":
    said = answered("read", [(name, content)], partial(import_module, _WIRE), today=today.isoformat(), pasted=is_pasted)
    try:
        reading: Reading = import_module(_WIRE).unpacked(said)
    except ValueError as error:
        raise Unreadable(DAMAGED) from error
    return reading
