"""Patterns that are compiled when they are first used, so that the program starts without those it will not need.

Compiling them takes several times as long as reading a note does. `python -m haven.engines.patterns.late` writes
those of each engine, compiled, beside Python's own compiled modules, and later starts take them from there. Each is
kept under its own words and the Python that compiled it, so that nothing kept can be out of date; what is not found is
compiled as ever.
"""

import marshal
import os
import re
import sys
from array import array
from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any, cast

from haven.engines.patterns.beginnings import with_beginnings
from haven.engines.patterns.holdings import held_by

_ENGINES = os.path.dirname(os.path.dirname(__file__))
_KEPT = os.path.join(os.path.dirname(__file__), "__pycache__")
_FORM = 2  # in which a pattern is kept
_PYTHON = f"{sys.version} {_FORM}"  # what is kept for another, or in another form, is passed over
_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn")
_Asked = tuple[str, int, str]  # the words of a pattern, its flags, and the engine that asks for it
_Made = dict[tuple[str, int], tuple[Any, ...]]
_asked: set[_Asked] = set()


class _Late:
    """Stands for a pattern until something is asked of it, and from then on hands out the pattern's own methods."""

    def __init__(self, asked: _Asked, *, seldom: bool) -> None:
        self._asked = asked
        self._is_seldom = seldom

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = _compiled(*self._asked)
        for known in _METHODS:
            setattr(self, known, getattr(compiled, known))
        if self._is_seldom and (held := _held(*self._asked)):
            self.search = _unless_lacking(held, compiled.search, None)
            self.match = _unless_lacking(held, compiled.match, None)
            self.finditer = _unless_lacking(held, compiled.finditer, ())
        return getattr(self if name in _METHODS else compiled, name)


def late(words: str, flags: int = 0, *, seldom: bool = False) -> re.Pattern[str]:
    """A pattern for a module to keep. It may be searched with, but not be given to the functions of `re`. Where it is
    `seldom` found and slow to search for, what every match holds is looked for first."""
    engine = "".join(sys._getframe(1).f_globals["__name__"].split(".")[2:3])  # of haven.engines.NAME.…, who asks
    asked = words, int(flags), engine
    _asked.add(asked)
    return cast("re.Pattern[str]", _Late(asked, seldom=seldom))


def _unless_lacking(held: tuple[str, ...], find: Callable[..., Any], nothing: Any) -> Callable[..., Any]:
    """A search that is spared where the text lacks what every match holds."""

    def found(text: str, start: int = 0, end: int = sys.maxsize) -> Any:
        small = text[start:end].lower()
        for run in held:
            if run in small:
                return find(text, start, end)
        return find(text, start, end) if "ſ" in small or "ı" in small else nothing  # to `re` an s and an i

    return found


def keep() -> int:
    """Write every pattern of the engines, compiled, into one file for each engine; how many were kept. None where this
    folder may not be written, or this Python keeps its patterns otherwise."""
    for module in import_module("pkgutil").walk_packages([_ENGINES], "haven.engines."):
        import_module(module.name)
    shelves: dict[str, _Made] = {}
    try:
        for words, flags, engine in sorted(late_patterns()):
            shelves.setdefault(engine, {})[words, flags] = _made(words, flags)
        os.makedirs(_KEPT, exist_ok=True)
        for engine, made in shelves.items():
            _write(_place(engine), made)
    except (OSError, ImportError, AttributeError, TypeError):
        return 0
    return sum(map(len, shelves.values()))


def _write(place: str, made: _Made) -> None:
    fresh = f"{place}.new"
    with open(fresh, "wb") as file:
        file.write(marshal.dumps((_PYTHON, made)))
    os.replace(fresh, place)


def _place(engine: str) -> str:
    return os.path.join(_KEPT, f"patterns.{engine}.{sys.implementation.cache_tag}")


def late_patterns() -> frozenset[_Asked]:
    """The words and flags of each pattern asked for so far, and the engine."""
    return frozenset(_asked)


def _compiled(words: str, flags: int, engine: str = "") -> re.Pattern[str]:
    try:
        all_flags, code, _, *groups = _kept(engine).get((words, flags)) or _made(words, flags)
        return cast(
            "re.Pattern[str]", import_module("_sre").compile(words, all_flags, array("I", code).tolist(), *groups)
        )
    except (
        ImportError,
        AttributeError,
        TypeError,
        ValueError,
        RuntimeError,
    ):  # a Python that keeps its patterns otherwise
        return re.compile(words, flags)


def _held(words: str, flags: int, engine: str) -> tuple[str, ...]:
    """What every match holds; nothing where it cannot be told."""
    try:
        _, _, held, *_ = _kept(engine).get((words, flags)) or _made(words, flags)
    except (ImportError, AttributeError, TypeError, ValueError):  # a Python that keeps its patterns otherwise
        return ()
    return cast("tuple[str, ...]", held)


@cache
def _kept(engine: str) -> _Made:
    try:
        with open(_place(engine), "rb") as file:
            python, made = marshal.loads(file.read())  # nosec B302
    except (OSError, EOFError, ValueError, TypeError):
        return {}
    return cast("_Made", made) if python == _PYTHON else {}


def _made(words: str, flags: int) -> tuple[Any, ...]:
    """What `re.compile` hands to the machine that searches: the flags, the code, and the groups with their names; the
    code also tells with what a match may begin. And after the code, what every match holds."""
    compiler, parser = import_module("re._compiler"), import_module("re._parser")
    parsed = parser.parse(words, flags)
    code, state = with_beginnings(parsed, flags | parsed.state.flags, compiler._code(parsed, flags)), parsed.state
    names = [None] * state.groups
    for name, number in state.groupdict.items():
        names[number] = name
    coded = array("I", code).tobytes()
    return flags | state.flags, coded, held_by(parsed), state.groups - 1, dict(state.groupdict), tuple(names)


if __name__ == "__main__":
    import_module("haven.engines.patterns.late").keep()
