"""What every part of a Word document is written with: paragraphs, runs and links as XML, words escaped."""

from collections.abc import Callable
from html import escape

from haven.engines.printing.paper import Span, Text
from haven.engines.printing.telling import clean, spans_of

NAMES = " ".join(
    f'xmlns:{prefix}="http://schemas.openxmlformats.org/{path}"'
    for prefix, path in {
        "w": "wordprocessingml/2006/main",
        "r": "officeDocument/2006/relationships",
        "wp": "drawingml/2006/wordprocessingDrawing",
        "a": "drawingml/2006/main",
        "c": "drawingml/2006/chart",
    }.items()
)

Relate = Callable[[str], str]
"""An address to the id by which the document knows it."""


def attribute(text: str) -> str:
    return escape(clean(text).replace("\n", " "))


def paragraph(style: str, runs: str, more: str = "") -> str:
    """`more` are properties of this paragraph alone, in the order that the format asks for."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{runs}</w:p>'


def runs_of(text: Text, relate: Relate, *, bold: bool = False) -> str:
    return "".join(_linked(span, relate, bold=bold) for span in spans_of(text))


def run(text: str, *, bold: bool = False) -> str:
    """Words that hold no spans."""
    properties = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f"<w:r>{properties}{_lines(clean(text))}</w:r>" if text else ""


def _linked(span: Span, relate: Relate, *, bold: bool) -> str:
    bold = bold or span.bold
    if not span.link:
        return run(span.text, bold=bold)
    properties = f'<w:rPr><w:rStyle w:val="Hyperlink"/>{"<w:b/>" if bold else ""}</w:rPr>'
    return f'<w:hyperlink r:id="{relate(span.link)}"><w:r>{properties}{_lines(span.text)}</w:r></w:hyperlink>'


def _lines(text: str) -> str:
    return "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
