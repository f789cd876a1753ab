"""What a page offers somebody before anything of a subject is opened. None of it says who she is."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from haven.access.actor import HAVEN, Actor
from haven.access.decision import Reason, Refused
from haven.people.models import Area
from haven.people.seeing import seeing, working_as
from haven.subjects.disclosure.overseeing import hidden_from
from haven.subjects.models import BrokenGlass, SafeAddress, Subject
from haven.subjects.policy import FINDERS, OUTSIDE_SCHOOLS, decide, may_ever_break, may_exclude, may_keep
from haven.subjects.rules.breaking import REVIEWERS, WHY_IN_WORDS, Why
from haven.subjects.rules.ties import KEEPERS, Asker, Deed


@dataclass(frozen=True, slots=True)
class Stage:
    """What she may do with a subject whom she has not opened yet."""

    subject: UUID
    record: UUID
    area: UUID
    may_read: bool
    oversees_exclusions: bool
    may_end_exclusions: bool
    keeps: bool  # holds, exports, erases, and reads who was shown what
    may_lend: bool  # and says where she is safe


@dataclass(frozen=True, slots=True)
class AddressStage:
    """What she may do with an address that keeps somebody safe. It says that there is one, and not where."""

    subject: UUID
    may_give: bool
    may_open: bool
    given_at: datetime | None  # none where there is none


@dataclass(frozen=True, slots=True)
class GlassStage:
    """One time that glass was broken, without a word of what was said then."""

    glass: UUID
    person: str
    role: str
    organisation: str
    why: str
    broken_at: datetime
    ends_at: datetime
    is_reviewed: bool


def areas_for(*, by: Actor) -> list[tuple[UUID, str]]:
    """The areas in which she looks people up, by name."""
    held = [post for post in by.posts if post.role in FINDERS and post.kind in OUTSIDE_SCHOOLS]
    areas = Area.objects.filter(pk__in={area for post in held for area in post.areas}).order_by("name")
    return list(areas.values_list("pk", "name"))


def keeps_records(*, by: Actor) -> bool:
    """Whether she holds, exports and erases what an area keeps."""
    return any(may_keep(by, area) for area in by.areas(KEEPERS))


def may_review_glass(*, by: Actor) -> bool:
    """Whether she is the one who looks at broken glass."""
    return bool(by.areas(REVIEWERS))


def may_break_some(*, by: Actor) -> bool:
    """Whether there is any record for which she might break the glass."""
    return bool(may_ever_break(by))


@seeing("subjects.overseeing")
def stage_of(*, subject_id: UUID, by: Actor, at: datetime) -> Stage:
    """What she may do. Raises `Refused` where that is nothing: as for whoever is not there."""
    subject = Subject.objects.select_related("record").filter(pk=subject_id).first()
    if subject is None or hidden_from(by).filter(pk=subject.record_id).exists():
        raise Refused(Reason.NOT_THE_ORGANISATION)
    area = subject.record.area_id
    may_read, keeps = bool(decide(Asker(by, at), Deed.READ, subject.record)), bool(may_keep(by, area))
    if not may_read and not keeps:
        raise Refused(Reason.NOT_THE_ORGANISATION)
    return Stage(
        subject=subject.pk,
        record=subject.record_id,
        area=area,
        may_read=may_read,
        oversees_exclusions=bool(may_exclude(by, area)),
        may_end_exclusions=area in by.areas(REVIEWERS),
        keeps=keeps,
        may_lend=bool(decide(Asker(by, at), Deed.SEND_ON, subject.record)),
    )


@seeing("subjects.overseeing")
def address_stage(*, subject_id: UUID, by: Actor, at: datetime) -> AddressStage:
    """What she may do with where somebody is safe. Raises `Refused` where that is nothing: as for whoever is not there.

    A school is never told that there is such an address.
    """
    subject = Subject.objects.select_related("record").filter(pk=subject_id).first()
    if subject is None or hidden_from(by).filter(pk=subject.record_id).exists():
        raise Refused(Reason.NOT_THE_ORGANISATION)
    with working_as(HAVEN, "subjects.showing"):  # an address has ties of its own
        row = SafeAddress.objects.filter(subject=subject, replaced_at__isnull=True).select_related("record").first()
    may_give = bool(decide(Asker(by, at), Deed.SEND_ON, subject.record))
    may_open = row is not None and bool(decide(Asker(by, at), Deed.READ, row.record))
    if not may_give and not may_open:
        raise Refused(Reason.NOT_THE_ORGANISATION)
    return AddressStage(subject.pk, may_give, may_open, row.given_at if row else None)


@seeing("subjects.overseeing")
def glass_stage(*, glass_id: UUID, by: Actor) -> GlassStage:
    """One time that glass was broken, for whoever reviews it. Raises `Refused`."""
    rows = BrokenGlass.objects.filter(record__area__in=by.areas(REVIEWERS)).exclude(person=by.person)
    rows = rows.exclude(record__in=hidden_from(by)).select_related("person", "organisation")
    row = rows.filter(pk=glass_id).first()
    if row is None:
        raise Refused(Reason.NOT_THE_ORGANISATION)
    return GlassStage(
        glass=row.pk,
        person=row.person.name,
        role=row.role,
        organisation=row.organisation.name,
        why=WHY_IN_WORDS[Why(row.why)],
        broken_at=row.broken_at,
        ends_at=row.ends_at,
        is_reviewed=row.reviewed_at is not None,
    )
