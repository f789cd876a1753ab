"""What is printed before a passage: a bullet's glyph, a number, a letter; and which of them comes next."""

import re
from typing import NamedTuple

from haven.engines.patterns.late import late

_GLYPH = late(r"(?:[•·●○◦▪■□▫‣⁃∙◆◇❖►▶➢➤✓✔✗☐☑➔→\ue000-\uf8ff]\s*|[-–—*+Øü§¨]\s+|o(?:\t|\s{2,}|\s(?=[A-Z])))(?=\S)")
_NUMBER = late(
    r"(?:[\[(](?P<inner>\d{1,4})[\])]|(?P<plain>[A-Z]?\d{1,4}(?:\.\d{1,3}){0,5}[a-z]?)(?P<end>\.|\)|:)?)"
    r"(?:\s+|$|(?<=[.)])(?=[A-Z][a-z ]))"
)
_LETTER = late(r"\(?(?P<letter>[a-z]|[A-Z]|[ivxl]{1,6})[.)]\s+")
_UNSPACED = late(r"\d{1,4}(?:\.\d{1,3})*[.)](?=[A-Z][a-z ])")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}


class Mark(NamedTuple):
    """A mark before a passage and where the words begin. `parts` of '2.1.3' are (2, 1, 3), of '(c)' are (3,)."""

    words_at: int
    glyph: str = ""
    parts: tuple[int, ...] = ()
    is_letter: bool = False
    is_bare: bool = False  # a number with neither full stop nor bracket


def mark_of(text: str) -> Mark | None:
    """The mark that text begins with."""
    if text[:2].isalpha() and text[2:3].isalpha():
        return None
    if glyph := _GLYPH.match(text):
        return Mark(glyph.end(), glyph.group().strip())
    if number := _NUMBER.match(text):
        return _number(number)
    if letter := _LETTER.match(text):
        return Mark(letter.end(), parts=(_place(letter["letter"]),), is_letter=True)
    return None


def set_off(text: str) -> str:
    """Text with a blank between its number and its words, though none was printed: '12.Staff'."""
    unspaced = _UNSPACED.match(text) if text[:1].isdigit() else None
    return f"{text[: unspaced.end()]} {text[unspaced.end() :]}" if unspaced else text


def _number(found: re.Match[str]) -> Mark:
    plain, end = found["plain"], found["end"]
    if plain is None:
        return Mark(found.end(), parts=(int(found["inner"]),))
    if plain.isdigit():
        return Mark(found.end(), parts=(int(plain),), is_bare=not end)
    return Mark(found.end(), parts=tuple(map(int, plain.strip(_LETTERS).split("."))))


def _place(letter: str) -> int:
    lower = letter.lower()
    return _roman(lower) if len(lower) > 1 else ord(lower) - 96


def _roman(letters: str) -> int:
    values = [_ROMAN[letter] for letter in letters]
    return sum(-v if v < max(values[at:]) else v for at, v in enumerate(values))


class Sequence:
    """The numbers seen so far, and which may come next."""

    def __init__(self) -> None:
        self.last: tuple[int, ...] = ()
        self.letter = 0

    def is_next(self, mark: Mark) -> bool:
        """Whether a mark goes on with the numbers, begins a level below, or goes back to a level above."""
        if mark.is_letter:
            return mark.parts[0] in (self.letter + 1, 1, 9)  # 'i' is the ninth letter and the first number
        if not self.last:
            return mark.parts[-1] == 1
        parts, depth = mark.parts, len(mark.parts)
        if depth > len(self.last):
            return parts[: len(self.last)] == self.last and set(parts[len(self.last) :]) == {1}
        above = self.last[:depth]
        return parts[:-1] == above[:-1] and 0 < parts[-1] - above[-1] <= 1

    def take(self, mark: Mark) -> None:
        """Note a mark that a passage begins with."""
        if mark.is_letter:
            self.letter = mark.parts[0]
        elif mark.parts:
            self.last = mark.parts
            self.letter = 0


def depth_of(indent: float, depths: list[float], *, slack: float = 1.0) -> int:
    """How deep a bullet lies among those before it in its list, whose indents are `depths`: they are kept up."""
    while depths and depths[-1] > indent + slack:
        depths.pop()
    if not depths or indent > depths[-1] + slack:
        depths.append(indent)
    return min(len(depths), 9) - 1
