"""An edition as clauses: what a comparison sets side by side."""

from enum import StrEnum
from typing import NamedTuple

from haven.engines.compare.normal import key_of
from haven.engines.compare.records import Record


class ClauseKind(StrEnum):
    """What a clause is in its document."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    ROW = "row"
    FOOTNOTE = "footnote"


class Clause(Record):
    """One clause. `number` is as printed, without its full stop or brackets; `text` is without the number; `heading` is
    the path of headings it stands under, outermost first; `page` counts from 1."""

    __slots__ = ("_key", "heading", "kind", "number", "page", "text")

    def __init__(
        self,
        text: str,
        number: str | None = None,
        heading: tuple[str, ...] = (),
        page: int | None = None,
        kind: ClauseKind = ClauseKind.PARAGRAPH,
        known_key: str = "",
    ) -> None:
        self.text = text
        self.number = number
        self.heading = heading
        self.page = page
        self.kind = kind
        self._key = known_key

    @property
    def key(self) -> str:
        """What two clauses share that differ in typography, hyphenation and the numbers of cross-references alone. It
        is worked out when first asked for: most clauses of two editions are the same to the letter."""
        if not self._key:
            key = key_of(self.text)
            self._key = f"\0{key.casefold()}" if self.kind is ClauseKind.HEADING else key
        return self._key

    @property
    def key_of_any_kind(self) -> str:
        """The same for a heading and for what the other edition does not know for one."""
        return self.key.lstrip("\0").casefold()


class Edition(NamedTuple):
    """An edition of a document, clause by clause."""

    name: str
    title: str | None
    clauses: list[Clause]
