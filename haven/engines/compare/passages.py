"""What opening an edition hands on: its passages in reading order, whatever kind of file it was."""

from enum import StrEnum
from typing import NamedTuple

from haven.engines.compare.records import Record


class PassageKind(StrEnum):
    """What a passage is in its document."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    BULLET = "bullet"  # of a list, numbered or not; its glyph is left out, its number or letter is not
    ROW = "row"  # of a table: its cells parted by " | "
    FOOTNOTE = "footnote"


class Passage(Record):
    """A paragraph, heading, list entry or table row, whole: wrapped lines joined, furniture of pages left out.

    `text` keeps the number that is printed before it ("12. Staff must …"), unless the file holds numbers apart from
    the words, as Word does: then `number` has it. `text` has single spaces, no soft hyphens and no ligatures, and
    otherwise the typography that was printed."""

    __slots__ = ("is_apart", "kind", "level", "number", "page", "text")

    def __init__(
        self,
        text: str,
        kind: PassageKind = PassageKind.PARAGRAPH,
        level: int = 0,  # of a heading 1–6, or 0 where the file does not say; of a bullet its depth from 0
        page: int | None = None,  # from 1, where the file has pages
        number: str | None = None,  # as printed, without its full stop or brackets
        is_apart: bool = True,  # stands on lines of its own, parted by space or mark-up; False: only its number says so
    ) -> None:
        self.text = text
        self.kind = kind
        self.level = level
        self.page = page
        self.number = number
        self.is_apart = is_apart

    def saying(self, text: str) -> "Passage":
        """The same passage with other words."""
        return Passage(text, self.kind, self.level, self.page, self.number, self.is_apart)


class Opened(NamedTuple):
    """An edition as opened: its title, if the file tells one, and its passages."""

    name: str
    title: str | None
    passages: list[Passage]
