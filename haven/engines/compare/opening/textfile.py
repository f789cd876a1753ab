"""Opens an edition that is plain text: one clause a line, or wrapped lines with or without the ends of pages."""

from haven.engines.compare.opening.furniture import paged, without_furniture
from haven.engines.compare.opening.textlines import lines_to_passages, wrap_width
from haven.engines.compare.opening.typography import plain
from haven.engines.compare.passages import Passage
from haven.engines.documents.decoding import written

_LINE_ENDS = ("\r\n", "\r", "\v", "\x85", "\u2028", "\u2029")


def passages_of(content: bytes) -> tuple[str | None, list[Passage]]:
    """What most pages have at their head, and the passages."""
    text = written(content)
    for end in _LINE_ENDS:
        if end in text:
            text = text.replace(end, "\n")
    text = plain(text).replace("\t", "    ")
    has_pages = "\f" in text.strip()
    pages = [list(map(str.rstrip, page.split("\n"))) for page in text.rstrip("\f\n ").split("\f")]
    width = wrap_width([line for page in pages for line in page])
    if width and not has_pages:
        pages = paged(pages[0])
    title = None
    if len(pages) > 1:
        pages, title = without_furniture(pages)
    return title, lines_to_passages(pages, width, text, has_pages=has_pages)
