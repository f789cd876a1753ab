"""New tables made in one step are the tables that Django makes one by one."""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from haven.config.database.migrating import Tables, in_one_step

pytestmark = pytest.mark.django_db


class Harbour(migrations.Migration):
    """Two tables, one beside the other, and what comes after them."""

    operations = [
        migrations.CreateModel("Quay", [("id", models.AutoField(primary_key=True)), ("name", models.TextField())]),
        migrations.CreateModel(
            "Boat",
            [
                ("id", models.AutoField(primary_key=True)),
                ("lies_at", models.ForeignKey("harbour.Quay", models.PROTECT)),
                ("tons", models.IntegerField()),
            ],
            options={
                "indexes": [models.Index(fields=["tons"], name="boats_by_tons")],
                "constraints": [models.CheckConstraint(condition=models.Q(tons__gt=0), name="a_boat_weighs")],
            },
        ),
        migrations.AddField("Quay", "flagship", models.ForeignKey("harbour.Boat", models.PROTECT, null=True)),
        migrations.CreateModel("Buoy", [("id", models.AutoField(primary_key=True))]),
    ]


def statements(migration: migrations.Migration) -> list[str]:
    """What is said to the database, to the last statement."""
    state = ProjectState()
    assert state.apps is not None  # drawn before the first, as Django does
    with connection.schema_editor(collect_sql=True, atomic=False) as editor:
        migration.apply(state, editor)
    assert {name for _, name in state.models} == {"quay", "boat", "buoy"}
    return [each for each in editor.collected_sql if not each.startswith("--")]


def test_the_same_statements_are_said_in_the_same_order() -> None:
    one_by_one, at_once = Harbour("0001", "harbour"), Harbour("0001", "harbour")
    in_one_step(at_once)
    wanted = statements(one_by_one)
    assert len(wanted) > 6
    assert statements(at_once) == wanted


def test_only_the_tables_that_come_first_are_one_step() -> None:
    migration = Harbour("0001", "harbour")
    in_one_step(migration)
    in_one_step(migration)  # Django tells of its plan more than once
    first, *others = migration.operations
    assert isinstance(first, Tables)
    assert [each.name for each in first.made] == ["Quay", "Boat"]
    assert others == Harbour.operations[2:]
    assert first.describe() == "Create model Quay; Create model Boat"
