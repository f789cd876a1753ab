"""How quick reading is: once started, from cold, with length, and on a PDF of two hundred pages."""

import datetime as dt
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count, cycle
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.figures import Figure
from benchmarks.launching import launched
from benchmarks.plaintext import plain_text
from benchmarks.scoring import gold_notes
from haven.engines.documents.open import open_document
from haven.engines.reading.items import Reading
from haven.engines.reading.reader import read
from tests.reading.notes.make_files import docx_of
from tests.reading.notes.make_pdf import pdf_of

NOTES = Path(__file__).resolve().parents[1] / "tests" / "reading" / "notes"
TODAY = dt.date(2024, 9, 2)
GROUP = "speed and memory"
PAGES = 200
_HAVEN = (sys.executable, "-m", "haven.config.command", "read", "--json", "--today", TODAY.isoformat())
_BARE = """
from pathlib import Path
from benchmarks.plaintext import plain_text

path = Path({!r})
plain_text(path.name, path.read_bytes())
"""


def speed_figures(*, full: bool) -> Iterator[Figure]:
    """Every figure of speed; those on 10 MB only where `full`."""
    yield from _once_started()
    with TemporaryDirectory() as folder:
        yield from _from_cold(Path(folder))
        yield from _long_pdf(Path(folder))
    yield from _with_length((100_000, 1_000_000, 10_000_000) if full else (100_000, 1_000_000))


def long_text(size: int) -> str:
    """The words of the notes to tune on, over and over, with numbered headings between, up to so many characters."""
    sources = [note.path for note in gold_notes(NOTES / "tune") if note.path.suffix in {".txt", ".md"}]
    texts = [path.read_text(encoding="utf-8") for path in sources]
    parts: list[str] = []
    held = 0
    for number, text in zip(count(1), cycle(texts)):
        parts.append(f"Part {number}\n\n{text}\n\n")
        held += len(parts[-1])
        if held >= size:
            return "".join(parts)[:size]
    raise AssertionError("count() does not end")


def _once_started() -> Iterator[Figure]:
    text = long_text(10_000)
    word = docx_of(text.replace("|", " "))
    pdf = pdf_of("columns: 2\n" + _encodable(text))
    for name, content in (("note.txt", text.encode()), ("note.docx", word), ("note.pdf", pdf)):
        whole = _timed(partial(_read, name, content))
        extracting = _timed(partial(open_document, name, content))
        bare = _timed(partial(plain_text, name, content))
        form = name.partition(".")[2]
        yield Figure(
            group=GROUP,
            name=f"10 kB of text as .{form}, once started",
            value=whole * 1000,
            unit="ms",
            compared=bare * 1000,
            compared_with=f"bare extraction of the text; ratio {whole / bare:.1f}",
            wanted="< 50" if form == "txt" else None,
        )
        yield Figure(
            group=GROUP,
            name=f"… of it extracting from .{form}",
            value=extracting * 1000,
            unit="ms",
            compared=bare * 1000,
            compared_with=f"bare extraction of the text; ratio {extracting / bare:.1f}",
        )


def _from_cold(folder: Path) -> Iterator[Figure]:
    note = folder / "note.txt"
    note.write_text(long_text(10_000), encoding="utf-8")
    whole = launched(*_HAVEN, str(note), times=5)
    bare = launched(sys.executable, "-c", _BARE.format(str(note)), times=5)
    yield Figure(
        group=GROUP,
        name="whole command on 10 kB of text, cold",
        value=whole.seconds,
        unit="s",
        compared=bare.seconds,
        compared_with=f"a Python that only extracts the text; ratio {whole.seconds / bare.seconds:.1f}",
        wanted="< 0.6",
    )


def _long_pdf(folder: Path) -> Iterator[Figure]:
    note = folder / "long.pdf"
    note.write_bytes(_pdf_of_pages(PAGES))
    whole = launched(*_HAVEN, str(note))
    bare = launched(sys.executable, "-c", _BARE.format(str(note)))
    told = f"a Python that only extracts the text; ratio {whole.seconds / bare.seconds:.1f}"
    yield Figure(
        group=GROUP,
        name=f"whole command on a PDF of {PAGES} pages",
        value=whole.seconds,
        unit="s",
        compared=bare.seconds,
        compared_with=told,
        wanted="< 5",
    )
    yield Figure(
        group=GROUP,
        name="… its highest memory",
        value=whole.peak_mib,
        unit="MiB",
        compared=bare.peak_mib,
        compared_with="the same",
        wanted="< 300",
    )


def _with_length(sizes: tuple[int, ...]) -> Iterator[Figure]:
    before: tuple[int, float] | None = None
    for size in sizes:
        content = long_text(size).encode()
        seconds = _seconds(partial(_read, "note.txt", content))
        rate = seconds / size * 1_000_000
        growth = f"time per MB at {before[0] // 1000:,} kB; ratio {rate / before[1]:.2f}" if before else None
        yield Figure(
            group=GROUP,
            name=f"{size // 1000:,} kB of text, time per MB",
            value=rate,
            unit="s/MB",
            compared=before[1] if before else None,
            compared_with=growth,
            wanted="ratio near 1" if before else None,
        )
        before = (size, rate)


def _pdf_of_pages(pages: int) -> bytes:
    """A PDF of just so many pages of about three thousand characters."""
    words = _encodable(long_text(pages * 4_000)).splitlines()
    return pdf_of("\n".join(["columns: 2", "^ Long note    {page}", *words]), most_pages=pages)


def _encodable(text: str) -> str:
    """The text with what Helvetica cannot show, and what a description would take for an order, left out."""
    shown = text.encode("cp1252", "ignore").decode("cp1252")
    return "\n".join(line.lstrip("=^_") for line in shown.splitlines())


def _read(name: str, content: bytes) -> Reading:
    return read(open_document(name, content), TODAY)


def _timed(work: Callable[[], object]) -> float:
    """The least seconds of a piece of work in seven, done once before."""
    work()
    return min(_seconds(work) for _ in range(7))


def _seconds(work: Callable[[], object]) -> float:
    """Processor time: what else the machine does at the moment is not counted."""
    began = time.process_time()
    work()
    return time.process_time() - began
