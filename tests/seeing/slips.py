"""A confidential table in small, made for these tests and locked as a migration would lock it.

A slip belongs to the organisation that wrote it; ties let others read it from a day to a day; grants let one person
read it until a moment; lines belong to a slip.
"""

from collections.abc import Iterable
from uuid import uuid4

from django.db import connection, models
from django.db.migrations.state import ModelState, ProjectState
from django.test.utils import isolate_apps

from haven.people.seeing import Granted, LockRows, OfOrganisation, OfPerson, Related, Under

TABLES = """
create table slips_slip (id uuid primary key, organisation_id uuid not null, words text not null);
create index on slips_slip (organisation_id);
create table slips_tie (id uuid primary key, slip_id uuid not null references slips_slip deferrable initially deferred,
    organisation_id uuid not null, by_id uuid not null, starts_on date not null, ends_on date);
create index on slips_tie (slip_id);
create table slips_grant (id uuid primary key,
    slip_id uuid not null references slips_slip deferrable initially deferred,
    person_id uuid not null, by_id uuid not null, ends_at timestamptz not null);
create index on slips_grant (slip_id);
create table slips_line (id uuid primary key, slip_id uuid not null references slips_slip deferrable initially deferred,
    words text not null);
"""
NAMES = ("slips_slip", "slips_tie", "slips_grant", "slips_line")
SERVICE = "slips.sweep"

with isolate_apps():

    class Slip(models.Model):  # noqa: DJ008
        """What must not be seen by others."""

        id = models.UUIDField(primary_key=True, default=uuid4)
        organisation_id = models.UUIDField()
        words = models.TextField()

        class Meta:
            app_label = "slips"

    class Tie(models.Model):  # noqa: DJ008
        """That another organisation may read a slip."""

        id = models.UUIDField(primary_key=True, default=uuid4)
        slip_id = models.UUIDField()
        organisation_id = models.UUIDField()
        by_id = models.UUIDField()
        starts_on = models.DateField()
        ends_on = models.DateField(null=True)

        class Meta:
            app_label = "slips"

    class Grant(models.Model):  # noqa: DJ008
        """That one person may read a slip for a while."""

        id = models.UUIDField(primary_key=True, default=uuid4)
        slip_id = models.UUIDField()
        person_id = models.UUIDField()
        by_id = models.UUIDField()
        ends_at = models.DateTimeField()

        class Meta:
            app_label = "slips"

    class Line(models.Model):  # noqa: DJ008
        """A part of a slip."""

        id = models.UUIDField(primary_key=True, default=uuid4)
        slip_id = models.UUIDField()
        words = models.TextField()

        class Meta:
            app_label = "slips"


OWN = OfOrganisation("organisation_id")
LOCKS = [
    LockRows(
        "Slip",
        seen=[
            OWN,
            Related("slips_tie", "slip_id", starts_on="starts_on", ends_on="ends_on"),
            Granted("slips_grant", "slip_id", until="ends_at"),
        ],
        written=[OWN],
        taken=[OWN],
        services=[SERVICE],
    ),
    LockRows(
        "Tie",
        seen=[OWN, OfOrganisation("by_id")],
        written=[OfOrganisation("by_id")],
        taken=[OfOrganisation("by_id")],
        services=[SERVICE],
    ),
    LockRows("Grant", seen=[OfPerson("person_id"), OfOrganisation("by_id")], written=[OfOrganisation("by_id")]),
    LockRows("Line", seen=[Under("slips_slip", "slip_id")], written=[Under("slips_slip", "slip_id")]),
]


def locking() -> Iterable[str]:
    """What a migration would send for these locks."""
    return _sent("database_forwards")


def unlocking() -> Iterable[str]:
    """What a migration would send to take them back."""
    return _sent("database_backwards")


def _sent(way: str) -> list[str]:
    state = ProjectState()
    for model in (Slip, Tie, Grant, Line):
        state.add_model(ModelState.from_model(model))
    with connection.schema_editor(collect_sql=True) as editor:
        for lock in LOCKS:
            getattr(lock, way)("slips", editor, state, state)
    return editor.collected_sql
