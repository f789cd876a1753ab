"""Reads tables of actions: what, who, by when, and whether it is done."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from haven.engines.documents.document import Block, BlockKind, Document
from haven.engines.patterns.late import late

_TASK = late(
    r"^\W*(?:(?:agreed |key )?(?:actions?|tasking)(?: (?:points?|agreed|required|needed|item))?|"
    r"tasks?|jobs?|what(?: (?:is|we|needs?|do|you|to do).*)?|returns?|items?|duty|duties|requirements?|"
    r"to do|activity|document|form|"
    r"what needs (?:doing|to be done)|ask|request)\W*$",
    re.IGNORECASE,
)
_CERTAIN_TASK = late(r"\b(?:actions?|tasks?|jobs?|returns?|duty|duties|to do|required?)\b", re.IGNORECASE)
_OWNER = late(r"\b(?:owners?|who|by whom|responsib\w*|leads?|assigned|for whom|name|allocated|person)\b", re.IGNORECASE)
_WHEN = late(
    r"\b(?:due|when|by|deadlines?|dates?|how often|every|frequency|timescales?|target|status|progress|"
    r"complete[d]? by|timing)\b",
    re.IGNORECASE,
)
_HAPPENING = late(
    r"\b(?:times?|venue|place|location|trainer|speaker|course|session|event|cost|price|room|teacher)\b", re.IGNORECASE
)
_POST = late(r"^\W*jobs?\W*$", re.IGNORECASE)
_OF_PEOPLE = late(r"\b(?:names?|phones?|telephone|e-?mails?|numbers?|tel|contact|reach)\b", re.IGNORECASE)
_DONE = late(
    r"^\W*(?:done|completed?|closed|actioned|discharged|achieved|finished|no longer needed|✓|✔)(?:\b|$|\W)",
    re.IGNORECASE,
)
_NOBODY = late(r"^\W*(?:n/?a|tbc|none)?\W*$", re.IGNORECASE)
_GAP = late(r"[ \u00a0]{2,}|\t+")
_LONGEST_LINE = 200
_LONGEST_HEAD = 40
_BETWEEN = late(r"\s*(?:,|/|\+|&|;|\band\b|\bor\b)\s*")

Row = list[tuple[int, Block]]


@dataclass(frozen=True, slots=True)
class Task:
    """A live row of a table of actions: where its task is written, who owns it, and the words that say when."""

    start: int
    end: int
    who: tuple[str, ...]
    when: str


def tasks_of(document: Document) -> dict[int, Task | None]:
    """By the first block of each row in a table of actions: its task, or None where the row is done, a heading, or
    bare."""
    found: dict[int, Task | None] = dict(_aligned(document))
    for rows in rows_of_tables(document):
        header = rows[0]
        columns = _columns(document.text, header)
        if columns is None:
            continue
        for row in rows:
            index = row[0][0]
            found[index] = None if row is header else _task(document.text, [block for _, block in row], columns)
    return found


def _aligned(document: Document) -> Iterator[tuple[int, Task | None]]:
    """Tables written with spaces or tabs: a line of column heads, and the lines under it with as many columns."""
    columns: dict[str, int] | None = None
    width = 0
    for index, block in enumerate(document.blocks):
        if block.kind in (BlockKind.CELL, BlockKind.NOISE) or block.end - block.start > _LONGEST_LINE:
            columns = None
            continue
        cells = _cells(document.text, block)
        heads = _columns_of({at: document.text[a:b] for at, (a, b) in enumerate(cells)}) if len(cells) > 1 else None
        if heads is not None:
            columns, width = heads, len(cells)
            yield index, None
        elif (
            columns is not None
            and block.kind is not BlockKind.HEADING
            and len(cells) in (width, width - 1)
            and len(cells) > 1
        ):
            yield index, _aligned_task(document.text, cells, columns)
        else:
            columns = None


def _cells(text: str, block: Block) -> list[tuple[int, int]]:
    cells, begin = [], block.start
    for gap in _GAP.finditer(text, block.start, block.end):
        cells.append((begin, gap.start()))
        begin = gap.end()
    return [(a, b) for a, b in (*cells, (begin, block.end)) if a < b]


def _aligned_task(text: str, cells: list[tuple[int, int]], columns: dict[str, int]) -> Task | None:
    words = {at: text[a:b].strip() for at, (a, b) in enumerate(cells)}
    if columns["task"] >= len(cells) or any(_DONE.match(w) for at, w in words.items() if at != columns["task"]):
        return None
    who = words.get(columns.get("owner", -1), "")
    start, end = cells[columns["task"]]
    return Task(start, end, _owners(who), words.get(columns.get("when", -1), ""))


def _owners(named: str) -> tuple[str, ...]:
    return tuple(name for name in _BETWEEN.split(named) if name and not _NOBODY.match(name))


def rows_of_tables(document: Document) -> Iterator[list[Row]]:
    """The rows of each table, as the cells of each with the places of their blocks."""
    rows: list[Row] = []
    table: int | None = None
    for index, block in enumerate(document.blocks):
        if block.kind is not BlockKind.CELL:
            continue
        if block.table != table:
            if rows:
                yield rows
            rows, table = [], block.table
        if rows and rows[-1][0][1].row == block.row:
            rows[-1].append((index, block))
        else:
            rows.append([(index, block)])
    if rows:
        yield rows


def _columns(text: str, header: Row) -> dict[str, int] | None:
    """Which column holds the task, the owner and the time; None where the table is of something else."""
    return _columns_of({block.column or 0: text[block.start : block.end].strip() for _, block in header})


def _columns_of(heads: dict[int, str]) -> dict[str, int] | None:
    if len(heads) < 2 or any(len(head) > _LONGEST_HEAD for head in heads.values()):
        return None
    tasks = [column for column, head in heads.items() if _TASK.match(head)]
    task = next((column for column in tasks if _CERTAIN_TASK.search(heads[column])), next(iter(tasks), None))
    if task is None or (_POST.match(heads[task]) and any(_OF_PEOPLE.search(head) for head in heads.values())):
        return None
    others = {column: head for column, head in heads.items() if column != task}
    owner = next((column for column, head in others.items() if _OWNER.search(head)), None)
    when = next((column for column, head in others.items() if _WHEN.search(head) and column != owner), None)
    if (owner is None and when is None) or any(_HAPPENING.search(head) for head in others.values()):
        return None
    if (
        not _CERTAIN_TASK.search(heads[task])
        and (owner is None or when is None)
        and not re.search(r"how often|due|by|deadline", heads.get(when or 0, ""), re.IGNORECASE)
    ):
        return None
    return (
        {"task": task} | ({"owner": owner} if owner is not None else {}) | ({"when": when} if when is not None else {})
    )


def _task(text: str, row: list[Block], columns: dict[str, int]) -> Task | None:
    cells = {block.column or 0: block for block in row}
    task = cells.get(columns["task"])
    if task is None or len(row) < 2 or not any(map(str.isalpha, text[task.start : task.end])):
        return None
    if any(_DONE.match(text[block.start : block.end]) for column, block in cells.items() if column != columns["task"]):
        return None
    owner, when = cells.get(columns.get("owner", -1)), cells.get(columns.get("when", -1))
    named = text[owner.start : owner.end].strip() if owner else ""
    return Task(task.start, task.end, _owners(named), text[when.start : when.end].strip() if when else "")
