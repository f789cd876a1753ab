"""Asking: raise an action, amend, withdraw or replace it, and raise the next occurrence of one that comes round.

An organisation's own action is set by those who answer for it, and asked of it alone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import Q

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, require
from haven.actions.models import Action, Assignment, Audience, Prompt, Remark, Version
from haven.actions.policy import may_ask, may_change, may_set
from haven.actions.queries.audiences import area_of, organisations_reached, school_calendar, strangers
from haven.actions.rules import (
    WAITING,
    Move,
    Standing,
    State,
    WantedAction,
    after,
    asked_of_itself,
    evidence_asked,
    faults,
    occurrences_to_raise,
)
from haven.engines.days.moments import local_day
from haven.engines.days.recurrence import Rhythm
from haven.ledger.services import record
from haven.people.models import Area, Organisation

NOBODY_REACHED = "No open school or organisation would be asked. Choose somebody else."
STRANGERS = "Part of the audience does not belong to the area. Choose again."
ENDED = "This is no longer asked, so it cannot be changed."
NO_AREA = "Your organisation works in no area that uses Haven, so nothing can be set for it here."
EARLIER = "The new date must be after the occurrence before it."


@transaction.atomic
def raise_action(*, area: Area, wanted: WantedAction, by: Actor, at: datetime) -> Action:
    """Ask an action of everyone its audience reaches, at once. A wish already granted under its key is not asked again.

    Raises `Refused`, with advice where the wish itself is at fault.
    """
    require(may_ask(by, area.pk))
    action, reached = _publish(Action(area=area), wanted, by, at)
    if reached:
        about = {"action": action.pk, "area": area.pk, "asked_by": action.asked_by_id, "organisations": reached}
        record("action.raised", by=by, at=at, about=about | {"due_on": action.due_on, "source": action.source_address})
    return action


@transaction.atomic
def set_own_action(*, organisation_id: UUID, wanted: WantedAction, by: Actor, at: datetime) -> Action:
    """Set an action for one organisation alone, by itself, whoever the wish names. Nobody outside it learns of it.

    A wish already granted under its key is not set again. Raises `Refused`, as `raise_action` does.
    """
    require(may_set(by, organisation_id))
    if (area := area_of(organisation=organisation_id, on=local_day(at))) is None:
        raise Refused(Reason.NOT_ASKABLE, NO_AREA)
    action, reached = _publish(Action(area=area, is_own=True), asked_of_itself(wanted, organisation_id), by, at)
    if reached:
        about = {"action": action.pk, "organisation": organisation_id}
        record("action.set", by=by, at=at, about=about | {"due_on": action.due_on, "source": action.source_address})
    return action


@transaction.atomic
def amend_action(*, action_id: UUID, wanted: WantedAction, why: str, by: Actor, at: datetime) -> Action:
    """Ask it differently: keep the old words, tell those concerned, ask whoever is new and no longer whoever has gone.

    Answers already given stand.
    """
    action = Action.objects.select_for_update().get(pk=action_id)
    require(may_change(by, action))
    _require_published(action)
    wanted = asked_of_itself(wanted, action.asked_by_id) if action.is_own else wanted
    organisations = _reached(action.area, wanted, at)
    _keep_version(action, why, by, at)
    if wanted.due_on and wanted.due_on != action.due_on:
        _move_occurrence(action, wanted.due_on)
    _write(action, wanted)
    action.version += 1
    action.save()
    action.audience.all().delete()
    _write_audience(action, wanted)
    waiting = action.assignments.filter(state__in=WAITING, occurrence_on=action.latest_on)
    waiting.update(due_on=_due_on(action), due_time=action.due_time)
    _unassign(waiting.exclude(organisation__in=organisations), why, by, at)
    _prompt(waiting.filter(organisation__in=organisations), Prompt.Kind.CHANGED, by, at)
    _assign(action, organisations, at, by)
    about = {"action": action.pk, "version": action.version, "organisations": len(organisations)}
    record("action.amended", by=by, at=at, about=about, why=why)
    return action


@transaction.atomic
def withdraw_action(*, action_id: UUID, why: str, by: Actor, at: datetime) -> Action:
    """No longer ask it. Answers stand and history stays; those who had still to act are told."""
    action = Action.objects.select_for_update().get(pk=action_id)
    require(may_change(by, action))
    _require_published(action)
    _end(action, Standing.WITHDRAWN, why, by, at)
    record("action.withdrawn", by=by, at=at, about={"action": action.pk}, why=why)
    return action


@transaction.atomic
def replace_action(*, action_id: UUID, wanted: WantedAction, why: str, by: Actor, at: datetime) -> Action:
    """Ask another action in this one's place, and give back the new one."""
    action = Action.objects.select_for_update().get(pk=action_id)
    require(may_change(by, action))
    _require_published(action)
    action.replaced_by = (
        set_own_action(organisation_id=action.asked_by_id, wanted=wanted, by=by, at=at)
        if action.is_own
        else raise_action(area=action.area, wanted=wanted, by=by, at=at)
    )
    _end(action, Standing.REPLACED, why, by, at)
    about = {"action": action.pk, "replaced_by": action.replaced_by_id}
    record("action.replaced", by=by, at=at, about=about, why=why)
    return action.replaced_by


def raise_next_occurrences(*, by: Actor, at: datetime) -> int:
    """Raise what has come round, for every recurring action; how many occurrences. Safe to repeat."""
    today = local_day(at)
    recurring = Action.objects.filter(~Q(recurs=""), standing=Standing.PUBLISHED, latest_on__lt=today)
    return sum(_raise_next(action, by, at) for action in list(recurring.values_list("pk", flat=True)))


@transaction.atomic
def _raise_next(action_id: UUID, by: Actor, at: datetime) -> int:
    action = Action.objects.select_for_update().select_related("area").get(pk=action_id)
    if not action.is_published:
        return 0
    days = list(
        occurrences_to_raise(
            Rhythm(action.recurs),
            first=action.first_on,
            latest=action.latest_on,
            today=local_day(at),
            school=school_calendar(area=action.area_id),
        )
    )
    organisations = list(
        organisations_reached(area=action.area, audience=action.reaches, within=action.within, on=local_day(at))
    )
    for day in days:
        action.latest_on = day
        _assign(action, organisations, at, by)
        about = {"action": action.pk, "occurrence": day, "organisations": len(organisations)}
        record("action.came_round", by=by, at=at, about=about)
    action.save(update_fields=["latest_on"])
    return len(days)


def _publish(action: Action, wanted: WantedAction, by: Actor, at: datetime) -> tuple[Action, int]:
    """The action, asked of everyone its audience reaches, and of how many: of none where it had been granted before."""
    if granted := _granted(action, wanted):
        return granted, 0
    organisations = _reached(action.area, wanted, at)
    action.pk, action.published_at, action.published_by_id = wanted.key or uuid4(), at, by.person
    _write(action, wanted)
    action.first_on = action.latest_on = wanted.due_on or local_day(at)
    try:
        with transaction.atomic():
            action.save(force_insert=True)
    except IntegrityError:  # the same form, sent twice at one moment
        if granted := _granted(action, wanted):
            return granted, 0
        raise
    _write_audience(action, wanted)
    _assign(action, organisations, at, by)
    return action, len(organisations)


def _granted(action: Action, wanted: WantedAction) -> Action | None:
    """The action that was raised on this wish already, where the same asker made it."""
    if wanted.key is None:
        return None
    known = Action.objects.filter(pk=wanted.key, area=action.area, is_own=action.is_own)
    return known.filter(asked_by=wanted.asked_by).first() if action.is_own else known.first()


def _require_published(action: Action) -> None:
    if not action.is_published:
        raise Refused(Reason.WRONG_STATE, ENDED)


def _reached(area: Area, wanted: WantedAction, at: datetime) -> list[Organisation]:
    if wrong := faults(wanted):
        raise Refused(Reason.NOT_ASKABLE, " ".join(wrong))
    if strangers(area=area, audience=wanted.audience + wanted.within, on=local_day(at)):
        raise Refused(Reason.NOT_THE_AREA, STRANGERS)
    organisations = list(
        organisations_reached(area=area, audience=wanted.audience, within=wanted.within, on=local_day(at))
    )
    if not organisations:
        raise Refused(Reason.NOT_ASKABLE, NOBODY_REACHED)
    return organisations


def _write(action: Action, wanted: WantedAction) -> None:
    action.asked_by_id = wanted.asked_by
    action.what, action.detail = wanted.what.strip(), wanted.detail
    action.source_label, action.source_address, action.quote = wanted.source_label, wanted.source_address, wanted.quote
    action.roles = sorted(role.value for role in wanted.roles)
    action.due_on, action.due_time = wanted.due_on, wanted.due_time
    action.recurs = wanted.recurs.value if wanted.recurs else ""
    action.evidence_asked = evidence_asked(wanted).value
    action.is_optional, action.prohibits = wanted.is_optional, wanted.prohibits


def _write_audience(action: Action, wanted: WantedAction) -> None:
    Audience.objects.bulk_create(
        Audience.of(wanted.audience, action=action) + Audience.of(wanted.within, action=action, is_limit=True)
    )


def _assign(action: Action, organisations: Sequence[Organisation], at: datetime, by: Actor) -> None:
    """Ask whoever has not been asked this occurrence, and again whoever was told it is no longer asked."""
    before = dict(action.assignments.filter(occurrence_on=action.latest_on).values_list("organisation_id", "state"))
    again = {pk for pk, state in before.items() if after(State(state), Move.RENEW)}
    renewed = action.assignments.filter(
        occurrence_on=action.latest_on, organisation__in=[each for each in organisations if each.pk in again]
    )
    _prompt(renewed, Prompt.Kind.NEW, by, at)
    _remark(renewed, Move.RENEW, "", by, at)
    renewed.update(state=State.OPEN, due_on=_due_on(action), due_time=action.due_time)
    fresh = Assignment.objects.bulk_create(
        [
            Assignment(
                action=action,
                organisation=each,
                occurrence_on=action.latest_on,
                due_on=_due_on(action),
                due_time=action.due_time,
                raised_at=at,
            )
            for each in organisations
            if each.pk not in before
        ],
        batch_size=1000,
    )
    _prompt(fresh, Prompt.Kind.NEW, by, at)


def _due_on(action: Action) -> date | None:
    """When the latest occurrence is due: an action without a day has none, however often it comes round."""
    return action.latest_on if action.due_on else None


def _move_occurrence(action: Action, day: date) -> None:
    """Let the latest occurrence stand on another day, and count later ones from there."""
    latest = action.assignments.filter(occurrence_on=action.latest_on)
    if action.assignments.filter(occurrence_on__gte=day).exclude(occurrence_on=action.latest_on).exists():
        raise Refused(Reason.NOT_ASKABLE, EARLIER)
    latest.update(occurrence_on=day)
    action.first_on = action.latest_on = day


def _keep_version(action: Action, why: str, by: Actor, at: datetime) -> None:
    kept = ("what", "detail", "quote", "source_label", "roles", "recurs", "evidence_asked", "is_optional", "prohibits")
    was: dict[str, Any] = {field: getattr(action, field) for field in kept}
    was |= {"due_on": str(action.due_on or ""), "due_time": str(action.due_time or "")}
    was["audience"] = [asdict(reach) for reach in action.reaches]
    was["within"] = [asdict(reach) for reach in action.within]
    Version.objects.create(action=action, number=action.version, was=was, until_at=at, changed_by_id=by.person, why=why)


def _end(action: Action, standing: Standing, why: str, by: Actor, at: datetime) -> None:
    action.standing, action.ended_at, action.ended_why = standing, at, why
    action.save()
    _unassign(action.assignments.filter(state__in=WAITING), why, by, at)


def _unassign(assignments: Any, why: str, by: Actor, at: datetime) -> None:
    _prompt(assignments, Prompt.Kind.WITHDRAWN, by, at)
    _remark(assignments, Move.WITHDRAW, why, by, at)
    assignments.update(state=State.WITHDRAWN)


def _prompt(assignments: Iterable[Assignment], kind: Prompt.Kind, by: Actor, at: datetime) -> None:
    Prompt.objects.bulk_create(
        [Prompt(assignment=each, kind=kind, made_at=at, made_by_id=by.person) for each in assignments], batch_size=1000
    )


def _remark(assignments: Iterable[Assignment], move: Move, words: str, by: Actor, at: datetime) -> None:
    Remark.objects.bulk_create(
        [Remark(assignment=each, move=move, words=words, said_at=at, said_by_id=by.person) for each in assignments],
        batch_size=1000,
    )
