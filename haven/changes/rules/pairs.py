"""Two files of somebody's own that are compared: how they are bundled, how long they stay, what their covers say."""

import json
import re
from collections.abc import Sequence
from datetime import date, timedelta

from haven.engines.compare.clauses import Clause, Edition
from haven.engines.documents.limits import LARGEST_FILE, MEBIBYTE

File = tuple[str, bytes]  # its name and content

LARGEST_TOGETHER = LARGEST_FILE + MEBIBYTE  # as much as one request may bring
KEPT_FOR = timedelta(hours=8)  # as long as a session
SLOW_AFTER = timedelta(minutes=3)  # since when a comparison takes longer than it should
MOST_WAITING = 20  # comparisons at one time
COVER_CLAUSES = 25  # within which a cover says which edition it is
LONGEST_LINE = 100  # letters of a line on a cover; what is longer is a paragraph
LONGEST_GUESS = 60

_NAMES = "January February March April May June July August September October November December".split()
_MONTHS = "|".join(_NAMES)
_ON_A_COVER = tuple(  # the surest first
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:{_MONTHS}) (?:19|20)\d\d\b",
        r"\bversion \d+(?:\.\d+)*\b",
        r"\b(?:first|second|third|fourth|fifth|\d+(?:st|nd|rd|th)) edition\b",
        r"\b(?:19|20)\d\d\b",
    )
)
_IN_A_NAME = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NOT_ISSUED = re.compile(r"copyright|©|\bact\b|regulations", re.IGNORECASE)


def bundled(old: File, new: File) -> bytes:
    """Both files as they are sealed."""
    head = json.dumps([[name, len(content)] for name, content in (old, new)])
    return head.encode() + b"\n" + old[1] + new[1]


def unbundled(bundle: bytes) -> tuple[File, File]:
    """The two files again."""
    head, _, contents = bundle.partition(b"\n")
    (old, length), (new, _) = json.loads(head)
    return (str(old), contents[:length]), (str(new), contents[length:])


def labels_of(old: Edition, new: Edition) -> tuple[str, str]:
    """Which editions two files are, each by its cover; by their names where the covers say the same."""
    labels = label_of(old), label_of(new)
    return labels if labels[0] != labels[1] else (_stem(old.name), _stem(new.name))


def label_of(edition: Edition) -> str:
    """Which edition a file says on its cover that it is; else what its name says."""
    cover = _cover(edition.clauses)
    found = (match for pattern in _ON_A_COVER for text in cover if (match := pattern.search(text)))
    match = next(found, None)
    if match:
        return " ".join(match[0].split())[:1].upper() + " ".join(match[0].split())[1:]
    year = _IN_A_NAME.search(edition.name)
    return year[0] if year else _stem(edition.name)


def _stem(name: str) -> str:
    """A file's name without its ending."""
    return (name.rpartition(".")[0] or name)[:LONGEST_GUESS]


def first_day(label: str) -> date | None:
    """The first day of the month that a label names: often the day from which an edition holds."""
    match = _ON_A_COVER[0].fullmatch(label)
    if match is None:
        return None
    month, year = match[0].split()
    return date(int(year), _NAMES.index(month.capitalize()) + 1, 1)


def _cover(clauses: Sequence[Clause]) -> list[str]:
    """What stands on the first page, without the lines that name other years."""
    first = [clause.text for clause in clauses[:COVER_CLAUSES] if clause.page in (None, 1)]
    return [text for text in first if len(text) <= LONGEST_LINE and not _NOT_ISSUED.search(text)]


def likeliest(label: str, labels: Sequence[str]) -> int | None:
    """The place of the label that means the same edition; none where no label or several do."""
    wanted = label.casefold()
    whole = [place for place, each in enumerate(labels) if each.casefold() == wanted]
    year = _IN_A_NAME.search(label)
    alike = whole or [place for place, each in enumerate(labels) if year and year[0] in each]
    return alike[0] if len(alike) == 1 else None
