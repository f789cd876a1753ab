"""Takes the words out of a Word paragraph as it now stands: insertions kept, deletions and hidden text gone."""

from dataclasses import dataclass, field

from lxml import etree

from haven.engines.compare.opening.typography import plain, spaced
from haven.engines.documents.wordstyles import Styles, W, is_on, value

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_T = W + "t"
_SAID = {
    W + "tab": " ",
    W + "br": " ",
    W + "cr": " ",
    W + "ptab": " ",
    W + "sym": " ",
    W + "noBreakHyphen": "-",
}
_NOTES = (W + "footnoteReference", W + "endnoteReference")
_HARD = (W + "txbxContent", W + "moveFrom", W + "vanish", W + "vertAlign", W + "rStyle", W + "fldChar", *_NOTES)
_TAGS = (_T, *_SAID, *_HARD)
_SKIPPED = frozenset(
    {W + "moveFrom", W + "del", W + "pPr", W + "rPr", W + "instrText", W + "delText", _MC + "Fallback", W + "rt"}
)


@dataclass(slots=True)
class Words:
    """The words of a paragraph, the text boxes that hang on it, and the notes it refers to by the kind and id."""

    text: str
    boxes: list[etree._Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)


def words_of(paragraph: etree._Element, styles: Styles) -> Words:
    """The words of a paragraph, with single spaces."""
    texts: list[str] = []
    for element in paragraph.iter(*_TAGS):
        tag = element.tag
        if tag == _T:
            texts.append(element.text or "")
        elif tag in _SAID:
            texts.append(_SAID[tag] if element.getparent().tag == W + "r" else "")
        else:
            return _Gathering(styles).words(paragraph)
    return Words(spaced(plain("".join(texts))))


class _Gathering:
    """Gathers the words of a paragraph that has more in it than words."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._texts: list[str] = []
        self._words = Words("")
        self._fields: list[bool] = []  # of each field that is open, whether its result has begun

    def words(self, paragraph: etree._Element) -> Words:
        """The words of the whole paragraph."""
        self._gather(paragraph)
        self._words.text = spaced(plain("".join(self._texts)))
        return self._words

    def _gather(self, parent: etree._Element) -> None:
        for child in parent:
            tag = child.tag
            if tag in _SKIPPED:
                continue
            if tag == W + "txbxContent":
                self._words.boxes.append(child)
            elif tag == W + "r":
                if not self._is_left_out(child):
                    self._gather(child)
            elif tag == W + "fldChar":
                self._field(child.get(W + "fldCharType"))
            elif tag in _NOTES:
                self._words.notes.append((tag.removeprefix(W).removesuffix("Reference"), child.get(W + "id", "")))
            elif tag == _T:
                if all(self._fields):
                    self._texts.append(child.text or "")
            elif tag in _SAID:
                self._texts.append(_SAID[tag])
            elif len(child):
                self._gather(child)

    def _is_left_out(self, run: etree._Element) -> bool:
        """Whether a run is hidden, or a raised figure that only points to a note."""
        properties = run.find(W + "rPr")
        if properties is None:
            return False
        style = self._styles.of(value(properties, "rStyle"))
        hidden = is_on(properties, "vanish")
        if hidden or (hidden is None and style.is_hidden):
            return True
        is_raised = value(properties, "vertAlign") == "superscript"
        return is_raised and "".join(run.itertext(_T)).strip().isdigit()

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields = [*self._fields[-8:], False]
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()
