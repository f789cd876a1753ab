"""The titles of published guidance that are known by name, from packs/guidance-titles."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

_PACK = Path(__file__).parents[4] / "packs" / "guidance-titles" / "titles.yaml"
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
def _by_first_word() -> dict[str, tuple[tuple[re.Pattern[str], Title, bool], ...]]:
    names = [(name, title, name.casefold() in weak) for title, known, weak in _entries() for name in known]
    table: dict[str, list[tuple[re.Pattern[str], Title, bool]]] = {}
    for name, title, is_weak in sorted(names, key=lambda n: -len(n[0])):
        words = _WORD.findall(name)
        between = r"[\s\u00a0,:;/’'()–—-]{1,4}"
        pattern = between.join(re.escape(w) for w in words)
        table.setdefault(words[0].casefold(), []).append(
            (re.compile(pattern + r"(?!\w)", re.IGNORECASE), title, is_weak)
        )
    return {word: tuple(found) for word, found in table.items()}


def named_in(text: str, start: int, end: int) -> Iterator[Named]:
    """The catalogue's documents named between two places, the longest name at each."""
    table = _by_first_word()
    taken = start
    for word in _WORD.finditer(text, start, end):
        if word.start() < taken:
            continue
        for pattern, title, is_weak in table.get(word.group().casefold(), ()):
            found = pattern.match(text, word.start(), end)
            if found and not (is_weak and not _is_capital(found.group())):
                yield Named(found.start(), found.end(), title, is_weak)
                taken = found.end()
                break


def _is_capital(name: str) -> bool:
    return name[:1].isupper()
