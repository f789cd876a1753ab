"""Makes small editions for tests of comparing."""

from haven.engines.compare.changes import Comparison
from haven.engines.compare.clauses import Edition
from haven.engines.compare.comparing import compare
from haven.engines.compare.passages import Opened, Passage, PassageKind
from haven.engines.compare.structure import edition_of


def edition(*lines: str) -> Edition:
    """An edition of paragraphs; a line that begins with # is a heading, one with * an entry of a list."""
    return edition_of(Opened("a.txt", None, [_passage(line) for line in lines]))


def _passage(line: str) -> Passage:
    if line.startswith("#"):
        return Passage(line.lstrip("# "), PassageKind.HEADING, len(line) - len(line.lstrip("#")))
    return Passage(line.lstrip("* "), PassageKind.BULLET if line.startswith("*") else PassageKind.PARAGRAPH)


def told(comparison: Comparison) -> list[tuple[list[str], list[str], list[str]]]:
    """Of each change its kinds, and the first words of the clauses on either side."""
    return [
        (
            [kind.value for kind in change.kinds],
            [_start(c.text) for c in change.old],
            [_start(c.text) for c in change.new],
        )
        for change in comparison.changes
    ]


def changes(old: list[str], new: list[str]) -> list[tuple[list[str], list[str], list[str]]]:
    """What is told of the changes between two lists of lines."""
    return told(compare(edition(*old), edition(*new)))


def _start(text: str) -> str:
    return " ".join(text.split()[:3])
