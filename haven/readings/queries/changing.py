"""Rows taken to be changed: locked, and only for those who may."""

from datetime import datetime
from typing import Any
from uuid import UUID

from haven.access.actor import Actor
from haven.access.decision import require
from haven.access.roles import Kind
from haven.engines.days.moments import local_day
from haven.people.models import Organisation, Post, on_day
from haven.readings.models import Matrix, Reader, Round, Signature
from haven.readings.policy import OF_A_SCHOOL, may_end, may_keep, may_take_back


def school_locked(*, school_id: UUID) -> Organisation:
    """The school, so that what is set in it is set by one at a time."""
    return Organisation.objects.select_for_update(of=("self",)).get(pk=school_id, kind=Kind.SCHOOL)


def matrix_to_send(*, matrix_id: UUID, by: Actor) -> Matrix:
    """The matrix by which a round is sent. Raises `Refused`."""
    matrix = Matrix.objects.select_related("edition__document", "organisation").get(pk=matrix_id)
    require(may_keep(by, matrix.organisation_id))
    return matrix


def round_for_update(*, round_id: UUID, by: Actor) -> Round:
    """A round, locked. Raises `Refused`."""
    rows = Round.objects.select_for_update(of=("self",)).select_related("organisation", "matrix__edition__document")
    found = rows.get(pk=round_id)
    require(may_end(by, found))
    return found


def reader_of(*, school_id: UUID, who: UUID, by: Actor, at: datetime) -> Reader:
    """The row of somebody who reads in a school, locked; made where she holds a post there and has none yet. Raises
    `Refused`, and `Reader.DoesNotExist` for who does not read there."""
    require(may_keep(by, school_id))
    rows = Reader.objects.select_for_update(of=("self",))
    row = rows.filter(organisation=school_id, pk=who, person__isnull=True, left_on__isnull=True).first()
    if row is not None:
        return row
    on = local_day(at)
    posts = Post.objects.filter(on_day(on), organisation=school_id, person=who, role__in=OF_A_SCHOOL)
    if not posts.filter(person__is_active=True).exists():
        raise Reader.DoesNotExist
    made: dict[str, Any] = {"starts_on": on, "added_by_id": by.person, "added_at": at}
    return rows.get_or_create(organisation_id=school_id, person_id=who, defaults=made)[0]


def signature_for_update(*, signature_id: UUID, by: Actor) -> Signature:
    """A signature, locked. Raises `Refused`."""
    rows = Signature.objects.select_for_update(of=("self",)).select_related("reader", "edition__document")
    found = rows.get(pk=signature_id)
    require(may_take_back(by, found))
    return found
