"""Named points at which a harness ends a process, or makes it wait, to see what is lost. Unarmed they do nothing.

Nothing of Haven arms them, and no setting does: a harness starts the program itself and arms it before it begins.
"""

from collections.abc import Callable

_armed: list[Callable[[str], None]] = []


def faultpoint(name: str) -> None:
    """Pass a point of this name."""
    for passed in _armed:
        passed(name)


def arm(passed: Callable[[str], None]) -> None:
    """Have this called with the name of every point that is passed from now on, until `disarm`."""
    _armed.append(passed)


def disarm() -> None:
    """Let every point do nothing again."""
    _armed.clear()
