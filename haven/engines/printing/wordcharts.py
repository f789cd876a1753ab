"""Bars as a chart of Word's own, with its figures in a workbook inside, so that whoever edits the paper edits them."""

import datetime as dt
import io
import re
import zipfile
from typing import Any

import xlsxwriter
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from haven.engines.printing.paper import Bars, Lengths
from haven.engines.printing.telling import clean, marks_of, most_of
from haven.engines.printing.tones import INK, QUIET, RULE, Fill, fills_of
from haven.engines.printing.wordmarkup import attribute

_CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CHART_IN_SHEET = "xl/charts/chart1.xml"
_DATA = b'<c:externalData r:id="%s"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
_LABELS = b"".join(
    b'<c:show%s val="%d"/>' % (name, name == b"Val")
    for name in (b"LegendKey", b"Val", b"CatName", b"SerName", b"Percent", b"BubbleSize")
)
_FONT = "Arial"
_EMU_A_CM = 360_000
_EMU_A_TWIP = 635


def chart(block: Bars, number: int, width: int, document: Part, dated: dt.date) -> str:
    """A run that shows the chart. Its parts are added to the document's package."""
    drawn = zipfile.ZipFile(io.BytesIO(_workbook(block, dated, is_drawn=True))).read(_CHART_IN_SHEET)
    package = document.package
    sheet = Part(PackURI(f"/word/embeddings/chart{number}.xlsx"), _WORKBOOK, _workbook(block, dated), package)
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), _CHART, b"", package)
    known = part.relate_to(sheet, RELATIONSHIP_TYPE.PACKAGE)
    part._blob = _in_word(drawn, known)
    shown = document.relate_to(part, RELATIONSHIP_TYPE.CHART)
    height = round((1.9 + 0.72 * max(len(block.bars), 1)) * _EMU_A_CM)
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width * _EMU_A_TWIP}" cy="{height}"/>'
        f'<wp:docPr id="{number}" name="Picture {number}" descr="{attribute(block.alt)}"/><wp:cNvGraphicFramePr/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        f'<c:chart r:id="{shown}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )


def _in_word(drawn: bytes, workbook: str) -> bytes:
    """A chart of a sheet as a chart of a document: it knows its workbook, and says what its labels leave out."""
    drawn = drawn.replace(b'<c:showVal val="1"/>', _LABELS).replace(b'"en-US"', b'"en-GB"')
    return re.sub(rb"<c:printSettings>.*</c:chartSpace>", _DATA % workbook.encode(), drawn, flags=re.DOTALL)


def _workbook(block: Bars, dated: dt.date, *, is_drawn: bool = False) -> bytes:
    """The figures on a sheet, and where asked for the chart of them."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": dt.datetime.combine(dated, dt.time())})
    sheet = book.add_worksheet("Figures")
    sheet.write_row(0, 0, [clean(block.of), *(clean(each.name) for each in block.series)])
    for at, bar in enumerate(block.bars, start=1):
        sheet.write_row(at, 0, [clean(bar.name), *bar.values])
    if is_drawn:
        sheet.insert_chart(0, len(block.series) + 2, _drawn(book, block))
    book.close()
    return content.getvalue()


def _drawn(book: Any, block: Bars) -> Any:
    is_share = block.lengths is Lengths.SHARE
    drawn = book.add_chart({"type": "bar", "subtype": "percent_stacked" if is_share else "stacked"})
    last = max(len(block.bars), 1)
    for at, fill in enumerate(fills_of(block.series), start=1):
        labels = {"value": True, "num_format": "#,##0.##;;", "font": _font(fill.ink if len(block.series) > 1 else INK)}
        if len(block.series) == 1:
            labels["position"] = "inside_base" if fill.ink == INK else "inside_end"
            labels["font"] = _font(fill.ink)
        places = {"categories": ["Figures", 1, 0, last, 0], "values": ["Figures", 1, at, last, at]}
        drawn.add_series({"name": ["Figures", 0, at], **places, **_filled(fill), "gap": 45, "data_labels": labels})
    drawn.set_y_axis({"reverse": True, "num_font": _font(INK), "line": {"color": RULE}, "major_tick_mark": "none"})
    marks = marks_of(block)
    drawn.set_x_axis(
        {
            "min": 0,
            "max": 1 if is_share else most_of(block),
            "major_unit": (marks[1] if len(marks) > 1 else 1) / (100 if is_share else 1),
            "num_font": _font(QUIET),
            "num_format": "0%" if is_share else "#,##0",
            "major_gridlines": {"visible": True, "line": {"color": "#E3E5E6"}},
            "line": {"none": True},
            "label_position": "high",
        }
    )
    drawn.set_legend({"none": True} if len(block.series) == 1 else {"position": "top", "font": _font(INK)})
    drawn.set_title({"none": True})  # the caption says it
    drawn.set_chartarea({"border": {"none": True}})
    return drawn


def _filled(fill: Fill) -> dict[str, Any]:
    border = {"border": {"color": "#FFFFFF", "width": 0.75}}
    if not fill.hatching:
        return {"fill": {"color": fill.colour}, **border}
    pattern = {"pattern": "wide_upward_diagonal", "fg_color": fill.hatching, "bg_color": fill.colour}
    return {"pattern": pattern, **border}


def _font(colour: str) -> dict[str, Any]:
    return {"name": _FONT, "size": 9, "color": colour}
