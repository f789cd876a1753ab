"""A day that a note speaks of, with its hours and the sentence it stands in."""

from dataclasses import dataclass
from datetime import date, datetime, time

from haven.engines.reading.items import Recurs
from haven.engines.reading.what.sentences import Sentence
from haven.engines.reading.when.stretch import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A day (or stretch of days) at `text[start:end]`, in `sentence`, with the hours that belong to it."""

    start: int
    end: int
    kind: Kind
    day: date
    until: date | None = None
    at: time | None = None
    ends_at: time | None = None
    clock: tuple[int, int] | None = None  # where the hours stand
    sentence: Sentence
    block: int
    weekday: int | None = None
    has_year: bool = False
    conflict: str | None = None
    recurs: Recurs | None = None
    group: int | None = None  # days of one list
    is_past: bool = False  # the words speak of the past
    is_behind: bool = False  # it lies before the note's own date
    is_tentative: bool = False
    confidence: float = 0.95
    opens_line: bool = False  # a day told from another that opens its line, with a colon or dash after it
    is_below_day: bool = False  # a line with hours, below a line that is only its day
    is_placed: bool = False  # its place in a table gives the day; the cell holds what happens
    is_restated: bool = False  # the day before it is told again, in brackets
    previous_end: int | None = None  # where the day before it in the same sentence ends
    next_start: int | None = None  # where the day after it in the same sentence begins

    @property
    def starts(self) -> date | datetime:
        return datetime.combine(self.day, self.at) if self.at else self.day

    @property
    def ends(self) -> date | datetime | None:
        if self.ends_at and self.at:
            return datetime.combine(self.until or self.day, self.ends_at)
        return self.until
