"""Checks the values that another process sent before they are believed. Each raises TypeError for any other."""

from collections.abc import Callable
from typing import Any


def words(value: Any) -> str:
    """Text."""
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def whole(value: Any) -> int:
    """A whole number, and no truth."""
    if type(value) is not int:
        raise TypeError(value)
    return value


def truth(value: Any) -> bool:
    """True or false."""
    if type(value) is not bool:
        raise TypeError(value)
    return value


def all_words(value: Any) -> tuple[str, ...]:
    """Texts, in order."""
    return tuple(words(each) for each in value)


def maybe(read: Callable[[Any], Any], value: Any) -> Any:
    """What `read` takes, or None."""
    return None if value is None else read(value)
