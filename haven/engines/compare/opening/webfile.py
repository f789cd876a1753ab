"""Opens an edition that is a web page."""

from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from haven.engines.compare.opening.contents import without_contents
from haven.engines.compare.opening.marks import mark_of, set_off
from haven.engines.compare.opening.titles import reads_as_heading
from haven.engines.compare.opening.typography import plain, printable
from haven.engines.compare.passages import Passage, PassageKind
from haven.engines.documents.hidden import is_hidden, struck_by_style, unseen_names
from haven.engines.documents.tables import is_laid_out
from haven.engines.documents.webpage import decoded_page

_LEFT_OUT = (
    "script, style, template, noscript, svg, math, object, embed, iframe, canvas, audio, video, select, button, map, "
    "datalist, textarea, input, rp, rt, colgroup, del, s, strike, nav, footer, dialog:not([open]), [aria-hidden=true], "
    "[role=navigation], [role=search], [role=contentinfo], [role=doc-toc], .visually-hidden, .govuk-visually-hidden, "
    ".sr-only, .govuk-skip-link, a.headerlink, a.self-link, [id*=cookie-banner], [class*=cookie-banner]"
)
_NOTES = "[role=doc-endnotes] li, [role=doc-endnote], [role=doc-footnote], .footnotes li, aside.footnote"
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_LISTS = frozenset({"ul", "ol", "menu", "dir"})
_BLOCKS = frozenset(
    """address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu ol p pre section summary table tbody td
    tfoot th thead tr ul""".split()
)
_LONGEST_NUMBER = 12
_DEEPEST = 150
_MOST_OF_IT = 0.5


def passages_of(content: bytes) -> tuple[str | None, list[Passage]]:
    """The page's title and its passages."""
    return page_passages(decoded_page(content))


def page_passages(html: str) -> tuple[str | None, list[Passage]]:
    """The title and the passages of a page: what a reader sees of its text, without what leads round the site."""
    tree = LexborHTMLParser(html)
    body = tree.body or tree.root
    if body is None:
        return None, []
    titled = tree.css_first("head > title")
    title = _words(titled.text()) if titled else None
    _leave_out(tree)
    main = body.css_first("main, [role=main]")
    writer = _Writer({node.mem_id for node in body.css(_NOTES)})
    writer.walk(main if main is not None and _is_most(main, body) else body, 0)
    writer.flush()
    return title or None, without_contents(writer.passages)


def _leave_out(tree: LexborHTMLParser) -> None:
    """Take out of the tree what is not seen, or is not of the text."""
    unseen = unseen_names("\n".join(node.text() for node in tree.css("style")))
    for node in tree.css(_LEFT_OUT):
        node.decompose()
    for node in tree.css("[style], [hidden]"):
        if is_hidden(node.attributes, frozenset()) or struck_by_style(node.attributes.get("style")):
            node.decompose()
    for name in unseen:
        for node in tree.css(name):
            node.decompose()
    for node in tree.css("header, [role=banner]"):
        if node.css_first("h1, h2") is None:
            node.decompose()
    for node in tree.css("sup"):
        if node.text().strip("[]() \n").isdigit():
            node.decompose()
    for node in tree.css("br"):
        node.replace_with(" ")


def _is_most(main: LexborNode, body: LexborNode) -> bool:
    return len(main.text()) >= _MOST_OF_IT * len(body.text())


@dataclass(slots=True)
class _Entry:
    """An entry of a list that begins, until its first words are written."""

    depth: int
    number: str | None
    is_paragraph: bool


class _Writer:
    """Writes passages on one walk over a page."""

    def __init__(self, notes: set[int]) -> None:
        self._notes = notes
        self._inline: list[str] = []
        self._entry: _Entry | None = None
        self._depth = -1
        self._is_note = False
        self.passages: list[Passage] = []

    def walk(self, parent: LexborNode, deep: int) -> None:
        """Write what stands in an element."""
        for node in parent.iter(include_text=True):
            tag = node.tag or ""
            if tag == "-text":
                self._inline.append(node.text_content or "")
            elif tag not in _BLOCKS:
                if deep < _DEEPEST and _holds_blocks(node):
                    self.walk(node, deep + 1)
                else:
                    self._inline.append(node.text())
            else:
                self.flush()
                self._block(node, tag, deep)

    def _block(self, node: LexborNode, tag: str, deep: int) -> None:
        was_note = self._is_note
        self._is_note = was_note or node.mem_id in self._notes
        if tag in _HEADINGS:
            self._write(Passage(_words(node.text()), PassageKind.HEADING, _HEADINGS[tag]))
        elif tag in ("p", "pre", "dt") or deep >= _DEEPEST:
            self._paragraph(node)
        elif tag == "table" and not is_laid_out(node):
            self._table(node)
        elif tag in _LISTS:
            self._list(node, deep)
        else:
            self.walk(node, deep + 1)
            self.flush()
        self._is_note = was_note

    def _paragraph(self, node: LexborNode) -> None:
        """Write a paragraph; a number in an element of its own is set off from the words, and one in bold may be a
        heading."""
        text, first = node.text(), node.child
        if first is not None and first.tag != "-text":
            own = first.text()
            if first.next is None and first.tag in ("b", "strong") and reads_as_heading(text.strip()):
                self._write(Passage(_words(text), PassageKind.HEADING))
                return
            if len(own) < _LONGEST_NUMBER and mark_of(f"{own} x"):
                text = f"{own} {text[len(own) :]}"
        self._inline.append(text)
        self.flush()

    def _list(self, parent: LexborNode, deep: int) -> None:
        self._depth += 1
        numbers = _Numbers(parent)
        for node in parent.iter():
            if node.tag != "li":
                self._block(node, node.tag or "", deep + 1)
                continue
            number = numbers.next(node)
            self._entry = _Entry(self._depth, number, number is not None and self._depth == 0)
            self._is_note, was_note = self._is_note or node.mem_id in self._notes, self._is_note
            self.walk(node, deep + 1)
            self.flush()
            self._entry, self._is_note = None, was_note
        self._depth -= 1

    def _table(self, table: LexborNode) -> None:
        for caption in table.css("caption"):
            self._write(Passage(_words(caption.text())))
        for row in table.css("tr"):
            cells = [_words(_spread(cell)) for cell in row.iter() if cell.tag in ("td", "th")]
            self._write(Passage(" | ".join(filter(None, cells)), PassageKind.ROW))

    def flush(self) -> None:
        """Write the words gathered since the last block as a passage."""
        if not self._inline:
            return
        text = _words("".join(self._inline))
        self._inline.clear()
        if text:
            self._write(self._passage(text))

    def _passage(self, text: str) -> Passage:
        entry, self._entry = self._entry, None
        mark = mark_of(text)
        if self._is_note:
            return Passage(text, PassageKind.FOOTNOTE, number=entry.number if entry else None)
        if mark and mark.glyph:
            return Passage(text[mark.words_at :], PassageKind.BULLET, entry.depth if entry else 0)
        if mark:
            text = set_off(text)
        if entry is None:
            return Passage(text, PassageKind.BULLET if mark and mark.is_letter else PassageKind.PARAGRAPH)
        number = None if mark else entry.number
        if entry.is_paragraph:
            return Passage(text, number=number)
        return Passage(text, PassageKind.BULLET, entry.depth, number=number)

    def _write(self, passage: Passage) -> None:
        if passage.text:
            self.passages.append(passage)


class _Numbers:
    """The numbers of a list's entries as a page shows them."""

    def __init__(self, parent: LexborNode) -> None:
        attributes = parent.attributes
        style = (attributes.get("style") or "").replace(" ", "").lower()
        plain_type = (attributes.get("type") or "1") == "1" and "list-style:none" not in style
        self._is_shown = parent.tag == "ol" and plain_type and "list-style-type:" not in style
        self._step = -1 if "reversed" in attributes else 1
        entries = sum(node.tag == "li" for node in parent.iter()) if self._step < 0 else 1
        self._last = _whole(attributes.get("start"), entries) - self._step

    def next(self, entry: LexborNode) -> str | None:
        """The number of the next entry, if one is shown."""
        self._last = _whole(entry.attributes.get("value"), self._last + self._step)
        return str(self._last) if self._is_shown else None


def _holds_blocks(node: LexborNode) -> bool:
    return any(
        (child.tag or "") in _BLOCKS or (child.child is not None and _holds_blocks(child)) for child in node.iter()
    )


def _spread(cell: LexborNode) -> str:
    """The words of a cell, its blocks parted by blanks."""
    if not any(child.tag in _BLOCKS for child in cell.iter()):
        return cell.text()
    return " ".join(
        node.text() if node.tag != "-text" else node.text_content or "" for node in cell.iter(include_text=True)
    )


def _words(text: str) -> str:
    return printable(" ".join(plain(text).split()))


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.removeprefix("-").isdecimal() and text.isascii() and len(text) < 7 else otherwise
