"""Reads HTML: what a reader would see, as headings, paragraphs, bullets and cells."""

import re
from dataclasses import dataclass, field, replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from haven.engines.documents.decoding import decoded
from haven.engines.documents.document import Block, BlockKind, Document
from haven.engines.documents.hidden import is_hidden, struck_by_style, unseen_names
from haven.engines.documents.plaintext import text_blocks
from haven.engines.documents.scribe import Piece, Scribe
from haven.engines.documents.tables import Cell, is_laid_out, write_table
from haven.engines.documents.weblinks import behind
from haven.engines.patterns.late import late

_SKIPPED = frozenset(
    """script style head template noscript svg math object embed iframe canvas audio video select button datalist map
    title meta link textarea rp rt colgroup""".split()
)
_STRUCK = frozenset({"s", "strike", "del"})
_BLOCKS = frozenset(
    """address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre section summary table tbody td tfoot
    th thead tr ul""".split()
)
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_LISTS = frozenset({"ul", "ol", "menu", "dir"})
_LINE_ENDS = dict.fromkeys(map(ord, "\n\r\t\f\v"), " ")
_LONGEST_HEADING = 200
_ATTRIBUTE = late(r"\s+")
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{1,40})", re.IGNORECASE)


def open_webpage(name: str, content: bytes) -> Document:
    """A web page, or the HTML that a mail program or a word processor saved."""
    scribe = Scribe()
    title = write_page(scribe, decoded_page(content))
    return scribe.document(name, "text/html", title)


def decoded_page(content: bytes) -> str:
    """The text of a page's bytes, in the encoding that they or the page itself tell."""
    return decoded(_as_declared(content))


def _as_declared(content: bytes) -> bytes:
    """Bytes that are neither UTF-8 nor marked, put into UTF-8 from the encoding that the page names."""
    named = _CHARSET.search(content[:4096])
    if (
        not named
        or content[:2] in (b"\xff\xfe", b"\xfe\xff")
        or named.group(1).lower() in (b"utf-8", b"utf8", b"utf-16")
    ):
        return content
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        try:
            return content.decode(named.group(1).decode("ascii"), errors="replace").encode()
        except (LookupError, UnicodeError):
            return content
    return content


def write_page(scribe: Scribe, html: str) -> str | None:
    """Write what a page shows, and give back its title."""
    tree = LexborHTMLParser(html)
    if tree.root is None:
        return None
    titled = tree.css_first("head > title")
    unseen = unseen_names("\n".join(node.text() for node in tree.css("style")))
    body = tree.body or tree.root
    _Page(scribe, unseen).walk(body)
    return _ATTRIBUTE.sub(" ", titled.text()).strip() or None if titled else None


@dataclass(slots=True)
class _Style:
    """What holds for the words inside an element."""

    url: str | None = None
    is_struck: bool = False
    like: Block = field(default_factory=lambda: Block(0, 0))
    depth: int = -1  # of lists
    is_heading: bool = False
    cells: list[Cell] | None = None  # of the table that the words stand in


class _Page:
    """One walk over a page. It keeps its own stack, so that deep nesting cannot overrun Python's."""

    def __init__(self, scribe: Scribe, unseen: frozenset[str]) -> None:
        self._scribe = scribe
        self._unseen = unseen
        self._pieces: list[Piece] = []
        self._stack: list[tuple[LexborNode, _Style]] = []
        self._style = _Style()
        self._gap = "\n\n"
        self._row = -1
        self._in_article = 0

    def walk(self, root: LexborNode) -> None:
        node: LexborNode | None = root.child
        while node is not None or self._stack:
            if node is None:
                self._style, node = self._leave()
                continue
            below = self._enter(node)
            node = below if below is not None else node.next
        self._flush()

    def _enter(self, node: LexborNode) -> LexborNode | None:
        """Take in a node; its first child where the walk should go down into it."""
        tag = node.tag or "-"
        if tag == "-text":
            self._pieces.append(Piece(_spaced(node.text_content or ""), self._style.url, self._style.is_struck))
            return None
        if tag in _SKIPPED or tag[0] in "-!?":
            return None
        attributes = node.attributes
        if attributes and is_hidden(attributes, self._unseen):
            return None
        if tag == "br":
            self._line_break()
        elif tag == "img":
            self._picture(attributes)
        elif tag == "pre":
            self._preformatted(node)
            return None
        child = node.child
        if child is None:
            if tag in _BLOCKS:
                self._flush() if tag not in ("td", "th") else self._cell(node)
            return None
        self._stack.append((node, self._style))
        self._style = self._styled(tag, attributes, node)
        return child

    def _leave(self) -> tuple[_Style, LexborNode | None]:
        node, outer = self._stack.pop()
        tag = node.tag
        if self._style.cells is not None:
            if tag == "caption":
                self._caption()
            elif tag in ("td", "th", "tr", "table"):
                self._pieces = []
        if tag in _BLOCKS:
            self._flush()
        if tag == "table" and self._style.cells is not None and outer.cells is None:
            write_table(self._scribe, self._style.cells, self._style.like)
        if tag in _LISTS:
            self._gap = "\n\n"
        return outer, node.next

    def _styled(self, tag: str, attributes: dict[str, str | None], node: LexborNode) -> _Style:
        style = replace(self._style)
        if tag == "a":
            style.url = behind(attributes.get("href")) or style.url
        elif tag in _STRUCK:
            style.is_struck = True
        if attributes and struck_by_style(attributes.get("style")):
            style.is_struck = True
        if tag not in _BLOCKS:
            return style
        if style.cells is not None:
            self._inside_cells(tag, node)
            return style
        self._flush()
        return self._block_style(tag, style, node)

    def _inside_cells(self, tag: str, node: LexborNode) -> None:
        if tag == "tr":
            self._row += 1
        elif tag in ("td", "th"):
            self._cell(node)
        elif tag == "caption":
            self._pieces = []
        else:
            self._pieces.append(Piece("\n"))

    def _block_style(self, tag: str, style: _Style, node: LexborNode) -> _Style:
        if tag in _HEADINGS:
            style.like, style.is_heading = (
                replace(style.like, kind=_unless_furniture(style.like, BlockKind.HEADING)),
                True,
            )
            style.like = replace(style.like, level=_HEADINGS[tag])
        elif tag in _LISTS:
            style.depth += 1
        elif tag == "li":
            kind = _unless_furniture(style.like, BlockKind.BULLET)
            style.like = replace(style.like, kind=kind, level=max(style.depth, 0))
        elif tag in ("nav", "header", "footer") and not style.cells and not self._is_in_article():
            style.like = replace(style.like, kind=BlockKind.FURNITURE)
        elif tag == "table" and not is_laid_out(node):
            style.cells = []
            self._row = -1
        return style

    def _caption(self) -> None:
        """Write what a table is called above it; its cells follow once they are all known."""
        if self._scribe.write(self._pieces, self._style.like, self._gap):
            self._gap = "\n\n"
        self._pieces = []

    def _is_in_article(self) -> bool:
        return any(node.tag in ("article", "main") for node, _ in self._stack[-40:])

    def _cell(self, node: LexborNode) -> None:
        cells = self._style.cells
        if cells is None:
            self._flush()
            return
        self._pieces = []
        attributes = node.attributes
        spans = [min(_number(attributes.get(k)), 100) for k in ("colspan", "rowspan")]
        is_header = node.tag == "th" or (node.parent is not None and getattr(node.parent.parent, "tag", "") == "thead")
        cells.append(Cell(max(self._row, 0), self._pieces, spans[0], spans[1], is_header))

    def _line_break(self) -> None:
        if self._style.is_heading:
            self._pieces.append(Piece(" "))
        elif self._style.cells is not None:
            self._pieces.append(Piece("\n"))
        elif self._pieces:
            self._flush()
            self._gap = "\n"

    def _picture(self, attributes: dict[str, str | None]) -> None:
        words = attributes.get("alt")
        if words and self._style.url:
            self._pieces.append(Piece(f" {_spaced(words)} ", self._style.url, self._style.is_struck))

    def _preformatted(self, node: LexborNode) -> None:
        if self._style.cells is not None:
            self._pieces.append(Piece(node.text() or ""))
            return
        self._flush()
        text = node.text() or ""
        for block in text_blocks(text):
            self._scribe.write_text(text[block.start : block.end], block)

    def _flush(self) -> None:
        """End the block that is being gathered."""
        if self._style.cells is not None:
            return
        pieces, self._pieces = self._pieces, []
        if not pieces:
            return
        like = self._style.like
        if like.kind is BlockKind.HEADING and sum(len(p.text) for p in pieces) > _LONGEST_HEADING:
            like = replace(like, kind=BlockKind.PARAGRAPH, level=0)
        gap = (
            "\n"
            if like.kind is BlockKind.BULLET and self._scribe.blocks and self._scribe.blocks[-1].kind is like.kind
            else self._gap
        )
        if self._scribe.write(pieces, like, gap):
            self._gap = "\n\n"


def _unless_furniture(like: Block, kind: BlockKind) -> BlockKind:
    return like.kind if like.kind is BlockKind.FURNITURE else kind


def _spaced(text: str) -> str:
    """Text of a page: its line ends are only white space; soft hyphens and zero-width marks are nothing."""
    text = text.translate(_LINE_ENDS)
    if text.isascii():
        return text
    for mark in ("\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff"):
        text = text.replace(mark, "")
    return text


def _number(value: str | None) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 4 else 1
