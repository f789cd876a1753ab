"""Patterns that are compiled when they are first asked for, so that the program starts without them."""

import re
from collections.abc import Callable
from functools import cache


def late(words: str, flags: re.RegexFlag = re.NOFLAG) -> Callable[[], re.Pattern[str]]:
    """A pattern to be called for each time it is used."""
    return cache(lambda: re.compile(words, flags))
