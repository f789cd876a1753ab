from django.db import migrations

BOUND = """
drop function ledger_erase(bigint[]);

create function ledger_erase(numbers bigint[], under bigint) returns bigint
    language plpgsql security definer set search_path = pg_catalog, public as $$
declare
    erased bigint;
begin
    if not exists (
        select 1 from ledger_detail
        where entry_id = under
            and text::json ->> 'verb' = 'ledger.erased'
            and text::json ->> 'why' <> ''
            and (text::json -> 'about' -> 'entries')::jsonb = to_jsonb(numbers)
    ) then
        raise exception 'no entry says that these are erased, and why' using errcode = 'insufficient_privilege';
    end if;
    if exists (
        select 1 from ledger_detail where entry_id = any(numbers) and text::json ->> 'verb' = 'ledger.erased'
    ) then
        raise exception 'what was erased is never forgotten' using errcode = 'insufficient_privilege';
    end if;
    delete from ledger_detail where entry_id = any(numbers);
    get diagnostics erased = row_count;
    return erased;
end $$;

revoke all on function ledger_erase(bigint[], bigint) from public;
grant execute on function ledger_erase(bigint[], bigint) to haven_app;
"""

UNBOUND = """
drop function ledger_erase(bigint[], bigint);

create function ledger_erase(numbers bigint[]) returns bigint
    language plpgsql security definer set search_path = pg_catalog, public as $$
declare
    erased bigint;
begin
    delete from ledger_detail where entry_id = any(numbers);
    get diagnostics erased = row_count;
    return erased;
end $$;

revoke all on function ledger_erase(bigint[]) from public;
grant execute on function ledger_erase(bigint[]) to haven_app;
"""


class Migration(migrations.Migration):
    """The database erases only what an entry of the ledger says is erased, and under which rule."""

    dependencies = [("ledger", "0002_insert_only")]
    operations = [migrations.RunSQL(BOUND, UNBOUND)]
