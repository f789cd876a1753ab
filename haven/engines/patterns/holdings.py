"""The runs of letters of which every match of a pattern holds one: where none of them stands, none need be looked for.

They are worked out from the parsed pattern, so that no match can lack them: from each of its alternatives something
that it cannot do without, the longer the better. To look for a dozen takes a microsecond, to search often ten.
"""

from collections.abc import Iterable
from itertools import product
from typing import Any

_MOST = 60  # runs; to look for more takes as long as to search
_WAYS = 24  # of writing one part that are told apart
_MEMBERS = 4  # of a set in square brackets
_REPEATS = frozenset({"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"})
_NOTHING = frozenset({"AT", "ASSERT", "ASSERT_NOT"})  # take no character


def held_by(parsed: Any) -> tuple[str, ...]:
    """The runs, in small letters; none where nothing is sure, or too much would have to be looked for."""
    runs = _held(parsed) or []
    least = {run for run in runs if not any(other != run and other in run for other in runs)}
    return tuple(sorted(least)) if len(least) <= _MOST else ()


def _held(parts: Iterable[tuple[Any, Any]]) -> list[str] | None:
    """Of each way to match parts in a row one run that it holds."""
    known: list[list[str]] = []
    row = [""]
    for operation, operand in parts:
        ways = _ways(str(operation), operand)
        if ways is not None and len(row) * len(ways) <= _WAYS:
            row = _joined(row, ways)
            continue
        known.append(row)
        row = ways or [""]
        known.append((ways is None and _within(str(operation), operand)) or [""])
    known.append(row)
    best = min(known, key=_likelihood)
    return (
        best if all(len(run) > 1 or not (run.isalnum() or run.isspace()) for run in best) and "" not in best else None
    )


def _likelihood(runs: list[str]) -> float:
    """How likely some run of these stands anywhere: each letter makes it some six times less so."""
    return float(sum(6.0 ** -len(run) for run in runs))


def _within(operation: str, operand: Any) -> list[str] | None:
    """What a part holds that can be written in more ways than are told apart."""
    if operation == "BRANCH":
        branches = [_held(branch) for branch in operand[1]]
        return None if None in branches else [run for branch in branches for run in branch or ()]
    if operation == "SUBPATTERN":
        return _held(operand[3])
    if operation == "ATOMIC_GROUP":
        return _held(operand)
    return _held(operand[2]) if operation in _REPEATS and operand[0] else None


def _ways(operation: str, operand: Any) -> list[str] | None:
    """Every way to write a part, in small letters; None where there are many, or it is not known."""
    if operation in _NOTHING:
        return [""]
    if operation in _REPEATS:
        least, most, repeated = operand
        once = _in_a_row(repeated)
        return [*once, ""] if once is not None and (least, most) == (0, 1) else None
    match operation:
        case "LITERAL":
            return _letter(operand)
        case "IN":
            is_plain = len(operand) <= _MEMBERS and all(str(kind) == "LITERAL" for kind, _ in operand)
            return _either(_letter(value) for _, value in operand) if is_plain else None
        case "BRANCH":
            return _either(_in_a_row(branch) for branch in operand[1])
        case "SUBPATTERN":
            return _in_a_row(operand[3])
        case "ATOMIC_GROUP":
            return _in_a_row(operand)
        case _:
            return None


def _letter(number: int) -> list[str] | None:
    """A character; None of a letter beyond ASCII, whose case may be ignored in several ways."""
    letter = chr(number)
    return [letter.lower()] if number < 128 or letter.lower() == letter.upper() else None


def _in_a_row(parts: Iterable[tuple[Any, Any]]) -> list[str] | None:
    row = [""]
    for operation, operand in parts:
        ways = _ways(str(operation), operand)
        if ways is None or len(row) * len(ways) > _WAYS:
            return None
        row = _joined(row, ways)
    return row


def _joined(row: list[str], ways: list[str]) -> list[str]:
    return ["".join(pair) for pair in product(row, ways)]


def _either(branches: Iterable[list[str] | None]) -> list[str] | None:
    found: list[str] = []
    for branch in branches:
        if branch is None or len(found) + len(branch) > _WAYS:
            return None
        found += branch
    return found
