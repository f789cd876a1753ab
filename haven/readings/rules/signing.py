"""What a signature says, which duty it answers, and where somebody stands with a part."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from haven.readings.rules.kinds import ReaderKind

STATEMENT = "I have read and understood “{part}” of “{title}”, {label}."
LONGEST_HOW = 300
SOON = timedelta(days=7)
USUALLY, FRIDAY = timedelta(days=28), 4
OVERDUE_EVERY = 7  # days between reminders of what is overdue


class Way(StrEnum):
    """How somebody read what she signed."""

    HAVEN = "haven"
    CHANGES = "changes"
    ELSEWHERE = "elsewhere"
    PAPER = "paper"


WAYS = {
    Way.HAVEN: "in Haven",
    Way.CHANGES: "what changed, in Haven",
    Way.ELSEWHERE: "on paper or elsewhere",
    Way.PAPER: "signed on paper",
}


class State(StrEnum):
    """Where somebody stands with a part."""

    SIGNED = "signed"
    CARRIED = "carried"  # signed for another edition in which the words are the same
    OPEN = "open"
    LATE = "late"
    NONE = "none"  # it is not for her


DONE = frozenset({State.SIGNED, State.CARRIED})
WAITING = frozenset({State.OPEN, State.LATE})


@dataclass(frozen=True, slots=True)
class Duty:
    """A part as it is to be read: of which edition, by whom, and the digest of its words where they are in Haven."""

    edition: UUID
    key: str
    kinds: frozenset[ReaderKind]
    words: str = ""
    was_key: str = ""  # what the part was called in the edition before

    @property
    def keys(self) -> frozenset[str]:
        """What it is or was called."""
        return frozenset({self.key, self.was_key} - {""})


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature: for which part of which edition, and the digest of the words that were signed."""

    id: UUID
    edition: UUID
    key: str
    words: str
    way: Way
    on: date


def is_for(duty: Duty, kinds: Collection[ReaderKind]) -> bool:
    """Whether a reader of these kinds must read it."""
    return not duty.kinds.isdisjoint(kinds)


def answers(signed: Signed, duty: Duty) -> bool:
    """Whether a signature answers a duty: for the same words in whatever edition, or, where the words are not in Haven,
    for the part of that name in the very same edition."""
    if signed.words and duty.words:
        return signed.words == duty.words
    return signed.edition == duty.edition and signed.key == duty.key


def answer_to(duty: Duty, signatures: Iterable[Signed]) -> Signed | None:
    """The signature that answers a duty: one for this edition, else the newest that carries over."""
    fit = [each for each in signatures if answers(each, duty)]
    return max(fit, key=lambda each: (each.edition == duty.edition, each.on), default=None)


def signed_before(duty: Duty, signatures: Iterable[Signed]) -> Signed | None:
    """The newest signature for this part under other words, from which what changed can be told."""
    fit = [each for each in signatures if each.key in duty.keys and each.words and each.words != duty.words]
    return max(fit, key=lambda each: each.on, default=None) if duty.words else None


def state_of(duty: Duty, kinds: Collection[ReaderKind], answer: Signed | None, *, due_on: date, today: date) -> State:
    """Where a reader of these kinds stands with a part."""
    if not is_for(duty, kinds):
        return State.NONE
    if answer is not None:
        return State.SIGNED if answer.edition == duty.edition else State.CARRIED
    return State.LATE if due_on < today else State.OPEN


@dataclass(frozen=True, slots=True)
class Counts:
    """How many parts are signed, open and overdue."""

    done: int = 0
    open: int = 0
    late: int = 0

    @property
    def all(self) -> int:
        """All that are to be signed."""
        return self.done + self.open + self.late

    @property
    def waiting(self) -> int:
        """Those not signed."""
        return self.open + self.late

    @property
    def percent(self) -> int:
        """How many are signed, of a hundred. Not a hundred before all are."""
        return 100 * self.done // self.all if self.all else 100

    @property
    def bar(self) -> tuple[tuple[str, float, float], ...]:
        """The parts of the bar: which, where it starts and how wide it is, of a hundred."""
        parts, start = [], 0.0
        for name, count in (("done", self.done), ("open", self.open), ("late", self.late)):
            width = round(100 * count / self.all, 2) if self.all else 0.0
            if width:
                parts.append((name, round(start, 2), width))
            start += width
        return tuple(parts)


def counted(states: Iterable[State]) -> Counts:
    """How many there are of each."""
    known = list(states)
    done = sum(each in DONE for each in known)
    return Counts(done, known.count(State.OPEN), known.count(State.LATE))


def reminder_due(due_on: date, today: date) -> str:
    """What people are reminded of on this day without anybody's doing; blank on most days."""
    if due_on - today == SOON:
        return "soon"
    late = (today - due_on).days
    return "overdue" if late > 0 and late % OVERDUE_EVERY == 1 else ""


def wrong_due(due_on: date, today: date) -> str:
    """What is wrong with a day by which people are to have read; blank where nothing is."""
    if due_on < today:
        return "Choose a day that is not over yet."
    return "Choose a day within two years." if due_on > today + timedelta(days=731) else ""


def usual_due(today: date) -> date:
    """The day that is proposed: four weeks on, and no day at a weekend."""
    day = today + USUALLY
    return day - timedelta(days=max(0, day.weekday() - FRIDAY))
