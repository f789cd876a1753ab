"""Bringing in last year's answers from a spreadsheet: read, matched, looked at, taken in, taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from procrastinate.contrib.django import app

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, person_of, require
from haven.audits.models import Copy, Count, Cycle, PlanItem, Return
from haven.audits.queries.changing import cycle_for_update
from haven.audits.queries.freezing import brought_content
from haven.audits.rules.life import Standing, State, reference
from haven.audits.services.counting import count_cycle
from haven.engines.chain.hashing import digest_of
from haven.engines.days.moments import local_day, moment
from haven.engines.documents.refusal import Unreadable
from haven.engines.sheets import wire
from haven.engines.sheets.grid import Grid
from haven.engines.sheets.safely import open_sheets_safely
from haven.files.sealing import seal
from haven.ledger.services import record
from haven.moderation.models import Feedback, Reading, Remark, Visit
from haven.people.models import Area
from haven.questions import services as questions
from haven.questions.models import Version
from haven.questions.queries.templates import usable_versions
from haven.questions.rules.outline import AUDITS, Use
from haven.questions.services.bringing import Kept, Ours, SheetBrought
from haven.spreadsheets.models import LONGEST_FILE_NAME, Import, squeezed
from haven.spreadsheets.policy import may_go_on_unasked, may_keep
from haven.spreadsheets.queries.importing import (
    SLOW_AFTER,
    Outcome,
    grids_of,
    guessed_columns,
    known_schools,
    outcome_of,
)
from haven.spreadsheets.rules.bringing import TAKE_IN, Brought
from haven.spreadsheets.rules.columns import Names, faults_of, head_row_of

MOST_AT_ONCE = 4_000  # answers that a page takes in itself
AFTER_ALL_ELSE = -10
UNREADABLE = "This file cannot be read: {line}."
ANOTHERS = "These questions are not ones that your schools can be asked."
NOT_OVER = "The day on which that audit ended must have passed."
NO_GRID = "The file has no such sheet or row."
STRANGE = "Nothing is called “{words}”. Choose from the list."
GONE = "It is taken in already, so its columns and words cannot be matched any more."
NOTHING_FITS = "No answer fits yet. Look at the columns, the words and the schools."
BUILT_UPON = "A later audit builds on it, so it cannot be taken back."
ANSWERED = "Somebody has read or answered one of its returns, so it cannot be taken back."
NOT_BROUGHT = "Its answers were given here, so they cannot be taken back."


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedImport:
    """What a lead says of the answers that she brings in."""

    title: str
    school_year: int
    version: UUID
    ended_on: date


def give_import(*, area: Area, wanted: WantedImport, name: str, content: bytes, by: Actor, at: datetime) -> Import:
    """Take a spreadsheet to be matched. What is read of it, in a confined process, is kept sealed."""
    require(may_keep(by, area.pk))
    version = _version(area, wanted, by)
    if wanted.ended_on > local_day(at):
        raise Refused(Reason.NOT_ASKABLE, NOT_OVER)
    try:
        grids = open_sheets_safely(name, content)
    except Unreadable as unreadable:
        raise Refused(Reason.UNFIT_FILE, UNREADABLE.format(line=unreadable.line.rstrip("."))) from unreadable
    of = Import(
        area=area,
        version=version,
        title=wanted.title.strip(),
        school_year=wanted.school_year,
        ended_on=wanted.ended_on,
        file_name=name[-LONGEST_FILE_NAME:],
        given_at=at,
        given_by_id=person_of(by),
        changed_at=at,
    )
    sealed = seal(squeezed(wire.packed(grids)), file=of.pk, secret=settings.FILE_KEY)
    of.kept, of.kept_key = sealed.content, sealed.wrapped_key
    of.grid = max(range(len(grids)), key=lambda place: sum(len(row) for row in grids[place].rows))
    of.head_row = head_row_of(grids[of.grid].rows)
    of.columns = _guessed(of, grids[of.grid])
    with transaction.atomic():
        of.save(force_insert=True)
        record("import.given", by=by, at=at, about=_about(of))
    return of


@transaction.atomic
def match_columns(
    *, import_id: UUID, grid: int, head_row: int, columns: Sequence[str], by: Actor, at: datetime
) -> bool:
    """Say what the columns mean. Of another sheet or another row of headings they are guessed anew: then it says no,
    for they are to be looked at. Raises `Refused`, with advice."""
    of = _matching(import_id, by)
    grids = grids_of(of)
    if not 0 <= grid < len(grids) or not 0 <= head_row < len(grids[grid].rows):
        raise Refused(Reason.NOT_ASKABLE, NO_GRID)
    is_same = (of.grid, of.head_row) == (grid, head_row)
    of.grid, of.head_row = grid, head_row
    of.columns = _columns_kept(of, columns) if is_same else _guessed(of, grids[grid])
    _keep(of, ["grid", "head_row", "columns"], by, at)
    return is_same


@transaction.atomic
def match_choices(*, import_id: UUID, choices: Mapping[str, Mapping[str, str]], by: Actor, at: datetime) -> Import:
    """Say by scale which choice the words mean; empty leaves an answer out."""
    of = _matching(import_id, by)
    of.choices = {scale: dict(meant) for scale, meant in choices.items()}
    return _keep(of, ["choices"], by, at)


@transaction.atomic
def match_schools(*, import_id: UUID, schools: Mapping[str, str], by: Actor, at: datetime) -> Import:
    """Say which school is meant by what names none for sure; empty leaves its rows out."""
    of = _matching(import_id, by)
    known = known_schools(of.area_id).by_id
    of.schools = {place: school for place, school in schools.items() if school in known}
    return _keep(of, ["schools"], by, at)


@transaction.atomic
def forget_import(*, import_id: UUID, by: Actor, at: datetime) -> None:
    """Throw away a spreadsheet that was not taken in."""
    of = _matching(import_id, by)
    about = _about(of)
    of.delete()
    record("import.forgotten", by=by, at=at, about=about)


@transaction.atomic
def forget_old_imports(*, by: Actor, at: datetime) -> int:
    """Throw away what nobody has touched for as long as a draft is kept; how many."""
    require(may_go_on_unasked(by))
    before = at - timedelta(days=settings.DRAFT_DAYS)
    count, _ = Import.objects.exclude(state=Import.State.TAKEN).filter(changed_at__lt=before).delete()
    if count:
        record("imports.forgotten", by=by, at=at, about={"imports": count})
    return count


@transaction.atomic
def take_in_import(*, import_id: UUID, by: Actor, at: datetime) -> Import:
    """Take in what was matched: at once where it is little, else in the background. Pressed twice, it is done once."""
    of = _for_update(import_id, by)
    if of.state == Import.State.TAKEN or (of.state == Import.State.TAKING and at - of.changed_at < SLOW_AFTER):
        return of
    outcome = outcome_of(of)
    if not outcome.is_ready:
        raise Refused(Reason.NOT_READY, NOTHING_FITS)
    if outcome.answers <= MOST_AT_ONCE:
        _become_a_cycle(of, outcome, by, at)
        return of
    of.state, of.fault, of.changed_at = Import.State.TAKING, "", at
    of.save(update_fields=["state", "fault", "changed_at"])
    record("import.begun", by=by, at=at, about=_about(of))
    app.configure_task(TAKE_IN, priority=AFTER_ALL_ELSE).defer(import_id=str(of.pk))
    return of


@transaction.atomic
def finish_import(*, import_id: UUID, by: Actor, at: datetime) -> None:
    """Take in what is long, as the background does for whoever asked. What was thrown away meanwhile is left alone."""
    require(may_go_on_unasked(by))
    of = (
        Import.objects.select_for_update(of=("self",))
        .select_related("area", "version__template")
        .filter(pk=import_id, state=Import.State.TAKING)
        .first()
    )
    if of is None:
        return
    outcome = outcome_of(of)
    if outcome.is_ready:
        _become_a_cycle(of, outcome, by, at)
    else:
        of.state, of.fault = Import.State.MATCHING, NOTHING_FITS
        of.save(update_fields=["state", "fault"])


@transaction.atomic
def take_back_import(*, cycle_id: UUID, by: Actor, at: datetime) -> None:
    """Let a cycle that was brought in be as if it had not been, while nothing builds on it."""
    cycle = cycle_for_update(cycle_id=cycle_id, by=by)
    if not cycle.brought_from:
        raise Refused(Reason.WRONG_STATE, NOT_BROUGHT)
    if cycle.after.exists():
        raise Refused(Reason.WRONG_STATE, BUILT_UPON)
    of_copy, of_return = {"copy__of__cycle": cycle}, {"of__cycle": cycle}
    used = [Reading.objects.filter(**of_copy), Remark.objects.filter(**of_copy), Feedback.objects.filter(**of_copy)]
    if any(rows.exists() for rows in (*used, Visit.objects.filter(**of_return), PlanItem.objects.filter(**of_return))):
        raise Refused(Reason.WRONG_STATE, ANSWERED)
    about = {"cycle": cycle.pk, "area": cycle.area_id, "version": cycle.version_id, "schools": cycle.returns.count()}
    sheets = list(cycle.returns.values_list("sheet", flat=True))
    Import.objects.filter(cycle=cycle).delete()
    Count.objects.filter(cycle=cycle).delete()
    Copy.objects.filter(of__cycle=cycle).delete()
    cycle.returns.all().delete()
    questions.take_back_sheets(sheets=sheets, by=by, at=at)
    cycle.delete()
    record("import.taken_back", by=by, at=at, about=about)


def _become_a_cycle(of: Import, outcome: Outcome, by: Actor, at: datetime) -> None:
    """The cycle, closed, with every school's return, sheet and copy, and its counts."""
    cycle = _cycle(of, at)
    taken = [each for each in outcome.found if each.fitted.answers]
    returns = [uuid4() for _ in taken]
    brought = [
        SheetBrought(
            each.school,
            f"/audits/{key}/",
            each.fitted.traits,
            {question: _ours(answer) for question, answer in each.fitted.answers.items()},
        )
        for key, each in zip(returns, taken, strict=True)
    ]
    kept = questions.bring_in_sheets(version=of.version, brought=brought, by=by, at=at)
    _send(cycle, returns, kept, at)
    count_cycle(cycle)
    of.state, of.cycle, of.kept, of.kept_key, of.fault, of.changed_at = Import.State.TAKEN, cycle, None, None, "", at
    of.save()
    about = _about(of) | {"cycle": cycle.pk, "schools": len(taken), "answers": outcome.answers}
    record("import.taken_in", by=by, at=at, about=about)


def _cycle(of: Import, at: datetime) -> Cycle:
    ended = moment(of.ended_on, time(12))
    return Cycle.objects.create(
        area=of.area,
        version=of.version,
        title=of.title,
        school_year=of.school_year,
        opens_on=min(date(of.school_year, 9, 1), of.ended_on),
        first_due_on=of.ended_on,
        final_due_on=of.ended_on,
        steps=[],
        standing=Standing.CLOSED,
        prepared_at=at,
        prepared_by_id=of.given_by_id,
        opened_at=ended,
        closed_at=ended,
        brought_from=of.file_name,
    )


def _send(cycle: Cycle, returns: Sequence[UUID], kept: Sequence[Kept], at: datetime) -> None:
    """The returns as sent on the day when that audit was over, each with the copy that can be read."""
    assert cycle.closed_at is not None  # it was made so
    rows, copies = [], []
    for key, each in zip(returns, kept, strict=True):
        content = brought_content(cycle, each.content, each.asked, on=local_day(at))
        digest = digest_of(content)
        row = Return(id=key, cycle=cycle, organisation=each.sheet.organisation, sheet=each.sheet)
        row.state, row.reference = State.SUBMITTED, reference(cycle.school_year, each.sheet.organisation.urn, digest)
        row.asked_at = row.begun_at = row.submitted_at = cycle.closed_at
        rows.append(row)
        copies.append(Copy(of=row, number=1, content=content, digest=digest, made_at=at, sent_at=cycle.closed_at))
    Return.objects.bulk_create(rows)
    Copy.objects.bulk_create(copies, batch_size=100)


def _ours(answer: Brought) -> Ours:
    return Ours(answer.value, answer.words, answer.by_on, answer.links)


def _version(area: Area, wanted: WantedImport, by: Actor) -> Version:
    version = usable_versions(area=area, by=by).filter(pk=wanted.version).first()
    if version is None or Use(version.template.use) not in AUDITS:
        raise Refused(Reason.NOT_ASKABLE, ANOTHERS)
    return version


def _guessed(of: Import, grid: Grid) -> list[str]:
    return guessed_columns(grid, of.head_row, Names(of.version.outline), known_schools(of.area_id))


def _columns_kept(of: Import, columns: Sequence[str]) -> list[str]:
    """The columns as they are kept. Raises `Refused`, with advice."""
    names = Names(of.version.outline)
    read = [(words, names.read(words)) for words in columns]
    if strange := [words for words, column in read if column is None]:
        raise Refused(Reason.NOT_ASKABLE, STRANGE.format(words=strange[0][:60]))
    meant = [column for _, column in read if column is not None]
    if faults := faults_of(meant, names):
        raise Refused(Reason.NOT_ASKABLE, " ".join(faults))
    return [names.written(column) for column in meant]


def _for_update(import_id: UUID, by: Actor) -> Import:
    rows = Import.objects.select_for_update(of=("self",)).select_related("area", "version__template")
    of = rows.filter(pk=import_id).first()
    if of is None:
        raise Refused(Reason.NOT_THE_AREA)
    require(may_keep(by, of.area_id))
    return of


def _matching(import_id: UUID, by: Actor) -> Import:
    of = _for_update(import_id, by)
    if of.state != Import.State.MATCHING:
        raise Refused(Reason.WRONG_STATE, GONE)
    return of


def _keep(of: Import, fields: Sequence[str], by: Actor, at: datetime) -> Import:
    of.changed_at, of.fault = at, ""
    of.save(update_fields=[*fields, "changed_at", "fault"])
    record("import.matched", by=by, at=at, about=_about(of) | {"what": fields[-1]})
    return of


def _about(of: Import) -> dict[str, Any]:
    return {"import": of.pk, "area": of.area_id, "version": of.version_id}
