"""Answers from a spreadsheet while they are matched: columns, words, schools, and what would be taken in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from rapidfuzz import fuzz, process

from haven.access.actor import Actor
from haven.access.decision import require
from haven.access.roles import Kind
from haven.audits.models import Cycle
from haven.engines.sheets import wire
from haven.engines.sheets.grid import Cell, Grid
from haven.files.sealing import Sealed, unseal
from haven.people.models import Organisation, Status
from haven.questions.rules.kinds import Choice
from haven.questions.rules.outline import Question
from haven.questions.rules.showing import School
from haven.spreadsheets.models import Import, unsqueezed
from haven.spreadsheets.policy import may_keep
from haven.spreadsheets.rules.bringing import (
    AGAIN,
    MOST_WORDINGS,
    Fitted,
    Given,
    Misfit,
    Place,
    Rows,
    fit,
    gathered,
    wordings,
)
from haven.spreadsheets.rules.columns import NOTHING, Column, KnownSchools, Names, faults_of, guessed, plain_name
from haven.spreadsheets.rules.scales import guessed_choice, plain, scale_of

SAMPLES, LONGEST_SAMPLE, LOOKED_UNDER = 3, 60, 500
ALIKE, MOST_ALIKE = 70.0, 4
SLOW_AFTER = timedelta(minutes=10)  # since when taking in takes longer than it can


@dataclass(frozen=True, slots=True)
class Known:
    """The schools of an area, open and closed, by what a spreadsheet says of them."""

    by_urn: Mapping[int, Organisation]
    by_name: Mapping[str, Sequence[Organisation]]
    by_id: Mapping[str, Organisation]

    @property
    def told_by(self) -> KnownSchools:
        """By what a column of schools is told."""
        return KnownSchools(self.by_urn, self.by_name)

    def exactly(self, place: Place) -> Organisation | None:
        """The school of this URN, else the only one of this very name."""
        if place.urn and place.urn in self.by_urn:
            return self.by_urn[place.urn]
        named = self.by_name.get(plain_name(place.name), ())
        there = [each for each in named if each.status != Status.CLOSED] if len(named) > 1 else named
        return there[0] if len(there) == 1 else None

    def alike(self, place: Place) -> list[Organisation]:
        """Schools whose names look like this one, the likest first. None is ever taken by itself."""
        wanted = plain_name(place.name)
        found = process.extract(wanted, list(self.by_name), scorer=fuzz.WRatio, score_cutoff=ALIKE, limit=MOST_ALIKE)
        return [school for name, _, _ in found if wanted for school in self.by_name[name]][:MOST_ALIKE]


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """One column: its heading, what stands under it, and what it is taken to mean."""

    number: int
    heading: str
    samples: Sequence[str]
    written: str


@dataclass(frozen=True, slots=True)
class Scale:
    """What questions that offer the same choices were answered, and which choice each wording is taken to mean."""

    name: str
    refs: Sequence[str]
    choices: Sequence[Choice]
    said: Sequence[tuple[str, int, str]]  # the words, how often, the choice's value
    more: int  # wordings beyond those shown


@dataclass(frozen=True, slots=True)
class FoundSchool:
    """One school with what of its rows fits."""

    school: Organisation
    places: Sequence[Place]
    fitted: Fitted


@dataclass(frozen=True, slots=True)
class UnknownSchool:
    """What names no school of the area for sure, and the schools whose names look like it."""

    place: Place
    alike: Sequence[Organisation]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What taking in would do."""

    of: Import
    found: Sequence[FoundSchool]
    unknown: Sequence[UnknownSchool]
    misfits: Sequence[Misfit]
    chosen: Mapping[str, str] = field(default_factory=dict)

    @property
    def answers(self) -> int:
        """How many answers fit."""
        return sum(len(each.fitted.answers) for each in self.found)

    @property
    def reasons(self) -> Sequence[tuple[str, int, Sequence[Misfit]]]:
        """Why answers are left out, how often, and the first of each."""
        by_why: dict[str, list[Misfit]] = {}
        for each in self.misfits:
            by_why.setdefault(each.why, []).append(each)
        return [(why, len(rows), rows[:10]) for why, rows in sorted(by_why.items(), key=lambda one: -len(one[1]))]

    @property
    def children(self) -> Sequence[tuple[str, str, str]]:
        """What looks like a child's name: school, question, words."""
        return [(each.school.name, ref, name) for each in self.found for ref, name in each.fitted.children]

    @property
    def is_ready(self) -> bool:
        """Whether there is anything to take in."""
        return self.answers > 0


def imports_under_way(*, by: Actor) -> Sequence[Import]:
    """The spreadsheets that are being matched for her areas, the newest first."""
    rows = Import.objects.filter(area__in=by.leads).exclude(state=Import.State.TAKEN)
    return list(rows.select_related("area", "version__template", "given_by").defer("kept", "version__content"))


def import_kept(*, import_id: UUID, by: Actor) -> Import:
    """One import, for a lead of its area. Raises `Refused`, or `DoesNotExist`."""
    of = Import.objects.select_related("area", "version__template", "cycle").get(pk=import_id)
    require(may_keep(by, of.area_id))
    return of


def brought_cycle(*, cycle_id: UUID, by: Actor) -> Cycle:
    """A cycle whose answers were brought in. Raises `Refused`, or `DoesNotExist`."""
    cycle = Cycle.objects.select_related("area").exclude(brought_from="").get(pk=cycle_id)
    require(may_keep(by, cycle.area_id))
    return cycle


def grids_of(of: Import) -> tuple[Grid, ...]:
    """What was read of the file."""
    sealed = Sealed(bytes(of.kept_key or b""), bytes(of.kept or b""))
    return wire.unpacked(unsqueezed(unseal(sealed, file=of.pk, secret=settings.FILE_KEY)))


def known_schools(area: UUID) -> Known:
    """The schools of an area, whether or not they are still there."""
    rows = list(
        Organisation.objects.filter(kind=Kind.SCHOOL, served_areas__area=area).distinct().order_by("name", "pk")
    )
    by_name: dict[str, list[Organisation]] = {}
    for each in rows:
        by_name.setdefault(plain_name(each.name), []).append(each)
    return Known({each.urn: each for each in rows if each.urn}, by_name, {str(each.pk): each for each in rows})


def guessed_columns(grid: Grid, head_row: int, names: Names, known: Known) -> list[str]:
    """What each column is taken to mean, as it is written in its box."""
    headings = _headings(grid, head_row)
    under = [_under(grid, head_row, place) for place in range(len(headings))]
    return [names.written(column) for column in guessed(headings, under, names, known.told_by)]


def column_lines(grid: Grid, head_row: int, written: Sequence[str]) -> list[ColumnLine]:
    """The columns of a sheet that hold anything."""
    lines = []
    for place, heading in enumerate(_headings(grid, head_row)):
        samples = list(dict.fromkeys(_short(cell) for cell in _under(grid, head_row, place) if cell != ""))
        if heading or samples:
            lines.append(ColumnLine(place, heading, samples[:SAMPLES], written[place] if place < len(written) else ""))
    return lines


def columns_meant(of: Import, names: Names) -> list[Column]:
    """What the columns mean, as they were matched."""
    return [names.read(written) or NOTHING for written in of.columns]


def is_matched(of: Import) -> bool:
    """Whether its columns are matched as they must be."""
    names = Names(of.version.outline)
    return bool(of.columns) and not faults_of(columns_meant(of, names), names)


def rows_of(of: Import) -> Rows:
    """What its rows hold, by school."""
    names = Names(of.version.outline)
    return gathered(grids_of(of)[of.grid].rows, of.head_row, columns_meant(of, names), names)


def scales_of(of: Import) -> list[Scale]:
    """Every scale on which something is answered, with what was said and what it is taken to mean."""
    rows, questions = rows_of(of), _chosen(of)
    scales = []
    for name, said in wordings(rows, questions).items():
        known = of.choices.get(name, {})
        told = [
            (words, count, known.get(plain(words), guessed_choice(questions[name][0], words))) for words, count in said
        ]
        told.sort(key=lambda one: bool(one[2]) and plain(one[0]) not in known)  # first what nobody could guess
        answered = {key for own in rows.given.values() for key in own}
        refs = [each.ref for each in questions[name] if each.key in answered]
        more = max(0, len(told) - MOST_WORDINGS)
        scales.append(Scale(name, refs, questions[name][0].choices, told[:MOST_WORDINGS], more))
    return scales


def outcome_of(of: Import) -> Outcome:
    """What taking in would do, as everything is matched now."""
    rows, known, outline = rows_of(of), known_schools(of.area_id), of.version.outline
    choices = _choices(of, rows)
    own: dict[UUID, list[Place]] = {}
    unknown: list[UnknownSchool] = []
    for key, place in rows.places.items():
        exact = known.exactly(place)
        school = exact or known.by_id.get(of.schools.get(key, ""))
        if exact is None:
            unknown.append(UnknownSchool(place, known.alike(place)))
        if school:
            own.setdefault(school.pk, []).append(place)
    found, misfits = [], list(rows.misfits)
    for pk, places in own.items():
        school = known.by_id[str(pk)]
        given, again = _together(rows, places)
        fitted = fit(outline, School(school.phase, school.school_type), school.name, given, choices)
        found.append(FoundSchool(school, places, fitted))
        misfits += [*again, *fitted.misfits]
    found.sort(key=lambda each: each.school.name)
    numbers = {question.key: question.ref for question in outline}
    told = [replace(each, question=numbers.get(each.question, each.question)) for each in misfits]
    return Outcome(of=of, found=found, unknown=unknown, misfits=told, chosen=of.schools)


def _together(rows: Rows, places: Sequence[Place]) -> tuple[Mapping[str, Given], list[Misfit]]:
    """What the rows of one school hold, whichever way they name it; and what they answer a second time."""
    given: dict[str, Given] = {}
    again = []
    for place in places:
        for key, each in rows.given[place.key].items():
            if given.setdefault(key, each) is not each:
                again.append(Misfit(each.row, str(place), key, str(each.answer), AGAIN))
    return given, again


def _choices(of: Import, rows: Rows) -> Mapping[str, Mapping[str, str]]:
    """By scale what each wording means: as it was matched, else as it is guessed."""
    questions = _chosen(of)
    meant: dict[str, dict[str, str]] = {}
    for name, said in wordings(rows, questions).items():
        guesses = {plain(words): guessed_choice(questions[name][0], words) for words, _ in said}
        meant[name] = guesses | of.choices.get(name, {})
    return meant


def _chosen(of: Import) -> dict[str, list[Question]]:
    """The questions that are answered by choosing, by what they offer."""
    found: dict[str, list[Question]] = {}
    for question in of.version.outline:
        if question.is_chosen:
            found.setdefault(scale_of(question), []).append(question)
    return found


def _headings(grid: Grid, head_row: int) -> list[str]:
    width = max((len(row) for row in grid.rows), default=0)
    row = grid.rows[head_row] if head_row < len(grid.rows) else ()
    return [" ".join(str(row[place]).split()) if place < len(row) else "" for place in range(width)]


def _under(grid: Grid, head_row: int, place: int) -> list[Cell]:
    rows = grid.rows[head_row + 1 : head_row + 1 + LOOKED_UNDER]
    return [row[place] if place < len(row) else "" for row in rows]


def _short(cell: Cell) -> str:
    text = " ".join(str(cell).split())
    return f"{text[:LONGEST_SAMPLE]}…" if len(text) > LONGEST_SAMPLE else text
