"""How well Haven tells what was done to pairs, beside what a user would use instead."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from rich.table import Table

from benchmarks.compare_peers import PEERS, missing, score_of
from benchmarks.compare_scoring import CAUSES, FIVE, KINDS, Agreement, Told, agreement
from benchmarks.figures import Figure, wide_console
from benchmarks.pair_forms import FORMS, SUFFIXES, browser, print_form
from benchmarks.pair_words import VOICES, sentences_of
from benchmarks.pairs import HARD, PLAIN, Edits, Pair, Text, make_pair, text_of_sentences, text_of_voice
from haven.engines.compare.safely import printed_safely
from haven.engines.documents.refusal import Unreadable

DIFFICULTIES = {"plain": PLAIN, "hard": HARD}
WANTED = {"plain": 0.99, "hard": 0.97}
_WANTED_PARTS = 0.90
_CLAUSES = 300
SEEDS = (1, 2, 3)
SOURCES = {
    "guidance for schools": "kcsie/2025-part-one.txt",
    "a standard": "nist-sp800-63-3/63B/2020-03.md",
    "a list of requirements": "owasp-asvs/5.0.0.md",
}
HAVEN = "haven"


@dataclass(frozen=True, slots=True)
class Made:
    """A pair, how hard it is, and what its sentences come from."""

    pair: Pair
    difficulty: str
    source: str


@dataclass(frozen=True, slots=True)
class Scored:
    """How well a tool did on the pairs of one difficulty in one form; or why it did not."""

    difficulty: str
    form: str
    tool: str
    agreement: Agreement | None
    why_not: str = ""


def made_pairs(seeds: tuple[int, ...], data: Path | None) -> list[Made]:
    """Pairs of every voice and, where there are real texts, of their sentences."""
    made = []
    for difficulty, how in DIFFICULTIES.items():
        for seed in seeds:
            made += [Made(_of_voice(name, seed, how), difficulty, name) for name in VOICES]
        for name, path in SOURCES.items() if data else ():
            file = data / path if data else Path()
            if file.exists():
                made.append(Made(_of_file(name, file, seeds[0], how), difficulty, name))
    return made


def _of_voice(name: str, seed: int, how: Edits) -> Pair:
    return make_pair(text_of_voice(name), seed + 10 * list(VOICES).index(name), _CLAUSES, how)


def _of_file(name: str, file: Path, seed: int, how: Edits) -> Pair:
    """As many clauses as the text has sentences for."""
    sentences = sentences_of(file)
    clauses = min(_CLAUSES, len(sentences) // 4)
    text: Text = text_of_sentences(name, sentences, Random(seed))
    return make_pair(text, seed, clauses, how, mean_words=30)


def told_by_haven(old: tuple[str, bytes], new: tuple[str, bytes]) -> list[Told]:
    """What `haven compare --json` says of two files."""
    answer = json.loads(printed_safely(old, new))
    return [Told(tuple(c["kinds"]), _side(c["old"]), _side(c["new"])) for c in answer["changes"]]


def _side(told: object) -> tuple[tuple[str | None, str], ...]:
    clauses = told if isinstance(told, list) else [told] if told else []
    return tuple((clause["number"], clause["text"]) for clause in clauses)


def scores(made: list[Made], forms: tuple[str, ...], python: str, *, peers: bool) -> Iterator[Scored]:
    """Haven's score in every form over all pairs of a difficulty; each peer's on the first of them."""
    for difficulty in DIFFICULTIES:
        pairs = [m.pair for m in made if m.difficulty == difficulty]
        for form in forms:
            if form == "pdf" and browser() is None:
                yield Scored(difficulty, form, HAVEN, None, "no Chromium here to print PDFs with")
                continue
            printed = [print_form(pair, form) for pair in pairs]
            yield _score_of_haven(difficulty, form, pairs, printed)
            for peer in PEERS if peers else ():
                if form in peer.forms and not missing(peer, python):
                    told = score_of(peer, python, pairs[0], form, printed[0])
                    if isinstance(told, str):
                        yield Scored(difficulty, form, peer.name, None, told)
                    else:
                        yield Scored(difficulty, form, peer.name, told)
            if peers:
                yield _score_of_haven(difficulty, form, pairs[:1], printed, named="haven, its pair")


def _score_of_haven(
    difficulty: str, form: str, pairs: list[Pair], printed: list[tuple[bytes, bytes]], named: str = HAVEN
) -> Scored:
    names = [f"{side}.{SUFFIXES[form]}" for side in ("old", "new")]
    total: Agreement | None = None
    for pair, (old, new) in zip(pairs, printed, strict=False):
        try:
            told = told_by_haven((names[0], old), (names[1], new))
        except Unreadable as refusal:
            return Scored(difficulty, form, named, None, refusal.line)
        found = agreement(pair, told)
        total = found if total is None else total + found
    return Scored(difficulty, form, named, total)


def figures_of(scored: Scored) -> Iterator[Figure]:
    """The mean F1, each kind's, and the false alarms by cause."""
    told = scored.agreement
    if told is None:
        return
    group = f"{scored.difficulty} pairs as {scored.form}: {scored.tool}"
    is_ours = scored.tool == HAVEN
    wanted = f"≥ {WANTED[scored.difficulty]}" if is_ours else None
    yield Figure(group=group, name="mean F1 of five kinds", value=round(told.mean5, 4), unit="share", wanted=wanted)
    for kind in _kinds(scored):
        least = f"≥ {_WANTED_PARTS:.2f}" if is_ours and kind not in FIVE else None
        yield Figure(group=group, name=f"{kind} F1", value=round(told.kinds[kind].f1, 4), unit="share", wanted=least)
    for cause in CAUSES:
        none = "0" if is_ours else None
        yield Figure(group=group, name=f"false alarms: {cause}", value=told.causes[cause], unit="clauses", wanted=none)
    right = told.directions
    yield Figure(
        group=group,
        name="strengthened or weakened, told right",
        value=round(right.hits / max(1, right.hits + right.misses), 4),
        unit="share",
    )


def _kinds(scored: Scored) -> tuple[str, ...]:
    return KINDS if scored.difficulty == "hard" else FIVE


def print_scores(all_scored: list[Scored]) -> None:
    """A table for each difficulty: a row for each form and tool."""
    for difficulty in DIFFICULTIES:
        rows = [scored for scored in all_scored if scored.difficulty == difficulty]
        if not rows:
            continue
        kinds = KINDS if difficulty == "hard" else FIVE
        count = max((row.agreement.pairs for row in rows if row.agreement), default=0)
        table = Table(title=f"{difficulty} pairs, F1 ({count} pairs)", title_justify="left")
        table.add_column("form")
        table.add_column("tool", no_wrap=True)
        for heading in ("mean5", "wanted", *kinds, "alarms"):
            table.add_column(heading, justify="right")
        for row in rows:
            table.add_row(row.form, row.tool, *_cells(row, kinds))
        wide_console().print(table)
    told = [row for row in all_scored if row.tool == HAVEN and row.agreement and row.agreement.alarms]
    for row in told:
        causes = ", ".join(f"{cause} {number}" for cause, number in row.agreement.causes.most_common())
        print(f"false alarms of Haven, {row.difficulty} {row.form}: {causes}")


def _cells(row: Scored, kinds: tuple[str, ...]) -> list[str]:
    if row.agreement is None:
        return [f"— {row.why_not}"[:24]]
    told = row.agreement
    wanted = f"{WANTED[row.difficulty]:.2f}" if row.tool == HAVEN else ""
    shares = (f"{told.kinds[kind].f1:.3f}" for kind in kinds)
    return [f"{told.mean5:.4f}", wanted, *shares, str(told.alarms)]


ALL_FORMS = FORMS
