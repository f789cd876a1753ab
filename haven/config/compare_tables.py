"""Prints a comparison for people: how much changed and where, what is asked more or less strongly, then each change
under its headings with the words that differ."""

import io
import re
import sys
from itertools import groupby

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from haven.config.terminal import printable
from haven.engines.compare.changes import Change, ChangeKind, Comparison, EditionSummary
from haven.engines.compare.marking import excerpt, neat
from haven.engines.compare.telling import (
    ORDER,
    STRENGTH,
    amount_of,
    changes_of_strength,
    counted,
    kinds_of,
    moved_told,
    path_of,
    place_of,
    sameness_of,
    standing_under,
    strength_told,
    title_of,
)
from haven.engines.compare.wire import summary

MOST = 40  # changes printed unless all are asked for
_CONTEXT = 60  # letters of unchanged words shown on either side of a change
_ROOM = 240  # letters shown of what differs in one clause, unless all is asked for
_WIDEST = 110  # columns: longer lines are hard to read
_STYLES = {"old": "red strike", "new": "bold green underline", "same": ""}
_MARKS = {"old": "[-{}-]", "new": "{{+{}+}}", "same": "{}"}
_SHAPES, _LETTERS = (" ▁▂▃▄▅▆▇█", "▲", "▼"), (" .:-=+*#%", "^", "v")
_SPACE = re.compile(r"\s")
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")


def printed(comparison: Comparison, *, most: int | None) -> bytes:
    """The comparison as standard output shows it."""
    written = io.BytesIO()
    page = io.TextIOWrapper(written, encoding=sys.stdout.encoding or "utf-8", errors="replace", newline="\n")
    console = Console(file=page, highlight=False, force_terminal=sys.stdout.isatty() or None)
    console.width = min(console.width, _WIDEST)
    print_tables(comparison, console, most=most)
    page.flush()
    return written.getvalue() if console.is_terminal else re.sub(rb" +$", b"", written.getvalue(), flags=re.MULTILINE)


def print_tables(comparison: Comparison, console: Console, *, most: int | None) -> None:
    """Print a comparison: at most so many changes, or all."""
    console.print(Text(_plain(comparison.new.title or comparison.old.title or comparison.new.name), style="bold"))
    console.print(Text(f"{_named(comparison.old)} → {_named(comparison.new)}", style="dim"))
    for warning in comparison.warnings:
        console.print(Text(_plain(warning[:1].upper() + warning[1:]), style="bold yellow"))
    console.print()
    if not comparison.changes:
        console.print(Text(f"{amount_of(comparison)}. {sameness_of(comparison)}".rstrip()))
        return
    counts = summary(comparison)
    kinds = ", ".join(f"{counts[kind]:,} {kind}" for kind in ORDER if counts[kind])
    console.print(Text.assemble((amount_of(comparison), "bold"), f": {kinds}."))
    console.print(Text(sameness_of(comparison)))
    _print_strip(comparison, console)
    _print_strength(comparison, console, most)
    _print_changes(comparison, console, most)


def _named(edition: EditionSummary) -> str:
    return f"{_plain(edition.name)} ({counted(edition.clauses, 'clause')})"


def _print_strip(comparison: Comparison, console: Console) -> None:
    """The document on one line: the higher, the more changed there."""
    bars, up, down = _SHAPES if "utf" in console.encoding.lower() else _LETTERS
    width = console.width - 2
    cells, signs = [0] * width, [" "] * width
    for change in comparison.changes:
        at = min(int(place_of(comparison, change) * width), width - 1)
        cells[at] += 1
        if ChangeKind.STRENGTHENED in change.kinds:
            signs[at] = up
        elif ChangeKind.WEAKENED in change.kinds and signs[at] != up:
            signs[at] = down
    highest, top = max(cells), len(bars) - 1
    console.print()
    console.print(Text("Where, from the beginning to the end", style="dim"))
    console.print(Text(" " + "".join(bars[-(-count * top // highest)] for count in cells).rstrip(), style="cyan"))
    if any(sign != " " for sign in signs):
        console.print(Text(" " + "".join(signs).rstrip(), style="magenta"))
        console.print(Text(f"{up} strengthened  {down} weakened", style="dim"))


def _print_strength(comparison: Comparison, console: Console, most: int | None) -> None:
    changes = changes_of_strength(comparison)
    if not changes:
        return
    console.print()
    console.print(Text("What is asked more or less strongly", style="bold cyan"))
    for change in changes[:most]:
        _print_change(change, console, _ROOM // 2)
    _print_rest(len(changes), most, console)


def _print_changes(comparison: Comparison, console: Console, most: int | None) -> None:
    room = _ROOM if most is not None else sum(len(clause.text) for c in comparison.changes for clause in c.new + c.old)
    shown = list(zip(standing_under(comparison), comparison.changes, strict=True))[:most]
    for path, run in groupby(shown, key=lambda one: one[0]):
        console.print()
        console.print(Text(_plain(path_of(path)) or "Before the first heading", style="bold cyan"))
        for _, change in run:
            _print_change(change, console, room)
    _print_rest(len(comparison.changes), most, console)


def _print_rest(count: int, most: int | None, console: Console) -> None:
    if most is not None and count > most:
        console.print()
        more = f"… {count - most:,} more; --all prints them, --html FILE writes a page with all of them"
        console.print(Text(more, style="yellow"))


def _print_change(change: Change, console: Console, room: int) -> None:
    facts = " · ".join(filter(None, [*strength_told(change), _pages(change)]))
    line = Text.assemble((_plain(title_of(change)), "bold"), "  ", (_plain(_kinds(change)), "magenta"))
    if facts:
        line.append(_plain(f" · {facts}"), style="dim")
    console.print(Padding(line, (0, 0, 0, 2)))
    console.print(Padding(_words(change, console, room), (0, 0, 0, 6)))


def _kinds(change: Change) -> str:
    """What happened, with from where to where; a change of strength is a change of words anyway."""
    kinds = kinds_of(change)
    said = [kind for kind in kinds if kind is not ChangeKind.REWORDED or not STRENGTH & set(kinds)]
    return ", ".join(moved_told(change) if kind is ChangeKind.MOVED else kind for kind in said)


def _pages(change: Change) -> str:
    before, after = (side[0].page if side else None for side in (change.old, change.new))
    if before and after and before != after:
        return f"page {before} → {after}"
    return f"page {before or after}" if before or after else ""


def _words(change: Change, console: Console, room: int) -> Text:
    """The words that differ, with a little of what stands around them; marked by signs where there is no colour."""
    runs = excerpt(change, context=_CONTEXT, room=room)
    if not change.old or not change.new:
        return Text(_plain("".join(text for _, text in runs)))
    if console.is_terminal and not console.no_color:
        return Text.assemble(*((_plain(text), _STYLES[kind]) for kind, text in runs))
    return Text("".join(_plain(_MARKS[kind].format(text)) for kind, text in neat(runs)))


def _plain(text: str) -> str:
    """The text on one line, without anything that could move a terminal's cursor or that nobody sees."""
    return printable(_SPACE.sub(" ", _UNSEEN.sub("", text)))
