"""Joins lines to running text, and words that were broken at the end of a line."""

from functools import cached_property
from itertools import pairwise

from haven.engines.compare.opening.typography import spaced
from haven.engines.documents.hyphens import KEEPS_HYPHEN
from haven.engines.patterns.late import late

_HYPHENS = "-\u2010\ufffe\x02"
_ENDS = tuple(f"{hyphen} " for hyphen in _HYPHENS)
_LAST = late(r"[^\W\d_]+$")
_FIRST = late(r"[^\W\d_]+")
_SERIES = frozenset({"and", "or", "to", "as"})


class Joiner:
    """Joins lines as one document does, which elsewhere shows whether a word has a hyphen."""

    def __init__(self, text: str) -> None:
        self._text = text

    def joined(self, lines: list[str]) -> str:
        """The words of lines, each without white space at its ends."""
        if len(lines) == 1:
            return spaced(lines[0])
        text = " ".join(lines)
        if "- " in text or (not text.isascii() and any(end in text for end in _ENDS)):
            text = self._whole(lines)
        return spaced(text)

    def _whole(self, lines: list[str]) -> str:
        text = ""
        for line in lines:
            if text[-1:] in _HYPHENS and text[-2:-1].isalnum() and line:
                text = self._meeting(text, line)
            else:
                text = f"{text} {line}" if text else line
        return text

    def _meeting(self, text: str, line: str) -> str:
        """Text that ends in a hyphen, and the line it goes on with."""
        last, first = _LAST.search(text[-25:-1]), _FIRST.match(line)
        if not line[0].islower() or not last or not first:
            return f"{text[:-1]}-{line}"
        head, tail = last.group().lower(), first.group()
        if tail in _SERIES:
            return f"{text[:-1]}- {line}"
        return f"{text[:-1]}{'-' if self._keeps_hyphen(head, tail) else ''}{line}"

    def _keeps_hyphen(self, head: str, tail: str) -> bool:
        is_known = head in KEEPS_HYPHEN or f"{head}-{tail}" in self._hyphenated
        return is_known and f"{head}{tail}" not in self._text

    @cached_property
    def _hyphenated(self) -> set[str]:
        """The words that are written with a hyphen within a line."""
        parts = self._text.split("-")
        pairs = pairwise(parts)
        return {f"{_last_word(a)}-{_first_word(b)}" for a, b in pairs if a[-1:].isalpha() and b[:1].isalpha()}


def _last_word(text: str) -> str:
    return text[-24:].split()[-1].lstrip("(\"'‘“").lower()


def _first_word(text: str) -> str:
    return text[:24].split()[0].rstrip(".,;:)?!\"'’”")
