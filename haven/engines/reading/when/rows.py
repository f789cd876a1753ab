"""What the rows of a table, or lines set out in columns, say about a limit: their due column, task and owner."""

import re

from haven.engines.documents.document import Block, BlockKind
from haven.engines.patterns.late import late
from haven.engines.reading.when import cues
from haven.engines.reading.when.context import Surroundings
from haven.engines.reading.when.limits import KEY
from haven.engines.reading.when.mention import Mention

_DUE_COLUMN = late(
    r"\b(?:(?:returned|submitted|received|completed|needed|required|wanted)\s+by|due|deadlines?|by\s+when|"
    r"complete(?:d)?\s+by|return\s+by|closing|completion\s+date|target(?:\s+date)?|timescales?|submit\s+by|"
    r"finish\s+by|reply\s+by|no\s+later\s+than|cut[- ]?off|"
    r"(?:last|final)\s+(?:day|date)(?:\s+(?:for|to)\b.*)?|to\s+be\s+\w+(?:\s+\w+)?\s+by|(?:submit|send|return|"
    r"reply|upload|book|register|apply|confirm|send|sign[- ]?up|"
    r"tell\s+us|answer)\s+(?:\w+\s+){0,3}by|hand(?:ed)?[- ]?in|(?:date\s+(?:for|of)\s+)?returns?\s+date|"
    r"date\s+(?:for|of)\s+(?:return|reply|submission)s?)\b|"
    r"^\W*(?:(?:date|action|needed|done|wanted|do|required)\s+)?by\W*$|^\W*(?:the\s+)?(?:latest|closes|closing)\W*$",
    re.IGNORECASE,
)
_MAYBE_DUE_COLUMN = late(
    r"^\W*(?:when|dates?|timeline|timing|finish(?:ed)?|complet(?:e|ion)|end|until|expected|before|"
    r"date\s+expected)\W*$",
    re.IGNORECASE,
)
_TASK_COLUMN = late(
    r"\b(?:actions?|returns?|tasks?|jobs?|due|wanted|needed|to\s+do|does|owed|asked|steps?|persons?|people|"
    r"owners?|responsib\w+|lead|assigned|"
    r"what\s+we\s+need|who)\b",
    re.IGNORECASE,
)
_HAPPENING_COLUMN = late(
    r"\b(?:time|venue|place|location|event|course|session|title|trainer|speaker|room)\b", re.IGNORECASE
)
_WHAT_COLUMN = late(
    r"\b(?:what|actions?|tasks?|returns?|item|document|title|description|requirement|subject|form)\b", re.IGNORECASE
)
_WHO_COLUMN = late(r"\b(?:who|owners?|responsib\w*|lead|assigned|by\s+whom|for|from|audience)\b", re.IGNORECASE)
SAYS_LAST_DAY = late(
    r"\W*(?:(?:the\s+)?(?:last|final)\s+(?:day|date|chance)\s+(?:for|to)\s+(?!term)|(?:the\s+)?(?:closing\s+date|"
    r"deadline|cut[- ]?off)\b|"
    r"[^.\n]{3,60}\b(?:closes|deadline|to\s+be\s+returned|due(?:\s+in|\s+back)?)\W*$)",
    re.IGNORECASE,
)


ACTION_LIST = late(
    r"\W*(?:[\d.]+\s+)?(?:agreed\s+)?(?:action|to[- ]do)s?(?:\s+(?:log|points?|list|notes?|agreed|arising|"
    r"summary|items?|tracker|from\b.*))?\W*",
    re.IGNORECASE,
)


def is_in_action_list(around: Surroundings, mention: Mention) -> bool:
    """Whether a day stands in a line of columns below ‘Actions’, or below headings of columns that name a limit."""
    if mention.sentence.kind is BlockKind.CELL or len(around.columns(mention.sentence)) < 2:
        return False
    title = around.section(mention.sentence)
    if title is None:
        return False
    if ACTION_LIST.fullmatch(around.words(title)):
        return True
    headings = around.columns(title)
    return any(_DUE_COLUMN.search(h) for h in headings) and any(
        _WHAT_COLUMN.search(h) or _WHO_COLUMN.search(h) for h in headings
    )


def task_column(columns: list[str]) -> str:
    """The column that says what is to be done: the first, unless it only names somebody beside longer words."""
    worded = [c for c in columns if not _CODE.fullmatch(c)] or columns
    longest = max(worded, key=len)
    return longest if len(worded[0].split()) < 3 and len(longest) > 2 * len(worded[0]) else worded[0]


def is_done(around: Surroundings, cell: Block) -> bool:
    header = around.header(cell)
    return (
        re.search(r"\b(?:status|progress|done|complete)", header, re.IGNORECASE) is not None
        and cues.DONE.search(around.cell_text(cell)) is not None
    )


def is_key_row(around: Surroundings, cells: list[Block], own: Block) -> bool:
    """A row of two cells, of which the first says that the second is a limit."""
    return own is not cells[0] and KEY.fullmatch(around.cell_text(cells[0])) is not None


def is_due_cell(around: Surroundings, cells: list[Block], own: Block) -> bool:
    """Whether the column of a cell holds days by which something is due."""
    header = around.header(own)
    if not header or header == around.cell_text(own):
        return False
    if _DUE_COLUMN.search(header):
        return True
    others = [around.header(c) for c in cells if c is not own]
    if not _MAYBE_DUE_COLUMN.match(header) or any(_HAPPENING_COLUMN.search(o) for o in others):
        return False
    return any(_TASK_COLUMN.search(o) for o in others)


def row_what(around: Surroundings, cells: list[Block], own: Block | None) -> str:
    others = [c for c in cells if c is not own and around.cell_text(c)]
    named = next((c for c in others if _WHAT_COLUMN.search(around.header(c)) and _names_task(around, c)), None)
    if named is None and len(cells) == 2 and KEY.fullmatch(around.cell_text(cells[0])):
        return around.document.title or around.cell_text(cells[0])
    likely = [c for c in others if _names_task(around, c)]
    chosen = named or next(iter(likely), None) or max(others, key=lambda c: c.end - c.start, default=None)
    return around.cell_text(chosen) if chosen else ""


_CODE = late(r"[A-Z]{0,3}[\d./-]+\W*|.*\S@\S.*", re.DOTALL)


def _names_task(around: Surroundings, cell: Block) -> bool:
    words = around.cell_text(cell)
    return len(words) > 3 and not _CODE.fullmatch(words) and not _WHO_COLUMN.search(around.header(cell))


def row_who(around: Surroundings, cells: list[Block], own: Block) -> tuple[str, ...]:
    named = next((c for c in cells if c is not own and _WHO_COLUMN.search(around.header(c))), None)
    if named is None:
        return ()
    parts = re.split(r"\s*(?:,|;|/|&|\band\b|\n)\s*", around.cell_text(named))
    return tuple(p for p in parts if p)
