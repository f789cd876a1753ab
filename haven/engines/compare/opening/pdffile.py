"""Opens an edition that is a PDF."""

from haven.engines.apart import Begin, in_turn
from haven.engines.compare.opening.contents import without_contents
from haven.engines.compare.opening.hyphens import Joiner
from haven.engines.compare.opening.marks import depth_of, set_off
from haven.engines.compare.opening.pdflines import Line, pages_of
from haven.engines.compare.opening.pdforder import regions_of
from haven.engines.compare.opening.pdfpassages import Draft, drafts_of
from haven.engines.compare.opening.typography import plain, printable
from haven.engines.compare.passages import Passage, PassageKind

_LONGEST_HEADING = 200


def passages_of(content: bytes, begin: Begin = in_turn) -> tuple[str | None, list[Passage]]:
    """What most pages have at their head, and the passages."""
    regions, title = regions_of(pages_of(content, begin))
    drafts = drafts_of(regions)
    joiner = Joiner("\n".join(line.text for region in regions for line in region))
    passages: list[Passage] = []
    depths: list[float] = []
    levels = _levels(drafts)
    for draft in drafts:
        passage = _passage(draft, joiner, levels)
        if passage.kind is PassageKind.BULLET:
            passage.level = depth_of(draft.lines[0].x0, depths, slack=3.0)
        elif passage.kind is not PassageKind.FOOTNOTE:
            depths.clear()
        if passage.text:
            passages.append(passage)
    return title, without_contents(passages)


def _passage(draft: Draft, joiner: Joiner, levels: dict[tuple[float, bool], int]) -> Passage:
    first = draft.lines[0]
    if draft.kind is PassageKind.ROW:
        text = " | ".join(filter(None, (joiner.joined(list(map(_plain, cell))) for cell in draft.cells)))
        return Passage(text, PassageKind.ROW, page=first.page)
    text = joiner.joined([_plain(line.text) for line in draft.lines])
    kind, level = draft.kind, 0
    if kind is PassageKind.FOOTNOTE:
        text = f"{first.note} {text}" if first.note else text
    elif kind is PassageKind.HEADING:
        if len(text) > _LONGEST_HEADING or (text.endswith((".", ";", ",")) and len(text) > 60):
            kind = PassageKind.PARAGRAPH
        else:
            level = levels[_look(first)]
    elif draft.mark and draft.mark.glyph:
        text = text[len(draft.mark.glyph) :].lstrip()
    elif draft.mark:
        text = set_off(text)
    return Passage(text, kind, level, first.page, is_apart=draft.is_apart)


def _plain(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    return plain(printable(text.replace("\ufffe", "-").replace("\x02", "-")))


def _levels(drafts: list[Draft]) -> dict[tuple[float, bool], int]:
    """The level of heading that each size and weight stands for, the largest first."""
    looks = {_look(draft.lines[0]) for draft in drafts if draft.kind is PassageKind.HEADING}
    return {look: min(level, 6) for level, look in enumerate(sorted(looks, reverse=True), 1)}


def _look(line: Line) -> tuple[float, bool]:
    return round(line.size), line.is_bold
