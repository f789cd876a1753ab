"""Tables and heat maps in Word: a header that stands again on every page, a caption, shades behind words."""

from haven.engines.printing.columns import figures_of, room_of, shares_of
from haven.engines.printing.paper import Cell, HeatMap, Table, Text
from haven.engines.printing.telling import cell_of
from haven.engines.printing.tones import INK, RULE, SHADES
from haven.engines.printing.wordmarkup import Relate, attribute, paragraph, run, runs_of

_MANY_COLUMNS = 7
_LONG_NAME = 14
_TALL = 1900  # of a heading that reads upwards, in twentieths of a point, as every width here


def table(block: Table, width: int, relate: Relate) -> str:
    """The table, without its caption."""
    width = round(width * room_of(block))
    widths = [round(share * width) for share in shares_of(block)]
    figures = figures_of(block)
    heads = "".join(
        _cell(paragraph("TableText", run(each, bold=True), _aligned("right" if is_figure else "")), wide, _HEAD)
        for each, wide, is_figure in zip(block.header, widths, figures, strict=True)
    )
    rows = "".join(_row(cells, widths, figures, block, relate) for cells in block.rows)
    if not block.rows:
        rows = f"<w:tr>{_spanning(block.when_empty, len(widths), width)}</w:tr>"
    return _whole(block.caption, widths, _LINES, f"{_heading_row(heads)}{rows}", has_row_headers=block.with_row_headers)


def heat_map(block: HeatMap, width: int, relate: Relate) -> str:
    """The map, without its caption and its key."""
    count = len(block.columns)
    first = round(width * (3.2 / (3.2 + count) if count > _MANY_COLUMNS else 2 / (2 + count)))
    widths = [first, *(((width - first) // count,) * count if count else ())]
    is_upright = count > _MANY_COLUMNS or any(len(each) > _LONG_NAME for each in block.columns)
    turned = '<w:textDirection w:val="btLr"/>' if is_upright else ""
    heads = _cell(paragraph("TableText", run(block.corner, bold=True)), first, _BOTTOM) + "".join(
        _cell(
            paragraph("HeatText", run(each, bold=True), _aligned("" if is_upright else "center")),
            wide,
            turned + _MIDDLE,
        )
        for each, wide in zip(block.columns, widths[1:], strict=True)
    )
    height = f'<w:trHeight w:val="{_TALL}" w:hRule="atLeast"/>' if is_upright else ""
    rows = "".join(
        f"<w:tr>{_WHOLE_ROW}{_cell(paragraph('HeatText', run(row.name)), first, _MIDDLE)}"
        + "".join(_square(cell, wide, relate) for cell, wide in zip(row.cells, widths[1:], strict=True))
        + "</w:tr>"
        for row in block.rows
    )
    if not block.rows:
        rows = f"<w:tr>{_spanning(block.when_empty, len(widths), width)}</w:tr>"
    return _whole(block.caption, widths, _GAPS, f"{_heading_row(heads, height)}{rows}", has_row_headers=True)


def shaded(cell: Cell, relate: Relate) -> str:
    """The words of a cell as a run with its shade behind them, for a key."""
    words = runs_of(cell.text, relate)
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{_hex(SHADES[cell.tone])}"/>' if cell.tone else ""
    return words.replace("<w:r><w:t", f"<w:r><w:rPr>{shade}</w:rPr><w:t") if shade else words


def _hex(colour: str) -> str:
    return colour.removeprefix("#")


_HEAD = (
    f'<w:tcBorders><w:bottom w:val="single" w:sz="8" w:color="{_hex(INK)}"/></w:tcBorders><w:vAlign w:val="bottom"/>'
)
_BOTTOM = '<w:vAlign w:val="bottom"/>'
_MIDDLE = '<w:vAlign w:val="center"/>'
_LINES = "".join(f'<w:{side} w:val="single" w:sz="4" w:color="{_hex(RULE)}"/>' for side in ("bottom", "insideH"))
_GAPS = "".join(f'<w:{side} w:val="single" w:sz="12" w:color="FFFFFF"/>' for side in ("bottom", "insideH", "insideV"))
_WHOLE_ROW = "<w:trPr><w:cantSplit/></w:trPr>"


def _whole(caption: str, widths: list[int], borders: str, rows: str, *, has_row_headers: bool) -> str:
    grid = "".join(f'<w:gridCol w:w="{wide}"/>' for wide in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="80" w:type="dxa"/><w:right w:w="80" w:type="dxa"/>'
        f'</w:tblCellMar><w:tblLook w:firstRow="1" w:lastRow="0" w:firstColumn="{has_row_headers:d}" w:lastColumn="0" '
        f'w:noHBand="1" w:noVBand="1"/><w:tblCaption w:val="{attribute(caption)}"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _heading_row(cells: str, height: str = "") -> str:
    return f"<w:tr><w:trPr><w:cantSplit/>{height}<w:tblHeader/></w:trPr>{cells}</w:tr>"


def _row(cells: tuple[Cell | Text, ...], widths: list[int], figures: list[bool], block: Table, relate: Relate) -> str:
    told = []
    for at, (given, wide, is_figure) in enumerate(zip(cells, widths, figures, strict=True)):
        cell = cell_of(given)
        words = runs_of(cell.text, relate, bold=block.with_row_headers and at == 0)
        told.append(_cell(paragraph("TableText", words, _aligned("right" if is_figure else "")), wide, _shade(cell)))
    return f"<w:tr>{_WHOLE_ROW}{''.join(told)}</w:tr>"


def _square(cell: Cell, width: int, relate: Relate) -> str:
    return _cell(paragraph("HeatText", runs_of(cell.text, relate), _aligned("center")), width, _shade(cell) + _MIDDLE)


def _spanning(words: str, count: int, width: int) -> str:
    content = paragraph("TableText", run(words))
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:gridSpan w:val="{count}"/></w:tcPr>{content}</w:tc>'


def _cell(content: str, width: int, more: str = "") -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{more}</w:tcPr>{content}</w:tc>'


def _aligned(side: str) -> str:
    return f'<w:jc w:val="{side}"/>' if side else ""


def _shade(cell: Cell) -> str:
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{_hex(SHADES[cell.tone])}"/>' if cell.tone else ""
