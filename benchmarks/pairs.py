"""Makes two editions of one long document, every edit between them known.

A first edition is drawn up from sentences: parts, sections, numbered paragraphs, lettered sub-clauses, bullets, table
rows, footnotes and an annex. An edit script makes the second. What an edit did stands in `Pair.events`, clause by
clause, by an identity that neither edition prints; `benchmarks.pair_forms` prints both as files of five kinds.
The same seed always makes the same pair.
"""

import re
from collections.abc import Callable, Iterable
from copy import deepcopy
from dataclasses import dataclass, field
from functools import partial
from random import Random
from typing import Literal

from benchmarks import pair_edits as edits
from benchmarks.pair_words import VOICES, Voice, remark, sentence, title

Kind = Literal["heading", "paragraph", "letter", "bullet", "row", "note"]
REFERENCE = re.compile("\x01(\\d+)\x02")
MARK = re.compile("\x03(\\d+)\x04")
CELLS = " | "  # between the cells of a table's row
_RUNNING = ("paragraph",)


@dataclass(slots=True)
class Item:
    """One clause of an edition. References to others stand in its words by identity, until it is printed."""

    uid: int
    kind: Kind
    text: str
    level: int = 0  # of a heading
    in_annex: bool = False
    group: int = -1  # the paragraph that a letter, bullet or row stands under
    whims: list[str] = field(default_factory=list)  # what the second edition's typesetter did to it


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to some clauses. `direction` of a change of strength: strengthened or weakened."""

    kind: str
    old: tuple[int, ...]
    new: tuple[int, ...]
    direction: str = ""


@dataclass(slots=True)
class Pair:
    """Both editions and what happened between them."""

    title: str
    seed: int
    old: list[Item]
    new: list[Item]
    events: list[Event]

    @property
    def words(self) -> int:
        """How many words the first edition has."""
        return sum(len(item.text.split()) for item in self.old)


@dataclass(frozen=True, slots=True)
class Edits:
    """How many of each edit in a thousand clauses."""

    added: int = 25
    removed: int = 20
    moved: int = 12
    reworded: int = 60
    strength: int = 20
    renamed: int = 6  # headings
    noise: int = 300
    lost_numbers: int = 6  # by the extractor, in printed pages alone
    rewritten: int = 0
    split: int = 0
    merged: int = 0
    moved_reworded: int = 0


PLAIN = Edits()
HARD = Edits(rewritten=25, split=12, merged=12, moved=25, moved_reworded=12)


@dataclass(frozen=True, slots=True)
class Text:
    """Where a pair's sentences come from."""

    title: str
    parts: tuple[str, ...]
    sentence: Callable[[Random], str]
    remark: Callable[[Random], str]
    name: Callable[[Random], str]


def text_of_voice(name: str) -> Text:
    """Sentences of one of the voices."""
    voice: Voice = VOICES[name]
    return Text(voice.title, voice.parts, partial(sentence, voice), partial(remark, voice), partial(title, voice))


def text_of_sentences(name: str, sentences: list[str], random: Random) -> Text:
    """Sentences of a real text, each used once, in an order of its own; the headings are those of a voice."""
    left = sentences[:]
    start = random.randrange(len(left))
    left = left[start:] + left[:start]
    take = iter(left)

    def following(_: Random) -> str:
        found = next(take, None)
        if found is None:
            raise ValueError(f"{name} has too few sentences: {len(sentences)}")
        return found

    return Text(name, VOICES["hall"].parts, following, following, partial(title, VOICES["hall"]))


def make_pair(
    text: Text, seed: int, clauses: int, how: Edits, *, mean_words: int = 45, only_paragraphs: bool = False
) -> Pair:
    """A pair of about so many clauses of about so many words."""
    random = Random(f"{text.title} {seed}")
    writer = _Writer(text, random, mean_words)
    old = writer.edition(clauses, only_paragraphs=only_paragraphs)
    writer.refer(old, max(3, clauses // 14))
    new, events = _Editor(writer, old, how, clauses / 1000).second_edition()
    return Pair(text.title, seed, old, new, events)


class _Writer:
    """Draws up clauses."""

    def __init__(self, text: Text, random: Random, mean_words: int) -> None:
        self.text, self.random = text, random
        self._mean = mean_words
        self._uid = 0
        self._seen: set[str] = set()

    def item(self, kind: Kind, text: str, **more: int) -> Item:
        self._uid += 1
        return Item(self._uid, kind, text, **more)

    def words(self, mean: float) -> str:
        """Whole sentences, about so many words of them, that no other clause has."""
        for _ in range(60):
            wanted = max(6.0, self.random.lognormvariate(0, 0.5) * mean * 0.9)
            parts: list[str] = []
            while sum(len(part.split()) for part in parts) < wanted:
                write = self.text.remark if parts and self.random.random() < 0.15 else self.text.sentence
                parts.append(write(self.random))
            text = " ".join(parts)
            if edits.bare(text) not in self._seen:
                self._seen.add(edits.bare(text))
                return text
        raise ValueError("too few sentences")

    def edition(self, clauses: int, *, only_paragraphs: bool) -> list[Item]:
        parts = max(2, min(len(self.text.parts), clauses // 60))
        items: list[Item] = []
        held = 0
        for number, name in enumerate(self.text.parts[:parts], 1):
            items.append(self.item("heading", f"Part {number}: {name}", level=1))
            until = clauses * number // parts
            while held < until:
                if not only_paragraphs and self.random.random() < 0.12:
                    items.append(self.item("heading", self._title(), level=2))
                block = self._block(only_paragraphs=only_paragraphs)
                held += len(block)
                items += block
        if not only_paragraphs:
            items += self._annex(max(4, clauses // 25))
            self._footnotes(items, max(2, clauses // 60))
        return items

    def _block(self, *, only_paragraphs: bool) -> list[Item]:
        paragraph = self.item("paragraph", self.words(self._mean))
        chance = 1.0 if only_paragraphs else self.random.random()
        if chance > 0.22:
            return [paragraph]
        kind: Kind = "letter" if chance < 0.08 else "bullet" if chance < 0.17 else "row"
        if kind != "row":
            paragraph.text += " In particular:"
        members = [self.item(kind, self._member(kind), group=paragraph.uid) for _ in range(self.random.randint(2, 5))]
        return [paragraph, *members]

    def _member(self, kind: Kind) -> str:
        if kind == "row":
            return CELLS.join((self._title(), self.words(9).rstrip("."), self.random.choice(edits.DURATIONS)))
        text = self.words(14)
        return text[0].lower() + text[1:].rstrip(".") + ";" if text[1:2].islower() else text

    def _title(self) -> str:
        for _ in range(200):
            found = self.text.name(self.random)
            if edits.bare(found) not in self._seen:
                self._seen.add(edits.bare(found))
                return found
        return f"Further to {len(self._seen)}"

    def _annex(self, clauses: int) -> list[Item]:
        heading = self.item("heading", f"Annex A: {self._title()}", level=1)
        body = [self.item("paragraph", self.words(self._mean)) for _ in range(clauses)]
        for item in [heading, *body]:
            item.in_annex = True
        return [heading, *body]

    def _footnotes(self, items: list[Item], count: int) -> None:
        homes = self.random.sample([item for item in items if item.kind == "paragraph" and not item.in_annex], count)
        order = {item.uid: at for at, item in enumerate(items)}
        for home in sorted(homes, key=lambda item: order[item.uid]):
            note = self.item("note", self.words(12))
            if home.text.endswith("In particular:"):
                continue
            home.text += f"\x03{note.uid}\x04"
            items.append(note)

    def refer(self, items: list[Item], count: int) -> None:
        """Let some paragraphs refer to others."""
        paragraphs = [item for item in items if item.kind == "paragraph"]
        for item in self.random.sample(paragraphs, min(count, len(paragraphs) // 3)):
            target = self.random.choice(paragraphs)
            if target is item or not item.text.endswith("."):
                continue
            turn = self.random.choice(
                ("(see paragraph {})", "as paragraph {} says", "subject to paragraph {}", "(paragraph {} applies)")
            )
            item.text = f"{item.text[:-1]} {turn.format(f'{chr(1)}{target.uid}{chr(2)}')}."


class _Editor:
    """Makes the second edition. No clause is edited twice, but those that are to be both moved and reworded."""

    def __init__(self, writer: _Writer, old: list[Item], how: Edits, scale: float) -> None:
        self._writer, self._random = writer, writer.random
        self._old, self._how, self._scale = old, how, scale
        self._new = deepcopy(old)
        self._events: list[Event] = []
        self._taken: set[int] = set()
        self._parts: set[tuple[int, int]] = set()  # that follow one another, of what was cut in two
        aimed = (REFERENCE.findall(item.text) for item in old)
        self._aimed_at = {int(uid) for found in aimed for uid in found}
        self._parents = {item.group for item in old}
        self._vocabulary = edits.vocabulary(item.text for item in old)

    def second_edition(self) -> tuple[list[Item], list[Event]]:
        how = self._how
        self._change_strength(how.strength)
        self._rename(how.renamed)
        self._remove(how.removed)
        moved = self._choose(how.moved, self._is_plain)
        again = {item.uid for item in moved[: self._count(how.moved_reworded)]}
        self._split(how.split)
        self._merge(how.merged)
        self._reword(self._choose(how.reworded, lambda item: len(item.text.split()) >= 8), edits.reworded)
        self._reword([i for i in self._items(moved) if i.uid in again], edits.reworded)
        self._reword(self._choose(how.rewritten, lambda i: len(i.text.split()) >= 22), edits.rewritten)
        self._add(how.added)
        self._move(moved)
        self._noise(how.noise)
        self._lose_numbers(how.lost_numbers)
        return self._new, self._events

    def _count(self, per_thousand: int) -> int:
        return max(1, round(per_thousand * self._scale)) if per_thousand else 0

    def _choose(self, per_thousand: int, fits: Callable[[Item], bool]) -> list[Item]:
        free = [item for item in self._new if item.uid not in self._taken and item.kind != "heading" and fits(item)]
        chosen = self._random.sample(free, min(len(free), self._count(per_thousand)))
        self._taken.update(item.uid for item in chosen)
        return chosen

    def _items(self, items: Iterable[Item]) -> list[Item]:
        return [item for item in items if not MARK.search(item.text)]

    def _is_plain(self, item: Item) -> bool:
        """Whether nothing hangs on a clause."""
        lone = item.kind == "paragraph" and item.uid not in self._parents and not item.in_annex
        return lone and item.uid not in self._aimed_at and not MARK.search(item.text)

    def _say(self, kind: str, old: Iterable[int], new: Iterable[int], direction: str = "") -> None:
        self._events.append(Event(kind, tuple(old), tuple(new), direction))

    def _change_strength(self, per_thousand: int) -> None:
        for item in self._choose(per_thousand, lambda item: edits.has_strength(item.text)):
            item.text, direction = edits.other_strength(item.text, self._random)
            self._say("strength", [item.uid], [item.uid], direction)

    def _rename(self, per_thousand: int) -> None:
        headings = [item for item in self._new if item.kind == "heading" and item.level == 2]
        for item in self._random.sample(headings, min(len(headings), self._count(per_thousand))):
            item.text = edits.renamed(item.text, self._random)
            self._say("reworded", [item.uid], [item.uid])

    def _remove(self, per_thousand: int) -> None:
        def fits(item: Item) -> bool:
            return self._is_plain(item) or item.kind in ("bullet", "row")

        gone = {item.uid for item in self._choose(per_thousand, fits)}
        for uid in gone:
            self._say("removed", [uid], [])
        self._new = [item for item in self._new if item.uid not in gone]

    def _reword(self, items: list[Item], reword: Callable[[str, tuple[str, ...], Random], str]) -> None:
        for item in items:
            text = reword(item.text, self._vocabulary, self._random)
            if edits.bare(text) != edits.bare(item.text):
                item.text = text
                self._say("reworded", [item.uid], [item.uid])

    def _split(self, per_thousand: int) -> None:
        for item in self._choose(per_thousand, lambda i: self._is_plain(i) and edits.cuts(i.text) != []):
            first, second = self._random.choice(edits.cuts(item.text))
            part = self._writer.item("paragraph", second)
            item.text = first
            self._taken.add(part.uid)
            self._new.insert(self._place(item) + 1, part)
            self._parts.add((item.uid, part.uid))
            self._say("split", [item.uid], [item.uid, part.uid])

    def _merge(self, per_thousand: int) -> None:
        wanted = self._count(per_thousand)
        places = list(range(len(self._old) - 1))
        self._random.shuffle(places)
        for at in places:
            first, second = self._old[at : at + 2]
            if wanted and all(self._is_plain(i) and i.uid not in self._taken for i in (first, second)):
                wanted -= 1
                self._taken.update((first.uid, second.uid))
                whole = next(item for item in self._new if item.uid == first.uid)
                whole.text = f"{first.text} {second.text}"
                self._new = [item for item in self._new if item.uid != second.uid]
                self._say("merged", [first.uid, second.uid], [first.uid])

    def _add(self, per_thousand: int) -> None:
        for _ in range(self._count(per_thousand)):
            at = self._random.randrange(2, len(self._new))
            while self._new[at].kind == "note" or self._is_within(at):
                at = self._random.randrange(2, len(self._new))
            here = self._new[at - 1]
            kind: Kind = here.kind if here.kind in ("letter", "bullet") else "paragraph"
            words = self._writer.words(14 if kind != "paragraph" else 40)
            item = self._writer.item(kind, words, group=here.group if kind != "paragraph" else -1)
            item.in_annex = here.in_annex
            self._new.insert(at, item)
            self._taken.add(item.uid)
            self._say("added", [], [item.uid])

    def _is_within(self, at: int) -> bool:
        """Whether a place is between the parts of a split, or parts a paragraph from what hangs on it."""
        after, before = self._new[at], self._new[at - 1]
        splits = (before.uid, after.uid) in self._parts
        hangs = after.kind in ("letter", "bullet", "row") and before.kind not in ("letter", "bullet")
        return splits or hangs or (before.kind == "row" and after.kind == "row")

    def _move(self, items: list[Item]) -> None:
        least = max(8, len(self._new) // 12)
        for item in items:
            start = self._place(item)
            self._new.pop(start)
            spots = [
                at
                for at in range(2, len(self._new))
                if abs(at - start) >= least and self._new[at].kind in _RUNNING and not self._is_within(at)
            ]
            at = self._random.choice(spots)
            item.in_annex = self._new[at].in_annex
            self._new.insert(at, item)
            self._say("moved", [item.uid], [item.uid])

    def _place(self, item: Item) -> int:
        return next(at for at, other in enumerate(self._new) if other.uid == item.uid)

    def _noise(self, per_thousand: int) -> None:
        for item in self._random.sample(self._new, min(len(self._new), self._count(per_thousand))):
            text = CELLS.join(edits.noisy(cell, self._random) for cell in item.text.split(CELLS))
            if text != item.text:
                item.text = text
                item.whims.append("noise")

    def _lose_numbers(self, per_thousand: int) -> None:
        fits = [item for item in self._new if item.kind == "paragraph" and not item.in_annex]
        for item in self._random.sample(fits, min(len(fits), self._count(per_thousand))):
            item.whims.append(self._random.choice(("number lost", "number after", "number alone")))
