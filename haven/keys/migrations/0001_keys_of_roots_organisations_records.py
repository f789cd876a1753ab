import django.db.models.deletion
import uuid
from django.db import migrations, models

GUARD = """
create function keys_wrap_stands_under_its_own_key() returns trigger language plpgsql as $$
begin
    perform 1 from keys_organisationkey
        where id = new.key_id and organisation = new.organisation and purpose = 'wrapping' and state <> 'destroyed'
        for key share;
    if not found then
        raise exception 'a record is wrapped under a key of its reader that is there' using errcode = 'check_violation';
    end if;
    return new;
end $$;

create trigger wraps_stand_under_keys before insert or update on keys_wrap
    for each row execute function keys_wrap_stands_under_its_own_key();

create function keys_stay_while_needed() returns trigger language plpgsql as $$
begin
    if exists (select 1 from keys_wrap where key_id = old.id) then
        raise exception 'a key is destroyed when nothing stands under it' using errcode = 'check_violation';
    end if;
    return new;
end $$;

create trigger keys_stay before update on keys_organisationkey
    for each row when (new.state = 'destroyed') execute function keys_stay_while_needed();

revoke all on keys_rootkey, keys_organisationkey, keys_recordkey, keys_wrap from haven_reader;
"""

NO_GUARD = """
drop function keys_wrap_stands_under_its_own_key() cascade;
drop function keys_stay_while_needed() cascade;
grant select on keys_rootkey, keys_organisationkey, keys_recordkey, keys_wrap to haven_reader;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="RecordKey",
            fields=[
                ("record", models.UUIDField(primary_key=True, serialize=False)),
                ("owner", models.UUIDField()),
                ("sample", models.BinaryField()),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["made_at"],
            },
        ),
        migrations.CreateModel(
            name="RootKey",
            fields=[
                ("name", models.CharField(max_length=10, primary_key=True, serialize=False)),
                ("is_current", models.BooleanField()),
                ("made_at", models.DateTimeField()),
                ("split_at", models.DateTimeField(blank=True, null=True)),
                ("drilled_at", models.DateTimeField(blank=True, null=True)),
                ("replaced_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["made_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_current", True)), fields=("is_current",), name="one_root_key_is_in_use"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("is_current", True), ("replaced_at__isnull", True)),
                            models.Q(("is_current", False), ("replaced_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_root_key_is_in_use_or_was_replaced",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OrganisationKey",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("organisation", models.UUIDField()),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("wrapping", "Wrapping the keys of records"),
                            ("lookup", "Finding people among sealed records"),
                        ],
                        max_length=10,
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[("live", "In use"), ("retiring", "Being replaced"), ("destroyed", "Destroyed")],
                        default="live",
                        max_length=10,
                    ),
                ),
                ("wrapped", models.BinaryField(null=True)),
                ("made_at", models.DateTimeField()),
                ("destroyed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "root",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="organisation_keys", to="keys.rootkey"
                    ),
                ),
            ],
            options={
                "ordering": ["organisation", "purpose", "version"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "purpose", "version"), name="a_version_of_a_key_stands_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "live")),
                        fields=("organisation", "purpose"),
                        name="one_version_of_a_key_is_in_use",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "retiring")),
                        fields=("organisation", "purpose"),
                        name="one_version_of_a_key_is_being_replaced",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="versions_of_keys_count_from_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("destroyed_at__isnull", False), ("state", "destroyed"), ("wrapped__isnull", True)
                            ),
                            models.Q(
                                models.Q(("state", "destroyed"), _negated=True),
                                ("destroyed_at__isnull", True),
                                ("wrapped__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="a_key_is_there_until_it_is_destroyed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Wrap",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("organisation", models.UUIDField()),
                ("wrapped", models.BinaryField()),
                ("granted_at", models.DateTimeField()),
                (
                    "key",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="wraps",
                        to="keys.organisationkey",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="wraps", to="keys.recordkey"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [
                    models.Index(fields=["key", "id"], name="keys_wrap_by_key"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "organisation"), name="a_record_is_wrapped_for_each_reader_once"
                    ),
                ],
            },
        ),
        migrations.RunSQL(GUARD, NO_GUARD),
    ]
