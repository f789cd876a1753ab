"""What is read of a spreadsheet: grids of cells, and how large they may be."""

from dataclasses import dataclass
from datetime import date

from haven.engines.documents.limits import MEBIBYTE

LARGEST_SHEETS_FILE = 10 * MEBIBYTE
MOST_GRIDS, MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 40, 100_000, 1_000, 2_000_000
LONGEST_CELL = 32_767  # characters, as many as Excel takes

Cell = str | int | float | date
"""A cell; an empty one is empty text."""


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet of a workbook, or a whole CSV file. Its rows are as long as what stands in them."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]
