"""What a table of numbers leaves out, so that no small number in it can be read or reckoned.

A number from one up to, not including, `fewest` is left out, and so are as many others as it takes that whoever knows
everything that stands there, and how each total is made, must still allow for each of the small ones to be `fewest` or
more. All that is left out is left out in the same way: nobody can tell a small number from one that shields it.

Rows and columns with their totals are a circulation: each number within the table flows from its row to its column,
each total into its row or out of its column, the whole from the columns back to the rows. The most that a hidden number
can be is then the most that can be sent round through it without touching what is shown (Ford and Fulkerson's
augmenting paths, from the true numbers); what is hidden is known to be one or more, since a nought is never hidden.
"""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

TOTAL = "total"
NOT_SHOWN = "not shown"

Node = tuple[str, str]
Cell = tuple[str, str]  # its row and its column; either is TOTAL in a total


@dataclass(frozen=True, slots=True)
class Table:
    """Numbers by row and column, with their totals. `shown` says no number where one is left out."""

    rows: Sequence[str]
    columns: Sequence[str]
    shown: Mapping[Cell, int | None]

    def row(self, name: str) -> list[int | None]:
        """The numbers of a row in order, its total last."""
        return [self.shown[name, column] for column in (*self.columns, TOTAL)]

    @property
    def totals(self) -> list[int | None]:
        """The totals of the columns, and the whole."""
        return self.row(TOTAL)


def suppressed(rows: Sequence[str], columns: Sequence[str], numbers: Mapping[Cell, int], *, fewest: int) -> Table:
    """The table that may be shown. A pair of row and column that is not among `numbers` is nought.

    Raises ValueError for a number below nought.
    """
    true = _with_totals(rows, columns, numbers)
    hidden = {cell for cell, number in true.items() if 0 < number < fewest}
    small = sorted(hidden)
    while unsafe := next((cell for cell in small if not _is_safe(cell, true, hidden, fewest)), None):
        hidden.add(_shield(unsafe, true, hidden))
    return Table(rows, columns, {cell: None if cell in hidden else number for cell, number in true.items()})


def in_words(number: int | None) -> str:
    """A number of such a table as it is read."""
    return NOT_SHOWN if number is None else f"{number:,}"


def _with_totals(rows: Sequence[str], columns: Sequence[str], numbers: Mapping[Cell, int]) -> dict[Cell, int]:
    inner = {(row, column): numbers.get((row, column), 0) for row in rows for column in columns}
    if any(number < 0 for number in inner.values()):
        raise ValueError("a number below nought")
    of_rows = {(row, TOTAL): sum(inner[row, column] for column in columns) for row in rows}
    of_columns = {(TOTAL, column): sum(inner[row, column] for row in rows) for column in columns}
    return inner | of_rows | of_columns | {(TOTAL, TOTAL): sum(inner.values())}


def _ends(cell: Cell) -> tuple[Node, Node]:
    """From where to where a number flows. The whole flows from all columns back to all rows."""
    row, column = cell
    if row == column == TOTAL:
        return ("columns", ""), ("rows", "")
    if column == TOTAL:
        return ("rows", ""), ("row", row)
    return (("column", column), ("columns", "")) if row == TOTAL else (("row", row), ("column", column))


def _is_safe(cell: Cell, true: Mapping[Cell, int], hidden: set[Cell], fewest: int) -> bool:
    """Whether the number could be as high as `fewest`, for all that the rest tells."""
    start, end = _ends(cell)
    left = {each: number - 1 for each, number in true.items() if each in hidden and each != cell}
    need = fewest - true[cell]
    while need > 0:
        path = _path(end, start, left)
        if path is None:
            return False
        backwards = [left[each] for each, is_forward in path if not is_forward]
        step = min(need, *backwards) if backwards else need
        for each, is_forward in path:
            left[each] += step if is_forward else -step
        need -= step
    return True


def _path(start: Node, end: Node, left: Mapping[Cell, int]) -> list[tuple[Cell, bool]] | None:
    """A way along hidden numbers that can be raised, or against those that can be lowered; the shortest."""
    came: dict[Node, tuple[Node, Cell, bool] | None] = {start: None}
    queue = deque([start])
    while queue and end not in came:
        here = queue.popleft()
        for there, cell, is_forward in _onward(here, left):
            if there not in came:
                came[there] = (here, cell, is_forward)
                queue.append(there)
    if end not in came:
        return None
    path = []
    step = came[end]
    while step is not None:
        path.append(step[1:])
        step = came[step[0]]
    return path


def _onward(here: Node, left: Mapping[Cell, int]) -> Iterator[tuple[Node, Cell, bool]]:
    for cell, lowered in left.items():
        start, end = _ends(cell)
        if start == here:
            yield end, cell, True
        if end == here and lowered:
            yield start, cell, False


def _shield(unsafe: Cell, true: Mapping[Cell, int], hidden: set[Cell]) -> Cell:
    """What is hidden besides: the smallest number that a hidden one leads to, within the table before a total."""
    reached = _reached(unsafe, hidden)
    near = [cell for cell, number in true.items() if number and cell not in hidden and _ends(cell)[0] in reached]
    near += [cell for cell, number in true.items() if number and cell not in hidden and _ends(cell)[1] in reached]
    return min(near, key=lambda cell: ((cell[0] == TOTAL) + (cell[1] == TOTAL), true[cell], cell))


def _reached(unsafe: Cell, hidden: set[Cell]) -> set[Node]:
    """Every end of the hidden numbers that hang together with this one."""
    reached = set(_ends(unsafe))
    while more := {end for cell in hidden if set(_ends(cell)) & reached for end in _ends(cell)} - reached:
        reached |= more
    return reached
