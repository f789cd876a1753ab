"""Markings told by a column of a table: `May parents have it?` … `No`, or `Who for` … `Professionals`."""

import re

from haven.engines.documents.document import BlockKind
from haven.engines.patterns.late import late
from haven.engines.reading.items import Marking
from haven.engines.reading.who.markings import find_markings
from haven.engines.reading.who.units import Unit
from haven.engines.reading.who.vocabulary import tagged

_TAB = late(r"\t")
_GAP = late(r"\t| {2,}")
_NO = late(r"^\W*(?:no|n|not|never|[✗✘x]|(?:please )?do(?: not|n[’']?t)|rather not|none)(?:\b|$|\W)", re.IGNORECASE)
_YES = late(r"^\W*(?:yes|y|by all means|certainly|of course|[✓✔☑]|true|x)(?:\b|$|\W)|^\s*[✓✔☑]", re.IGNORECASE)
_MAY_HAVE = late(r"\b(?:parents?|carers?|famil(?:y|ies)|public|home|pupils?|everyone|anyone)\b", re.IGNORECASE)
_MAY_GO_OUT = late(
    r"\b(?:websites?|newsletters?|posters?|noticeboards?|publish\w*|shar(?:e|ed|ing|able|eable)|pass(?:ed)? on|"
    r"give(?:n)? out|circulat\w+|display\w*|forward\w*)\b",
    re.IGNORECASE,
)
_HANDLING = late(
    r"\b(?:handling|marking|marked|who (?:may|can|for|is it for|should|has|gets|to)|for whom|may be given|shar\w+|"
    r"circulation|audience|restrict\w*|access|use|users?|for|notes?|remarks?|comments?|conditions?|availability|"
    r"available to|open to|given to|give to|status|visibility|confidential\w*|caveats?|whose use)\b",
    re.IGNORECASE,
)
_NOT_HANDLING = late(r"\b(?:responsible|speak|contact for|call for|ask for|what for|for what|reason)\b", re.IGNORECASE)
_PROFESSIONALS = late(r"[d(]*(?:[WSZ]+[dj,]*)*(?:P|[WSZP]*[dj,]*W)[dj,WSZPu)|]*")
_STAFF = late(r"[d(y]*[SZ](?:[dj,SZyuB]|x(?=[SZ]))*[)|]*|[di]*i[di|]*|[dc]*c[|]*|[dr]*r[|]*")


def cover_by_column(text: str, units: list[Unit]) -> None:
    """Set the marking of the groups of every row by what its column says of it."""
    header: dict[int, str] = {}
    table: int | None = None
    for unit in units:
        is_row = unit.kind is BlockKind.CELL
        if (
            not is_row
            and table is None
            and not header
            and text.find("  ", unit.start, unit.end) < 0 > text.find("\t", unit.start, unit.end)
        ):
            continue  # neither a row nor a line set out in columns
        cells = _cells(text, unit)
        if is_row and unit.table != table:
            header, table = {column: text[a:b].strip() for column, a, b in cells}, unit.table
        elif not is_row and len(cells) > 1 and not unit.groups:
            header, table = {column: text[a:b].strip() for column, a, b in cells}, None
        elif not is_row and (len(cells) < 2 or table is not None):
            header, table = {}, None
        elif len(header) > 1 and (is_row or len(cells) == len(header)):
            _cover_row(text, unit, header, cells)


def _cells(text: str, unit: Unit) -> list[tuple[int, int, int]]:
    """The cells of a row, or of a line set out with spaces: column, start, end."""
    cells, begin = [], unit.start
    pattern = _TAB if unit.kind is BlockKind.CELL else _GAP
    for gap in pattern.finditer(text, unit.start, unit.end):
        cells.append((begin, gap.start()))
        begin = gap.end()
    cells.append((begin, unit.end))
    columns = unit.columns if len(unit.columns) == len(cells) else range(len(cells))
    return [(column, a, b) for column, (a, b) in zip(columns, cells, strict=True)]


def _cover_row(text: str, unit: Unit, header: dict[int, str], cells: list[tuple[int, int, int]]) -> None:
    for column, start, end in cells:
        head, cell = header.get(column, ""), text[start:end].strip()
        own = [g for g in unit.groups if start <= g.reaches[0].start < end]
        marking = _by_head(head) if own else _by_cell(head, cell)
        for group in own or unit.groups:
            if marking and group.marking is None and not group.is_exempt:
                group.marking, group.marking_quote = marking, cell if len(cell.split()) > 1 and not own else head


def _by_head(head: str) -> Marking | None:
    """The marking of the numbers that stand in a column: `For professionals`."""
    phrases = find_markings(head, 0, len(head))
    return None if any(p.is_public for p in phrases) else next((p.marking for p in phrases), None)


def _by_cell(head: str, cell: str) -> Marking | None:
    yes, no = bool(_YES.match(cell)), bool(_NO.match(cell))
    restricts = _by_head(head)
    if restricts:
        told = _by_words(cell) if len(cell.split()) > 1 else None
        return (told or restricts) if yes else None
    if re.search(r"\b(?:restricted|confidential|internal|private)\b", head, re.IGNORECASE):
        if no or not cell:
            return None
        return _by_words(cell) or (Marking.INTERNAL if yes else None)
    if no and _MAY_HAVE.search(head):
        return Marking.NOT_FOR_PARENTS
    if no and _MAY_GO_OUT.search(head) and len(cell.split()) < 3:
        return Marking.INTERNAL
    return _by_words(cell) if _HANDLING.search(head) and not _NOT_HANDLING.search(head) else None


def _by_words(cell: str) -> Marking | None:
    """The marking a cell states, in a sentence or as a bare audience."""
    words = tagged(cell, 0, len(cell)).letters
    phrases = find_markings(cell, 0, len(cell))
    stated = [p for p in phrases if not p.is_public]
    if stated:
        return stated[0].marking
    if phrases or any(letter in words for letter in "XAQ#"):
        return None
    if _PROFESSIONALS.fullmatch(words):
        return Marking.PROFESSIONAL_ONLY
    return Marking.INTERNAL if _STAFF.fullmatch(words) else None


def audience(words: str) -> Marking | None:
    """The marking of a bare audience or a sentence, as a key gives it: `professionals`, `may be given to parents`."""
    return _by_words(words.strip(" .;,"))
