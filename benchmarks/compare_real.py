"""How Haven does on real documents in two editions, of which their publishers (or a reader) told what changed.

The documents are not part of the project: a folder of them is named. Each lies in a folder of its own with a gold file
that says where something changed. What differs is found a second time here, by looking for each block of the one text
in the other, so that what Haven reports is held against something that knows nothing of Haven. How a place that a gold
file names is looked up, docs/reference/compare.md tells.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from benchmarks.compare_accuracy import told_by_haven
from benchmarks.compare_scoring import Sought, Told
from benchmarks.figures import Figure
from benchmarks.pair_forms import Line
from benchmarks.pairs import Item
from benchmarks.plaintext import plain_text
from haven.engines.documents.refusal import Unreadable

_MOST_FALSE = 0.02
_ALIKE = 0.5
_ALIKE_IN_PLACE = 0.25
_FEWEST_SHARED = 4
_OPENING = ("introduction", "metadata")  # what stands before any second heading
_LEADING = re.compile(r"^\s*(?:[*+\-•]|\(?\w{1,2}[.)]|§?\d+(?:\.\d+)*[.)]?)\s+")
_MARKUP = re.compile(r"<[^>]*>|\]\([^)]*\)|\]\[[^\]]*\]|[*_`#\[\]\\]|^>+", re.MULTILINE)
_BLOCK = re.compile(r"\n\s*\n|\n(?=\s*(?:[*+\-]|\d+\.)\s)|\n(?=\s*\||#)|(?<=#\S)\n")
_HEADING = re.compile(r"^(#+)\s+(.*)")
_QUOTED = re.compile(r"[“\"']([^”\"']{4,80})[”\"']")
_SECTION = re.compile(r"§?\b\d+(?:\.\d+)+\b|§\s?\d+\b|Table \d+[-–.]\d+|(?:Appendix|Annex) [A-Z]\b")
_IDENTITY = re.compile(r"^\W*((?:[A-Z]{1,2}\.[A-Z]{2}(?:-\d+)?|[A-Z]\d(?:\.[a-z](?:\.\d+)?)?|V?\d+\.\d+\.\d+)\b)")
_HEAD_NUMBER = re.compile(r"^(?:\S*\d\S*|[A-Z])\s+")
_FILLING = frozenset("the a an of and or to in clause list definition definitions for on by is are with".split())


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, list entry, heading or table row, and the headings above it."""

    text: str
    path: tuple[str, ...]


@dataclass(frozen=True)
class Document:
    """A pair of editions, what its gold file says, and what Haven says."""

    name: str
    gold: dict[str, Any]
    old: tuple[Block, ...]
    new: tuple[Block, ...]
    told: list[Told]

    @cached_property
    def differing(self) -> tuple[set[int], set[int]]:
        """The blocks of each edition that the other does not have."""
        (old, new), counts = self._keys, self._counts
        return {at for at, key in enumerate(old) if not counts[1][key]}, {
            at for at, key in enumerate(new) if not counts[0][key]
        }

    @cached_property
    def unchanged(self) -> tuple[set[int], set[int]]:
        """The blocks of each edition that stand as often in the other."""
        (old, new), counts = self._keys, self._counts
        same = {key for key, count in counts[0].items() if counts[1][key] == count}
        return {at for at, key in enumerate(old) if key in same}, {at for at, key in enumerate(new) if key in same}

    @cached_property
    def _keys(self) -> tuple[list[str], list[str]]:
        return [_block_key(block) for block in self.old], [_block_key(block) for block in self.new]

    @cached_property
    def _counts(self) -> tuple[Counter[str], Counter[str]]:
        return Counter(self._keys[0]), Counter(self._keys[1])

    @cached_property
    def reported(self) -> tuple[set[int], set[int]]:
        """The blocks of each edition that a change which Haven tells is about."""
        found: tuple[set[int], set[int]] = (set(), set())
        for side, blocks in enumerate((self.old, self.new)):
            sought = Sought(
                [Line(Item(at, "paragraph", block.text), "", block.text) for at, block in enumerate(blocks)]
            )
            for change in self.told:
                if change.kinds != ("moved",):
                    for number, text in (change.old, change.new)[side]:
                        found[side].update(sought.clauses(number, _worded(text)) or ())
        return found


def figures(data: Path) -> list[Figure]:
    """Every figure that the folder of real documents gives."""
    found: list[Figure] = []
    documents: list[Document] = []
    for gold in sorted(data.rglob("gold*.json")):
        known = json.loads(gold.read_text(encoding="utf-8"))
        name = f"{gold.parent.relative_to(data)} {known['frm']} → {known['to']}"
        try:
            document = _document(name, known, gold.parent)
        except (Unreadable, FileNotFoundError) as refusal:
            line = refusal.line if isinstance(refusal, Unreadable) else "a text is missing"
            print(f"{name}: skipped: {line}")
            continue
        documents.append(document)
        found += _figures(document)
    return found + list(_together(documents))


def _together(documents: list[Document]) -> Iterator[Figure]:
    """What is wanted of all documents together: published changes reported, and how much of what did not change."""
    told = [_published_counts(document) for document in documents if _is_published(document)]
    visible, missed = sum(count for count, _ in told), sum(len(names) for _, names in told)
    yield Figure(
        group="real: all together",
        name="published changes that the texts show, reported",
        value=round(1 - missed / max(1, visible), 4),
        unit=f"share of {visible}",
        wanted="1",
    )
    same = sum(len(side) for document in documents for side in document.unchanged)
    false = sum(
        len(unchanged & reported)
        for document in documents
        for unchanged, reported in zip(document.unchanged, document.reported, strict=True)
    )
    yield Figure(
        group="real: all together",
        name="unchanged blocks reported",
        value=round(false / max(1, same), 4),
        unit=f"share of {same} blocks",
        wanted=f"≤ {_MOST_FALSE}",
    )


def _figures(document: Document) -> Iterator[Figure]:
    yield from _differences(document)
    if "unchanged_indicators" in document.gold:
        yield _removals(document)
    elif _is_published(document):
        yield _published(document)
    else:
        yield _matching(document)


def _is_published(document: Document) -> bool:
    """Whether the gold file tells of changes by their places, and not of which clause became which."""
    return not any("to" in change for change in document.gold["changes"])


def _document(name: str, gold: dict[str, Any], folder: Path) -> Document:
    paths = [next(iter(sorted(folder.glob(f"{gold[side]}.[hmt]*"))), folder / "none") for side in ("frm", "to")]
    contents = [path.read_bytes() for path in paths]
    told = told_by_haven(*zip((path.name for path in paths), contents, strict=True))
    old, new = (tuple(_blocks(path.name, content)) for path, content in zip(paths, contents, strict=True))
    return Document(name, gold, old, new, told)


def _blocks(name: str, content: bytes) -> Iterator[Block]:
    """The blocks of a markdown or HTML text."""
    text = plain_text(name, _marked(content)) if name.endswith("html") else content.decode()
    path: list[tuple[int, str]] = []
    for part in text.split("\n") if name.endswith("html") else _BLOCK.split(text):
        words = _worded(part)
        if heading := _HEADING.match(part.strip()):
            path = [(level, title) for level, title in path if level < len(heading[1])]
            path.append((len(heading[1]), words))
        if any(map(str.isalpha, words)):
            yield Block(words, tuple(title for _, title in path))


def _marked(content: bytes) -> bytes:
    """HTML of one line, its headings and the terms that it defines marked as markdown marks headings."""
    plain = content.replace(b"\n", b" ")
    plain = re.sub(rb"<h([1-6])\b[^>]*>", lambda found: b"<p>" + b"#" * int(found[1]) + b" ", plain)
    return re.sub(rb"<dt\b[^>]*>", b"<p>####### ", plain)


def _worded(text: str) -> str:
    """A block's words, without marks of markdown, cells' bars and the addresses of links."""
    return " ".join(_MARKUP.sub(" ", text.replace("|", " ")).split())


def _key(text: str) -> str:
    """What two blocks share that differ in the numbers before them, quotes, dashes and blanks alone."""
    plain = text.translate({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"', 0x2013: "-", 0x2014: "-"})
    plain = _IDENTITY.sub("", _LEADING.sub("", plain))
    return re.sub(r"-\s*", "", " ".join(plain.split()))


def _block_key(block: Block) -> str:
    """A block's key; of a heading, whatever its number and the case of its letters."""
    if block.path[-1:] == (block.text,):
        return _key(_HEAD_NUMBER.sub("", block.text)).casefold()
    return _key(block.text)


# --- what differs, and what does not ----------------------------------------------------------------------------------


def _differences(document: Document) -> Iterator[Figure]:
    """How much of what differs is reported, and how much of what does not."""
    reported = document.reported
    differing = sum(map(len, document.differing))
    hits = sum(len(differ & told) for differ, told in zip(document.differing, reported, strict=True))
    same = sum(map(len, document.unchanged))
    false = sum(len(unchanged & told) for unchanged, told in zip(document.unchanged, reported, strict=True))
    yield Figure(
        group=f"real: {document.name}",
        name="blocks that differ, reported",
        value=round(hits / max(1, differing), 4),
        unit=f"share of {differing} blocks",
        wanted="1",
    )
    yield Figure(
        group=f"real: {document.name}",
        name="unchanged blocks reported",
        value=round(false / max(1, same), 4),
        unit=f"share of {same} blocks",
        wanted=f"≤ {_MOST_FALSE}",
    )


# --- published changes ------------------------------------------------------------------------------------------------


def _published(document: Document) -> Figure:
    """How many of the published changes that the texts show are reported."""
    visible, missed = _published_counts(document)
    return Figure(
        group=f"real: {document.name}",
        name="published changes that the texts show, reported",
        value=round(1 - len(missed) / max(1, visible), 4),
        unit=f"share of {visible}, of {len(document.gold['changes'])} published",
        compared_with=f"missed: {'; '.join(missed)}" if missed else None,
        wanted="1",
    )


def _published_counts(document: Document) -> tuple[int, list[str]]:
    """How many published changes the texts show, and where those are that are not reported."""
    visible, missed = 0, []
    for change in document.gold["changes"]:
        places = [found for found in _places(document, change) if any(found)] if change.get("in_text", True) else []
        visible += bool(places)
        if not all(old & document.reported[0] or new & document.reported[1] for old, new in places):
            missed.append(str(change["where"]))
    return visible, missed


def _places(document: Document, change: dict[str, Any]) -> Iterator[tuple[set[int], set[int]]]:
    """For each place that a gold file names, the blocks that differ there, in either edition."""
    quotes = [_key(quote) for quote in _QUOTED.findall(change["text"])]
    for place in _names(str(change["where"])):
        there = [
            {at for at in differ if _is_at(blocks[at], place)}
            for differ, blocks in zip(document.differing, (document.old, document.new), strict=True)
        ]
        if not any(there):
            there = _alike_in_words(document, f"{place} {change['text']}")
        quoted = [
            {at for at in found if any(quote in _key(blocks[at].text) for quote in quotes)}
            for found, blocks in zip(there, (document.old, document.new), strict=True)
        ]
        old, new = quoted if any(quoted) else there
        yield old, new


def _alike_in_words(document: Document, text: str) -> list[set[int]]:
    """Of the blocks that differ, those that share most words with what is told of a change, and four or more."""
    words = _words(text) - _FILLING
    sides = list(zip(document.differing, (document.old, document.new), strict=True))
    shared = [{at: len(words & _words(blocks[at].text)) for at in differ} for differ, blocks in sides]
    most = max((count for side in shared for count in side.values()), default=0)
    return [{at for at, count in side.items() if count == most >= _FEWEST_SHARED} for side in shared]


def _names(where: str) -> list[str]:
    """The places that a gold file's words name: numbers of sections and tables, or else names parted by semicolons."""
    numbers = _SECTION.findall(where)
    if numbers and not re.search(r"[a-z]{4}", _SECTION.sub("", where)):
        return [number.lstrip("§ ") for number in numbers]
    return [name.strip() for name in re.sub(r"^\w+:\s*", "", where).split(";")]


def _is_at(block: Block, place: str) -> bool:
    """Whether a block stands under a heading that begins with a number, or has a name."""
    if place[0].isdigit():
        return any(re.match(rf"{re.escape(place)}(?![\d.]*\d)", title) for title in block.path)
    if place.startswith("Table"):
        section = re.split(r"[-–.]", place.removeprefix("Table "))[0]
        return any(re.match(rf"{section}\b", title) for title in block.path)
    if place.casefold() in _OPENING and len(block.path) < 2:
        return True
    return any(place.casefold() in title.casefold() for title in block.path) or _key(block.text).startswith(_key(place))


def _words(text: str) -> set[str]:
    return set(re.findall(r"[a-z]{3,}", text.casefold()))


# --- redrafted, not removed -------------------------------------------------------------------------------------------


def _removals(document: Document) -> Figure:
    """What is called removed though it is still there: unchanged, moved or redrafted."""
    gold = document.gold
    kept = set(gold["unchanged_indicators"])
    kept |= {_identity(str(c["where"])) for c in gold["changes"] if c["kind"] in ("moved", "reworded")}
    added = [(_identity(_printed(*c)), c[1]) for t in document.told if t.kinds == ("added",) for c in t.new]
    removed = [(_identity(_printed(*c)), c[1]) for t in document.told if t.kinds == ("removed",) for c in t.old]
    false = [name or text[:60] for name, text in removed if (name and name in kept) or _has_heir(name, text, added)]
    return Figure(
        group=f"real: {document.name}",
        name="redrafted or moved, yet called removed",
        value=len(false),
        unit=f"clauses, of {len(removed)} called removed",
        compared_with=f"these: {', '.join(false)}" if false else None,
        wanted="0",
    )


def _has_heir(name: str, text: str, added: Iterable[tuple[str, str]]) -> bool:
    """Whether what was added has the same number and a quarter of the words, or half of them anywhere."""
    mine = _words(text) - _FILLING
    for other, words in added:
        theirs = _words(words) - _FILLING
        shared = 2 * len(mine & theirs) / max(1, len(mine) + len(theirs))
        if shared >= _ALIKE or (name and name == other and shared >= _ALIKE_IN_PLACE):
            return True
    return False


# --- which clause became which ----------------------------------------------------------------------------------------


def _matching(document: Document) -> Figure:
    """Of the pairs that a published mapping names, how many Haven holds together."""
    pairs = set(_pairs_told(document)) | set(_pairs_untouched(document))
    asked = list(_pairs_asked(document.gold))
    hits = sum(any((where, to) in pairs for to in many) for where, many in asked)
    return Figure(
        group=f"real: {document.name}",
        name="mapped clauses held together with one of theirs",
        value=round(hits / max(1, len(asked)), 4),
        unit=f"share of {len(asked)}",
    )


def _pairs_asked(gold: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    asked: dict[str, list[str]] = {}
    for change in gold["changes"]:
        to = change.get("to") or []
        if change.get("side", "from") == "from" and to and change["kind"] != "removed":
            asked.setdefault(str(change["where"]), []).extend([to] if isinstance(to, str) else to)
    yield from asked.items()


def _pairs_told(document: Document) -> Iterator[tuple[str, str]]:
    for change in document.told:
        for old in change.old:
            for new in change.new:
                yield _identity(_printed(*old)), _identity(_printed(*new))


def _pairs_untouched(document: Document) -> Iterator[tuple[str, str]]:
    """Clauses that nothing is said of: those with the same words, or the same number."""
    touched = {_identity(_printed(*clause)) for change in document.told for clause in change.old}
    new = {_bare_of_identity(block.text): _identity(block.text) for block in document.new}
    for block in document.old:
        name = _identity(block.text)
        if name and name not in touched:
            yield name, new.get(_bare_of_identity(block.text), name)


def _bare_of_identity(text: str) -> str:
    return _key(_IDENTITY.sub("", text))


def _printed(number: str | None, text: str) -> str:
    return f"{number} {text}" if number else text


def _identity(text: str) -> str:
    """The number by which a mapping names a clause, such as A1.b.2, ID.AM-1 or 1.2.3; empty where it has none."""
    found = _IDENTITY.match(text)
    return found[1].lstrip("V") if found else ""
