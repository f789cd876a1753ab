"""The titles of published guidance that are known by name, from packs/guidance-titles."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from haven.engines.patterns.late import late

_PACK = Path(__file__).parents[4] / "packs" / "guidance-titles" / "titles.yaml"
_WITH_YEAR = late(r"(?<=[a-z])(?:20)?[12]\d$")
_FIELD = late(r"(?:  (?P<dash>- )|    )(?P<name>title|publisher|short|weak|editions):(?P<value>.*)")
_VALUE = late(r'\s*(?:"(?P<quoted>[^"]*)"|(?P<bare>[^,"\s][^,]*))\s*(?:,|$)')
_WORD = late(r"[^\W_]+")
_NEXT_WORD = late(r"[\W_]{0,4}(?P<word>[^\W_]+)")


@dataclass(frozen=True, slots=True)
class Title:
    """A published document: its title in full, the editions known, and who publishes it."""

    title: str
    publisher: str
    editions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A place that names a document; `is_weak` where the name is also ordinary words (`Children missing education`)."""

    start: int
    end: int
    title: Title
    is_weak: bool


@cache
def titles() -> tuple[Title, ...]:
    """Every title of the catalogue."""
    return tuple(title for title, _, _ in _entries())


@cache
def _entries() -> tuple[tuple[Title, tuple[str, ...], frozenset[str]], ...]:
    return tuple(
        (
            Title(entry["title"][0], entry["publisher"][0], tuple(entry.get("editions", ()))),
            (entry["title"][0], *entry.get("short", ()), *entry.get("weak", ())),
            frozenset(name.casefold() for name in entry.get("weak", ())),
        )
        for entry in _read(_PACK.read_text(encoding="utf-8"))
    )


def _read(pack: str) -> Iterator[dict[str, list[str]]]:
    """The entries of the pack. It keeps to so little of YAML that reading it so spares a YAML library at each
    start; a test holds the two readings equal."""
    entry: dict[str, list[str]] = {}
    values: list[str] = []
    for line in pack[pack.index("titles:") :].splitlines()[1:]:
        field = _FIELD.match(line)
        if field is None:
            values.extend(_one(line.strip().removeprefix("- ")))
            continue
        if field["dash"]:
            if entry:
                yield entry
            entry = {}
        value = field["value"].strip()
        values = _values(value[1:-1]) if value.startswith("[") else _one(value)
        entry[field["name"]] = values
    if entry:
        yield entry


def _values(listed: str) -> list[str]:
    """Values parted by commas, some in quotes."""
    return [m["quoted"] if m["quoted"] is not None else m["bare"].strip() for m in _VALUE.finditer(listed)]


def _one(value: str) -> list[str]:
    return [value.strip('"')] if value else []


@cache
def _by_first_word() -> dict[str, tuple[tuple[tuple[str, ...], Title, bool], ...]]:
    names = [(name, title, name.casefold() in weak) for title, known, weak in _entries() for name in known]
    table: dict[str, list[tuple[tuple[str, ...], Title, bool]]] = {}
    for name, title, is_weak in sorted(names, key=lambda n: -len(n[0])):
        words = tuple(_WORD.findall(name.casefold()))
        table.setdefault(words[0], []).append((words, title, is_weak))
    return {word: tuple(found) for word, found in table.items()}


def named_in(text: str, start: int, end: int) -> Iterator[Named]:
    """The catalogue's documents named between two places, the longest name at each. Between the words of a name stands
    no more than a little punctuation."""
    table = _by_first_word()
    taken = start
    for found in _WORD.finditer(text, start, end):
        word = found.group().casefold()
        names = table.get(word)
        if names is None and word[-1].isdigit():
            names = table.get(_WITH_YEAR.sub("", word))
        if names is None or found.start() < taken:
            continue
        begin = found.start()
        for name, title, is_weak in names:
            stop = _last_word(text, found.end(), end, name)
            if stop and not (is_weak and not text[begin].isupper()):
                yield Named(begin, stop, title, is_weak)
                taken = stop
                break


def _last_word(text: str, at: int, end: int, name: tuple[str, ...]) -> int:
    """Where a name ends whose first word ends at a place, or 0 where the words that follow are not the name's."""
    for word in name[1:]:
        following = _NEXT_WORD.match(text, at, end)
        if following is None or following["word"].casefold() != word:
            return 0
        at = following.end()
    return at


class Names:
    """The documents of the catalogue that a note names, each block of it looked through once."""

    def __init__(self, text: str, spans: Iterable[tuple[int, int]]) -> None:
        self.named = [named for start, end in spans for named in named_in(text, start, end)]
        self.starts = [named.start for named in self.named]

    def between(self, start: int, end: int) -> list[Named]:
        """Those that begin and end between two places."""
        first, last = bisect_left(self.starts, start), bisect_left(self.starts, end)
        return [named for named in self.named[first:last] if named.end <= end]
