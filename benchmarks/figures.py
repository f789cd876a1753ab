"""What a benchmark found: each figure with its unit and what it was compared with."""

import json
import platform
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from statistics import median

from rich.console import Console
from rich.table import Table

_ROUNDS = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure. `compared_with` says in words what `compared` was measured on; both are null where nothing is."""

    group: str
    name: str
    value: float
    unit: str
    compared: float | None = None
    compared_with: str | None = None
    wanted: str | None = None


def milliseconds(call: Callable[[], object]) -> float:
    """How long a call takes by the clock, once it has been made: the median of fifteen."""
    call()
    times = []
    for _ in range(_ROUNDS):
        began = time.perf_counter()
        call()
        times.append((time.perf_counter() - began) * 1000)
    return median(times)


def print_json(name: str, figures: Iterable[Figure]) -> None:
    """One JSON object on standard output."""
    machine = {"python": platform.python_version(), "system": platform.system(), "machine": platform.machine()}
    told = {"benchmark": name, "measured_on": machine, "figures": [asdict(figure) for figure in figures]}
    print(json.dumps(told, ensure_ascii=False, indent=1))


def print_tables(figures: Iterable[Figure]) -> None:
    """A table for each group of figures, for people."""
    console = wide_console()
    groups: dict[str, list[Figure]] = {}
    for figure in figures:
        groups.setdefault(figure.group, []).append(figure)
    for group, members in groups.items():
        console.print(_table(group, members))


def wide_console() -> Console:
    """The terminal, or where there is none, lines wide enough for a table."""
    return Console() if Console().is_terminal else Console(width=120)


def _table(group: str, figures: list[Figure]) -> Table:
    table = Table(title=group, title_justify="left")
    table.add_column("figure")
    for heading in ("value", "unit", "wanted", "compared"):
        table.add_column(heading, justify="left" if heading == "unit" else "right")
    table.add_column("with")
    for figure in figures:
        compared = "" if figure.compared is None else f"{figure.compared:.4g}"
        cells = (f"{figure.value:.4g}", figure.unit, figure.wanted or "", compared, figure.compared_with or "")
        table.add_row(figure.name, *cells)
    return table
