"""A school's register: its policies, the most pressing first."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.db.models.query import QuerySet

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused
from haven.access.roles import SCHOOL_ROLES
from haven.actions.rules import WAITING
from haven.actions.rules import Standing as Asked
from haven.people.models import Organisation
from haven.policies.models import Link, Policy, Review, Version
from haven.policies.policy import may_keep, may_read_all, may_sign, policies_read_by
from haven.policies.queries.resting import touched_counts
from haven.policies.rules.life import IN_THE_MAKING, PRESSING, STANDINGS, Standing, State, standing_on
from haven.policies.rules.usual import USUAL, Usual


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One policy as a line of the register."""

    id: UUID
    title: str
    kind: str
    owned_by: str
    standing: Standing
    label: str
    colour: str
    review_on: date | None
    current: str  # the label of the version in use
    approved_on: date | None
    approved_by: str
    version: UUID | None  # in use
    has_file: bool
    link: str  # where the version in use may be read
    making: State | None  # how far the next version is
    waits_for_her: bool  # it is she who may approve that
    is_under_review: bool
    touched: int  # on how many things it rests that have moved


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """The register of one school, as this reader sees it."""

    school: Organisation
    schools: tuple[Organisation, ...]
    lines: tuple[Line, ...]
    withdrawn: tuple[Line, ...]
    overdue: int
    due: int
    unapproved: int
    in_date: int
    waiting: int
    touched: int
    reads_all: bool
    may_keep: bool
    lacking: tuple[Usual, ...]  # of the usual ones, those it has not


def ahead() -> timedelta:
    """How long before its review a policy counts as due."""
    return timedelta(weeks=settings.REVIEW_WEEKS)


def with_version(policies: QuerySet[Policy]) -> QuerySet[Policy]:
    """The same, each with whether a version of it is in use."""
    return policies.annotate(is_in_use=Exists(Version.objects.filter(policy=OuterRef("pk"), state=State.APPROVED)))


def register(*, by: Actor, school_id: UUID | None, on: date) -> Register:
    """The register of the school she chose, or of her first. Raises `Refused` where she belongs to none."""
    school, schools = _school(by, school_id)
    reads_all = bool(may_read_all(by, school.pk))
    seen = Policy.objects.filter(policies_read_by(by), school=school).select_related("owner")
    policies = list(with_version(seen))
    order = _pressing if reads_all else _titled
    lines = sorted(_lines(policies, by, on, reads_all=reads_all), key=order)
    standing = Counter(line.standing for line in lines)
    kinds = {policy.kind for policy in policies if not policy.is_withdrawn}
    return Register(
        school=school,
        schools=schools,
        lines=tuple(line for line in lines if line.standing is not Standing.WITHDRAWN),
        withdrawn=tuple(line for line in lines if line.standing is Standing.WITHDRAWN),
        overdue=standing[Standing.OVERDUE],
        due=standing[Standing.DUE],
        unapproved=standing[Standing.UNAPPROVED],
        in_date=standing[Standing.IN_DATE],
        waiting=sum(line.making is State.SENT for line in lines),
        touched=sum(line.touched > 0 for line in lines),
        reads_all=reads_all,
        may_keep=bool(may_keep(by, school.pk)),
        lacking=tuple(usual for usual in USUAL if usual.kind not in kinds),
    )


def _school(by: Actor, school_id: UUID | None) -> tuple[Organisation, tuple[Organisation, ...]]:
    schools = tuple(Organisation.objects.filter(pk__in=by.organisations(SCHOOL_ROLES)).order_by("name"))
    chosen = [each for each in schools if school_id in (None, each.pk)]
    if not chosen:
        raise Refused(Reason.NOT_THE_ORGANISATION)
    return chosen[0], schools


def _lines(policies: Collection[Any], by: Actor, on: date, *, reads_all: bool) -> Iterable[Line]:
    states = [State.APPROVED, *(IN_THE_MAKING if reads_all else ())]
    versions = Version.objects.filter(policy__in=policies, state__in=states).select_related("signed_by")
    current: dict[UUID, Version] = {}
    making: dict[UUID, Version] = {}
    for version in versions:
        (current if version.state == State.APPROVED else making)[version.policy_id] = version
    under_review, touched = set(), {}
    if reads_all:
        reviews = Review.objects.filter(policy__in=policies, ended_at__isnull=True)
        reviews = reviews.filter(action__standing=Asked.PUBLISHED, action__assignments__state__in=WAITING)
        under_review = set(reviews.values_list("policy", flat=True))
        touched = touched_counts(list(Link.objects.filter(policy__in=policies).select_related("document")), on)
    for policy in policies:
        used, made = current.get(policy.pk), making.get(policy.pk)
        yield _line(policy, used, made, by, on, policy.pk in under_review, touched.get(policy.pk, 0))


def _line(
    policy: Any, used: Version | None, made: Version | None, by: Actor, on: date, is_under_review: bool, touched: int
) -> Line:
    standing = standing_on(
        review_on=policy.review_on, has_version=policy.is_in_use, is_withdrawn=policy.is_withdrawn, on=on, ahead=ahead()
    )
    label, colour = STANDINGS[standing]
    making = State(made.state) if made else None
    return Line(
        id=policy.pk,
        title=policy.title,
        kind=policy.get_kind_display(),
        owned_by=policy.owned_by,
        standing=standing,
        label=label,
        colour=colour,
        review_on=policy.review_on,
        current=used.label if used else "",
        approved_on=used.approved_on if used else None,
        approved_by=used.approved_by if used else "",
        version=used.pk if used else None,
        has_file=bool(used and used.file_id),
        link=used.link if used else "",
        making=making,
        waits_for_her=making is State.SENT and bool(may_sign(by, policy)),
        is_under_review=is_under_review,
        touched=0 if standing is Standing.WITHDRAWN else touched,
    )


def _pressing(line: Line) -> tuple[int, date, str]:
    return PRESSING[line.standing], line.review_on or date.max, line.title


def _titled(line: Line) -> tuple[int, date, str]:
    """For those who read what holds today and keep nothing: by title alone."""
    return 0, date.min, line.title
