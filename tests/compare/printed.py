"""Prints one made-up guidance in every form that is opened, and shows what opening makes of it."""

import textwrap
from random import Random

from haven.engines.compare.opening.editions import open_edition
from haven.engines.compare.passages import Passage
from tests.documents.opened import pdf_file

_WHO = ("Every school", "The lead", "The governing body", "A deputy", "The council", "Each college")
_DOES = ("must keep a record of", "should review", "may share", "must report", "should publish", "is to check")
_WHAT = ("each concern that staff raise", "the safeguarding policy", "the register of visitors", "what was decided")
_WHEN = ("once a term", "before the school year begins", "without delay", "in a form that can be inspected by others")
HEADINGS = ("Part one: What staff must know", "Part two: Managing safeguarding")


def guidance(clauses: int = 60, seed: int = 1) -> list[str]:
    """A heading or a numbered clause a line, the same for the same seed."""
    random = Random(seed)
    lines = []
    for number in range(1, clauses + 1):
        if number in (1, clauses // 2):
            lines.append(HEADINGS[number > 1])
        sentences = [_sentence(random) for _ in range(random.randint(1, 4))]
        lines.append(f"{number}. {' '.join(sentences)}")
    return lines


def _sentence(random: Random) -> str:
    return f"{random.choice(_WHO)} {random.choice(_DOES)} {random.choice(_WHAT)}, {random.choice(_WHEN)}."


def passages(name: str, content: str | bytes) -> list[Passage]:
    """The passages of a file."""
    return open_edition(name, content.encode() if isinstance(content, str) else content).passages


def texts(name: str, content: str | bytes) -> list[str]:
    """The words of each passage, its number before them."""
    return [f"{p.number}. {p.text}" if p.number else p.text for p in passages(name, content)]


def told(name: str, content: str | bytes) -> list[tuple[str, str]]:
    """The kind and words of each passage."""
    return [(p.kind.value, p.text) for p in passages(name, content)]


def wrapped(lines: list[str], width: int = 80, gap: bool = True) -> list[str]:
    """Lines broken at a width, paragraphs parted by a blank line."""
    return [part for line in lines for part in [*textwrap.wrap(line, width), *([""] if gap else [])]]


def paged(
    lines: list[str], *, width: int = 80, length: int = 40, head: str = "", foot: str = "Page {n} of {all}"
) -> str:
    """Wrapped lines on pages, each with its head and foot."""
    body = wrapped(lines, width)
    pages = [body[at : at + length] for at in range(0, len(body), length)]
    printed = []
    for number, page in enumerate(pages, 1):
        foot_line = foot.format(n=number, all=len(pages))
        printed.append("\n".join([*([head, ""] if head else []), *page, "", foot_line]))
    return "\f".join(printed)


def pdf_of(
    lines: list[str],
    *,
    size: float = 10,
    gap: float = 8,
    columns: int = 1,
    hang: float = 0,
    head: str = "",
    foot: str = "",
) -> bytes:
    """A PDF of lines, set ragged in Helvetica; numbers hang before their paragraph by `hang` points."""
    width = (495 - 20 * (columns - 1)) / columns
    pages: list[list[tuple[float, float, float, str]]] = [[]]
    y, column = 780.0, 0
    for line in lines:
        number, _, words = line.partition(" ") if hang and line[0].isdigit() else ("", "", line)
        for at, part in enumerate(textwrap.wrap(words, int((width - hang) / (size * 0.5)))):
            if y < 60:
                y, column = 780.0, column + 1
            if column == columns:
                pages.append([])
                column = 0
            x = 50 + column * (width + 20)
            if number and not at:
                pages[-1].append((x, y, size, number))
            pages[-1].append((x + hang, y, size, part))
            y -= size * 1.3
        y -= gap
    for number, page in enumerate(pages, 1):
        page[:0] = [(50, 815, 8, head)] if head else []
        page += [(50, 30, 8, foot.format(n=number, all=len(pages)))] if foot else []
    return pdf_file(pages)
