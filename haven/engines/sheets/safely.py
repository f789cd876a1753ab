"""Reads a spreadsheet that nobody has vouched for."""

from functools import partial
from importlib import import_module

from haven.engines.documents.guard import answered, check_size
from haven.engines.documents.refusal import DAMAGED, Unreadable
from haven.engines.sheets import wire
from haven.engines.sheets.grid import LARGEST_SHEETS_FILE, Grid

_load_wire = partial(import_module, "haven.engines.sheets.wire")


def open_sheets_safely(name: str, content: bytes) -> tuple[Grid, ...]:
    """Its grids. Raises Unreadable, whose line says what is wrong and what to do."""
    check_size(name, content, LARGEST_SHEETS_FILE)
    said = answered("sheets", [(name, content)], _load_wire)
    try:
        return wire.unpacked(said)
    except ValueError as error:
        raise Unreadable(DAMAGED) from error
