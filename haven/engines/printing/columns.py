"""How wide the columns of a table are, and which of them hold figures."""

import re

from haven.engines.printing.paper import Table
from haven.engines.printing.telling import cell_of, words_of

_FIGURE = re.compile(r"[-−+]?[\d.,]+ ?%?(?: \([\d.]+%\))?|[–-]?")
_LONGEST_WORD = 16
_LONGEST = 90


def shares_of(table: Table) -> list[float]:
    """The share of the whole width that each column takes."""
    widths = list(table.widths) or [_wanted(told) for told in _columns(table)]
    return [width / sum(widths) for width in widths]


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
    return max(4.0, min(word, _LONGEST_WORD) + 2.0, float(longest**0.85))
