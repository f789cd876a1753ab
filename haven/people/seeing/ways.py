"""By which ways a person comes to a row, each as a condition that the database evaluates.

Whoever asks stands in the setting `haven.person`; her posts and covers are read from their rows as of the database's
own day, so that no list that the application made can widen what she sees. Settings are read in scalar sub-selects:
once for each statement, not once for each row. What is put into these texts stands in migrations, and nobody types it.
"""

from dataclasses import dataclass
from typing import Protocol

from django.conf import settings

PERSON = "(select nullif(current_setting('haven.person', true), '')::uuid)"
SERVICE = "(select current_setting('haven.service', true))"
TODAY = f"(select (now() at time zone '{settings.TIME_ZONE}')::date)"

ORGANISATIONS = f"""
    select post.organisation_id from people_post post
        join people_person she on she.id = post.person_id and she.is_active
        where post.person_id = {PERSON}
            and post.starts_on <= {TODAY} and (post.ends_on is null or post.ends_on > {TODAY})
    union all
    select post.organisation_id from people_cover cover
        join people_post post on post.id = cover.post_id
        join people_person holder on holder.id = post.person_id and holder.is_active
        join people_person she on she.id = cover.covered_by_id and she.is_active
        where cover.covered_by_id = {PERSON}
            and cover.starts_on <= {TODAY} and cover.ends_on > {TODAY}
            and post.starts_on <= {TODAY} and (post.ends_on is null or post.ends_on > {TODAY})
"""  # nosec
"""Where she holds a post today, or covers one that is held: what `haven.people.queries.actor_of` gives an actor."""


class Way(Protocol):
    """One way to a row."""

    def condition(self, table: str) -> str:
        """As SQL, over the table that is locked."""


@dataclass(frozen=True, slots=True)
class OfOrganisation:
    """She holds or covers a post in the organisation that a column names."""

    column: str

    def condition(self, table: str) -> str:
        """As SQL."""
        return f"{table}.{self.column} in ({ORGANISATIONS})"


@dataclass(frozen=True, slots=True)
class OfPerson:
    """She is the person whom a column names."""

    column: str

    def condition(self, table: str) -> str:
        """As SQL."""
        return f"{table}.{self.column} = {PERSON}"


@dataclass(frozen=True, slots=True)
class Related:
    """Another table ties the row to an organisation of hers, from a day up to, not including, another where dated.

    That table's own lock must show her the tie: lock it by its organisation, not by this one (`Under`), or each would
    ask the other without end.
    """

    table: str
    row: str
    organisation: str = "organisation_id"
    starts_on: str = ""
    ends_on: str = ""
    of: str = "id"

    def condition(self, table: str) -> str:
        """As SQL."""
        dated = f" and tie.{self.starts_on} <= {TODAY}" if self.starts_on else ""
        dated += f" and (tie.{self.ends_on} is null or tie.{self.ends_on} > {TODAY})" if self.ends_on else ""
        tie = f"tie.{self.row} = {table}.{self.of} and tie.{self.organisation} in ({ORGANISATIONS}){dated}"
        return f"exists (select 1 from {self.table} tie where {tie})"  # nosec


@dataclass(frozen=True, slots=True)
class Granted:
    """Another table lets her see the row until a moment: a guest's right, a cover, broken glass.

    That table's own lock must show her the grant (`OfPerson`).
    """

    table: str
    row: str
    until: str
    person: str = "person_id"
    of: str = "id"

    def condition(self, table: str) -> str:
        """As SQL."""
        given = f"given.{self.row} = {table}.{self.of} and given.{self.person} = {PERSON}"
        return f"exists (select 1 from {self.table} given where {given} and given.{self.until} > (select now()))"  # nosec


@dataclass(frozen=True, slots=True)
class Under:
    """She sees the row that this one belongs to, by whatever way that is."""

    table: str
    column: str
    of: str = "id"

    def condition(self, table: str) -> str:
        """As SQL."""
        return f"exists (select 1 from {self.table} above where above.{self.of} = {table}.{self.column})"  # nosec
