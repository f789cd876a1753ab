"""Who reads in a school: whoever holds a live post there, and the staff without an account."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from haven.access.actor import Actor
from haven.access.decision import require
from haven.access.roles import LABELS, Role
from haven.people.models import Organisation, Post, on_day
from haven.readings.models import Reader
from haven.readings.policy import OF_A_SCHOOL, may_keep
from haven.readings.rules.kinds import ReaderKind, in_order, labels_of, usual_kinds


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderLine:
    """Somebody who reads. `who` names her in addresses: the person, or the row of one without an account."""

    who: UUID
    name: str
    job: str
    kinds: tuple[ReaderKind, ...]
    person: UUID | None  # who can sign in and read in Haven
    reader: UUID | None  # her row, where she has one
    is_usual: bool  # her kinds follow from her post

    @property
    def labels(self) -> list[str]:
        """Her kinds as people say them."""
        return labels_of(self.kinds)


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffPage:
    """Everybody who reads in a school."""

    school: Organisation
    lines: tuple[ReaderLine, ...]

    @property
    def without_account(self) -> int:
        """How many cannot sign in."""
        return sum(line.person is None for line in self.lines)


def readers_of(*, organisations: Collection[UUID], on: date) -> dict[UUID, list[ReaderLine]]:
    """The readers of each school on this day, by name: two questions, however many schools."""
    posts = Post.objects.filter(
        on_day(on), organisation__in=organisations, person__is_active=True, role__in=OF_A_SCHOOL
    )
    held: dict[tuple[UUID, UUID, str], list[Role]] = {}
    for school, person, name, role in posts.values_list("organisation", "person", "person__name", "role"):
        held.setdefault((school, person, name), []).append(Role(role))
    rows = list(Reader.objects.filter(_reads_on(on), organisation__in=organisations))
    known = {(row.organisation_id, row.person_id): row for row in rows if row.person_id}
    lines: dict[UUID, list[ReaderLine]] = {school: [] for school in organisations}
    for (school, person, name), roles in held.items():
        lines[school].append(_of_post(person, name, roles, known.get((school, person))))
    for row in rows:
        if row.person_id is None:
            lines[row.organisation_id].append(_of_row(row))
    return {school: sorted(own, key=lambda line: (line.name.casefold(), line.who)) for school, own in lines.items()}


def staff_page(*, school_id: UUID, by: Actor, on: date) -> StaffPage:
    """Everybody who reads in a school, for its leads. Raises `Refused`."""
    require(may_keep(by, school_id))
    school = Organisation.objects.get(pk=school_id)
    return StaffPage(school=school, lines=tuple(readers_of(organisations=[school_id], on=on)[school_id]))


def reader_line(*, school_id: UUID, who: UUID, by: Actor, on: date) -> ReaderLine:
    """One reader of a school, for its leads. Raises `Refused`, and `Reader.DoesNotExist` for anybody else."""
    require(may_keep(by, school_id))
    for line in readers_of(organisations=[school_id], on=on)[school_id]:
        if line.who == who:
            return line
    raise Reader.DoesNotExist


def kinds_of_person(*, roles: Iterable[Role], row: Reader | None) -> frozenset[ReaderKind]:
    """What somebody with these posts counts as, where the school did not say otherwise."""
    return frozenset(in_order(row.kinds)) if row and row.kinds else usual_kinds(roles)


def _reads_on(on: date) -> Q:
    return Q(starts_on__lte=on) & (Q(left_on__isnull=True) | Q(left_on__gt=on))


def _of_post(person: UUID, name: str, roles: list[Role], row: Reader | None) -> ReaderLine:
    order = list(Role)
    first = sorted(roles, key=order.index)
    return ReaderLine(
        who=person,
        name=name,
        job=", ".join(LABELS[role] for role in first),
        kinds=tuple(in_order(kinds_of_person(roles=roles, row=row))),
        person=person,
        reader=row.pk if row else None,
        is_usual=not (row and row.kinds),
    )


def _of_row(row: Reader) -> ReaderLine:
    kinds = tuple(in_order(row.kinds))
    return ReaderLine(who=row.pk, name=row.name, job=row.job, kinds=kinds, person=None, reader=row.pk, is_usual=False)
