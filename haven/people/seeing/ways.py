"""By which ways a person comes to a row, each as a condition that the database evaluates.

Whoever asks stands in the setting `haven.person`; her posts and covers are read from their rows as of the database's
own day, so that no list that the application made can widen what she sees. Settings are read in scalar sub-selects:
once for each statement, not once for each row. What is put into these texts stands in migrations, and nobody types it.
"""

from dataclasses import dataclass
from typing import Protocol

from django.conf import settings

from haven.access.roles import Role

PERSON = "(select nullif(current_setting('haven.person', true), '')::uuid)"
SERVICE = "(select current_setting('haven.service', true))"
NOW = "(select haven_now())"
TODAY = f"(select (haven_now() at time zone '{settings.TIME_ZONE}')::date)"
HERS = "any ((select haven_organisations())::uuid[])"
"""Where she holds a post today, or covers one that is held."""


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
        return f"{table}.{self.column} = {HERS}"


@dataclass(frozen=True, slots=True)
class OfPerson:
    """She is the person whom a column names."""

    column: str

    def condition(self, table: str) -> str:
        """As SQL."""
        return f"{table}.{self.column} = {PERSON}"


@dataclass(frozen=True, slots=True)
class Related:
    """Another table ties the row to an organisation of hers: from a day up to, not including, another, or until a
    moment, where it has columns for them. What has no end holds.

    That table's own lock must show her the tie: lock it by its organisation, not by this one (`Under`), or each would
    ask the other without end.
    """

    table: str
    row: str
    organisation: str = "organisation_id"
    starts_on: str = ""
    ends_on: str = ""
    until: str = ""
    of: str = "id"

    def condition(self, table: str) -> str:
        """As SQL."""
        dated = f" and tie.{self.starts_on} <= {TODAY}" if self.starts_on else ""
        dated += f" and (tie.{self.until} is null or tie.{self.until} > {NOW})" if self.until else ""
        dated += f" and (tie.{self.ends_on} is null or tie.{self.ends_on} > {TODAY})" if self.ends_on else ""
        tie = f"tie.{self.row} = {table}.{self.of} and tie.{self.organisation} = {HERS}{dated}"
        return f"exists (select 1 from {self.table} tie where {tie})"  # nosec


@dataclass(frozen=True, slots=True)
class Granted:
    """Another table lets her see the row by name: a guest until a day, whoever broke the glass, whoever was given it.

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
        still = f"(given.{self.until} is null or given.{self.until} > {NOW})"
        return f"exists (select 1 from {self.table} given where {given} and {still})"  # nosec


@dataclass(frozen=True, slots=True)
class Under:
    """She sees the row that this one belongs to, by whatever way that is."""

    table: str
    column: str
    of: str = "id"

    def condition(self, table: str) -> str:
        """As SQL."""
        return f"exists (select 1 from {self.table} above where above.{self.of} = {table}.{self.column})"  # nosec


@dataclass(frozen=True, slots=True)
class OfArea:
    """She holds or covers one of these roles for the area that a column names: of the row itself, or of the one that
    it belongs to in another table. For what a role oversees without any tie, and for no content."""

    column: str
    roles: frozenset[Role]
    table: str = ""
    row: str = ""
    of: str = "id"

    def condition(self, table: str) -> str:
        """As SQL."""
        names = ", ".join(f"'{role.value}'" for role in sorted(self.roles))
        hers = f"any ((select haven_areas(array[{names}]))::uuid[])"  # nosec
        if not self.table:
            return f"{table}.{self.column} = {hers}"
        above = f"above.{self.of} = {table}.{self.row} and above.{self.column} = {hers}"
        return f"exists (select 1 from {self.table} above where {above})"  # nosec
