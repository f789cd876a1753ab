"""Scores Haven on the pairs of another maker, by that maker's own scorer.

The maker is a script that takes --out, --seed and --forms (and, for hard pairs, --rewrite, --split, --merge, --move and
--move-reword) and leaves NAME.clean.txt, NAME.paged.txt, NAME.html, NAME.docx and truth.json in a folder; a PDF is made
of its web page. Beside it lie `score_changes.py` and `from_haven.py`, which turn `haven compare --json` into a score.
"""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.figures import Figure
from benchmarks.pair_forms import browser, printed_page

_WAYS = {
    "plain": ("≥ 0.99", ()),
    "hard": ("≥ 0.97", ("--rewrite", "25", "--split", "10", "--merge", "10", "--move", "20", "--move-reword", "10")),
}
_NAMES = {"clean": "{}.clean.txt", "paged": "{}.paged.txt", "html": "{}.html", "docx": "{}.docx", "pdf": "{}.pdf"}
_SCORED = ("mean5", "added", "removed", "reworded", "moved", "strength", "split", "merged", "false_alarms")


def figures(maker: Path, forms: tuple[str, ...], seeds: tuple[int, ...]) -> Iterator[Figure]:
    """The mean over the seeds of every figure that the scorer prints."""
    for way, (wanted, words) in _WAYS.items():
        for form in (form for form in forms if form in _NAMES and (form != "pdf" or browser())):
            told = [found for seed in seeds if (found := _scored(maker, form, seed, words))]
            for name in _SCORED:
                values = [score[name] for score in told if name in score]
                if values:
                    yield Figure(
                        group=f"{way} pairs of another maker as {form} ({len(told)} seeds)",
                        name=name.replace("_", " "),
                        value=round(sum(values) / len(values), 4),
                        unit="clauses a pair" if name == "false_alarms" else "F1",
                        wanted=wanted if name == "mean5" else "≥ 0.90" if name in ("split", "merged") else None,
                    )


def _scored(maker: Path, form: str, seed: int, words: tuple[str, ...]) -> dict[str, float] | None:
    """One pair's score, or None where Haven refuses the form."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        _run(
            sys.executable, maker, "--out", folder, "--seed", seed, "--forms", "html" if form == "pdf" else form, *words
        )
        old, new = (folder / _NAMES[form].format(side) for side in ("old", "new"))
        if form == "pdf":
            for path in (old, new):
                path.write_bytes(printed_page(path.with_suffix(".html").read_bytes()))
        haven = (sys.executable, "-m", "haven.config.command", "compare", "--json", str(old), str(new))
        compared = subprocess.run(haven, capture_output=True, check=False, timeout=120)
        if compared.returncode:
            return None
        lines = subprocess.run(
            [sys.executable, str(maker.with_name("from_haven.py"))],
            input=compared.stdout,
            capture_output=True,
            check=True,
        ).stdout
        (folder / "told.jsonl").write_bytes(lines)
        scorer = maker.with_name("score_changes.py")
        return _read(_run(sys.executable, scorer, "--truth", folder / "truth.json", "--pred", folder / "told.jsonl"))


def _run(*words: object) -> str:
    command = [str(word) for word in words]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout


def _read(printed: str) -> dict[str, float]:
    """Each line is a name and a value: a number, or a record with its F1 or its counts."""
    told: dict[str, float] = {}
    for line in printed.splitlines():
        name, _, words = line.partition(" ")
        value = ast.literal_eval(words.strip())
        if isinstance(value, dict):
            value = value["f1"] if "f1" in value else sum(value.values())
        told[name] = float(value)
    return told
