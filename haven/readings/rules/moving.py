"""From one edition's parts to the next one's: which went on, which were renamed, which are gone, which are new."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from haven.readings.rules.kinds import ReaderKind
from haven.readings.rules.parts import likeness

HOLDS = 0.3  # of a part's clauses: fewer, and its name alone does not say that it is the same part
RENAMED = 0.5  # as many, and another name hides the same part


class Way(StrEnum):
    """What became of a part."""

    SAME = "same"  # its words did not change
    CHANGED = "changed"
    RENAMED = "renamed"  # another name over the same words
    DOUBTFUL = "doubtful"  # the same name over other words
    DROPPED = "dropped"


SETTLED = frozenset({Way.SAME, Way.CHANGED})
"""What goes on by itself. Of everything else the school says what its readers read now."""


@dataclass(frozen=True, slots=True)
class Worded:
    """A part with its words: the digest of all, and of each clause. Both are empty where the text is not in Haven."""

    key: str
    name: str
    words: str = ""
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Moved:
    """An earlier part, and the one that goes on from it, with how much of the words they share."""

    old: Worded
    new: Worded | None
    way: Way
    shared: float | None = None  # null where the text of either is not in Haven

    @property
    def is_settled(self) -> bool:
        """Whether it goes on without anybody having to say so."""
        return self.way in SETTLED

    @property
    def percent(self) -> int | None:
        """How much they share, in hundredths."""
        return None if self.shared is None else int(self.shared * 100)


@dataclass(frozen=True, slots=True)
class Movement:
    """What became of every earlier part, and the parts that are new."""

    moved: tuple[Moved, ...]
    added: tuple[Worded, ...]


def movement(old: Sequence[Worded], new: Sequence[Worded]) -> Movement:
    """Match the parts: by number or name where the words bear it out, then by the words, then by name in doubt."""
    shared = {(a.key, b.key): _shared(a, b) for a in old for b in new}
    matched: dict[str, Moved] = {}
    taken: set[str] = set()

    def match(a: Worded, b: Worded, way: Way) -> None:
        matched[a.key] = Moved(a, b, way, shared[a.key, b.key])
        taken.add(b.key)

    by_key = {each.key: each for each in new}
    for each in old:
        other = by_key.get(each.key)
        if other and (part := shared[each.key, other.key]) is not None and part < HOLDS:
            continue
        if other:
            match(each, other, Way.SAME if each.words and each.words == other.words else Way.CHANGED)
    pairs = [(shared[a.key, b.key] or 0.0, a, b) for a in old for b in new if (shared[a.key, b.key] or 0.0) >= RENAMED]
    for _, a, b in sorted(pairs, key=lambda pair: -pair[0]):
        if a.key not in matched and b.key not in taken:
            match(a, b, Way.RENAMED)
    for each in old:
        other = by_key.get(each.key)
        if each.key not in matched and other and other.key not in taken:
            match(each, other, Way.DOUBTFUL)
    moved = tuple(matched.get(each.key) or Moved(each, None, Way.DROPPED) for each in old)
    return Movement(moved, tuple(each for each in new if each.key not in taken))


def _shared(old: Worded, new: Worded) -> float | None:
    if not old.clauses or not new.clauses:
        return None
    return 1.0 if old.words == new.words else likeness(old.clauses, new.clauses)


@dataclass(frozen=True, slots=True)
class Choice:
    """What the readers of an earlier part read now: a part by its key, or nothing, and why."""

    instead: str = ""
    why: str = ""


UNSAID = "Say what those who read “{name}” read now."
NO_SUCH = "Choose a part of the new edition for those who read “{name}”."
SAY_WHY = "Say why those who read “{name}” have nothing to read instead."


def faults_of_choices(
    moved: Movement,
    readers: Mapping[str, Collection[ReaderKind]],
    parts: Collection[str],
    choices: Mapping[str, Choice],
) -> dict[str, str]:
    """What is not said yet, by the key of the earlier part. Nobody's duty goes without a word."""
    faults = {}
    for each in moved.moved:
        if each.is_settled or not readers.get(each.old.key):
            continue
        choice = choices.get(each.old.key)
        if choice is None:
            faults[each.old.key] = UNSAID.format(name=each.old.name)
        elif choice.instead and choice.instead not in parts:
            faults[each.old.key] = NO_SUCH.format(name=each.old.name)
        elif not choice.instead and not choice.why.strip():
            faults[each.old.key] = SAY_WHY.format(name=each.old.name)
    return faults


@dataclass(frozen=True, slots=True)
class Reassigned:
    """Who reads what in the new edition, by the keys of its parts, and from which part each goes on."""

    kinds: Mapping[str, frozenset[ReaderKind]]
    goes_on_from: Mapping[str, str] = field(default_factory=dict)


def reassigned(
    moved: Movement,
    readers: Mapping[str, Collection[ReaderKind]],
    choices: Mapping[str, Choice],
    added: Mapping[str, Collection[ReaderKind]],
) -> Reassigned:
    """The new edition's duties: those that went on, those that were chosen, and those of parts that are new."""
    kinds: dict[str, set[ReaderKind]] = {key: set(given) for key, given in added.items()}
    goes_on: dict[str, str] = {}
    for each in moved.moved:
        own = set(readers.get(each.old.key, ()))
        choice = choices.get(each.old.key)
        if each.is_settled and each.new:
            kinds.setdefault(each.new.key, set()).update(own)
            goes_on[each.new.key] = each.old.key
        elif choice and choice.instead:
            kinds.setdefault(choice.instead, set()).update(own)
            if each.new and each.new.key == choice.instead:
                goes_on[choice.instead] = each.old.key
    return Reassigned({key: frozenset(given) for key, given in kinds.items()}, goes_on)
