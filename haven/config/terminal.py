"""What the engines' commands share: files that are named, what is printed, and progress where somebody watches."""

import os
import sys
from collections.abc import Callable
from importlib import import_module
from typing import TypeVar

from haven.engines.documents.refusal import Unreadable

T = TypeVar("T")


def content_of(file: str, largest: int) -> bytes:
    """The bytes of a file, and no more than one beyond what is allowed. Raises Unreadable, which names it."""
    try:
        with open(file, "rb") as opened:
            return opened.read(largest + 1)
    except FileNotFoundError:
        raise Unreadable("there is no such file; check the name and the folder", file) from None
    except IsADirectoryError:
        raise Unreadable("it is a folder; name one file in it", file) from None
    except PermissionError:
        raise Unreadable("you may not open it; ask its owner for the right to read it", file) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise Unreadable(f"it cannot be opened ({reason}); check the name", file) from None


def print_bytes(written: bytes) -> None:
    """Write to standard output; where nobody reads any more, that is no fault. Raises OSError where it cannot be."""
    sys.stdout.flush()
    try:
        sys.stdout.buffer.write(written)
        sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left to write goes nowhere
        if not isinstance(error, BrokenPipeError):
            raise


def with_progress(work: Callable[[], T], doing: str) -> T:
    """Do the work; where somebody watches and it lasts, show that it goes on."""
    if not sys.stderr.isatty():
        return work()
    watched = import_module("haven.config.watched").watched
    done: T = watched(work, printable(doing))
    return done


def printable(text: str) -> str:
    """The text on one line, without anything that could move a terminal's cursor."""
    return "".join(c if c.isprintable() else "\ufffd" for c in text.encode("utf-8", "replace").decode("utf-8"))
