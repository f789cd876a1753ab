"""Prints the editions of a pair as files: clean and paged text, HTML, Word, PDF."""

import html
import io
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random
from string import ascii_lowercase
from tempfile import TemporaryDirectory

import docx

from benchmarks.pairs import CELLS, MARK, REFERENCE, Item, Pair

FORMS = ("clean", "paged", "html", "docx", "pdf")
SUFFIXES = {"clean": "txt", "paged": "txt", "html": "html", "docx": "docx", "pdf": "pdf"}
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class House:
    """How a publisher sets an edition."""

    year: str
    glyph: str
    letter: str  # how "a" is written
    width: int
    page: int  # lines
    hyphens: float  # of the long words at a line's end, how many are broken
    has_blanks: bool  # between the passages of a text file
    dotted: bool  # "2.3" and not "17."
    bare_annex: bool  # "A4" and not "A4."


@dataclass(frozen=True, slots=True)
class Line:
    """One clause as printed: what stands before its words, and its words."""

    item: Item | None
    number: str
    text: str

    @property
    def printed(self) -> str:
        return f"{self.number} {self.text}" if self.number else self.text


def houses(pair: Pair) -> tuple[House, House]:
    """The houses of the first and the second edition; they differ as two years' designs do."""
    odd, dotted, bare = pair.seed % 2 == 1, pair.seed % 3 == 2, pair.seed % 5 in (1, 3)
    old = House("September 2024", "•", "({})", 82, 46, 0.0, odd, dotted, bare)
    new = House("September 2025", "–" if odd else "•", "({})", 90, 51, 0.5, odd, dotted, bare)
    return old, new


def printed_lines(pair: Pair, items: list[Item], house: House) -> list[Line]:
    """Every clause of an edition with the number that it has there."""
    numbers = dict(_numbers(items, dotted=house.dotted))
    notes = {item.uid: str(at) for at, item in enumerate((i for i in items if i.kind == "note"), 1)}
    lines = []
    for item in items:
        text = REFERENCE.sub(lambda found: numbers.get(int(found[1]), "0"), item.text)
        text = MARK.sub(lambda found: notes[int(found[1])].translate(_SUPERSCRIPT), text)
        lines.append(Line(item, _before(item, numbers, notes, house), text))
    return [Line(None, "", pair.title), Line(None, "", house.year), *lines]


def _numbers(items: list[Item], *, dotted: bool) -> Iterator[tuple[int, str]]:
    part = paragraph = annex = letter = group = 0
    for item in items:
        if item.kind == "heading" and item.level == 1:
            part += 1
            paragraph = 0 if dotted else paragraph
        elif item.kind == "paragraph" and item.in_annex:
            annex += 1
            yield item.uid, f"A{annex}"
        elif item.kind == "paragraph":
            paragraph += 1
            yield item.uid, f"{part}.{paragraph}" if dotted else f"{paragraph}"
        elif item.kind == "letter":
            letter = letter + 1 if item.group == group else 1
            group = item.group
            yield item.uid, ascii_lowercase[(letter - 1) % 26]


def _before(item: Item, numbers: dict[int, str], notes: dict[int, str], house: House) -> str:
    match item.kind:
        case "paragraph":
            is_bare = house.bare_annex if item.in_annex else house.dotted
            return numbers[item.uid] + ("" if is_bare else ".")
        case "letter":
            return house.letter.format(numbers[item.uid])
        case "bullet":
            return house.glyph
        case "note":
            return f"{notes[item.uid]}."
        case _:
            return ""


def owned(pair: Pair, lines: list[Line], house: House, form: str) -> list[tuple[Line | None, str]]:
    """The lines of a text file, clean or paged, each with whose it is; a page begins with a form feed."""
    if form == "paged":
        return list(_paged(pair, lines, house))
    gap: list[tuple[Line | None, str]] = [(None, "")] * house.has_blanks
    return [pair for line in lines for pair in ((line, line.printed), *gap)]


def text_file(pair: Pair, lines: list[Line], house: House, form: str) -> bytes:
    """Clean text, one clause a line; or paged, with wrapped lines, as a reader of PDF gives them."""
    return "".join(f"{text}\n" for _, text in owned(pair, lines, house, form)).encode()


def _paged(pair: Pair, lines: list[Line], house: House) -> Iterator[tuple[Line | None, str]]:
    """Wrapped lines on pages with a running head and foot; some numbers go astray."""
    random = Random(f"{pair.seed} {house.year}")
    body: list[tuple[Line | None, str]] = []
    for line in lines:
        body += [(line, text) for text in _wrapped(_astray(line), house, random)]
        body.append((None, ""))
    pages = [body[at : at + house.page] for at in range(0, len(body), house.page)]
    for at, page in enumerate(pages, 1):
        yield None, ("\f" if at > 1 else "") + f"{pair.title} – {house.year}"
        yield None, ""
        yield from page
        yield None, ""
        yield None, f"{at}" if house.dotted else f"Page {at} of {len(pages)}"


def _astray(line: Line) -> list[str]:
    """The pieces that a reader of PDF makes of a clause: its number may be lost, late, or on a line of its own."""
    whims = line.item.whims if line.item else []
    if "number lost" in whims:
        return [line.text]
    if "number alone" in whims:
        return [line.number, line.text]
    if "number after" in whims:
        return [f"{line.text} {line.number}"]
    return [line.printed.replace(CELLS, " – ")]


def _wrapped(pieces: list[str], house: House, random: Random) -> Iterator[str]:
    for piece in pieces:
        held = ""
        for word in piece.split():
            if not held or len(held) + 1 + len(word) <= house.width:
                held = f"{held} {word}" if held else word
                continue
            room = house.width - len(held) - 2
            if room >= 4 and len(word) >= 9 and word.isalpha() and random.random() < house.hyphens:
                cut = min(room, len(word) - 4)
                yield f"{held} {word[:cut]}-"
                held = word[cut:]
            else:
                yield held
                held = word
        yield held


def webpage(pair: Pair, lines: list[Line], house: House, style: str = "") -> bytes:
    """HTML as a publisher writes it: headings, lists, tables; numbers of paragraphs in the words, and the glyphs of
    bullets too where the style draws none."""
    has_glyphs = "list-style: none" in style
    body: list[str] = []
    before = ""
    for line in lines:
        kind = line.item.kind if line.item else ""
        body += [_CLOSE.get(before, "")] if before != kind else []
        body += [_OPEN.get(kind, "")] if before != kind else []
        body.append(_element(line, "glyph" if kind == "bullet" and has_glyphs else kind))
        before = kind
    body.append(_CLOSE.get(before, ""))
    words = "\n".join(filter(None, body))
    title = html.escape(f"{pair.title} – {house.year}")
    return (
        f'<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{style}</style></head>\n<body>\n{words}\n</body></html>\n"
    ).encode()


_OPEN = {"bullet": "<ul>", "row": "<table>", "note": '<section class="notes">'}
_CLOSE = {"bullet": "</ul>", "row": "</table>", "note": "</section>"}


def _element(line: Line, kind: str) -> str:
    if line.item is None:
        return f"<p>{html.escape(line.text)}</p>"
    words = html.escape(line.text, quote=False)
    match kind:
        case "heading":
            return f"<h{line.item.level + 1}>{words}</h{line.item.level + 1}>"
        case "bullet":
            return f"<li>{words}</li>"
        case "glyph":
            return f"<li>{line.number} {words}</li>"
        case "row":
            return f"<tr><td>{'</td><td>'.join(words.split(CELLS))}</td></tr>"
        case "letter":
            return f'<p class="letter">{line.number} {words}</p>'
        case _:
            return f"<p>{line.number} {words}</p>"


def word_file(lines: list[Line]) -> bytes:
    """A Word file: heading styles, list bullets by style, tables; numbers of paragraphs typed."""
    document = docx.Document()
    table = None
    for line in lines:
        kind = line.item.kind if line.item else ""
        if kind == "row":
            cells = line.text.split(CELLS)
            table = table or document.add_table(rows=0, cols=len(cells))
            for cell, text in zip(table.add_row().cells, cells, strict=True):
                cell.text = text
            continue
        table = None
        if line.item is not None and kind == "heading":
            document.add_heading(line.text, line.item.level)
        else:
            style = "List Bullet" if kind == "bullet" else None
            document.add_paragraph(line.text if kind == "bullet" else line.printed, style)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def browser() -> str | None:
    """The Chromium that prints PDFs, or None."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def pdf(pair: Pair, lines: list[Line], house: House, *, size: str = "11pt") -> bytes:
    """The webpage, printed on paper with a running head and page numbers. Raises RuntimeError where it cannot be."""
    head = f"{pair.title} – {house.year}"
    rules = "td { border: 0.5pt solid; }" if pair.seed % 2 else ""
    glyphs = (
        "ul { list-style: none; } li { text-indent: -1em; }" if pair.seed % 5 else ""
    )  # Word prints them as letters
    columns = "body { column-count: 2; }" if pair.seed % 4 == 3 else ""
    style = f"""@page {{ size: A4; margin: 22mm 20mm; @top-left {{ content: "{head}"; font-size: 8pt; }}
        @bottom-center {{ content: counter(page); font-size: 8pt; }} }}
        body {{ font: {size}/1.35 "Liberation Serif", serif; }} {columns} {glyphs}
        .letter {{ margin-left: 2em; }} .notes {{ font-size: 80%; }} td {{ vertical-align: top; padding: 2pt 6pt; }}
        table {{ border-collapse: collapse; }} tr {{ break-inside: avoid; }} {rules}"""
    return printed_page(webpage(pair, lines, house, style))


def printed_page(page: bytes) -> bytes:
    """A web page printed to a PDF. Raises RuntimeError where there is nothing to print it with."""
    program = browser()
    if program is None:
        raise RuntimeError("no Chromium here to print PDFs with")
    with TemporaryDirectory() as folder:
        source, printed = Path(folder) / "page.html", Path(folder) / "page.pdf"
        source.write_bytes(page)
        words = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile"]
        words += ["--no-pdf-header-footer", f"--print-to-pdf={printed}", source.as_uri()]
        subprocess.run([program, *words], check=True, capture_output=True, timeout=120)
        return printed.read_bytes()


_PRINTERS: dict[str, Callable[..., bytes]] = {
    "clean": partial(text_file, form="clean"),
    "paged": partial(text_file, form="paged"),
    "html": webpage,
    "docx": lambda _pair, lines, _house: word_file(lines),
    "pdf": pdf,
}


def print_form(pair: Pair, form: str, **more: str) -> tuple[bytes, bytes]:
    """Both editions as files of one form; `size` is that of a PDF's letters."""
    sides = zip((pair.old, pair.new), houses(pair), strict=True)
    old, new = (_PRINTERS[form](pair, printed_lines(pair, items, house), house, **more) for items, house in sides)
    return old, new
