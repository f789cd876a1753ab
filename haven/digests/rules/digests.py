"""What a digest says: lines made of judged changes or added by hand, the content that is published, what differs."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from haven.access.roles import Role
from haven.actions.rules import Reach
from haven.changes.rules.comparing import Verdict
from haven.digests.rules.prose import Block, blocks_of
from haven.engines.compare.changes import Change, ChangeKind
from haven.engines.compare.marking import Run, excerpt, neat
from haven.engines.compare.telling import (
    STRENGTH,
    Path,
    counted,
    kinds_of,
    moved_told,
    parts_of,
    shortened,
    strength_told,
    title_of,
)
from haven.guidance.rules.life import OVER, Days, Stage, is_in_force, stage_on
from haven.guidance.rules.showing import standing_in_words, when

LONGEST_TITLE = 200
LONGEST_HEADING = 200
LONGEST_PART = 300
LONGEST_PROSE = 6000
ROOM, CONTEXT = 900, 140  # letters of the words that a line shows, and around what differs
LONGEST_DOING = 200  # letters of what there is to do, where nothing is asked
DEEPEST = 3  # headings by which the parts of a document are told apart
GENERAL = "In general"
BEGINNING = "Before the first heading"


class Standing(StrEnum):
    """How far a digest has come."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """What can be done with a line at a touch."""

    UP = "up"
    DOWN = "down"
    OUT = "out"
    BACK = "back"
    FOLLOW = "follow"
    KEEP = "keep"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeTold:
    """A change as a digest shows it. `at` is its place among the changes; `path` the headings it stands under."""

    at: int
    part: str
    title: str
    path: tuple[str, ...]
    kinds: tuple[ChangeKind, ...]
    told: tuple[str, ...]
    runs: tuple[Run, ...]

    @property
    def heading(self) -> str:
        """What its line is headed by until somebody says otherwise: the nearest heading, and where it stands."""
        near = self.path[-1] if self.path and self.path[-1] != self.part else ""
        place = self.title[:1].lower() + self.title[1:] if near else self.title
        return f"{shortened(near, LONGEST_HEADING - len(place) - 10)}: {place}" if near else place[:LONGEST_HEADING]

    @property
    def place(self) -> str:
        """Where it stands within its part."""
        return " › ".join([*(each for each in self.path if each != self.part), self.title])


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked of schools because of a change."""

    action: UUID
    what: str
    due_on: date | None
    for_whom: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidLine:
    """One line as it is published. `asks` says that it wants something done; `change` is none where added by hand."""

    id: UUID
    part: str
    heading: str
    meaning: str
    asks: bool
    ref: str = ""
    change: ChangeTold | None = None
    asked: Asked | None = None

    @property
    def does(self) -> str:
        """What there is to do, in a line."""
        first = self.meaning.strip("-*• ").partition("\n")[0]
        return self.asked.what if self.asked else shortened(first, LONGEST_DOING) or self.heading

    @property
    def meaning_blocks(self) -> list[Block]:
        """What it means, as paragraphs and lists."""
        return blocks_of(self.meaning)

    @property
    def due_on(self) -> date | None:
        """By when."""
        return self.asked.due_on if self.asked else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Everything a digest says. What is published is kept as it was, whatever becomes of the judgements."""

    title: str
    introduction: str
    closing: str
    lines: tuple[SaidLine, ...]
    without_effect: int

    @property
    def to_do(self) -> tuple[SaidLine, ...]:
        """The lines that want something done: what has a day by its day, then the rest as they stand."""
        return tuple(sorted((each for each in self.lines if each.asks), key=lambda each: each.due_on or date.max))

    @property
    def introduction_blocks(self) -> list[Block]:
        """How it begins, as paragraphs and lists."""
        return blocks_of(self.introduction)

    @property
    def closing_blocks(self) -> list[Block]:
        """How it ends, as paragraphs and lists."""
        return blocks_of(self.closing)

    @property
    def own_words(self) -> tuple[str, ...]:
        """Everything in it that a person wrote, without the words of the document."""
        said = [(each.heading, each.meaning, each.asked.what if each.asked else "") for each in self.lines]
        return (self.title, self.introduction, self.closing, *(words for line in said for words in line if words))


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestWords:
    """What stands around the lines."""

    title: str
    introduction: str
    closing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineWords:
    """A line as its writer wants it. `asks` and `part` are hers to choose where no change says them."""

    heading: str
    meaning: str
    asks: bool = False
    part: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """How a digest is to be published. `seen` is the fingerprint of the content its writer looked at; `roles` are the
    posts that get the e-mail, none meaning the safeguarding leads; `has_letter` whether one is sent at all."""

    audience: tuple[Reach, ...]
    seen: str
    roles: frozenset[Role] = frozenset()
    is_public: bool = False
    has_letter: bool = True
    contacts_allowed: bool = False  # she looked at the numbers and addresses in it


def told_changes(changes: Sequence[Change], paths: Sequence[Path]) -> list[ChangeTold]:
    """Every change as a digest shows it, with the part of the document it belongs to."""
    parts = {at: path[-1] if path else BEGINNING for path, places in parts_of(paths, DEEPEST).items() for at in places}
    return [
        ChangeTold(
            at=at,
            part=parts[at][:LONGEST_PART],
            title=title_of(change),
            path=tuple(paths[at]),
            kinds=_kinds(change),
            told=tuple(what_happened(change)),
            runs=tuple(neat(excerpt(change, context=CONTEXT, room=ROOM))),
        )
        for at, change in enumerate(changes)
    ]


def _kinds(change: Change) -> tuple[ChangeKind, ...]:
    """Its kinds; that its words differ goes without saying where their strength does."""
    hidden = {ChangeKind.REWORDED} if STRENGTH & set(change.kinds) else set()
    return tuple(kind for kind in kinds_of(change) if kind not in hidden)


def what_happened(change: Change) -> list[str]:
    """What happened to it, in plain words."""
    if not change.old:
        return ["New in this edition."]
    if not change.new:
        return ["Taken out."]
    told = []
    for kind in _kinds(change):
        match kind:
            case ChangeKind.STRENGTHENED:
                told.append(_strength("Asks for more than before", change))
            case ChangeKind.WEAKENED:
                told.append(_strength("Asks for less than before", change))
            case ChangeKind.MOVED:
                where = moved_told(change)
                told.append(f"{where[:1].upper()}{where[1:]}.")
            case ChangeKind.SPLIT:
                told.append(f"Split into {counted(len(change.new), 'clause')}.")
            case ChangeKind.MERGED:
                told.append(f"Made of {counted(len(change.old), 'clause')}.")
            case ChangeKind.REWORDED:
                told.append("Worded differently.")
    return told


def _strength(words: str, change: Change) -> str:
    said = "; ".join(strength_told(change))
    return f"{words}: {said}." if said else f"{words}."


def first_title(title: str, label: str) -> str:
    """What a digest is called until somebody says otherwise."""
    end = f", {label}: what changed and possible actions for schools"
    return f"{shortened(title, max(LONGEST_TITLE - len(end) - 4, 20))}{end}"[:LONGEST_TITLE]


def first_introduction(title: str, publisher: str, old: str, new: str) -> str:
    """How a digest begins until somebody says otherwise."""
    return (
        f"{publisher} publishes “{title}”. This page tells what is different in “{new}” from “{old}”, what it means "
        "and what schools can do. It helps you to read the document and does not replace it."
    )


def grouped(lines: Iterable[SaidLine]) -> list[tuple[str, list[SaidLine]]]:
    """The lines under the parts of the document, in order; what is said in general comes first."""
    parts: dict[str, list[SaidLine]] = {"": []}
    for line in lines:
        parts.setdefault(line.part, []).append(line)
    return [(part or GENERAL, own) for part, own in parts.items() if own]


class Freshness(StrEnum):
    """How a line differs from the version before."""

    NEW = "new"
    CHANGED = "changed"


def fresh_lines(before: Content, now: Content) -> dict[UUID, Freshness]:
    """Which lines were not in the version before, or said something else there. Where a line stands is left aside."""
    known = {line.id: _said(line) for line in before.lines}
    return {
        line.id: Freshness.CHANGED if line.id in known else Freshness.NEW
        for line in now.lines
        if known.get(line.id) != _said(line)
    }


def _said(line: SaidLine) -> tuple[object, ...]:
    asked = (line.asked.what, line.asked.due_on) if line.asked else ()
    return (line.heading, line.meaning, line.asks, *asked)


def packed(content: Content) -> dict[str, Any]:
    """A content as a row keeps it."""
    kept: dict[str, Any] = json.loads(json.dumps(asdict(content), default=str))
    return kept


def unpacked(kept: Mapping[str, Any]) -> Content:
    """The content that a row keeps."""
    return Content(**{**kept, "lines": tuple(_line(each) for each in kept["lines"])})


def _line(kept: Mapping[str, Any]) -> SaidLine:
    change, asked = kept["change"], kept["asked"]
    made: dict[str, Any] = {**kept, "id": UUID(kept["id"])}
    made["change"] = change_told(change) if change else None
    made["asked"] = _asked(asked) if asked else None
    return SaidLine(**made)


def change_told(kept: Mapping[str, Any]) -> ChangeTold:
    """A change as a row keeps it."""
    made: dict[str, Any] = {**kept, "path": tuple(kept["path"]), "told": tuple(kept["told"])}
    made["kinds"] = tuple(ChangeKind(kind) for kind in kept["kinds"])
    made["runs"] = tuple((str(kind), str(text)) for kind, text in kept["runs"])
    return ChangeTold(**made)


def _asked(kept: Mapping[str, Any]) -> Asked:
    due = date.fromisoformat(kept["due_on"]) if kept["due_on"] else None
    return Asked(action=UUID(kept["action"]), what=kept["what"], due_on=due, for_whom=kept["for_whom"])


def fingerprint(content: Content) -> str:
    """The same for the same content: what is published is what was looked at."""
    return hashlib.sha256(json.dumps(packed(content), sort_keys=True).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standpoint:
    """An edition as the line on top of a digest speaks of it."""

    label: str
    days: Days
    said: Mapping[str, str]


def status_told(old: Standpoint, new: Standpoint, on: date) -> list[str]:
    """Where the later edition stands on this day, and whether the earlier one holds still; one sentence each."""
    stage = stage_on(new.days, on)
    holds = is_in_force(old.days, on)
    comes = when(new.days, "in_force_on", new.said)
    match stage:
        case Stage.FOR_INFORMATION:
            told = [f"“{new.label}” is published for information."]
            if comes:
                told.append(f"It is in force from {comes}.")
            return [*told, _until(old.label, comes)] if holds else told
        case Stage.IN_FORCE:
            told = [f"“{new.label}” is in force since {comes}."]
            return [*told, f"“{old.label}” holds beside it."] if holds else told
        case each if each in OVER:
            return [f"“{new.label}” no longer holds. {standing_in_words(new.days, new.said, on)}."]
    told = [f"“{new.label}” is not final and may still change. {standing_in_words(new.days, new.said, on)}."]
    return [*told, _until(old.label, "")] if holds else told


def _until(label: str, day: str) -> str:
    return f"Until then “{label}” holds." if day else f"For now “{label}” holds."


def verdict_asks(verdict: Verdict) -> bool:
    """Whether a judgement wants something done."""
    return verdict is Verdict.ACTION


def placed(lines: Sequence[tuple[UUID, str, int | None]], new: tuple[UUID, str, int | None]) -> list[UUID]:
    """The order of lines once another has come in: before the first of its part that stands later in the document,
    else behind the last of its part, else at the end. Each line is told by name, part and place among the changes."""
    name, part, at = new
    order = [each[0] for each in lines]
    own = [(place, each) for place, each in enumerate(lines) if each[1] == part]
    if not own:
        later = (place for place, each in enumerate(lines) if at is not None and each[2] is not None and each[2] > at)
        where = next(later, len(order)) if part else 0
    else:
        later = (place for place, each in own if at is not None and each[2] is not None and each[2] > at)
        where = next(later, own[-1][0] + 1)
    return [*order[:where], name, *order[where:]]


def moved(lines: Sequence[tuple[UUID, str]], name: UUID, step: Step) -> list[UUID]:
    """The order of lines once one has changed places with its neighbour of the same part; as before at the ends."""
    order = [each for each, _ in lines]
    part = next(own for each, own in lines if each == name)
    own = [each for each, each_part in lines if each_part == part]
    other = own.index(name) + (-1 if step is Step.UP else 1)
    if not 0 <= other < len(own):
        return order
    here, there = order.index(name), order.index(own[other])
    order[here], order[there] = order[there], order[here]
    return order
