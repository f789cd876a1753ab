"""What a Word file's styles and numbering say about a paragraph: a heading, a bullet, how deep."""

import re
from dataclasses import dataclass

from lxml import etree

from haven.engines.documents.archive import Archive
from haven.engines.patterns.late import late

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = late(r"heading\s*([1-9])$", re.IGNORECASE)
_LIST = late(r"list (?:bullet|number|paragraph)?\s*([2-9])?$", re.IGNORECASE)
_CONTENTS = late(r"toc (?:\d|heading)$|table of figures$", re.IGNORECASE)
_GENERATIONS = 12
_OFF = frozenset({"0", "false", "off"})


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style: which level of heading, whether a list and how deep, whether its words are struck or bold."""

    heading: int | None = None
    is_title: bool = False
    depth: int | None = None  # None where it is no list
    is_bold: bool = False
    is_struck: bool = False
    is_hidden: bool = False


def is_on(properties: etree._Element | None, name: str) -> bool | None:
    """Whether a toggle such as `w:strike` is on, off, or (None) not spoken of."""
    found = properties.find(W + name) if properties is not None else None
    return None if found is None else found.get(W + "val") not in _OFF


def value(parent: etree._Element | None, path: str) -> str | None:
    """The `w:val` of an element below `parent`."""
    found = parent.find("/".join(W + step for step in path.split("/"))) if parent is not None else None
    return None if found is None else found.get(W + "val")


def whole(text: str | None, otherwise: int = 0) -> int:
    """A small number as Word writes it."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else otherwise


class Styles:
    """The paragraph and character styles of one file."""

    def __init__(self, archive: Archive, folder: str) -> None:
        root = archive.xml(f"{folder}styles.xml")
        listed = root.iterfind(W + "style") if root is not None else ()
        self._raw = {style.get(W + "styleId", ""): style for style in listed}
        self._known: dict[str | None, Style] = {}

    def of(self, style_id: str | None) -> Style:
        """The style of this id, with what it takes from those it is based on."""
        if style_id not in self._known:
            self._known[style_id] = self._made(style_id, 0)
        return self._known[style_id]

    def list_of(self, style_id: str | None) -> tuple[str | None, str | None]:
        """The id of the list that a paragraph style belongs to, and its level there; its own or that of its bases."""
        list_id = level = None
        for _ in range(_GENERATIONS):
            raw = self._raw.get(style_id or "")
            if raw is None:
                break
            list_id = list_id or value(raw, "pPr/numPr/numId")
            level = level or value(raw, "pPr/numPr/ilvl")
            style_id = value(raw, "basedOn")
        return list_id, level

    def is_contents(self, style_id: str | None) -> bool:
        """Whether a paragraph style is that of a table of contents."""
        name = value(self._raw.get(style_id or ""), "name") if style_id else None
        return name is not None and _CONTENTS.match(name) is not None

    def _made(self, style_id: str | None, generation: int) -> Style:
        raw = self._raw.get(style_id or "")
        if raw is None or generation > _GENERATIONS:
            return Style()
        base = self._made(value(raw, "basedOn"), generation + 1)
        name = (value(raw, "name") or "").strip().lower()
        heading = _HEADING.match(name)
        outline = value(raw, "pPr/outlineLvl")
        level = int(heading.group(1)) if heading else whole(outline) + 1 if outline else base.heading
        if name in ("title", "subtitle"):
            level = 1 if name == "title" else 2
        text = raw.find(W + "rPr")
        return Style(
            heading=min(level, 6) if level and level < 10 else None,
            is_title=name == "title" or base.is_title,
            depth=_depth(raw, name, base),
            is_bold=_or(is_on(text, "b"), base.is_bold),
            is_struck=_or(is_on(text, "strike"), _or(is_on(text, "dstrike"), base.is_struck)),
            is_hidden=_or(is_on(text, "vanish"), base.is_hidden),
        )


def _or(found: bool | None, otherwise: bool) -> bool:
    return otherwise if found is None else found


def _depth(raw: etree._Element, name: str, base: Style) -> int | None:
    number = value(raw, "pPr/numPr/numId")
    if number == "0":
        return None
    level = value(raw, "pPr/numPr/ilvl")
    if number or level:
        listed = _LIST.match(name)
        return max(whole(level), int(listed.group(1)) - 1 if listed and listed.group(1) else 0)
    return base.depth
