from django.db import migrations

LOCK = """
create function ledger_refuses() returns trigger language plpgsql as $$
begin
    raise exception 'the ledger is only ever added to' using errcode = 'insufficient_privilege';
end $$;

create trigger entries_stay before update or delete or truncate on ledger_entry
    for each statement execute function ledger_refuses();
create trigger details_stay before update or truncate on ledger_detail
    for each statement execute function ledger_refuses();
create trigger head_stays before delete or truncate on ledger_head
    for each statement execute function ledger_refuses();

create function ledger_erase(numbers bigint[]) returns bigint
    language plpgsql security definer set search_path = pg_catalog, public as $$
declare
    erased bigint;
begin
    delete from ledger_detail where entry_id = any(numbers);
    get diagnostics erased = row_count;
    return erased;
end $$;

revoke all on ledger_entry, ledger_detail, ledger_head from haven_app;
grant select, insert on ledger_entry, ledger_detail to haven_app;
grant select, update on ledger_head to haven_app;
revoke all on function ledger_erase(bigint[]) from public;
grant execute on function ledger_erase(bigint[]) to haven_app;

insert into ledger_head (id, size, link) values (1, 0, decode(repeat('00', 32), 'hex'));
"""

UNLOCK = """
drop function ledger_erase(bigint[]);
drop function ledger_refuses() cascade;
"""


class Migration(migrations.Migration):
    """The ledger takes no change: by grant for the app's role, by trigger for everyone."""

    dependencies = [("ledger", "0001_entries_details_head")]
    operations = [migrations.RunSQL(LOCK, UNLOCK)]
