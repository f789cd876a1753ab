"""How quick comparing is, the whole command from cold, beside the bare cost and what a user would use instead."""

import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from pypdfium2 import PdfDocument

from benchmarks.compare_peers import PEERS, command, missing
from benchmarks.figures import Figure
from benchmarks.launching import Run, launched
from benchmarks.pair_forms import SUFFIXES, browser, print_form
from benchmarks.pairs import HARD, PLAIN, Edits, make_pair, text_of_voice

_HAVEN = (sys.executable, "-m", "haven.config.command", "compare", "--json")
_FLOOR = (sys.executable, "-m", "benchmarks.compare_floor")
_QUICK = ("difflib_lines", "git_words", "wdiff", "patiencediff_words", "rapidfuzz_recipe", "diff_match_patch")
_TIMES = 5


def speed_figures(python: str, forms: tuple[str, ...]) -> Iterator[Figure]:
    """Every figure of speed, with the peers that take no longer than a minute on it."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        thousand = _files(folder / "thousand", 1_000, PLAIN)
        title = "60,000 words in 1,000 clauses, clean text"
        yield from _beside(title, thousand, "< 0.2", "< 60", _TIMES)
        yield from _peers(title, thousand, python)
        hard = _files(folder / "hard", 1_000, HARD)
        yield from _beside("the same size, a hard pair", hard, None, None, _TIMES)
        ten = _files(folder / "ten", 10_000, PLAIN)
        title = "600,000 words in 10,000 clauses, clean text"
        yield from _beside(title, ten, "< 2", None, 2)
        yield from _peers(title, ten, python, only=("rapidfuzz_recipe", "git_words"))
        if "docx" in forms:
            word = _files(folder / "word", 1_000, PLAIN, "docx")
            yield from _beside("the same 60,000 words as .docx", word, None, None, 2)
            yield from _peers("the same 60,000 words as .docx", word, python, only=("doc_control",))
        if "pdf" in forms and browser():
            pages = _files(folder / "pdf", 1_000, PLAIN, "pdf", size="16pt")
            title = f"two PDFs of {_pages(pages[0])} and {_pages(pages[1])} pages"
            yield from _beside(title, pages, "< 1.0", "< 200", 3)


def _files(folder: Path, clauses: int, how: Edits, form: str = "clean", **more: str) -> tuple[Path, Path]:
    """A pair of nothing but paragraphs of about sixty words, sixty thousand words in all for a thousand."""
    folder.mkdir()
    pair = make_pair(text_of_voice("visits"), 4, clauses, how, mean_words=48, only_paragraphs=True)
    old, new = (folder / f"{side}.{SUFFIXES[form]}" for side in ("old", "new"))
    for path, content in zip((old, new), print_form(pair, form, **more), strict=True):
        path.write_bytes(content)
    return old, new


def _pages(path: Path) -> int:
    return len(PdfDocument(path))


def _beside(
    name: str, files: tuple[Path, Path], seconds: str | None, memory: str | None, times: int
) -> Iterator[Figure]:
    words = [str(path) for path in files]
    try:
        ours = launched(*_HAVEN, *words, times=times)
    except RuntimeError:
        return
    bare = launched(*_FLOOR, *words, times=times)
    group = f"speed: {name}"
    told = f"a Python that reads, hashes and sets in order; ratio {ours.seconds / bare.seconds:.1f}"
    yield Figure(
        group=group,
        name="whole command",
        value=round(ours.seconds, 3),
        unit="s",
        compared=round(bare.seconds, 3),
        compared_with=told,
        wanted=seconds,
    )
    yield Figure(
        group=group,
        name="… its processor time",
        value=round(ours.cpu_seconds, 3),
        unit="s of processor",
        compared=round(bare.cpu_seconds, 3),
        compared_with="the same",
    )
    yield Figure(
        group=group,
        name="… its highest memory",
        value=round(ours.peak_mib, 1),
        unit="MiB",
        compared=round(bare.peak_mib, 1),
        compared_with="the same",
        wanted=memory,
    )


def _peers(name: str, files: tuple[Path, Path], python: str, only: tuple[str, ...] = _QUICK) -> Iterator[Figure]:
    for peer in PEERS:
        if peer.name not in only or missing(peer, python):
            continue
        run: Run = launched(*command(peer, python, *files))
        yield Figure(
            group=f"speed: {name}",
            name=peer.name,
            value=round(run.seconds, 3),
            unit="s",
            compared_with=f"{run.cpu_seconds:.2f} s of processor, {run.peak_mib:.0f} MiB",
        )
