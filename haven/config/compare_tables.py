"""Prints a comparison for people: how much changed, then each change with the words that differ."""

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from haven.config.terminal import printable
from haven.engines.compare.changes import Change, Comparison, EditionSummary
from haven.engines.compare.clauses import Clause
from haven.engines.compare.wire import summary

_STYLES = {"old": "red strike", "new": "green underline", "same": ""}
_CONTEXT = 60  # letters of unchanged words shown on either side of a change
_PLURAL = {"renumbered_only": "renumbered only"}


def print_tables(comparison: Comparison, console: Console | None = None) -> None:
    """Print a comparison to the terminal."""
    console = console or Console(highlight=False)
    console.print(Text(f"{_named(comparison.old)} → {_named(comparison.new)}", style="bold"))
    for warning in comparison.warnings:
        console.print(Text(printable(warning), style="yellow"))
    counts = {kind: count for kind, count in summary(comparison).items() if count}
    if not counts:
        console.print("No words changed.")
        return
    console.print(", ".join(f"{count} {_PLURAL.get(kind, kind)}" for kind, count in counts.items()))
    table = Table(box=SIMPLE_HEAD)
    table.add_column("Old", no_wrap=True)
    table.add_column("New", no_wrap=True)
    table.add_column("What happened")
    table.add_column("Words", overflow="fold")
    for change in comparison.changes:
        kinds = ", ".join(kind.value for kind in change.kinds)
        table.add_row(_numbers(change.old), _numbers(change.new), kinds, _words(change))
    if comparison.changes:
        console.print(table)


def _named(edition: EditionSummary) -> str:
    return f"{printable(edition.title or edition.name)} ({edition.clauses} clauses)"


def _numbers(clauses: tuple[Clause, ...]) -> str:
    return ", ".join(printable(clause.number or "–") for clause in clauses)


def _words(change: Change) -> Text:
    """The words that differ, with a little of what stands around them."""
    if not change.words:
        (clause,) = change.old or change.new
        return Text(
            _shortened(clause.text, is_first=True, is_last=False), style=_STYLES["old" if change.old else "new"]
        )
    words, last = Text(), len(change.words) - 1
    for at, (kind, text) in enumerate(change.words):
        shown = _shortened(text, is_first=at == 0, is_last=at == last) if kind == "same" else printable(text)
        words.append(shown, style=_STYLES[kind])
    return words


def _shortened(text: str, *, is_first: bool, is_last: bool) -> str:
    text = printable(text)
    if len(text) <= 2 * _CONTEXT:
        return text
    start = "" if is_first else text[:_CONTEXT]
    end = "" if is_last else text[-_CONTEXT:]
    return f"{start or (text[: 2 * _CONTEXT] if is_first and is_last else '')} … {end}"
