"""The titles of published guidance that are known by name, from packs/guidance-titles."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

_PACK = Path(__file__).parents[4] / "packs" / "guidance-titles" / "titles.yaml"
_WITH_YEAR = re.compile(r"(?<=[A-Za-z])(?:20)?[12]\d$")
_WORD = re.compile(r"[^\W_]+")


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
    yaml: Any = import_module("yaml")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    pack = yaml.load(_PACK.read_text(encoding="utf-8"), Loader=loader)
    return tuple(
        (
            Title(entry["title"], entry["publisher"], tuple(entry.get("editions", ()))),
            (entry["title"], *entry.get("short", ()), *entry.get("weak", ())),
            frozenset(name.casefold() for name in entry.get("weak", ())),
        )
        for entry in pack["titles"]
    )


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
    for first in _WORD.finditer(text, start, end):
        if first.start() < taken:
            continue
        for words, title, is_weak in table.get(_plain(first.group()), ()):
            stop = _last_word(text, first, words, end)
            if stop and not (is_weak and not first.group()[0].isupper()):
                yield Named(first.start(), stop, title, is_weak)
                taken = stop
                break


def _plain(word: str) -> str:
    """A word in small letters; of `KCSIE24` or `WT2023` what stands before the year."""
    return _WITH_YEAR.sub("", word).casefold()


def _last_word(text: str, first: re.Match[str], words: tuple[str, ...], end: int) -> int:
    """Where a name ends that begins with a word, or 0 where the words that follow are not the name's."""
    at = first.end()
    for wanted in words[1:]:
        word = _WORD.search(text, at, min(end, at + 4 + len(wanted)))
        if word is None or word.start() - at > 4 or word.group().casefold() != wanted:
            return 0
        at = word.end()
    return 0 if text[at : at + 1].isalnum() else at
