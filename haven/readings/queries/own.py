"""What somebody herself must read: on her own page, and in one line on her home."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models.query import QuerySet

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, require
from haven.access.roles import Role
from haven.engines.days.moments import local_day
from haven.readings.models import Bookmark, Part, Reader, Round, Signature
from haven.readings.policy import DECIDERS, may_read, schools_read_in
from haven.readings.queries.parts import parts_of
from haven.readings.queries.readers import kinds_of_person
from haven.readings.rules.kinds import ReaderKind
from haven.readings.rules.paging import minutes_for
from haven.readings.rules.signing import DONE, WAITING, Signed, State, answer_to, is_for, signed_before, state_of


@dataclass(frozen=True, slots=True)
class OwnPart:
    """A part that she must read, and where she stands with it."""

    part: Part
    round: Round
    state: State
    answer: Signed | None
    before: Signed | None  # what she signed of it under other words
    goes_on_at: int | None  # the place at which she goes on reading

    @property
    def minutes(self) -> int | None:
        """About how long it takes to read; null where its text is not in Haven."""
        return minutes_for(self.part.word_count) if self.part.place else None

    @property
    def percent_read(self) -> int:
        """How much of it she has behind her."""
        place, until = self.part.place, self.part.until
        if self.goes_on_at is None or place is None or until is None or not place <= self.goes_on_at < until:
            return 0
        return 100 * (self.goes_on_at - place) // (until - place)

    @property
    def is_late(self) -> bool:
        """Whether it is overdue."""
        return self.state is State.LATE


@dataclass(frozen=True, slots=True)
class Waits:
    """How many parts she has to read and sign, and how many of them are overdue."""

    count: int = 0
    late: int = 0
    due_on: date | None = None  # the first


@dataclass(frozen=True, slots=True)
class OwnPage:
    """What she must read and what she has signed, and the schools whose reading she looks after."""

    waiting: tuple[OwnPart, ...]
    signed: tuple[OwnPart, ...]
    schools: tuple[tuple[UUID, str], ...]

    @property
    def asked(self) -> list[tuple[Round, list[OwnPart]]]:
        """What she must read, round by round."""
        rounds = {each.round.pk: each.round for each in self.waiting}
        return [(asks, [each for each in self.waiting if each.round.pk == pk]) for pk, asks in rounds.items()]


def own_page(*, by: Actor, on: date) -> OwnPage:
    """Her own page. Raises `Refused` for who works in no school."""
    if not schools_read_in(by) and not by.organisations(DECIDERS):
        raise Refused(Reason.NOT_THE_ROLE)
    parts = own_parts(by=by, on=on)
    kept = by.organisations(DECIDERS)
    schools = {post.organisation: post.organisation_name for post in by.posts if post.organisation in kept}
    return OwnPage(
        tuple(each for each in parts if each.state in WAITING),
        tuple(each for each in parts if each.state in DONE),
        tuple(sorted(schools.items(), key=lambda each: each[1])),
    )


def own_parts(*, by: Actor, on: date) -> list[OwnPart]:
    """Every part that she must read in the rounds of her schools: what is due first, what is signed last."""
    schools = schools_read_in(by)
    if not schools:
        return []
    return _own(by, _open_rounds().filter(organisation__in=schools), on)


def own_part(*, part_id: UUID, by: Actor, on: date) -> OwnPart:
    """One of them. Raises `Refused`, and `Part.DoesNotExist` for one that she is not asked to read."""
    matrix = Part.objects.select_related("matrix").get(pk=part_id).matrix
    require(may_read(by, matrix.organisation_id))
    found = _own(by, _open_rounds().filter(matrix=matrix), on)
    for each in found:
        if each.part.pk == part_id:
            return each
    raise Part.DoesNotExist


def waits_for(*, by: Actor, on: date) -> Waits:
    """What she has to read and sign, in numbers."""
    waiting = [each for each in own_parts(by=by, on=on) if each.state in WAITING]
    first = min((each.round.due_on for each in waiting), default=None)
    return Waits(len(waiting), sum(each.is_late for each in waiting), first)


def own_row(*, school_id: UUID, by: Actor, at: datetime) -> Reader:
    """Her row in a school, locked, made where she has none yet. Raises `Refused`."""
    require(may_read(by, school_id))
    made: dict[str, Any] = {"starts_on": local_day(at), "added_at": at, "added_by_id": by.person}
    rows = Reader.objects.select_for_update(of=("self",))
    hers: dict[str, Any] = {"organisation_id": school_id, "person_id": by.person}
    return rows.get_or_create(**hers, defaults=made)[0]


def _open_rounds() -> QuerySet[Round]:
    return Round.objects.filter(ended_at__isnull=True).select_related("organisation", "matrix__edition__document")


def _own(by: Actor, rounds: QuerySet[Round], on: date) -> list[OwnPart]:
    found = list(rounds)
    if not found or by.person is None:
        return []
    parts = parts_of(matrices=[each.matrix for each in found])
    readers = {row.organisation_id: row for row in Reader.objects.filter(person_id=by.person)}
    signed = _signed(readers.values(), {each.document_id for each in found})
    marks = _bookmarks(readers.values())
    lines = []
    for each in found:
        row = readers.get(each.organisation_id)
        kinds = kinds_of_person(roles=_roles(by, each.organisation_id), row=row)
        own = signed.get((row.pk, each.document_id), []) if row else []
        for part in parts[each.matrix]:
            if is_for(part.duty, kinds):
                mark = marks.get((row.pk, each.matrix.edition_id, part.key)) if row else None
                lines.append(_line(each, part, kinds, own, mark, on))
    return sorted(lines, key=lambda line: (line.state in DONE, line.round.due_on, line.part.position))


def _line(
    round_: Round, part: Part, kinds: Collection[ReaderKind], own: Sequence[Signed], mark: int | None, on: date
) -> OwnPart:
    duty = part.duty
    answer = answer_to(duty, own)
    state = state_of(duty, kinds, answer, due_on=round_.due_on, today=on)
    return OwnPart(part, round_, state, answer, None if answer else signed_before(duty, own), mark)


def _roles(by: Actor, school: UUID) -> list[Role]:
    return [post.role for post in by.posts if post.organisation == school and not post.is_cover]


def _signed(readers: Collection[Reader], documents: Collection[UUID]) -> dict[tuple[UUID, UUID], list[Signed]]:
    rows = Signature.objects.filter(reader__in=readers, edition__document__in=documents, taken_back_at__isnull=True)
    found: dict[tuple[UUID, UUID], list[Signed]] = {}
    for row in rows.select_related("edition"):
        found.setdefault((row.reader_id, row.edition.document_id), []).append(row.told)
    return found


def _bookmarks(readers: Collection[Reader]) -> dict[tuple[UUID, UUID, str], int]:
    rows = Bookmark.objects.filter(reader__in=readers).values_list("reader", "edition", "part_key", "place")
    return {(reader, edition, key): place for reader, edition, key, place in rows}
