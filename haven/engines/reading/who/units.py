"""What a note is made of for finding contacts: blocks, whole rows of tables, and the numbers written in each."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from haven.engines.documents.document import BlockKind, Document
from haven.engines.reading.items import Marking
from haven.engines.reading.who.people import Mention, Person
from haven.engines.reading.who.reaches import Reach


@dataclass(slots=True)
class Group:
    """Numbers and addresses of one owner, as written in one place."""

    start: int
    end: int
    reaches: list[Reach]
    person: Person | None = None
    name: str | None = None
    role: str | None = None
    marking: Marking | None = None
    marking_quote: str | None = None
    is_exempt: bool = False
    is_for_outsiders: bool = False  # the number that parents are told to ring
    label: str = ""  # what its line says before the number
    section: str = ""  # the heading it stands under
    tail: str = ""  # what its line says after the number
    words: frozenset[str] | None = None  # of name, label, section and tail, once they were asked for


@dataclass(slots=True)
class Unit:
    """A block, or a whole row of a table, with the groups written in it."""

    start: int
    end: int
    kind: BlockKind
    level: int = 0
    first_block: int = 0
    last_block: int = 0
    table: int | None = None
    is_header: bool = False
    columns: list[int] = field(default_factory=list)  # of a row: which column each of its cells stands in
    groups: list[Group] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)


def units_of(document: Document) -> Iterator[Unit]:
    """The note block by block, a table row by row."""
    row: Unit | None = None
    key: tuple[int | None, int | None] | None = None
    for index, block in enumerate(document.blocks):
        if block.kind is BlockKind.NOISE:
            continue
        here = (block.table, block.row)
        if block.kind is BlockKind.CELL and row is not None and here == key:
            row.end, row.last_block = block.end, index
            row.columns.append(block.column or 0)
            row.is_header = row.is_header and block.is_header
            continue
        if row is not None:
            yield row
        row = Unit(block.start, block.end, block.kind, block.level, index, index, block.table, block.is_header)
        key = here if block.kind is BlockKind.CELL else None
        row.columns = [] if key is None else [block.column or 0]
        if key is None:
            yield row
            row = None
    if row is not None:
        yield row
