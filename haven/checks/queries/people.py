"""Who answers for an agency, and who is told what. Never somebody excluded from a child of the check."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from haven.access.actor import HAVEN
from haven.access.roles import COUNCIL_LEADS, Kind, Role
from haven.checks.models import Ask, Concerned
from haven.checks.policy import ANSWERERS, RUNNERS
from haven.checks.queries.settings import settings_of
from haven.engines.days.counting import NeverOpens
from haven.engines.days.due import next_school_start
from haven.engines.days.moments import local_day
from haven.people.models import Organisation, Person
from haven.people.queries import calendar_of, holders
from haven.people.seeing import working_as
from haven.subjects.queries.recipients import excluded_people, home_recipients, recipients_about
from haven.subjects.rules.recipients import Rung

NAMED_ABOVE = Rung.RECIPIENT


@dataclass(frozen=True, slots=True)
class Answering:
    """Who answers for an agency. `by_name` are those whom no role lets: whoever stands higher up."""

    people: frozenset[UUID]
    by_name: frozenset[UUID]
    is_alarm: bool


def answering(*, agency: Organisation, home_area: UUID | None, children: Collection[UUID], on: date) -> Answering:
    """Those who may answer; for a school whose own people may not, whoever stands higher up, by name. About a child who
    is taught at home in an area: the officer of that council whom the area names, or its leads, always by name."""
    if home_area is not None:
        chosen = home_recipients(subjects=children, area=home_area, on=on, council=agency.pk)
        people = frozenset(chosen.people)
        return Answering(people, people, chosen.is_alarm)
    if agency.kind == Kind.SCHOOL:
        chosen = recipients_about(subjects=children, school=agency.pk, on=on)
        people = frozenset(chosen.people)
        return Answering(people, people if chosen.rung > NAMED_ABOVE else frozenset(), chosen.is_alarm)
    return Answering(_holding(ANSWERERS, agency.pk, children, on), frozenset(), is_alarm=False)


def answering_to(ask: Ask, *, children: Collection[UUID], on: date) -> Answering:
    """The same for what was asked already."""
    return answering(agency=ask.agency, home_area=ask.home_area_id, children=children, on=on)


def officers(*, area: UUID, owner: UUID, children: Collection[UUID], on: date) -> frozenset[UUID]:
    """Who answers while the schools are shut, as the area has it."""
    role = Role(settings_of(area=area).out_of_term_role)
    return _holding({role}, owner, children, on)


def opens_at(*, school: UUID, at: datetime) -> datetime | None:
    """When the school is next open, or opened today; none for one that has closed for good."""
    calendar = calendar_of(organisation=school, on=local_day(at))
    try:
        return at if calendar.is_open(local_day(at)) else next_school_start(calendar, at)
    except NeverOpens:
        return None


def told_of(ask: Ask, *, on: date) -> list[str]:
    """The addresses of those who answer an ask: its agency's, and those it was given to by name."""
    children = about(ask)
    found = answering_to(ask, children=children, on=on).people
    with transaction.atomic(), working_as(HAVEN, "checks.recipients"):
        named = set(ask.given.values_list("person", flat=True)) - _excluded(children)
    return emails(found | named)


def heads_of(ask: Ask, *, on: date) -> list[str]:
    """The head of a school, or whoever leads safeguarding at the council of a child who is taught at home, where they
    may know of it."""
    above = COUNCIL_LEADS if ask.home_area_id else {Role.HEAD}
    return emails(_holding(above, ask.agency_id, about(ask), on))


def running(ask: Ask, *, on: date) -> frozenset[UUID]:
    """Those who run checks at the council, and the workers to whom this one, or one that follows it, was given."""
    children = about(ask)
    with transaction.atomic(), working_as(HAVEN, "checks.recipients"):
        theirs = [ask.of.allocated_to_id, *ask.followers.values_list("of__allocated_to", flat=True)]
    given = frozenset(each for each in theirs if each is not None) - _excluded(children)
    return _holding(RUNNERS - {Role.SAFEGUARDING_LEAD}, ask.of.owner_id, children, on) | given


def about(ask: Ask) -> frozenset[UUID]:
    """Every child that the check is about: who is excluded from one of them is told of none."""
    return _children(ask.of_id)


def excluded_from_check(check: UUID) -> frozenset[UUID]:
    """Who must know nothing of a check: whoever is excluded from one of its children."""
    return _excluded(_children(check))


def emails(people: Iterable[UUID]) -> list[str]:
    """Their addresses."""
    active = Person.objects.filter(pk__in=set(people), is_active=True)
    return sorted(active.values_list("email", flat=True))


def _holding(roles: Collection[Role], organisation: UUID, children: Collection[UUID], on: date) -> frozenset[UUID]:
    found = {each.person for each in holders(roles=roles, organisations=[organisation], on=on)}
    return frozenset(found - _excluded(children))


def _children(check: UUID) -> frozenset[UUID]:
    with transaction.atomic(), working_as(HAVEN, "checks.recipients"):
        return frozenset(Concerned.objects.filter(of=check).values_list("subject", flat=True))


def _excluded(children: Collection[UUID]) -> frozenset[UUID]:
    return excluded_people(subjects=children)
