"""How wide the columns of a table are, and which of them hold figures."""

import re

from haven.engines.printing.paper import Table
from haven.engines.printing.telling import cell_of, words_of

_FIGURE = re.compile(r"[-−+]?[\d.,]+ ?%?(?: \([\d.]+%\))?|[–-]?")
_LONGEST_WORD = 16
_LONGEST = 90
_ONE_LINE = 24
_FULL = 68.0  # characters wanted by a table that takes the whole width
_LEAST = 0.5


def shares_of(table: Table) -> list[float]:
    """The share of the whole width that each column takes."""
    widths = list(table.widths) or [_wanted(told) for told in _columns(table)]
    return [width / sum(widths) for width in widths]


def room_of(table: Table) -> float:
    """The share of the page's width that the table takes: a small one is not drawn out, unless its widths are given."""
    return 1.0 if table.widths else min(1.0, max(_LEAST, sum(map(_wanted, _columns(table))) / _FULL))


def figures_of(table: Table) -> list[bool]:
    """Which columns hold figures alone, and so stand to the right."""
    return [
        any(told[1:]) and all(_FIGURE.fullmatch(each) for each in told[1:]) and at > 0
        for at, told in enumerate(_columns(table))
    ]


def _columns(table: Table) -> list[list[str]]:
    rows = [[words_of(cell_of(cell).text) for cell in row] for row in table.rows]
    return [[heading, *(row[at] for row in rows)] for at, heading in enumerate(table.header)]


def _wanted(told: list[str]) -> float:
    """As wide as its longest word, and wider the more words it holds, though not in step with them."""
    word = max((len(word) for each in told for word in each.split()), default=1)
    longest = min(max(map(len, told)), _LONGEST)
    beyond = max(longest - _ONE_LINE, 0) ** 0.7
    return max(min(word, _LONGEST_WORD), min(longest, _ONE_LINE)) + float(beyond) + 3.5
