"""Preparing a cycle, opening it for its schools, putting deadlines off and closing it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, person_of, require
from haven.access.roles import SCHOOL_ROLES
from haven.actions.queries.audiences import strangers
from haven.actions.rules import Reach
from haven.audits.models import Audience, Cycle, Moved, Notice, Return
from haven.audits.policy import may_keep
from haven.audits.queries.asked import schools_asked, windows_of
from haven.audits.queries.changing import cycle_for_update, return_for_update
from haven.audits.rules import life
from haven.audits.rules.life import OWING, Standing, fault_of_window
from haven.engines.days.moments import local_day
from haven.ledger.services import record
from haven.people.models import Area, Cluster
from haven.questions.models import Version
from haven.questions.rules.outline import AUDITS, Use

NOT_RELEASED = "Release these questions first."
NOT_AN_AUDIT = "These questions are for people to answer, not for schools."
ANOTHERS = "These questions are another area’s."
STRANGERS = "Some of those asked do not belong to the area. Choose again."
NO_SCHOOL = "No open school would be asked. Choose others."
NO_STEP = "Choose at least one signature."
OPENED = "It is open, so its questions, its days, its schools and its signatures stay as they are."
CLOSED = "It is closed, so nothing more can be done with it."
NOT_OPEN = "It is not open."
TOO_EARLY = "The new day must be after the deadline as it stands."
PASSED = "Its final deadline has passed. Change its days first."


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedCycle:
    """A cycle as a lead wishes it. `windows` gives a group of schools days of its own, by its cluster."""

    title: str
    school_year: int
    version: UUID
    window: life.Window
    audience: tuple[Reach, ...]
    note: str = ""
    windows: Mapping[UUID, life.Window] = field(default_factory=dict)
    steps: Sequence[Sequence[str]] = life.USUAL_STEPS
    reminders: tuple[int, ...] = (14, 3)
    sample: Mapping[str, Any] = field(default_factory=dict)
    before: UUID | None = None


@transaction.atomic
def prepare_cycle(*, area: Area, wanted: WantedCycle, by: Actor, at: datetime) -> Cycle:
    """Begin a cycle. No school learns of it until it is opened."""
    require(may_keep(by, area.pk))
    cycle = Cycle(area=area, standing=Standing.DRAFT, prepared_at=at, prepared_by_id=person_of(by))
    _write(cycle, wanted, at)
    record("cycle.prepared", by=by, at=at, about=_about(cycle))
    return cycle


@transaction.atomic
def amend_cycle(*, cycle_id: UUID, wanted: WantedCycle, by: Actor, at: datetime) -> Cycle:
    """Change a cycle: all of it while it is prepared; its title, words and reminders once it is open."""
    cycle = cycle_for_update(cycle_id=cycle_id, by=by)
    if cycle.standing == Standing.CLOSED:
        raise Refused(Reason.WRONG_STATE, CLOSED)
    if cycle.standing == Standing.OPEN and not _same_core(cycle, wanted):
        raise Refused(Reason.WRONG_STATE, OPENED)
    _write(cycle, wanted, at)
    record("cycle.amended", by=by, at=at, about=_about(cycle))
    return cycle


@transaction.atomic
def open_cycle(*, cycle_id: UUID, by: Actor, at: datetime) -> Cycle:
    """Ask the schools: one return each, and a letter to its leads. Open already, it asks those that have come since.

    A group that opens later is told when its day has come: `give_notice`.
    """
    cycle = cycle_for_update(cycle_id=cycle_id, by=by)
    today = local_day(at)
    if cycle.standing == Standing.CLOSED:
        raise Refused(Reason.WRONG_STATE, CLOSED)
    if max(each.final_due_on for each in (cycle.window, *_windows(cycle).values())) < today:
        raise Refused(Reason.NOT_ASKABLE, PASSED)
    schools = list(schools_asked(cycle, on=today))
    if not schools:
        raise Refused(Reason.NOT_ASKABLE, NO_SCHOOL)
    known = set(cycle.returns.values_list("organisation_id", flat=True))
    windows = windows_of(cycle, schools, on=today)
    new = [
        Return(cycle=cycle, organisation=school, window=windows.get(school.pk), asked_at=at)
        for school in schools
        if school.pk not in known
    ]
    if not new and cycle.standing == Standing.OPEN:
        return cycle
    Return.objects.bulk_create(new)
    Notice.objects.bulk_create(
        Notice(of=each, kind=Notice.Kind.OPENED, made_at=at, made_by_id=by.person)
        for each in new
        if each.days.opens_on <= today
    )
    if cycle.standing == Standing.DRAFT:
        cycle.standing, cycle.opened_at = Standing.OPEN, at
        cycle.save(update_fields=["standing", "opened_at"])
    record("cycle.opened", by=by, at=at, about=_about(cycle) | {"schools": len(new)})
    return cycle


@transaction.atomic
def put_off(*, cycle_id: UUID, return_id: UUID | None, now_on: date, why: str, by: Actor, at: datetime) -> Cycle:
    """Put the final deadline off, for one school or for all. It is never brought forward."""
    cycle = cycle_for_update(cycle_id=cycle_id, by=by)
    if cycle.standing != Standing.OPEN:
        raise Refused(Reason.WRONG_STATE, NOT_OPEN)
    concerned = _put_off_for_all(cycle, now_on) if return_id is None else [_put_off_for_one(cycle, return_id, now_on)]
    Moved.objects.create(
        cycle=cycle,
        organisation_return=concerned[0] if return_id else None,
        now_on=now_on,
        why=why.strip(),
        moved_at=at,
        moved_by_id=person_of(by),
    )
    Notice.objects.bulk_create(
        Notice(of=each, kind=Notice.Kind.MOVED, made_at=at, made_by_id=by.person) for each in concerned
    )
    about = _about(cycle) | {"now_on": now_on} | ({"return": return_id} if return_id else {})
    record("cycle.put_off", by=by, at=at, about=about, why=why.strip())
    return cycle


@transaction.atomic
def close_cycle(*, cycle_id: UUID, by: Actor, at: datetime) -> Cycle:
    """Take no more returns. What was sent stays, and so does what was not."""
    cycle = cycle_for_update(cycle_id=cycle_id, by=by)
    if cycle.standing == Standing.DRAFT:
        raise Refused(Reason.WRONG_STATE, NOT_OPEN)
    if cycle.standing == Standing.OPEN:
        cycle.standing, cycle.closed_at = Standing.CLOSED, at
        cycle.save(update_fields=["standing", "closed_at"])
        record("cycle.closed", by=by, at=at, about=_about(cycle))
    return cycle


@transaction.atomic
def discard_cycle(*, cycle_id: UUID, by: Actor, at: datetime) -> None:
    """Give up a cycle that no school has learned of."""
    cycle = cycle_for_update(cycle_id=cycle_id, by=by)
    if cycle.standing != Standing.DRAFT:
        raise Refused(Reason.WRONG_STATE, OPENED)
    about = _about(cycle)
    cycle.delete()
    record("cycle.discarded", by=by, at=at, about=about)


def _put_off_for_one(cycle: Cycle, return_id: UUID, now_on: date) -> Return:
    of = return_for_update(return_id=return_id)
    if of.cycle_id != cycle.pk:
        raise Refused(Reason.NOT_THE_AREA)
    if now_on <= of.days.final_due_on:
        raise Refused(Reason.NOT_ASKABLE, TOO_EARLY)
    of.final_due_on = now_on
    of.save(update_fields=["final_due_on"])
    return of


def _put_off_for_all(cycle: Cycle, now_on: date) -> list[Return]:
    """Those that have still to send it and whose deadline it moves: a group or a school may have a later one."""
    if now_on <= cycle.final_due_on:
        raise Refused(Reason.NOT_ASKABLE, TOO_EARLY)
    owing = cycle.returns.filter(state__in=OWING).select_related("window", "cycle")
    concerned = [each for each in owing if each.days.final_due_on < now_on]
    cycle.final_due_on = now_on
    cycle.save(update_fields=["final_due_on"])
    cycle.windows.filter(final_due_on__lt=now_on).update(final_due_on=now_on)
    cycle.returns.filter(final_due_on__lt=now_on).update(final_due_on=None)  # its own day has come to lie before all's
    return concerned


def _write(cycle: Cycle, wanted: WantedCycle, at: datetime) -> None:
    version = _version(cycle.area, wanted)
    _require_sound(cycle.area, wanted, local_day(at))
    cycle.version, cycle.title, cycle.note = version, wanted.title.strip(), wanted.note.strip()
    cycle.school_year, cycle.reminders = wanted.school_year, sorted(set(wanted.reminders), reverse=True)
    days = wanted.window
    cycle.opens_on, cycle.first_due_on, cycle.final_due_on = days.opens_on, days.first_due_on, days.final_due_on
    cycle.steps = [list(step) for step in wanted.steps]
    cycle.sample = dict(wanted.sample)
    earlier = Cycle.objects.filter(area=cycle.area).exclude(pk=cycle.pk)
    cycle.before = earlier.filter(pk=wanted.before).first() if wanted.before else None
    cycle.save()
    cycle.audience.all().delete()
    Audience.objects.bulk_create(Audience.of(wanted.audience, cycle=cycle))
    for cluster, window in wanted.windows.items():
        days_of = {"opens_on": window.opens_on, "first_due_on": window.first_due_on}
        cycle.windows.update_or_create(cluster_id=cluster, defaults=days_of | {"final_due_on": window.final_due_on})
    if cycle.standing == Standing.DRAFT:
        cycle.windows.exclude(cluster__in=wanted.windows).delete()


def _version(area: Area, wanted: WantedCycle) -> Version:
    version = Version.objects.select_related("template").defer("content").filter(pk=wanted.version).first()
    if version is None or version.template.area_id not in (None, area.pk):
        raise Refused(Reason.NOT_THE_AREA, ANOTHERS)
    if not version.is_released:
        raise Refused(Reason.WRONG_STATE, NOT_RELEASED)
    if Use(version.template.use) not in AUDITS:
        raise Refused(Reason.NOT_ASKABLE, NOT_AN_AUDIT)
    return version


def _require_sound(area: Area, wanted: WantedCycle, today: date) -> None:
    for window in (wanted.window, *wanted.windows.values()):
        if fault := fault_of_window(window):
            raise Refused(Reason.NOT_ASKABLE, fault)
    roles = {role.value for role in SCHOOL_ROLES}
    if not wanted.steps or not all(step and set(step) <= roles for step in wanted.steps):
        raise Refused(Reason.NOT_ASKABLE, NO_STEP)
    known = set(Cluster.objects.filter(area=area, pk__in=wanted.windows).values_list("pk", flat=True))
    if set(wanted.windows) - known or strangers(area=area, audience=wanted.audience, on=today):
        raise Refused(Reason.NOT_ASKABLE, STRANGERS)
    if not wanted.audience:
        raise Refused(Reason.NOT_ASKABLE, NO_SCHOOL)


def _same_core(cycle: Cycle, wanted: WantedCycle) -> bool:
    """Whether what schools were asked stays as it is: the days are moved by putting them off, and never otherwise."""
    same_steps = cycle.steps == [list(step) for step in wanted.steps]
    same_days = cycle.window == wanted.window and _windows(cycle) == dict(wanted.windows)
    same_whom = set(cycle.reaches) == set(wanted.audience)
    return cycle.version_id == wanted.version and same_steps and same_days and same_whom


def _windows(cycle: Cycle) -> dict[UUID, life.Window]:
    return {each.cluster_id: each.days for each in cycle.windows.all()}


def _about(cycle: Cycle) -> dict[str, Any]:
    return {"cycle": cycle.pk, "area": cycle.area_id, "version": cycle.version_id}
