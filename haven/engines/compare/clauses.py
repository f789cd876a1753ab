"""An edition as clauses: what a comparison sets side by side."""

from dataclasses import dataclass, field
from enum import StrEnum


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
    key: str = field(default="", compare=False)  # what two clauses share that differ in typography alone


@dataclass(slots=True)
class Edition:
    """An edition of a document, clause by clause."""

    name: str
    title: str | None
    clauses: list[Clause]
