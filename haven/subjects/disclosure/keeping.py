"""How long somebody is kept, what holds it, who asked for it to go, and what an erasure takes away and leaves.

None of it says who she is.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models.query import QuerySet

from haven.access.actor import HAVEN, Actor
from haven.access.decision import Reason, Refused, require
from haven.engines.days.moments import local_day
from haven.people.seeing import seeing, working_as
from haven.subjects.disclosure.overseeing import hidden_from, overseen
from haven.subjects.models import (
    Attendance,
    Disclosure,
    Erasure,
    FindMark,
    Hold,
    Record,
    Siblings,
    Subject,
)
from haven.subjects.policy import excluded_from, may_keep
from haven.subjects.rules.sorts import in_words
from haven.subjects.rules.ties import KEEPERS, State

MOST = 200


@dataclass(frozen=True, slots=True)
class HoldLine:
    """One legal hold, standing or ended."""

    hold: UUID
    subject: UUID
    number: str
    why: str
    held_by: str
    held_at: datetime
    ended_by: str
    ended_at: datetime | None
    ended_why: str


@dataclass(frozen=True, slots=True)
class ErasureLine:
    """One time that somebody asked for an erasure, and what a second person made of it."""

    erasure: UUID
    subject: UUID
    number: str
    asked_by: str
    asked_at: datetime
    is_own: bool  # whether whoever looks asked for it
    decided_by: str
    decided_at: datetime | None
    is_approved: bool | None


@dataclass(frozen=True, slots=True)
class KeptLine:
    """Somebody whose time is over."""

    subject: UUID
    number: str
    sort: str
    kept_as: str
    review_on: date


@dataclass(frozen=True, slots=True)
class Keeping:
    """Until when a subject is kept, what holds her, and whether somebody asked for her to be erased."""

    subject: UUID
    number: str
    added_at: datetime
    review_on: date
    is_due: bool
    is_erased: bool
    kept_as: str
    holds: Sequence[HoldLine]
    erasures: Sequence[ErasureLine]

    @property
    def is_held(self) -> bool:
        """Whether a hold stands."""
        return any(hold.ended_at is None for hold in self.holds)

    @property
    def asked(self) -> ErasureLine | None:
        """The erasure that waits for a second person."""
        return next((each for each in self.erasures if each.decided_at is None), None)


@dataclass(frozen=True, slots=True)
class KeepingDesk:
    """What waits in the areas of whoever keeps their records."""

    asked: Sequence[ErasureLine]
    due: Sequence[KeptLine]
    held: Sequence[HoldLine]
    decided: Sequence[ErasureLine]


@dataclass(frozen=True, slots=True)
class Going:
    """What an erasure takes away, or took, and what stands after it: so many of each sort."""

    records: Sequence[tuple[str, int]]
    shared: Sequence[tuple[str, int]]  # also about somebody else who still stands
    places: int
    kin: int
    marks: int
    disclosures: int


@seeing("subjects.overseeing")
def keeping_of(*, subject_id: UUID, by: Actor, at: datetime) -> Keeping:
    """How long a subject is kept: for whoever keeps her area's records. Raises `Refused`."""
    subject = overseen(subject_id, by, at)
    record = subject.record
    require(may_keep(by, record.area_id))
    return Keeping(
        subject=subject.pk,
        number=number_of(subject.pk),
        added_at=subject.added_at,
        review_on=record.review_on,
        is_due=record.review_on <= local_day(at) and record.state != State.ERASED,
        is_erased=record.state == State.ERASED,
        kept_as=record.get_kept_as_display(),
        holds=_holds(subject.holds.all()),
        erasures=_erasures(subject.erasures.all(), by),
    )


@seeing("subjects.overseeing")
def keeping_desk(*, by: Actor, at: datetime) -> KeepingDesk:
    """What waits for whoever keeps records: erasures to decide, those whose time is over, holds. Raises `Refused`."""
    areas = {area for area in by.areas(KEEPERS) if may_keep(by, area)}
    if not areas:
        raise Refused(Reason.NOT_THE_ROLE)
    hers = Subject.objects.filter(record__area__in=areas).exclude(record__in=hidden_from(by))
    held = Hold.objects.filter(subject__in=hers, ended_at__isnull=True)
    erasures = Erasure.objects.filter(subject__in=hers)
    asked = erasures.filter(decided_at__isnull=True)
    due = hers.filter(record__review_on__lte=local_day(at)).exclude(record__state=State.ERASED)
    free = due.exclude(pk__in=asked.values("subject")).exclude(pk__in=held.values("subject"))
    return KeepingDesk(
        asked=_erasures(asked[:MOST], by),
        due=[_kept(row) for row in free.select_related("record").order_by("record__review_on", "pk")[:MOST]],
        held=_holds(held[:MOST]),
        decided=_erasures(erasures.filter(decided_at__isnull=False).order_by("-decided_at")[:MOST], by),
    )


@seeing("subjects.overseeing")
def erasure_of(*, erasure_id: UUID, by: Actor, at: datetime) -> ErasureLine:
    """One erasure, asked for or decided: for whoever keeps the area's records. Raises `Refused`."""
    row = Erasure.objects.filter(pk=erasure_id).select_related("asked_by", "decided_by").first()
    if row is None:
        raise Refused(Reason.NOT_THE_ORGANISATION)
    subject = overseen(row.subject_id, by, at)
    require(may_keep(by, subject.record.area_id))
    return _erasure(row, by)


@seeing("subjects.overseeing")
def going_with(*, subject_id: UUID, by: Actor, at: datetime) -> Going:
    """What goes with a subject who is erased, and what stands; once she is, what went. Raises `Refused`."""
    subject = overseen(subject_id, by, at)
    require(may_keep(by, subject.record.area_id))
    told = Disclosure.objects.filter(record__about__subject=subject).exclude(record__in=hidden_from(by)).count()
    with working_as(HAVEN, "subjects.erasing"):  # nothing ties her to what others keep
        about = Record.objects.filter(about__subject=subject)
        is_erased = subject.record.state == State.ERASED
        going = list(about.filter(state=State.ERASED) if is_erased else subject.alone)
        shared = about.exclude(pk__in=[row.pk for row in going]).exclude(state=State.ERASED)
        kin = Record.objects.filter(subject__in=Siblings.of(subject.pk))
        return Going(
            records=_counted(going),
            shared=_counted(_known_to(by, shared)),
            places=Attendance.objects.filter(subject=subject).count(),
            kin=len(_known_to(by, kin)),
            marks=FindMark.objects.filter(subject=subject).count(),
            disclosures=told,
        )


def number_of(subject: UUID) -> str:
    """A short number by which two people speak of the same record without a name."""
    return str(subject)[:8]


def _kept(row: Subject) -> KeptLine:
    record = row.record
    return KeptLine(row.pk, number_of(row.pk), row.get_sort_display(), record.get_kept_as_display(), record.review_on)


def _holds(rows: QuerySet[Hold]) -> list[HoldLine]:
    return [
        HoldLine(
            row.pk,
            row.subject_id,
            number_of(row.subject_id),
            row.why,
            row.held_by.name,
            row.held_at,
            row.ended_by.name if row.ended_by else "",
            row.ended_at,
            row.ended_why,
        )
        for row in rows.select_related("held_by", "ended_by")
    ]


def _erasures(rows: QuerySet[Erasure], by: Actor) -> list[ErasureLine]:
    return [_erasure(row, by) for row in rows.select_related("asked_by", "decided_by")]


def _erasure(row: Erasure, by: Actor) -> ErasureLine:
    return ErasureLine(
        erasure=row.pk,
        subject=row.subject_id,
        number=number_of(row.subject_id),
        asked_by=row.asked_by.name,
        asked_at=row.asked_at,
        is_own=row.asked_by_id == by.person,
        decided_by=row.decided_by.name if row.decided_by else "",
        decided_at=row.decided_at,
        is_approved=row.is_approved,
    )


def _counted(rows: Iterable[Record]) -> list[tuple[str, int]]:
    return sorted(Counter(in_words(row.sort) for row in rows).items())


def _known_to(by: Actor, rows: Iterable[Record]) -> list[Record]:
    """Those of which she may know: a number, too, would tell her of a child from whom she is kept."""
    return [row for row in rows if by.person not in excluded_from(row)]
