"""Makes an edition of what was opened: its clauses, each under its headings."""

from haven.engines.compare.clauses import Clause, ClauseKind, Edition
from haven.engines.compare.numbering import taken_off
from haven.engines.compare.passages import Opened, Passage, PassageKind

_KINDS = {kind: ClauseKind(kind.value) for kind in PassageKind}
_FEWEST_BELOW = 3  # headings, for the first to be the title of the rest
_OUTER = ("Part", "Chapter", "Annex", "Appendix", "Schedule")


def edition_of(opened: Opened) -> Edition:
    """The edition as clauses. A heading is a clause too, and stands on the path of those below it."""
    path: list[tuple[int, str]] = []
    clauses: list[Clause] = []
    above: tuple[str, ...] = ()
    title = _title(opened.passages)
    for passage, number, text in taken_off(opened.passages):
        is_heading = passage.kind is PassageKind.HEADING
        if is_heading:
            level = _level(passage, number)
            path = [step for step in path if step[0] < level]
            above = tuple(title for _, title in path)
        clauses.append(Clause(text, number, above, passage.page, _KINDS[passage.kind]))
        if is_heading and passage.text != title:
            path.append((level, passage.text))
            above = (*above, passage.text)
    return Edition(opened.name, opened.title, clauses)


def _title(passages: list[Passage]) -> str | None:
    """The heading that is the document's own: the first, where all others stand below it."""
    headings = [passage for passage in passages if passage.kind is PassageKind.HEADING]
    if len(headings) < _FEWEST_BELOW or not headings[0].level:
        return None
    return headings[0].text if all(other.level > headings[0].level for other in headings[1:]) else None


def _level(passage: Passage, number: str | None) -> int:
    """How deep a heading stands, by what the file says or else by its number."""
    if passage.level:
        return passage.level
    if passage.text.startswith(_OUTER):
        return 1
    return 2 + number.count(".") if number and number[0].isdigit() else 2
