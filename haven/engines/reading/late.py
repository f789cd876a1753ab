"""Patterns that are compiled when they are first used, so that the program starts without those it will not need."""

import re
from typing import Any, cast


class _Late:
    """Stands for a pattern until something is asked of it, and from then on hands out the pattern's own methods."""

    def __init__(self, words: str, flags: int) -> None:
        self._asked = words, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = re.compile(*self._asked)
        for known in ("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn"):
            setattr(self, known, getattr(compiled, known))
        return getattr(compiled, name)


def late(words: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern for a module to keep. It may be searched with, but not be given to the functions of `re`."""
    return cast("re.Pattern[str]", _Late(words, flags))
