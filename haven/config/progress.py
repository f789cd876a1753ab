"""A bar on standard error that shows that work goes on."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

Found = TypeVar("Found")


@contextmanager
def bar(doing: str) -> Iterator[None]:
    """Show what is being done, and since when."""
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        progress.add_task(doing, total=None)
        yield


def shared(doing: str, steps: Iterable[float | Found]) -> Iterator[float | Found]:
    """The same steps, those that say how much is done, from 0 to 1, shown in a bar where somebody looks."""
    console, columns = Console(stderr=True), (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(doing, total=1)
        for step in steps:
            if isinstance(step, float):
                progress.update(task, completed=step)
            yield step
