"""What the process that parses does to read a note."""

import datetime as dt
import os
from collections.abc import Sequence
from functools import partial
from importlib import import_module
from importlib.machinery import PathFinder
from typing import Any

from haven.engines import apart
from haven.engines.documents import open as opening
from haven.engines.reading import reader, wire


def load(asked: dict[str, Any]) -> None:
    """Load what will be needed while compiled code can still be kept, and nothing of the document has been seen."""
    opening.load("a.txt" if asked["pasted"] else asked["files"][0][0])
    numbers = PathFinder.find_spec("phonenumbers")  # large, and loaded only where a note has a number
    if numbers and numbers.cached and not os.path.exists(numbers.cached):
        import_module("phonenumbers")


def answer(asked: dict[str, Any], contents: Sequence[bytes]) -> bytes:
    """The reading, as `unpacked` takes it. Raises Unreadable."""
    (name, _), (content,), begin = asked["files"][0], contents, apart.best()
    entry = opening.open_pasted if asked["pasted"] else partial(opening.open_document, begin=begin)
    document = entry(name, content)
    return wire.packed(reader.read(document, dt.date.fromisoformat(asked["today"]), begin))
