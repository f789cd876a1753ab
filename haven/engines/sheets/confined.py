"""What the process that parses does to read a spreadsheet."""

from collections.abc import Sequence
from typing import Any

from haven.engines.sheets import opening, wire


def load(asked: dict[str, Any]) -> None:
    """What will be needed was loaded with this module, before there is anything of the file to see."""


def answer(asked: dict[str, Any], contents: Sequence[bytes]) -> bytes:
    """The grids, as `unpacked` takes them. Raises Unreadable."""
    ((name, _),) = asked["files"]
    return wire.packed(opening.open_sheets(name, contents[0]))
