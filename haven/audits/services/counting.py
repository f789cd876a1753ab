"""Keeping the counts of what was sent: part of every sending and reopening, in its transaction."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from haven.access.actor import Actor
from haven.access.decision import require
from haven.audits.models import Copy, Count, Cycle, Return
from haven.audits.policy import may_recount
from haven.audits.queries.counts import COUNTED, STANDING
from haven.ledger.services import record
from haven.questions.models import Sheet
from haven.questions.queries.recounting import counts_amiss
from haven.questions.services.counting import count_again

KEY = 960_003  # of the lock under which counts of what was sent are kept
ONE = COUNTED.format(which="copy.id = %s and sent.id = %s")
ADD = f"""
    insert into audits_count (cycle_id, question, answer, number)
    select cycle_id, question, answer, %s * number from ({ONE}) as counted
    order by cycle_id, question, answer
    on conflict (cycle_id, question, answer) do update set number = audits_count.number + excluded.number
"""  # nosec
WHOLE = f"""
    insert into audits_count (cycle_id, question, answer, number)
    {COUNTED.format(which="sent.cycle_id = %s and " + STANDING)}
"""
REBUILD = f"""
    insert into audits_count (cycle_id, question, answer, number)
    {COUNTED.format(which=STANDING)}
"""


@dataclass(frozen=True, slots=True)
class Recounted:
    """How many sheets were amiss and counted again, and how many counts there are of what was sent."""

    sheets: int
    counts: int


def count_copy(of: Return, copy: Copy, *, sign: int = 1) -> None:
    """Add a copy that is sent to the counts of its cycle, or with `sign=-1` take one away that lapses.

    Two that send at once count one after the other, the second once the first has ended: neither waits in a ring.
    """
    _one_at_a_time()
    with connection.cursor() as cursor:
        cursor.execute(ADD, [sign, copy.pk, of.pk, copy.pk, of.pk])


def count_cycle(cycle: Cycle) -> None:
    """Count all copies of a cycle that is new and was never counted."""
    _one_at_a_time()
    with connection.cursor() as cursor:
        cursor.execute(WHOLE, [cycle.pk, cycle.pk])


@transaction.atomic
def recount(*, by: Actor, at: datetime) -> Recounted:
    """Count anew every sheet whose counts are amiss, and every copy that stands. Who sends in the meantime waits."""
    require(may_recount(by))
    amiss = {each.sheet for each in counts_amiss()}
    for sheet in Sheet.objects.select_for_update(of=("self",)).select_related("version").filter(pk__in=amiss):
        count_again(sheet)
    _one_at_a_time()
    with connection.cursor() as cursor:
        cursor.execute("lock table audits_count in share row exclusive mode")
        Count.objects.all().delete()
        cursor.execute(REBUILD)
        number = int(cursor.rowcount)
    record("audits.recounted", by=by, at=at, about={"counts": number, "sheets": len(amiss)})
    return Recounted(len(amiss), number)


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [KEY])
