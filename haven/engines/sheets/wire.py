"""Grids as bytes: as they pass between processes, and as they are kept."""

import json
from datetime import date
from typing import Any

from haven.engines.documents.believing import words
from haven.engines.sheets.grid import Cell, Grid


def packed(grids: tuple[Grid, ...]) -> bytes:
    """Grids as bytes that `unpacked` takes. A day is a list of one."""
    told = [[grid.name, [[_told(cell) for cell in row] for row in grid.rows]] for grid in grids]
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def unpacked(content: bytes) -> tuple[Grid, ...]:
    """The grids that `packed` made. Raises ValueError for anything else."""
    try:
        known = json.loads(content)
        return tuple(
            Grid(words(name), tuple(tuple(_cell(cell) for cell in row) for row in rows)) for name, rows in known
        )
    except (KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise ValueError("not grids") from error


def _told(cell: Cell) -> Any:
    return [cell.isoformat()] if isinstance(cell, date) else cell


def _cell(told: Any) -> Cell:
    if isinstance(told, str | int | float) and not isinstance(told, bool):
        return told
    (day,) = told
    return date.fromisoformat(words(day))
