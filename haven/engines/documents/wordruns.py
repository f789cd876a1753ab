"""Gathers the words of a Word paragraph: links behind them, what is struck out, what was deleted or put in."""

import re
from dataclasses import dataclass, field, replace

from lxml import etree

from haven.engines.documents.scribe import Piece
from haven.engines.documents.weblinks import behind
from haven.engines.documents.wordstyles import Style, Styles, W, is_on, value
from haven.engines.patterns.late import late

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_FIELD_LINK = late(r"^\s*HYPERLINK\s+\"([^\"]+)\"", re.IGNORECASE)
_ORDINAL = frozenset({"st", "nd", "rd", "th"})
_BREAKS = {
    W + "br": "\n",
    W + "cr": "\n",
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "noBreakHyphen": "-",
    W + "softHyphen": "",
}
_SYMBOLS = {"F0FC": "✓", "F0FE": "☑", "F0A8": "☐", "F06F": "☐", "F0FB": "✗", "F0B7": "•", "F0E0": "→", "F0D8": "➢"}
_THROUGH = frozenset(
    {W + name for name in ("ins", "moveTo", "smartTag", "sdt", "sdtContent", "customXml", "dir", "bdo")}
    | {MC + "AlternateContent", MC + "Choice"}
)


@dataclass(slots=True)
class Words:
    """The words of one paragraph, and the text boxes that hang on it."""

    pieces: list[Piece] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    bold: int = 0  # letters in bold
    plain: int = 0  # letters that are not


@dataclass(slots=True)
class _Field:
    """A field that is being read: its instruction first, then its result."""

    code: str = ""
    is_result: bool = False


class Runs:
    """Reads paragraphs of one part of a Word file."""

    def __init__(self, styles: Styles, targets: dict[str, str]) -> None:
        self._styles = styles
        self._targets = targets
        self._fields: list[_Field] = []

    def words(self, paragraph: etree._Element, style: Style) -> Words:
        """The words of a paragraph as it now stands: insertions kept, deletions and hidden text gone."""
        words = Words()
        self._gather(paragraph, style, None, words)
        return words

    def _gather(self, parent: etree._Element, style: Style, url: str | None, words: Words) -> None:
        for child in parent:
            tag = child.tag
            if tag == W + "r":
                self._run(child, style, url or self._field_url(), words)
            elif tag == W + "hyperlink":
                self._gather(child, style, behind(self._targets.get(child.get(R + "id") or "")) or url, words)
            elif tag == W + "fldSimple":
                self._gather(child, style, _linked(child.get(W + "instr") or "") or url, words)
            elif tag in _THROUGH:
                self._gather(child, style, url, words)

    def _field_url(self) -> str | None:
        for opened in reversed(self._fields):
            if opened.is_result and (url := _linked(opened.code)):
                return url
        return None

    def _run(self, run: etree._Element, style: Style, url: str | None, words: Words) -> None:
        properties = run.find(W + "rPr")
        if properties is not None and (named := value(properties, "rStyle")):
            own = self._styles.of(named)
            style = replace(
                style,
                is_bold=style.is_bold or own.is_bold,
                is_struck=style.is_struck or own.is_struck,
                is_hidden=style.is_hidden or own.is_hidden,
            )
        if _toggled(properties, "vanish", style.is_hidden):
            return
        is_struck = _toggled(properties, "strike", style.is_struck) or bool(is_on(properties, "dstrike"))
        text = "".join(self._texts(run, words))
        if not text:
            return
        if value(properties, "vertAlign") == "superscript":
            text = _raised(text, words.pieces)
        letters = len(text.strip())
        if _toggled(properties, "b", style.is_bold):
            words.bold += letters
        else:
            words.plain += letters
        words.pieces.append(Piece(text, url, is_struck))

    def _texts(self, run: etree._Element, words: Words) -> list[str]:
        texts = []
        for child in run:
            tag = child.tag
            if tag == W + "t":
                if not self._fields or self._fields[-1].is_result:
                    texts.append(child.text or "")
            elif tag in _BREAKS:
                texts.append(_BREAKS[tag])
            elif tag == W + "sym":
                texts.append(_SYMBOLS.get((child.get(W + "char") or "").upper(), " "))
            elif tag == W + "fldChar":
                self._field(child.get(W + "fldCharType"))
            elif tag == W + "instrText":
                if self._fields:
                    self._fields[-1].code += child.text or ""
            elif tag in (MC + "AlternateContent", W + "drawing", W + "pict", W + "object"):
                words.boxes += _boxes(child)
        return texts

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields = [*self._fields[-8:], _Field()]
        elif kind == "separate" and self._fields:
            self._fields[-1].is_result = True
        elif kind == "end" and self._fields:
            self._fields.pop()


def _linked(code: str) -> str | None:
    found = _FIELD_LINK.match(code)
    return behind(found.group(1)) if found else None


def _toggled(properties: etree._Element | None, name: str, otherwise: bool) -> bool:
    found = is_on(properties, name)
    return otherwise if found is None else found


def _raised(text: str, before: list[Piece]) -> str:
    """Superscript words: an ordinal joins its number, a note's mark is left out."""
    bare = text.strip()
    if bare.lower() in _ORDINAL and before and before[-1].text.rstrip()[-1:].isdigit():
        before[-1] = replace(before[-1], text=before[-1].text.rstrip())
        return text.lstrip()
    return "" if bare.isdigit() else text


def _boxes(drawing: etree._Element) -> list[etree._Element]:
    """The text boxes of a drawing; of two tellings of the same box, the newer."""
    choice = drawing.find(MC + "Choice") if drawing.tag == MC + "AlternateContent" else None
    found = (choice if choice is not None else drawing).iter(W + "txbxContent")
    outermost = []
    for box in found:
        if not any(parent in outermost for parent in box.iterancestors(W + "txbxContent")):
            outermost.append(box)
    return outermost
