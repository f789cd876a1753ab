"""Counts the automatic numbers of a Word file as they are printed."""

from dataclasses import dataclass

from lxml import etree

from haven.engines.documents.archive import Archive
from haven.engines.documents.wordstyles import W, value, whole
from haven.engines.patterns.late import late

_PLACE = late(r"%([1-9])")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_SMALL_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is numbered."""

    form: str = "decimal"
    shown: str = "%1."
    start: int = 1
    restarts: bool = True
    is_legal: bool = False  # shows the levels above it in plain figures


@dataclass(frozen=True, slots=True)
class Numbered:
    """What is printed before a paragraph of a list: '12.', '(a)', or nothing for a glyph."""

    label: str
    depth: int
    is_paragraph: bool  # numbered in figures, as the paragraphs of a document are; otherwise an entry of a list

    @property
    def number(self) -> str | None:
        """The label without its full stop or brackets."""
        return self.label.strip("()[].: \t") or None


class Numbers:
    """The lists of one file, and how far each has been counted."""

    def __init__(self, archive: Archive, folder: str) -> None:
        root = archive.xml(f"{folder}numbering.xml")
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, tuple[str, dict[int, int]]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()
        if root is None:
            return
        linked: dict[str, str] = {}
        for raw in root.iterfind(W + "abstractNum"):
            key = raw.get(W + "abstractNumId", "")
            self._abstract[key] = {whole(lvl.get(W + "ilvl")): _level(lvl) for lvl in raw.iterfind(W + "lvl")}
            if style := value(raw, "styleLink"):
                linked[style] = key
        for raw in root.iterfind(W + "abstractNum"):
            if style := value(raw, "numStyleLink"):
                own = self._abstract.get(linked.get(style, ""), {})
                self._abstract[raw.get(W + "abstractNumId", "")] = own
        for raw in root.iterfind(W + "num"):
            self._lists[raw.get(W + "numId", "")] = self._list(raw)

    def _list(self, raw: etree._Element) -> tuple[str, dict[int, int]]:
        """The definition that a list follows, and where its levels start otherwise."""
        key = value(raw, "abstractNumId") or ""
        starts: dict[int, int] = {}
        for override in raw.iterfind(W + "lvlOverride"):
            depth = whole(override.get(W + "ilvl"))
            own = override.find(W + "lvl")
            if own is not None:
                copied = f"{key}/{raw.get(W + 'numId')}"
                self._abstract[copied] = {**self._abstract.get(key, {}), depth: _level(own)}
                key = copied
            if start := value(override, "startOverride"):
                starts[depth] = whole(start, 1)
        return key, starts

    def next(self, list_id: str, depth: int) -> Numbered | None:
        """Count on in a list; None where there is no such list."""
        if list_id not in self._lists or depth >= _LEVELS:
            return None
        key, starts = self._lists[list_id]
        levels = self._abstract.get(key, {})
        level = levels.get(depth, _Level(form="bullet"))
        counts = self._counts.setdefault(key, {})
        if list_id not in self._begun:
            self._begun.add(list_id)
            counts.update({at: start - 1 for at, start in starts.items()})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [at for at in counts if at > depth and levels.get(at, level).restarts]:
            del counts[deeper]
        if level.form in ("bullet", "none"):
            return Numbered("", depth, is_paragraph=False)
        label = _PLACE.sub(lambda found: _figure(int(found[1]) - 1, levels, counts, level), level.shown)
        is_paragraph = level.form.startswith("decimal") and (depth == 0 or level.shown.count("%") > 1)
        return Numbered(label, depth, is_paragraph)


def _level(raw: etree._Element) -> _Level:
    restart = value(raw, "lvlRestart")
    return _Level(
        value(raw, "numFmt") or "decimal",
        value(raw, "lvlText") or "",
        whole(value(raw, "start"), 1),
        restart != "0",
        raw.find(W + "isLgl") is not None,
    )


def _figure(at: int, levels: dict[int, _Level], counts: dict[int, int], shown_in: _Level) -> str:
    level = levels.get(at, _Level())
    count = counts.get(at, level.start)
    return str(count) if shown_in.is_legal else _written(count, level.form)


def _written(count: int, form: str) -> str:
    match form:
        case "lowerLetter" | "upperLetter":
            letter = chr(97 + (count - 1) % 26) * ((count - 1) // 26 + 1) if count > 0 else ""
            return letter if form == "lowerLetter" else letter.upper()
        case "lowerRoman" | "upperRoman":
            return _roman(count) if form == "lowerRoman" else _roman(count).upper()
        case "decimalZero":
            return f"{count:02}"
        case "bullet" | "none":
            return ""
        case _:
            return str(count)


def _roman(count: int) -> str:
    letters = ""
    for worth, letter in (*_ROMAN, *_SMALL_ROMAN):
        while 0 < worth <= count < 5000:
            letters += letter
            count -= worth
    return letters
