"""An edition as clauses: what a comparison sets side by side."""

from dataclasses import dataclass, field
from enum import StrEnum

from haven.engines.compare.normal import key_of


class ClauseKind(StrEnum):
    """What a clause is in its document."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    ROW = "row"
    FOOTNOTE = "footnote"


@dataclass(slots=True)
class Clause:
    """One clause. `number` is as printed, without its full stop or brackets; `text` is without the number; `heading` is
    the path of headings it stands under, outermost first; `page` counts from 1."""

    text: str
    number: str | None = None
    heading: tuple[str, ...] = ()
    page: int | None = None
    kind: ClauseKind = ClauseKind.PARAGRAPH
    known_key: str = field(default="", compare=False, repr=False)

    @property
    def key(self) -> str:
        """What two clauses share that differ in typography, hyphenation and the numbers of cross-references alone. It
        is worked out when first asked for: most clauses of two editions are the same to the letter."""
        if not self.known_key:
            key = key_of(self.text)
            self.known_key = f"\0{key.casefold()}" if self.kind is ClauseKind.HEADING else key
        return self.known_key

    @property
    def key_of_any_kind(self) -> str:
        """The same for a heading and for what the other edition does not know for one."""
        return self.key.lstrip("\0").casefold()


@dataclass(slots=True)
class Edition:
    """An edition of a document, clause by clause."""

    name: str
    title: str | None
    clauses: list[Clause]
