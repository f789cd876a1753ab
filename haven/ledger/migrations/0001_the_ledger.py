import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

CLOCK = "create function haven_now() returns timestamptz language sql stable as 'select now()'"
UNCLOCK = "drop function haven_now()"

GUARDS = """
create function ledger_refuses() returns trigger language plpgsql as $$
begin
    raise exception 'the ledger is only ever added to' using errcode = 'insufficient_privilege';
end $$;

create trigger details_stay before update or truncate on ledger_detail
    for each statement execute function ledger_refuses();
create trigger waiting_stays before update or truncate on ledger_waiting
    for each statement execute function ledger_refuses();
create trigger entries_stay before update or delete or truncate on ledger_entry
    for each statement execute function ledger_refuses();
create trigger tiles_stay before update or delete or truncate on ledger_tile
    for each statement execute function ledger_refuses();
create trigger checkpoints_stay before update or delete or truncate on ledger_checkpoint
    for each statement execute function ledger_refuses();
create trigger cosignatures_stay before update or delete or truncate on ledger_cosignature
    for each statement execute function ledger_refuses();

create function ledger_queue() returns trigger
    language plpgsql security definer set search_path = pg_catalog, public as $$
begin
    insert into ledger_waiting (first, last)
    select min(id), max(id) from (select id, id - row_number() over (order by id) as run from told) as each group by run;
    return null;
end $$;
create trigger details_wait after insert on ledger_detail
    referencing new table as told for each statement execute function ledger_queue();

create function ledger_unqueue() returns trigger
    language plpgsql security definer set search_path = pg_catalog, public as $$
begin
    if exists (
        select from gone
        where last - first + 1 > (select count(*) from ledger_entry where detail_id between first and last)
    ) then
        raise exception 'a detail waits until it has its entry' using errcode = 'insufficient_privilege';
    end if;
    return null;
end $$;
create trigger waiting_ends_with_an_entry after delete on ledger_waiting
    referencing old table as gone for each statement execute function ledger_unqueue();

create function ledger_erase(low bigint, high bigint) returns bigint
    language plpgsql security definer set search_path = pg_catalog, public as $$
declare
    said jsonb;
    erased bigint;
    total bigint := 0;
begin
    for said in
        select told.text::jsonb from ledger_entry join ledger_detail told on told.id = ledger_entry.detail_id
        where number between low and high and told.text like '%"verb":"ledger.erased"%'
    loop
        begin
            delete from ledger_detail gone
            using unnest(
                array(select jsonb_array_elements_text(said -> 'about' -> 'details'))::bigint[],
                array(select jsonb_array_elements_text(said -> 'about' -> 'commitments'))
            ) as named (id, commitment)
            where said ->> 'verb' = 'ledger.erased'
                and said ->> 'why' <> ''
                and gone.id = named.id
                and encode(sha256(gone.salt || convert_to(gone.text, 'UTF8')), 'hex') = named.commitment
                and gone.text::jsonb ->> 'verb' <> 'ledger.erased'
                and exists (select 1 from ledger_entry where detail_id = gone.id);
            get diagnostics erased = row_count;
            total := total + erased;
        exception when data_exception then
            raise warning 'an entry says that details are erased, and not which';
        end;
    end loop;
    return total;
end $$;

revoke all on ledger_detail, ledger_waiting, ledger_entry, ledger_tile, ledger_checkpoint, ledger_cosignature
    from haven_app;
grant select, insert on ledger_detail, ledger_entry, ledger_tile, ledger_checkpoint, ledger_cosignature to haven_app;
grant select, delete on ledger_waiting to haven_app;
revoke all on function ledger_queue(), ledger_unqueue(), ledger_erase(bigint, bigint) from public;
grant execute on function ledger_erase(bigint, bigint) to haven_app;
"""

UNGUARDED = """
drop function ledger_erase(bigint, bigint);
drop function ledger_queue() cascade;
drop function ledger_unqueue() cascade;
drop function ledger_refuses() cascade;
"""


class Migration(migrations.Migration):
    """The ledger takes additions and nothing else: by grant for the app's role, by trigger for everyone. It queues what is
    told by itself, lets it leave the queue only against an entry, and erases only what an entry says is erased, and why.
    """

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                ("size", models.BigIntegerField(primary_key=True, serialize=False)),
                ("note", models.TextField()),
                ("signed_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["size"],
            },
        ),
        migrations.CreateModel(
            name="Detail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("salt", models.BinaryField(max_length=32)),
                ("text", models.TextField()),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Waiting",
            fields=[
                ("first", models.BigIntegerField(primary_key=True, serialize=False)),
                ("last", models.BigIntegerField()),
                ("since", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "ordering": ["first"],
            },
        ),
        migrations.CreateModel(
            name="Tile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("level", models.SmallIntegerField()),
                ("index", models.BigIntegerField()),
                ("hashes", models.BinaryField(max_length=8192)),
                ("root", models.BinaryField(max_length=32)),
            ],
            options={
                "ordering": ["level", "index"],
                "constraints": [models.UniqueConstraint(fields=("level", "index"), name="ledger_each_tile_once")],
            },
        ),
        migrations.CreateModel(
            name="Cosignature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("witness", models.CharField(max_length=200)),
                ("line", models.CharField(max_length=500)),
                ("at", models.DateTimeField()),
                (
                    "checkpoint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cosignatures", to="ledger.checkpoint"
                    ),
                ),
            ],
            options={
                "ordering": ["at"],
                "constraints": [
                    models.UniqueConstraint(fields=("checkpoint", "line"), name="ledger_each_cosignature_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("leaf", models.BinaryField(max_length=33)),
                (
                    "detail",
                    models.OneToOneField(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="entry",
                        to="ledger.detail",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="ledger_entries_are_counted_from_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("detail__isnull", False)), name="ledger_entries_have_a_detail"
                    ),
                ],
            },
        ),
        migrations.RunSQL(CLOCK, UNCLOCK),
        migrations.RunSQL(GUARDS, UNGUARDED),
    ]
