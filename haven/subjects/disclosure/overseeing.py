"""What those outside schools see besides a subject herself: who was shown what, who is excluded, what
glass was broken."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from haven.access.actor import HAVEN, Actor
from haven.access.decision import Reason, Refused, require
from haven.engines.days.moments import local_day
from haven.people.models import Person
from haven.people.seeing import seeing, working_as
from haven.subjects.disclosure.opening import opened
from haven.subjects.disclosure.recording import Purpose, write_down
from haven.subjects.models import BrokenGlass, Disclosure, Exclusion, Outcome, Record, Subject
from haven.subjects.policy import decide, may_exclude, may_keep, standing_exclusions
from haven.subjects.rules.bases import basis_in_words
from haven.subjects.rules.breaking import REVIEWERS, WHY_IN_WORDS, Why
from haven.subjects.rules.sorts import in_words
from haven.subjects.rules.ties import KEEPERS, Asker, Deed, acting_as


@dataclass(frozen=True, slots=True)
class Line:
    """One disclosure as people read it, as things were then."""

    at: datetime
    outcome: str
    what: str  # which sort of record
    person: str
    role: str
    organisation: str
    to: str
    purpose: str
    basis: str
    told: str
    reasons: str  # empty where none were given, or they do not open


@dataclass(frozen=True, slots=True)
class ExclusionLine:
    """One exclusion, standing or ended."""

    exclusion: UUID
    person: str
    ground: str
    set_as: str
    set_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class GlassLine:
    """One time that glass was broken. The subject is not named: whoever reviews looks at why, not at whom."""

    glass: UUID
    record: UUID
    person: str
    role: str
    organisation: str
    why: str
    words: str
    broken_at: datetime
    ends_at: datetime
    review_by: date
    verdict: str
    is_late: bool


@seeing("subjects.overseeing")
def register_of(*, subject_id: UUID, by: Actor, at: datetime) -> list[Line]:
    """Who has been shown what about a subject, newest first: for whoever keeps her area's records. Raises `Refused`."""
    subject = overseen(subject_id, by, at)
    require(may_keep(by, subject.record.area_id))
    rows = Disclosure.objects.filter(record__about__subject=subject).exclude(record__in=hidden_from(by))
    rows = rows.select_related("organisation", "to_organisation", "record").order_by("-at")
    places = frozenset(post.organisation for post in by.posts if post.role in KEEPERS)
    return [_line(row, places) for row in rows]


def open_register(*, subject_id: UUID, purpose: Purpose, by: Actor, at: datetime) -> list[Line]:
    """The same to be read: that she was shown it is written down first, and stands in it. Raises `Refused`."""
    _write_down(subject_id=subject_id, purpose=purpose, by=by, at=at)
    return register_of(subject_id=subject_id, by=by, at=at)


@seeing("subjects.overseeing")
def exclusions_of(*, subject_id: UUID, by: Actor, at: datetime) -> list[ExclusionLine]:
    """Who must never see a subject: for the police, the council and its privacy officer. Raises `Refused`."""
    subject = overseen(subject_id, by, at)
    require(may_exclude(by, subject.record.area_id))
    rows = Exclusion.objects.filter(subject=subject).exclude(person=by.person).select_related("person")
    with working_as(HAVEN, "subjects.excluding"):
        return [
            ExclusionLine(
                row.pk, row.person.name, row.get_ground_display(), row.get_set_as_display(), row.set_at, row.ended_at
            )
            for row in rows
        ]


@seeing("subjects.overseeing")
def glass_to_review(*, by: Actor, on: date) -> list[GlassLine]:
    """What was broken in her areas, by others: first what nobody has looked at. For the privacy officer."""
    areas = by.areas(REVIEWERS)
    if not areas:
        raise Refused(Reason.NOT_THE_ROLE)
    rows = BrokenGlass.objects.filter(record__area__in=areas).exclude(person=by.person)
    rows = rows.exclude(record__in=hidden_from(by)).select_related("person", "organisation", "record")
    places = frozenset(post.organisation for post in by.posts if post.role in REVIEWERS)
    lines = [_glass(row, places, on) for row in rows.order_by("-broken_at")[:200]]
    return sorted(lines, key=lambda line: bool(line.verdict))


@seeing("subjects.overseeing")
def possible_to_exclude(*, subject_id: UUID, by: Actor, at: datetime) -> list[tuple[UUID, str]]:
    """Whoever works at a school of the child, or covers there, for a list to choose from. Raises `Refused`."""
    subject, on = overseen(subject_id, by, at), local_day(at)
    require(may_exclude(by, subject.record.area_id))
    here = Q(ends_on__isnull=True) | Q(ends_on__gt=on)
    schools = subject.attendances.filter(here, school__isnull=False).values("school")
    working = Q(posts__organisation__in=schools) & (Q(posts__ends_on__isnull=True) | Q(posts__ends_on__gt=on))
    covering = Q(covers__post__organisation__in=schools, covers__ends_on__gt=on)
    people = Person.objects.filter(working | covering, is_active=True).distinct().order_by("name")
    return list(people.values_list("pk", "name"))


def overseen(subject_id: UUID, by: Actor, at: datetime) -> Subject:
    """A subject of an area whose records she keeps, or whom she may read outside schools. Never one from whom she is
    excluded. Raises `Refused`."""
    subject = Subject.objects.select_related("record").filter(pk=subject_id).first()
    if subject is None or hidden_from(by).filter(pk=subject.record_id).exists():
        raise Refused(Reason.NOT_THE_ORGANISATION)
    area = subject.record.area_id
    if not may_keep(by, area):
        require(may_exclude(by, area))
        require(decide(Asker(by, at), Deed.READ, subject.record))
    return subject


def hidden_from(by: Actor) -> QuerySet[Record]:
    """The records about whoever she is excluded from."""
    return Record.objects.filter(about__subject__in=standing_exclusions(by.person).values("subject"))


@seeing("subjects.overseeing")
def _write_down(*, subject_id: UUID, purpose: Purpose, by: Actor, at: datetime) -> None:
    subject = overseen(subject_id, by, at)
    area = subject.record.area_id
    require(may_keep(by, area))
    write_down(Outcome.SHOWN, record=subject.record, purpose=purpose, post=acting_as(by, KEEPERS, area), by=by, at=at)


def _line(row: Disclosure, places: frozenset[UUID]) -> Line:
    record = row.record_id
    return Line(
        at=row.at,
        outcome=row.get_outcome_display(),
        what=in_words(row.record.sort) if row.record else "",
        person=row.person_name,
        role=row.role,
        organisation=row.organisation_name,
        to=row.to_organisation.name if row.to_organisation else "",
        purpose=row.purpose,
        basis=basis_in_words(row.basis),
        told=row.get_told_display(),
        reasons=(opened(record, "reasons", row.words, organisations=places) or "") if record else "",
    )


def _glass(row: BrokenGlass, places: frozenset[UUID], on: date) -> GlassLine:
    return GlassLine(
        glass=row.pk,
        record=row.record_id,
        person=row.person.name,
        role=row.role,
        organisation=row.organisation.name,
        why=WHY_IN_WORDS[Why(row.why)],
        words=opened(row.record_id, "glass", row.words, organisations=places) or "",
        broken_at=row.broken_at,
        ends_at=row.ends_at,
        review_by=row.review_by,
        verdict=row.verdict,
        is_late=row.reviewed_at is None and row.review_by < on,
    )
