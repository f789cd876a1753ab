"""The headings of a document's tables."""

from collections.abc import Mapping

from haven.engines.reading.document import BlockKind, Document


def column_headings(document: Document) -> Mapping[tuple[int, int], str]:
    """(table, column) → the words at the head of that column."""
    headings: dict[tuple[int, int], str] = {}
    first_rows: dict[int, int] = {}
    for block in document.blocks:
        if block.kind is not BlockKind.CELL or block.table is None or block.column is None or block.row is None:
            continue
        first = first_rows.setdefault(block.table, block.row)
        if block.row == first:
            headings.setdefault((block.table, block.column), document.text[block.start : block.end].strip())
    return headings
