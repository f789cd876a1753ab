"""The least that comparing two editions can cost: read, cut into clauses, make plain, hash, set in order.

Run by itself, `python -m benchmarks.compare_floor OLD NEW` does that once and prints milliseconds step by step. A PDF's
letters are taken page by page with PDFium, and its lines are its clauses.
"""

import sys
import time
import unicodedata
from bisect import bisect_left
from importlib import import_module
from pathlib import Path

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLAIN = {
    0x2018: "'",
    0x2019: "'",
    0x201C: '"',
    0x201D: '"',
    0x2010: "-",
    0x2011: "-",
    0x2013: "-",
    0xAD: None,
    0xA0: " ",
}


def _text(path: Path) -> str:
    if path.suffix == ".docx":
        return _word_text(path)
    if path.suffix != ".pdf":
        return path.read_bytes().decode()
    document = import_module("pypdfium2").PdfDocument(path.read_bytes())  # a text needs none of it
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def _word_text(path: Path) -> str:
    with import_module("zipfile").ZipFile(path) as archive:
        root = import_module("xml.etree.ElementTree").fromstring(archive.read("word/document.xml"))
    return "\n".join("".join(run.text or "" for run in part.iter(f"{_WORD}t")) for part in root.iter(f"{_WORD}p"))


def _clauses(text: str) -> list[str]:
    found = []
    for line in text.split("\n"):
        number, _, words = line.partition(" ")
        found.append(words if number[:1].isdigit() else line)
    return found


def _plain(text: str) -> str:
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text.translate(_PLAIN))
    return " ".join(plain.split())


def _in_order(old: list[int], new: list[int]) -> int:
    """How many clauses both editions have in one order."""
    places = {told: at for at, told in enumerate(new)}
    ends: list[int] = []
    for place in (places[told] for told in old if told in places):
        at = bisect_left(ends, place)
        ends[at : at + 1] = [place]
    return len(ends)


def spent(old: Path, new: Path) -> dict[str, float]:
    """Milliseconds of each step, once."""
    times = {}
    began = time.perf_counter()

    def told(step: str) -> None:
        nonlocal began
        now = time.perf_counter()
        times[step] = round((now - began) * 1000, 2)
        began = now

    texts = [_text(path) for path in (old, new)]
    told("read")
    clauses = [_clauses(text) for text in texts]
    told("cut into clauses")
    plain = [[_plain(clause) for clause in side] for side in clauses]
    told("make plain")
    hashes = [[hash(clause) for clause in side] for side in plain]
    told("hash")
    _in_order(*hashes)
    told("set in order")
    return times


if __name__ == "__main__":
    print(spent(*(Path(name) for name in sys.argv[1:3])))
