"""The characters with which a match of a pattern may begin, told to the machine that searches.

It passes over other places ten times as fast. Python tells it so only of patterns that begin with a plain character,
not after `\\b`, nor where case is ignored, which is most of ours. A character too many costs a little time, one too few
would lose a match: so all beyond ASCII are always among them, and what is not understood here may begin with anything.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import import_module
from typing import Any

_ASCII = [chr(number) for number in range(128)]
_ANY = (1 << 128) - 1  # a set of ASCII characters is a number with a bit for each
_FOLDED = "IKSiks"  # the letters that a character beyond ASCII (ſ, the Kelvin sign, ı) is where case is ignored
_MACHINE = 20220615  # the form of code, as the machine names it, whose head is known here
_EMPTY_HEAD = 4  # words of a head that tells only how long a match is
_HAS_SET = 4  # the mark of a head that ends in a set of characters
_NOTHING = frozenset({"AT", "ASSERT", "ASSERT_NOT"})  # take no character
_REPEATS = frozenset({"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"})


def with_beginnings(parsed: Any, flags: int, code: list[int]) -> list[int]:
    """The code of a parsed pattern, its head telling with which characters a match may begin."""
    known = import_module("re._constants")
    if known.MAGIC != _MACHINE or code[:3] != [known.INFO, _EMPTY_HEAD, 0] or flags & re.LOCALE:
        return code
    may_begin, is_maybe_empty = _first(parsed, flags)
    if is_maybe_empty or may_begin == _ANY:
        return code
    cannot = [(~may_begin & _ANY) >> shift & 0xFFFFFFFF for shift in range(0, 128, 32)]
    told = [int(known.NEGATE), int(known.CHARSET), *cannot, 0, 0, 0, 0, int(known.FAILURE)]
    return [code[0], _EMPTY_HEAD + len(told), _HAS_SET, *code[3 : 1 + _EMPTY_HEAD], *told, *code[1 + _EMPTY_HEAD :]]


def _first(parts: Iterable[tuple[Any, Any]], flags: int) -> tuple[int, bool]:
    """The characters that parts in a row may begin with, and whether they may take none at all."""
    found = 0
    for operation, operand in parts:
        characters, is_maybe_empty = _of_part(str(operation), operand, flags)
        found |= characters
        if not is_maybe_empty:
            return found, False
    return found, True


def _of_part(operation: str, operand: Any, flags: int) -> tuple[int, bool]:
    if operation in _NOTHING:
        return 0, True
    if operation in _REPEATS:
        least, _, repeated = operand
        found, is_maybe_empty = _first(repeated, flags)
        return found, is_maybe_empty or least == 0
    match operation:
        case "LITERAL":
            return _set_of([("LITERAL", operand)], flags), False
        case "IN":
            return _set_of([(str(kind), value) for kind, value in operand], flags), False
        case "BRANCH":
            branches = [_first(branch, flags) for branch in operand[1]]
            return _union(found for found, _ in branches), any(is_maybe_empty for _, is_maybe_empty in branches)
        case "SUBPATTERN":
            _, added, taken, inner = operand
            return _first(inner, (flags | added) & ~taken)
        case "ATOMIC_GROUP":
            return _first(operand, flags)
        case _:
            return _ANY, True


def _set_of(members: Sequence[tuple[str, Any]], flags: int) -> int:
    """The characters of a set in square brackets."""
    is_negated = members[0][0] == "NEGATE"
    found = _union(_of_member(kind, value, flags) for kind, value in members[is_negated:])
    if is_negated:
        return _ANY if flags & re.IGNORECASE else _ANY & ~found
    return found


def _of_member(kind: str, value: Any, flags: int) -> int:
    if kind == "CATEGORY":
        return _of_category(str(value))
    if kind not in {"LITERAL", "RANGE"}:
        return _ANY
    low, high = (value, value) if kind == "LITERAL" else value
    plain = "".join(_ASCII[low : high + 1])
    if not flags & re.IGNORECASE:
        return _bits(plain)
    return _bits(plain.lower() + plain.upper() + (_FOLDED if high > 127 else ""))


@cache
def _of_category(name: str) -> int:
    opposite = name.startswith("CATEGORY_NOT_")
    kind = name.removeprefix("CATEGORY_").removeprefix("NOT_")
    if kind not in _CATEGORIES:
        return _ANY
    found = _bits(character for character in _ASCII if _CATEGORIES[kind].match(character))
    return _ANY & ~found if opposite else found


_CATEGORIES = {"DIGIT": re.compile(r"\d"), "SPACE": re.compile(r"\s"), "WORD": re.compile(r"\w")}


def _bits(characters: Iterable[str]) -> int:
    return _union(1 << ord(character) for character in characters)


def _union(sets: Iterable[int]) -> int:
    union = 0
    for found in sets:
        union |= found
    return union
