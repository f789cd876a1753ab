"""Rows of a spreadsheet as the answers of schools: which row is which school, what fits, and what does not and why."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from haven.engines.sheets.grid import Cell
from haven.questions.rules.answering import Unsound, Value, looks_like_a_child, sound_words
from haven.questions.rules.kinds import Stands
from haven.questions.rules.outline import Outline, Question
from haven.questions.rules.showing import School, asked
from haven.spreadsheets.rules.columns import Column, Means, Names, plain_name, urn_in
from haven.spreadsheets.rules.scales import day_in, fitted, plain, scale_of

TAKE_IN = "spreadsheets.take_in"
"""What is done in the background, by name."""

MOST_WORDINGS = 60  # different answers on one scale that a lead is asked about
LONGEST_SHOWN = 80
STRANGE = "The questions have none of this number or these words."
AGAIN = "This school answers this question in an earlier row already."
NOT_ASKED = "This school is not asked this question."
NO_SCHOOL = "The row names no school."
_LINK = ("https://", "http://")


@dataclass(frozen=True, slots=True)
class Place:
    """The school that a row is of, as the row says."""

    urn: int | None
    name: str

    @property
    def key(self) -> str:
        """One for all rows of a school."""
        return str(self.urn) if self.urn else plain_name(self.name)

    def __str__(self) -> str:
        return f"{self.name or 'URN'} ({self.urn})" if self.urn else self.name


@dataclass(slots=True)
class Given:
    """What stands in the cells about one question."""

    row: int  # as the spreadsheet counts it
    answer: Cell = ""
    explanation: str = ""
    by_when: Cell = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Misfit:
    """What was not taken in, and why."""

    row: int
    place: str
    question: str  # its number
    said: str
    why: str


@dataclass(frozen=True, slots=True)
class Brought:
    """An answer that fits."""

    value: Value
    words: str = ""
    by_on: date | None = None
    links: tuple[str, ...] = ()


@dataclass(slots=True)
class Rows:
    """All that the rows hold, by school."""

    places: dict[str, Place] = field(default_factory=dict)
    given: dict[str, dict[str, Given]] = field(default_factory=dict)
    misfits: list[Misfit] = field(default_factory=list)


@dataclass(slots=True)
class Fitted:
    """What of one school's rows can be taken in."""

    traits: tuple[str, ...] = ()
    answers: dict[str, Brought] = field(default_factory=dict)
    misfits: list[Misfit] = field(default_factory=list)
    children: list[tuple[str, str]] = field(default_factory=list)  # its question, and what looks like a child’s name


def gathered(rows: Sequence[Sequence[Cell]], head_row: int, columns: Sequence[Column], names: Names) -> Rows:
    """What stands under the headings, by school."""
    found = Rows()
    for number, row in enumerate(rows[head_row + 1 :], start=head_row + 2):
        if not any(cell != "" for cell in row):
            continue
        place = _place(row, columns)
        if not place.key:
            found.misfits.append(Misfit(number, "", "", "", NO_SCHOOL))
            continue
        found.places.setdefault(place.key, place)
        own = found.given.setdefault(place.key, {})
        for key, given in _in_row(number, row, columns, names, place, found.misfits):
            if key in own:
                found.misfits.append(Misfit(number, str(place), key, _shown(given.answer), AGAIN))
            else:
                own[key] = given
    return found


def wordings(rows: Rows, scales: Mapping[str, Sequence[Question]]) -> Mapping[str, list[tuple[str, int]]]:
    """The different answers given on each scale and how often, the most frequent first."""
    counts: dict[str, dict[str, tuple[str, int]]] = {scale: {} for scale in scales}
    of = {question.key: scale for scale, questions in scales.items() for question in questions}
    for own in rows.given.values():
        for key, given in own.items():
            if (scale := of.get(key)) and given.answer != "":
                shown, count = counts[scale].get(plain(given.answer), (_shown(given.answer), 0))
                counts[scale][plain(given.answer)] = shown, count + 1
    return {
        scale: sorted(found.values(), key=lambda one: (-one[1], one[0])) for scale, found in counts.items() if found
    }


def fit(
    outline: Outline, school: School, place: str, own: Mapping[str, Given], choices: Mapping[str, Mapping[str, str]]
) -> Fitted:
    """The answers of one school that fit its questions. `choices` says by scale what words mean."""
    found = Fitted()
    for key, given in own.items():
        question = outline.questions[key]
        try:
            found.answers[key] = _brought(question, given, choices)
        except Unsound as unsound:
            found.misfits.append(Misfit(given.row, place, question.ref, _shown(given.answer), str(unsound)))
    found.traits = _traits(outline, found.answers)
    known = School(school.phase, school.school_type, frozenset(found.traits))
    shown = {question.key for question in asked(outline, known, {k: each.value for k, each in found.answers.items()})}
    for key in [key for key in found.answers if key not in shown]:
        given, question = own[key], outline.questions[key]
        del found.answers[key]
        found.misfits.append(Misfit(given.row, place, question.ref, _shown(given.answer), NOT_ASKED))
    found.children = list(_children(outline, found.answers))
    return found


def _place(row: Sequence[Cell], columns: Sequence[Column]) -> Place:
    told = {column.means: cell for column, cell in zip(columns, row, strict=False) if not column.question}
    return Place(urn_in(told.get(Means.URN, "")), " ".join(str(told.get(Means.SCHOOL, "")).split())[:200])


def _in_row(
    number: int, row: Sequence[Cell], columns: Sequence[Column], names: Names, place: Place, misfits: list[Misfit]
) -> Iterator[tuple[str, Given]]:
    """What one row holds, by question: of one question where a column says which, else of many."""
    told = [(column, cell) for column, cell in zip(columns, row, strict=False) if column.means and cell != ""]
    asking = next((str(cell) for column, cell in told if column.means is Means.QUESTION), None)
    question = names.question(asking) if asking else None
    if asking and question is None:
        misfits.append(Misfit(number, str(place), asking[:LONGEST_SHOWN], "", STRANGE))
    found: dict[str, Given] = {}
    for column, cell in told:
        key = column.question or (question.key if question else "")
        if key and column.means in _FIELDS:
            given = found.setdefault(key, Given(number))
            kept = cell if column.means in (Means.ANSWER, Means.BY_WHEN) else str(cell)
            setattr(given, _FIELDS[column.means], kept)
    yield from found.items()


_FIELDS = {
    Means.ANSWER: "answer",
    Means.EXPLANATION: "explanation",
    Means.BY_WHEN: "by_when",
    Means.EVIDENCE: "evidence",
}


def _brought(question: Question, given: Given, choices: Mapping[str, Mapping[str, str]]) -> Brought:
    value = None if given.answer == "" else fitted(question, given.answer, choices.get(scale_of(question), {}))
    links = tuple(each for each in given.evidence.split() if each.startswith(_LINK))
    words = sound_words(given.explanation)
    if given.evidence and not links:
        words = sound_words(f"{words}\n\nEvidence: {given.evidence}".strip())
    try:
        by_on = day_in(given.by_when) if given.by_when != "" else None
    except Unsound:
        words, by_on = sound_words(f"{words}\n\nBy when: {given.by_when}".strip()), None
    return Brought(value, words, by_on, links)


def _traits(outline: Outline, answers: Mapping[str, Brought]) -> tuple[str, ...]:
    """What a school must be, since it answered what only such schools are asked."""
    held = set()
    for key, brought in answers.items():
        question = outline.questions[key]
        wanted = question.applies.traits
        if wanted and question.stands(brought.value) not in (None, Stands.NOT_APPLICABLE):
            held.add(wanted[0])
    return tuple(trait.key for trait in outline.traits if trait.key in held)


def _children(outline: Outline, answers: Mapping[str, Brought]) -> Iterator[tuple[str, str]]:
    for key, brought in answers.items():
        question = outline.questions[key]
        value = brought.value if isinstance(brought.value, str) and not question.is_chosen else ""
        if name := looks_like_a_child(f"{brought.words}\n{value}"):
            yield question.ref, name


def _shown(cell: Cell) -> str:
    text = " ".join(str(cell).split())
    return f"{text[:LONGEST_SHOWN]}…" if len(text) > LONGEST_SHOWN else text
