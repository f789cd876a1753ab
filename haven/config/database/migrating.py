"""Brings the tables up to date as Django does, in half the time where there are none yet.

Before each new table Django draws once more all that it knows of those beside it, and nearly every table stands beside
every other, through people and organisations. Here the new tables that a migration begins with are one step: they
are drawn once, and then made one by one, in the same order and with the same statements.

Run as a program of its own: `python -m haven.config.database.migrating`.
"""

from collections.abc import Sequence

from django.core.management import call_command
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import CreateModel, Migration
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models.signals import pre_migrate

from haven.config.django_ready import make_ready


class Tables(Operation):
    """New tables as one step. None may change another: each is drawn as it is when all of them are known."""

    def __init__(self, made: Sequence[CreateModel]) -> None:
        self.made = made

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Tell of all of them; what was drawn before is drawn again when it is next asked for."""
        vars(state).pop("apps", None)
        for each in self.made:
            each.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Make one after the other."""
        for each in self.made:
            each.database_forwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """For whoever asks Django to tell what it does."""
        return "; ".join(each.describe() for each in self.made)


def in_one_step(migration: Migration) -> None:
    """Have the tables that a migration begins with made in one step."""
    tables = []
    for each in migration.operations:
        if not isinstance(each, CreateModel):
            break
        tables.append(each)
    if len(tables) > 1:
        migration.operations = [Tables(tables), *migration.operations[len(tables) :]]  # type: ignore[misc]  # its own list


def _plan_is_made(*, plan: list[tuple[Migration, bool]], **_: object) -> None:
    """Django tells of its plan once for each app, before it begins. What is taken back is left as it is."""
    for migration, is_taken_back in plan:
        if not is_taken_back:
            in_one_step(migration)


def main() -> None:
    """Bring the tables up to date."""
    make_ready()
    pre_migrate.connect(_plan_is_made)
    call_command("migrate", verbosity=0)


if __name__ == "__main__":
    main()
