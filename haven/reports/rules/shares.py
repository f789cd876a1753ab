"""How much of what was judged is in place, and how that is shown: a word and a shape beside every colour."""

from collections.abc import Sequence
from dataclasses import dataclass

from haven.questions.rules.kinds import Stands

MOST, HALF = 75, 50  # of a hundred
PER_CENT = frozenset({"%", "per cent", "percent", "percentage"})
JUDGED = frozenset({Stands.IN_PLACE.value, Stands.PARTLY.value, Stands.NOT_IN_PLACE.value})


@dataclass(frozen=True, slots=True)
class Band:
    """How a share looks. `css` names its colour."""

    css: str
    shape: str
    label: str


ALL_IN_PLACE = Band("all", "✓", "All in place")
MOST_IN_PLACE = Band("most", "◕", "Three quarters or more")
HALF_IN_PLACE = Band("half", "◐", "Half or more")
LESS_IN_PLACE = Band("less", "✕", "Less than half")
NOTHING_JUDGED = Band("none", "–", "Nothing to judge")
BANDS = (ALL_IN_PLACE, MOST_IN_PLACE, HALF_IN_PLACE, LESS_IN_PLACE, NOTHING_JUDGED)


@dataclass(frozen=True, slots=True)
class Share:
    """Answers by what they are worth. What does not apply, or is a number or a name, is not judged."""

    in_place: int = 0
    partly: int = 0
    not_in_place: int = 0

    def __add__(self, other: "Share") -> "Share":
        return Share(self.in_place + other.in_place, self.partly + other.partly, self.not_in_place + other.not_in_place)

    @property
    def judged(self) -> int:
        """How many answers are worth something."""
        return self.in_place + self.partly + self.not_in_place

    @property
    def lacking(self) -> int:
        """How many are not wholly in place."""
        return self.partly + self.not_in_place

    @property
    def percent(self) -> int | None:
        """Of a hundred, how many are in place; none where nothing is judged."""
        return percent(self.in_place, self.judged)

    @property
    def partly_percent(self) -> int | None:
        """Of a hundred, how many are partly in place."""
        return percent(self.partly, self.judged)

    @property
    def not_percent(self) -> int | None:
        """Of a hundred, how many are not in place."""
        return percent(self.not_in_place, self.judged)

    @property
    def band(self) -> Band:
        """How it looks."""
        share = self.percent
        if share is None:
            return NOTHING_JUDGED
        if share == 100:
            return ALL_IN_PLACE
        if share >= MOST:
            return MOST_IN_PLACE
        return HALF_IN_PLACE if share >= HALF else LESS_IN_PLACE

    @property
    def bar(self) -> tuple[tuple[str, float, float], ...]:
        """The parts of a bar a hundred wide: what each stands for, where it begins, how wide it is."""
        return bar([("in-place", self.in_place), ("partly", self.partly), ("not-in-place", self.not_in_place)])


def share_of(stands: Sequence[str]) -> Share:
    """The share of answers of this worth."""
    return Share(stands.count(Stands.IN_PLACE), stands.count(Stands.PARTLY), stands.count(Stands.NOT_IN_PLACE))


def percent(number: int, whole: int) -> int | None:
    """In whole hundredths; none of nothing. What is not all is never said to be a hundred, nor what is some nought."""
    if not whole:
        return None
    if number in (0, whole):
        return 100 if number else 0
    return min(max(round(number * 100 / whole), 1), 99)


def is_of_a_hundred(unit: str) -> bool:
    """Whether a number in this unit is a share, so that no sum of them means anything."""
    return unit.strip().casefold() in PER_CENT


def bar(parts: Sequence[tuple[str, int]]) -> tuple[tuple[str, float, float], ...]:
    """Parts of a bar a hundred wide; those of nought are left out."""
    whole, start, drawn = max(sum(number for _, number in parts), 1), 0.0, []
    for name, number in parts:
        width = number * 100 / whole
        if number:
            drawn.append((name, round(start, 2), round(width, 2)))
        start += width
    return tuple(drawn)
