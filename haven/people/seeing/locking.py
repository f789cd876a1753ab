"""Locking a table by row, as an operation of a migration."""

import re
from collections.abc import Sequence

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from haven.people.seeing.ways import SERVICE, Way

SERVICE_NAME = re.compile(r"[a-z_]+(\.[a-z_]+)+")
APP = "haven_app"  # the role of every web and worker process: config/database/roles.py makes it
POLICIES = ("haven_seen", "haven_changed", "haven_added", "haven_taken")


class LockRows(Operation):
    """Show the rows of a model's table only by the ways given, to its owner too.

    `seen` are the ways by which a row is read; `changed` those by which it is changed, or locked in order to be, as by
    `seen` unless given; `written` those by which one is added; `taken` those by which one is deleted: unless given, the
    app has no right to delete there. `services` are Haven's own, by name, that do all of this (`working_as`); an empty
    list of ways leaves it to them. A superuser passes: nothing of Haven connects as one.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(
        self,
        model_name: str,
        *,
        seen: Sequence[Way],
        written: Sequence[Way],
        changed: Sequence[Way] | None = None,
        taken: Sequence[Way] | None = None,
        services: Sequence[str] = (),
    ) -> None:
        if not seen or not (written or services):
            raise ValueError("a table that nobody comes to is of no use: name a way to read it, and one to write it")
        if strange := [name for name in services if not SERVICE_NAME.fullmatch(name)]:
            raise ValueError(f"{strange[0]!r} is no name of a service")
        self.model_name, self.seen, self.written, self.services = model_name, seen, written, services
        self.changed, self.taken = seen if changed is None else changed, taken

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """What is locked looks the same to Django."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,  # noqa: ARG002 - every operation is told both
        to_state: ProjectState,
    ) -> None:
        """Lock."""
        for statement in self.statements(_table(app_label, self.model_name, to_state)):
            schema_editor.execute(statement)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,  # noqa: ARG002
    ) -> None:
        """Unlock."""
        table = _table(app_label, self.model_name, from_state)
        for policy in POLICIES:
            schema_editor.execute(f"drop policy {policy} on {table}")
        if self.taken is None:
            schema_editor.execute(_where_there_is_the_app(f"grant delete on {table} to {APP}"))
        schema_editor.execute(f"alter table {table} no force row level security")
        schema_editor.execute(f"alter table {table} disable row level security")

    def describe(self) -> str:
        """As migrate prints it."""
        return f"Lock the rows of {self.model_name}"

    def statements(self, table: str) -> list[str]:
        """What locks this table."""
        seen, changed = self._any(self.seen, table), self._any(self.changed, table)
        written, taken = self._any(self.written, table), "false"
        if self.taken is not None:
            taken = self._any(self.taken, table)
        kept = [_where_there_is_the_app(f"revoke delete on {table} from {APP}")] if self.taken is None else []
        return [
            f"alter table {table} enable row level security",
            f"alter table {table} force row level security",
            f"create policy haven_seen on {table} for select using ({seen})",
            f"create policy haven_changed on {table} for update using ({changed}) with check ({changed})",
            f"create policy haven_added on {table} for insert with check ({written})",
            f"create policy haven_taken on {table} for delete using ({taken})",
            *kept,
        ]

    def _any(self, ways: Sequence[Way], table: str) -> str:
        conditions = [way.condition(table) for way in ways]
        if self.services:
            names = ", ".join(f"'{name}'" for name in self.services)
            conditions.append(f"{SERVICE} in ({names})")
        return " or ".join(conditions)


def _where_there_is_the_app(wish: str) -> str:
    """The wish, where the database has the app's role; one that is not Haven's own may have another."""
    there = f"if exists (select 1 from pg_roles where rolname = '{APP}')"  # nosec
    return f"do $$ begin {there} then {wish}; end if; end $$"


def _table(app_label: str, model_name: str, state: ProjectState) -> str:
    return state.apps.get_model(app_label, model_name)._meta.db_table
