"""Setting when schools are open."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, require
from haven.ledger.services import record
from haven.people.models import Area, DayOverride, Organisation, TermDates
from haven.people.policy import may_arrange_area, may_edit_calendar
from haven.people.rules.calendars import NotTermDates, TermSpan, checked_terms


@transaction.atomic
def set_term_dates(
    *, area_id: UUID, school_year: int, terms: Sequence[TermSpan], by: Actor, at: datetime
) -> list[TermDates]:
    """Set an area's terms for one school year in place of those there were."""
    area = Area.objects.select_for_update().get(pk=area_id)
    require(may_arrange_area(by, area.pk))
    try:
        ordered = checked_terms(school_year, terms)
    except NotTermDates as fault:
        raise Refused(Reason.WRONG_STATE, str(fault)) from None
    area.term_dates.filter(school_year=school_year).delete()
    rows = [
        TermDates(area=area, school_year=school_year, name=term.name, starts_on=term.starts_on, ends_on=term.ends_on)
        for term in ordered
    ]
    try:
        with transaction.atomic():
            TermDates.objects.bulk_create(rows)
    except IntegrityError:
        raise Refused(Reason.WRONG_STATE, "A term overlaps one of the year before or after") from None
    spans = [[term.name, term.starts_on, term.ends_on] for term in ordered]
    record("terms.set", by=by, at=at, about={"area": area.pk, "school_year": school_year, "terms": spans})
    return rows


@transaction.atomic
def override_day(*, organisation_id: UUID, day: date, is_open: bool, why: str, by: Actor, at: datetime) -> DayOverride:
    """Say that a school is open or closed on a day, whatever its area's terms say."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation_id)
    require(may_edit_calendar(by, organisation, on=timezone.localdate(at)))
    _require_to_come(day, at)
    override, _ = DayOverride.objects.update_or_create(
        organisation=organisation, day_on=day, defaults={"is_open": is_open, "why": why.strip()}
    )
    record("day.overridden", by=by, at=at, about=_facts(override) | {"is_open": is_open}, why=override.why)
    return override


@transaction.atomic
def clear_day(*, organisation_id: UUID, day: date, by: Actor, at: datetime) -> None:
    """Let a school follow its area again on a day."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation_id)
    require(may_edit_calendar(by, organisation, on=timezone.localdate(at)))
    _require_to_come(day, at)
    override = organisation.day_overrides.filter(day_on=day).first()
    if override is None:
        raise Refused(Reason.WRONG_STATE, "On this day the school follows its area already")
    override.delete()
    record("day.cleared", by=by, at=at, about=_facts(override))


def _require_to_come(day: date, at: datetime) -> None:
    """Days that are past stay as they were: what was due by them was counted so."""
    if day < timezone.localdate(at):
        raise Refused(Reason.WRONG_STATE, "That day is past")


def _facts(override: DayOverride) -> dict[str, object]:
    return {"organisation": override.organisation_id, "day": override.day_on}
