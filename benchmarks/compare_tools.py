"""What a user would compare two editions with instead: one tool, run on two files, its answer as JSON.

Run by itself in the Python environment that holds the tool, so it imports nothing of this project:
`python compare_tools.py TOOL OLD NEW` prints {"stream": [[tag, text], …]} with the tags = - + < > (the last two moved),
or {"changes": [[kind, [[number, words], …], [[number, words], …]], …]}.
"""

import difflib
import json
import re
import subprocess
import sys
from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

Stream = list[list[str]]
Changes = list[list[Any]]
Operation = tuple[str, int, int, int, int]
_CONTEXT = "-U10000000"


def _text(path: str) -> str:
    return Path(path).read_text(encoding="utf-8")


def _lines(path: str) -> list[str]:
    return _text(path).splitlines(keepends=True)


def _words(path: str) -> list[str]:
    return re.findall(r"\S+\s*", _text(path))


def _stream(operations: Iterable[Operation], old: Sequence[str], new: Sequence[str]) -> Stream:
    stream: Stream = []
    for tag, a, b, c, d in operations:
        if tag == "equal":
            stream.append(["=", "".join(old[a:b])])
        else:
            stream += [["-", "".join(old[a:b])], ["+", "".join(new[c:d])]]
    return [piece for piece in stream if piece[1]]


def _by_difflib(old: Sequence[str], new: Sequence[str]) -> Stream:
    return _stream(difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes(), old, new)


def difflib_lines(old: str, new: str) -> Stream:
    return _by_difflib(_lines(old), _lines(new))


def difflib_words(old: str, new: str) -> Stream:
    return _by_difflib(_words(old), _words(new))


def git_words(old: str, new: str) -> Stream:
    told = _git("--word-diff=porcelain", old, new)
    tags = {" ": "=", "-": "-", "+": "+"}
    return [[tags[line[0]], line[1:]] for line in told if line[:1] in tags]


def git_moved(old: str, new: str) -> Stream:
    told = _git("--color=always", "--color-moved=plain", old, new)
    stream = []
    for line in told:
        colour = re.match(r"\x1b\[([0-9;]*)m", line)
        plain = re.sub(r"\x1b\[[0-9;]*m", "", line)
        if plain[:1] in " -+" and plain:
            moved = colour is not None and colour[1] in ("35", "36")
            tag = {" ": "=", "-": "<" if moved else "-", "+": ">" if moved else "+"}[plain[0]]
            stream.append([tag, plain[1:]])
    return stream


def _git(*words: str) -> list[str]:
    colours = ("-c", "color.diff.oldMoved=magenta", "-c", "color.diff.newMoved=cyan")
    command = ["git", *colours, "diff", "--no-index", _CONTEXT, *words]
    told = subprocess.run(command, capture_output=True, text=True, check=False).stdout.split("\n")
    start = next((at for at, line in enumerate(told) if "@@" in line), len(told))
    return told[start + 1 :]


def wdiff(old: str, new: str) -> Stream:
    command = ["wdiff", "-w", "\x01", "-x", "\x02", "-y", "\x03", "-z", "\x02", old, new]
    told = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    tags = {"\x01": "-", "\x02": "=", "\x03": "+"}
    pieces = re.split("([\x01\x02\x03])", "\x02" + told)[1:]
    return [[tags[mark], text] for mark, text in zip(pieces[::2], pieces[1::2], strict=True)]


def patiencediff_words(old: str, new: str) -> Stream:
    a, b = _words(old), _words(new)
    return _stream(import_module("patiencediff").PatienceSequenceMatcher(None, a, b).get_opcodes(), a, b)


def diff_match_patch(old: str, new: str) -> Stream:
    differ = import_module("diff_match_patch").diff_match_patch()  # with its own limit of a second
    pieces = differ.diff_main(_text(old), _text(new))
    differ.diff_cleanupSemantic(pieces)
    return [[{0: "=", -1: "-", 1: "+"}[tag], text] for tag, text in pieces]


def redlines(old: str, new: str) -> Stream:
    known = import_module("redlines").Redlines(_text(old), _text(new))
    first = known._diff_operations[0]
    pieces = _stream(known.opcodes, first.source_chunk.text, first.test_chunk.text)
    return [[tag, text.replace("¶", "")] for tag, text in pieces]


def prosediff(old: str, new: str) -> Changes:
    compared = import_module("prosediff.diff").compare_paths(old, new).files[0]
    changes: Changes = []
    for row in compared.rows:
        olds = _numbered([compared.old_lines[row.left_no - 1]] if row.left_no else [])
        news = _numbered([compared.new_lines[row.right_no - 1]] if row.right_no else [])
        kind = {"delete": "removed", "insert": "added", "replace": "reworded"}.get(row.kind)
        if row.kind in ("moved-out", "moved-in") or (row.only_moved and kind in ("removed", "added")):
            changes.append(["moved", olds, news])
            kind = "reworded" if row.words_added or row.words_removed else None
        if kind:
            changes.append([kind, olds, news])
    return changes


def doc_control(old: str, new: str) -> Changes:
    a, b, alignment = import_module("doc_control.ops.diff").diff_documents(Path(old), Path(new))
    names = {"modified": "reworded", "deleted": "removed", "inserted": "added"}
    changes: Changes = []
    for change in alignment.changes:
        olds = _numbered(a.paragraphs[at].text for at in change.old)
        news = _numbered(b.paragraphs[at].text for at in change.new)
        kind = names.get(change.kind, change.kind)
        if kind in ("reworded", "removed", "added", "moved", "split", "merged"):
            changes.append([kind, olds, news])
        if kind == "reworded" and getattr(change, "moved", False):
            changes.append(["moved", olds, news])
    return changes


def _numbered(lines: Iterable[str]) -> list[tuple[str | None, str]]:
    """Each clause's printed number and its words."""
    found = []
    for line in lines:
        number = re.match(r"\s*(\(?[A-Z]?\d+(?:\.\d+)*[.)]?|\([a-z]\)|[•–])\s+", line)
        found.append((number[1].strip("().") if number else None, line[number.end() :] if number else line))
    return found


def rapidfuzz_recipe(old: str, new: str) -> Changes:
    """What a careful user writes in an afternoon: the same text first, then the most alike of all pairs; what is out of
    order has moved."""
    fuzz, process = import_module("rapidfuzz.fuzz"), import_module("rapidfuzz.process")
    olds, news = _numbered(_passages(old)), _numbered(_passages(new))
    keys = [[_key(text) for _, text in side] for side in (olds, news)]
    places: dict[str, list[int]] = {}
    for j, key in enumerate(keys[1]):
        places.setdefault(key, []).append(j)
    partner = {i: places[key].pop(0) for i, key in enumerate(keys[0]) if places.get(key)}
    left = [i for i in range(len(olds)) if i not in partner]
    free = sorted(set(range(len(news))) - set(partner.values()))
    if left and free:
        scores = process.cdist(
            [keys[0][i] for i in left], [keys[1][j] for j in free], scorer=fuzz.ratio, score_cutoff=65
        )
        at, to = scores.nonzero()
        order = (-scores[at, to]).argsort(kind="stable")
        ranked = zip(at[order].tolist(), to[order].tolist(), strict=True)
        used: set[int] = set()
        for at, to in ranked:
            if left[at] not in partner and free[to] not in used:
                partner[left[at]] = free[to]
                used.add(free[to])
    return _recipe_changes(olds, news, keys, partner)


_MODAL = re.compile(r"\b(?:must|should|may|can|will|shall|expected to)(?: not)?\b")


def _recipe_changes(
    olds: list[tuple[str | None, str]],
    news: list[tuple[str | None, str]],
    keys: list[list[str]],
    partner: dict[int, int],
) -> Changes:
    kept = _rising([partner[i] for i in sorted(partner)])
    changes: Changes = []
    for i, j in sorted(partner.items()):
        if j not in kept:
            changes.append(["moved", [olds[i]], [news[j]]])
        if keys[0][i] != keys[1][j]:
            strength = _MODAL.findall(keys[0][i]) != _MODAL.findall(keys[1][j])
            changes.append(["strength" if strength else "reworded", [olds[i]], [news[j]]])
    changes += [["removed", [clause], []] for i, clause in enumerate(olds) if i not in partner]
    paired = set(partner.values())
    return changes + [["added", [], [clause]] for j, clause in enumerate(news) if j not in paired]


_BEGINS = r"(?:\(?[A-Z]?\d+(?:\.\d+)*[.)]|\d+\.\d+|\([a-z]\)|[•–])\s"


def _passages(path: str) -> list[str]:
    """The lines of a text; of a paged one, its passages, without what stands at the head and foot of its pages."""
    text = _text(path)
    if "\f" not in text:
        return [line for line in text.splitlines() if line.strip()]
    pages = [page.split("\n") for page in text.split("\f")]
    passages: list[str] = []
    carried = False
    for page in pages:
        worded = [at for at, line in enumerate(page) if line.strip()]
        for at in range(worded[0] + 1, worded[-1]):
            line = page[at].strip()
            if not line:
                carried = carried and not passages[-1].endswith((".", ";", ":"))
            elif carried and not re.match(_BEGINS, line):
                passages[-1] = passages[-1][:-1] + line if passages[-1].endswith("-") else f"{passages[-1]} {line}"
            else:
                passages.append(line)
                carried = True
    return passages


_PLAIN = {0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"', 0x2010: "-", 0x2011: "-", 0x2013: "-", 0xAD: None}


def _key(text: str) -> str:
    plain = import_module("unicodedata").normalize("NFKC", text).translate(_PLAIN)
    return re.sub(r"paragraph A?\d+(\.\d+)*", "paragraph #", " ".join(plain.replace("-", "").split()))


def _rising(places: Sequence[int]) -> set[int]:
    """The places of a longest rising row."""
    ends: list[int] = []
    chains: list[tuple[int, Any]] = []
    for place in places:
        at = bisect_left(ends, place)
        ends[at : at + 1] = [place]
        chains[at : at + 1] = [(place, chains[at - 1] if at else None)]
    kept, chain = set(), chains[-1] if chains else None
    while chain is not None:
        kept.add(chain[0])
        chain = chain[1]
    return kept


STREAMS: dict[str, Callable[[str, str], Stream]] = {
    "difflib_lines": difflib_lines,
    "difflib_words": difflib_words,
    "git_words": git_words,
    "git_moved": git_moved,
    "wdiff": wdiff,
    "patiencediff_words": patiencediff_words,
    "diff_match_patch": diff_match_patch,
    "redlines": redlines,
}
CHANGES: dict[str, Callable[[str, str], Changes]] = {
    "rapidfuzz_recipe": rapidfuzz_recipe,
    "prosediff": prosediff,
    "doc_control": doc_control,
}

if __name__ == "__main__":
    tool, *paths = sys.argv[1:]
    found: dict[Hashable, Any] = (
        {"stream": STREAMS[tool](*paths)} if tool in STREAMS else {"changes": CHANGES[tool](*paths)}
    )
    json.dump(found, sys.stdout, ensure_ascii=False)
