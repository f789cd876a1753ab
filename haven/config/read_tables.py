"""Prints a reading for people: deadlines first, one table for each kind of item."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from haven.engines.reading.items import Action, Contact, Deadline, Event, Guidance, Item, Link, Reading
from haven.kit.asked import forbids

_UNSURE = 0.6  # below this an item asks for a second look
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]+")


def print_tables(reading: Reading, console: Console | None = None) -> None:
    """Print a reading to the terminal."""
    console = console or Console(highlight=False)
    own = [_clean(reading.title or reading.name), reading.date.strftime("%-d %B %Y") if reading.date else ""]
    console.print(Text(" · ".join(filter(None, own)), style="bold"))
    shown = [_print_kind(console, reading, *spec) for spec in _TABLES]
    if not any(shown):
        console.print("Nothing found that asks, announces or points to anything.")
    elif any(item.confidence < _UNSURE for item in reading.items):
        console.print(Text("? = the reader was unsure: look at the words themselves.", style="yellow"))


def _print_kind(
    console: Console,
    reading: Reading,
    kind: type[Item],
    title: str,
    headings: Sequence[str],
    cells: Callable[[Item], Iterable[str | Text]],
) -> bool:
    items = [item for item in reading.items if isinstance(item, kind)]
    if not items:
        return False
    table = Table(box=SIMPLE_HEAD, title=f"{title} ({len(items)})", title_justify="left", title_style="bold cyan")
    rows = [[_clean(c) if isinstance(c, str) else c for c in cells(item)] for item in sorted(items, key=_order)]
    used = [at for at in range(len(headings)) if any(str(row[at]) for row in rows)]
    for at in used:
        table.add_column(headings[at], overflow="fold", no_wrap=headings[at] == "When")
    for row in rows:
        table.add_row(*(row[at] for at in used))
    console.print(table)
    return True


def _order(item: Item) -> tuple[str, int]:
    """By day, what has none last."""
    match item:
        case Deadline(date=dt.date() as day):
            return f"{day}T{item.time or ''}", item.start
        case Event():
            return item.starts.isoformat(), item.start
        case Action(due=dt.date() as due):
            return due.isoformat(), item.start
        case _:
            return "none", item.start


def _deadline(item: Item) -> list[str | Text]:
    assert isinstance(item, Deadline)
    when = _when(item.date, item.time) if item.date else "no day given"
    words = _noted(item.what or item.quote, item.recurs, item.optional, item.conflict)
    return [_marked(item, when), words, ", ".join(item.who)]


def _event(item: Item) -> list[str | Text]:
    assert isinstance(item, Event)
    words = Text("CANCELLED ", style="red") if item.cancelled else Text()
    told = _noted(item.title or item.quote, item.recurs, item.optional, item.conflict)
    return [_marked(item, _span(item)), words + told, item.place or ("online" if item.online else "")]


def _contact(item: Item) -> list[str | Text]:
    assert isinstance(item, Contact)
    marking = Text(item.marking.replace("-", " "), style="red") if item.marking else ""
    return [_marked(item, item.name or "–"), item.role or "", "\n".join([*item.phones, *item.emails]), marking]


def _action(item: Item) -> list[str | Text]:
    assert isinstance(item, Action)
    words = Text("Not to do: ", style="red") if item.prohibits and not forbids(item.what) else Text()
    due = _when(item.due, None) if item.due else item.recurs or ""
    return [_marked(item, due), words + _noted(item.what, None, item.optional, None), ", ".join(item.who)]


def _guidance(item: Item) -> list[str | Text]:
    assert isinstance(item, Guidance)
    return [_marked(item, item.title), item.edition or "", item.status or ""]


def _link(item: Item) -> list[str | Text]:
    assert isinstance(item, Link)
    return [_marked(item, item.text), item.url]


_TABLES: tuple[tuple[type[Item], str, tuple[str, ...], Callable[[Item], list[str | Text]]], ...] = (
    (Deadline, "Deadlines", ("When", "What", "Who"), _deadline),
    (Event, "Events", ("When", "What", "Where"), _event),
    (Action, "Actions", ("When", "What", "Who"), _action),
    (Contact, "Contacts", ("Name", "Role", "Reached at", "Marking"), _contact),
    (Guidance, "Guidance", ("Title", "Edition", "Status"), _guidance),
    (Link, "Links", ("Words", "Address"), _link),
)


def _noted(words: str, recurs: str | None, optional: bool, conflict: str | None) -> Text:
    """The words, with what else is to be known of them on a line of its own."""
    notes = "; ".join(filter(None, [recurs, "if you wish" if optional else None, conflict]))
    return Text(_clean(words)) + (
        Text(f"\n{_clean(notes)}", style="yellow" if conflict else "dim") if notes else Text()
    )


def _when(day: dt.date, time: dt.time | None) -> str:
    return f"{day:%a %-d %b %Y}" + (f" {time:%H:%M}" if time else "")


def _span(item: Event) -> str:
    starts, ends = item.starts, item.ends
    begin = _when(starts, starts.time() if isinstance(starts, dt.datetime) else None)
    if ends is None:
        return begin
    last = ends.date() if isinstance(ends, dt.datetime) else ends
    first = starts.date() if isinstance(starts, dt.datetime) else starts
    clock = f"{ends:%H:%M}" if isinstance(ends, dt.datetime) else ""
    return begin if last == first and not clock else f"{begin}–{clock if last == first else _when(last, None)}"


def _marked(item: Item, words: str) -> Text:
    unsure = item.confidence < _UNSURE
    return Text(f"{_clean(words)} ?" if unsure else _clean(words), style="yellow" if unsure else "bold")


def _clean(words: str) -> str:
    """Words without anything that could move a terminal's cursor."""
    return "\n".join(_CONTROL.sub(" ", line).strip() for line in words.split("\n"))
