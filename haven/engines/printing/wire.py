"""A paper as JSON for the template: words as data, laid out by nothing in them."""

import json
from collections.abc import Callable
from typing import Any

from haven.engines.printing.columns import figures_of, room_of, shares_of
from haven.engines.printing.paper import (
    Bars,
    Bullets,
    Cell,
    Fact,
    Facts,
    Heading,
    HeatMap,
    Lengths,
    Note,
    PageBreak,
    Paper,
    Paragraph,
    Plain,
    Table,
    Text,
    Wide,
)
from haven.engines.printing.telling import (
    breakable,
    cell_of,
    clean,
    day_told,
    in_parts,
    marks_of,
    most_of,
    number_told,
    spans_of,
    table_behind,
)
from haven.engines.printing.tones import SHADES, fills_of

Json = dict[str, Any]


def as_json(paper: Paper) -> str:
    """The whole paper. The same paper gives the same words."""
    told = {
        "title": clean(paper.title),
        "subtitle": _words(paper.subtitle),
        "organisation": clean(paper.organisation),
        "date": [paper.dated.year, paper.dated.month, paper.dated.day],
        "day": day_told(paper.dated),
        "facts": _facts(paper.facts),
        "blocks": [each for block in paper.blocks for each in _block(block)],
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _block(block: Plain | Wide) -> list[Json]:
    if isinstance(block, Wide):
        return [{"kind": "wide", "blocks": [told for each in block.blocks for told in _block(each)]}]
    if isinstance(block, Bars):
        return [*map(_bars, in_parts(block)), _table(table_behind(block))]
    return [_KINDS[type(block)](block)]


def _words(text: str) -> str:
    return breakable(clean(text))


def _text(text: Text) -> list[list[object]]:
    return [[breakable(span.text), span.bold, span.link] for span in spans_of(text)]


def _facts(facts: tuple[Fact, ...]) -> list[Json]:
    return [{"term": _words(fact.term), "told": _text(fact.told)} for fact in facts]


def _cell(cell: Cell) -> Json:
    return {"text": _text(cell.text), "shade": SHADES[cell.tone] if cell.tone else None}


def _heading(block: Heading) -> Json:
    return {"kind": "heading", "level": block.level, "text": _words(block.text)}


def _paragraph(block: Paragraph) -> Json:
    return {"kind": "paragraph", "text": _text(block.text)}


def _bullets(block: Bullets) -> Json:
    return {"kind": "bullets", "items": [_text(item) for item in block.items]}


def _note(block: Note) -> Json:
    return {"kind": "note", "title": clean(block.title), "paragraphs": [_text(each) for each in block.paragraphs]}


def _table(block: Table) -> Json:
    return {
        "kind": "table",
        "caption": _words(block.caption),
        "header": [_words(each) for each in block.header],
        "rows": [[_cell(cell_of(cell)) for cell in row] for row in block.rows],
        "row_headers": block.with_row_headers,
        "widths": shares_of(block),
        "figures": figures_of(block),
        "room": room_of(block),
        "empty": _words(block.when_empty),
    }


def _bars(block: Bars) -> Json:
    fills = fills_of(block.series)
    is_share = block.lengths is Lengths.SHARE
    return {
        "kind": "bars",
        "caption": _words(block.caption),
        "alt": clean(block.alt),
        "series": [
            {"name": _words(each.name), "fill": fill.colour, "ink": fill.ink, "hatching": fill.hatching}
            for each, fill in zip(block.series, fills, strict=True)
        ],
        "bars": [_bar(bar.name, bar.values, is_share=is_share) for bar in block.bars],
        "most": most_of(block),
        "marks": [[mark, number_told(mark) + ("%" if is_share else "")] for mark in marks_of(block)],
    }


def _bar(name: str, values: tuple[float, ...], *, is_share: bool) -> Json:
    whole = sum(values) or 1
    lengths = [100 * value / whole if is_share else value for value in values]
    return {"name": _words(name), "lengths": lengths, "told": [number_told(value) for value in values]}


def _heat_map(block: HeatMap) -> Json:
    return {
        "kind": "heat map",
        "caption": _words(block.caption),
        "corner": _words(block.corner),
        "columns": [_words(each) for each in block.columns],
        "rows": [{"name": _words(row.name), "cells": [_cell(cell) for cell in row.cells]} for row in block.rows],
        "key": [{"cell": _cell(cell), "told": _words(told)} for cell, told in block.key],
        "empty": _words(block.when_empty),
    }


_KINDS: dict[type, Callable[[Any], Json]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Bullets: _bullets,
    Facts: lambda block: {"kind": "facts", "facts": _facts(block.facts)},
    Note: _note,
    PageBreak: lambda _: {"kind": "page break"},
    Table: _table,
    HeatMap: _heat_map,
}
