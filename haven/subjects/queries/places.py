"""Where a child learns on a day, for those who send what concerns her."""

from datetime import date
from uuid import UUID

from django.db import transaction

from haven.access.actor import HAVEN
from haven.access.roles import Kind
from haven.people.queries import on_day
from haven.people.queries.serving import agencies_serving
from haven.people.seeing import working_as
from haven.subjects.models import Attendance

FINDING = (Kind.POLICE, Kind.COUNCIL)
"""Which organisations of an area find its subjects again."""


def schools_on(*, subject: UUID, on: date) -> frozenset[UUID]:
    """The schools of a child on this day."""
    rows = Attendance.objects.filter(on_day(on), subject=subject, school__isnull=False)
    with transaction.atomic(), working_as(HAVEN, "subjects.places"):
        return frozenset(rows.values_list("school", flat=True))


def home_areas_on(*, subject: UUID, on: date) -> frozenset[UUID]:
    """The areas in which a child learns at home on this day."""
    rows = Attendance.objects.filter(on_day(on), subject=subject, home_area__isnull=False)
    with transaction.atomic(), working_as(HAVEN, "subjects.places"):
        return frozenset(rows.values_list("home_area", flat=True))


def finding_in(*, area: UUID, on: date) -> set[UUID]:
    """The organisations of an area that find its subjects again."""
    serving = agencies_serving(areas=[area], on=on)[area]
    return {each.organisation for each in serving if each.kind in FINDING}
