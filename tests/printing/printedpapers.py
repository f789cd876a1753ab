"""Papers to print, and what is read back from what was printed."""

import ctypes
import datetime as dt
import io
from typing import Any

import docx
import pypdfium2
import pypdfium2.raw as pdfium

from haven.engines.printing.paper import (
    Bar,
    Bars,
    Block,
    Bullets,
    Cell,
    Fact,
    Facts,
    Heading,
    HeatMap,
    HeatRow,
    Note,
    PageBreak,
    Paper,
    Paragraph,
    Series,
    Span,
    Table,
    Tone,
    Wide,
)

DAY = dt.date(2026, 11, 16)
MET, PARTLY, NOT_MET = Cell("Met", Tone.GOOD), Cell("Partly", Tone.PARTLY), Cell("Not met", Tone.BAD)


def paper(*blocks: Block, title: str = "The school’s own copy") -> Paper:
    return Paper(title=title, organisation="Fairhaven Safeguarding Partnership", dated=DAY, blocks=blocks)


def plan(rows: int) -> Table:
    cells = tuple((f"Step {at}", "Add a page to each report", "5 March 2027", PARTLY) for at in range(rows))
    return Table(caption="Action plan", header=("What", "How", "By when", "Stands"), rows=cells, with_row_headers=True)


def bars(count: int = 3) -> Bars:
    return Bars(
        caption="Answers in each section",
        alt="Three bars; most answers are met.",
        of="Section",
        series=(Series("Met", Tone.GOOD), Series("Not met", Tone.BAD)),
        bars=tuple(Bar(f"Section {at}", (9, 3)) for at in range(count)),
    )


def heat(rows: int = 4, columns: int = 12) -> HeatMap:
    cells = tuple((MET, PARTLY, NOT_MET)[at % 3] for at in range(columns))
    return HeatMap(
        caption="Schools and sections",
        corner="School",
        columns=tuple(f"Section {at} of the audit" for at in range(columns)),
        rows=tuple(HeatRow(f"Oakfield {at}", cells) for at in range(rows)),
        key=((MET, "all is met"), (NOT_MET, "something is not")),
    )


def everything() -> Paper:
    return Paper(
        title="Safeguarding in Fairhaven’s schools",
        subtitle="The yearly report",
        organisation="Fairhaven Safeguarding Partnership",
        dated=DAY,
        facts=(Fact("School", "Oakfield Primary"), Fact("Reference", "FH-42")),
        blocks=(
            Heading("Summary"),
            Paragraph(
                (Span("A "), Span("bold word", bold=True), Span(" and a "), Span("link", link="https://example.org/a"))
            ),
            Bullets(("First", Span("Second", bold=True))),
            Note(("Look here.",), title="Note well"),
            Facts((Fact("Answer", "Met"),)),
            bars(),
            Wide((Heading("The whole area", 2), heat())),
            Heading("Action plan"),
            plan(3),
            PageBreak(),
            Paragraph("On a page of its own."),
        ),
    )


def text_of(pdf: bytes) -> str:
    """The words of every page, line ends as spaces."""
    pages = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pages)


def tags_of(pdf: bytes) -> list[tuple[str, str]]:
    """Each tag of every page in reading order, with its alternative text."""
    found: list[tuple[str, str]] = []
    for page in pypdfium2.PdfDocument(pdf):
        tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
        for at in range(pdfium.FPDF_StructTree_CountChildren(tree)):
            _walk(pdfium.FPDF_StructTree_GetChildAtIndex(tree, at), found)
        pdfium.FPDF_StructTree_Close(tree)
    return found


def _walk(element: Any, found: list[tuple[str, str]]) -> None:
    if not element:
        return
    tag = _string(pdfium.FPDF_StructElement_GetType, element)
    found.append((tag, _string(pdfium.FPDF_StructElement_GetAltText, element)))
    for at in range(pdfium.FPDF_StructElement_CountChildren(element)):
        _walk(pdfium.FPDF_StructElement_GetChildAtIndex(element, at), found)


def _string(ask: Any, element: Any) -> str:
    length = ask(element, None, 0)
    if length <= 2:
        return ""
    room = ctypes.create_string_buffer(length)
    ask(element, room, length)
    return room.raw[: length - 2].decode("utf-16-le")


def opened(word: bytes) -> Any:
    return docx.Document(io.BytesIO(word))
