"""What somebody may read as a guest, for herself. None of it says who it is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from haven.access.actor import Actor
from haven.engines.days.moments import local_day
from haven.people.seeing import seeing
from haven.subjects.disclosure.keeping import number_of
from haven.subjects.models import Record, Subject, TieRow
from haven.subjects.policy import records_for
from haven.subjects.rules.ties import Asker, Deed, Tie

INSTANT = timedelta(microseconds=1)  # what ends at midnight was there on the day before


@dataclass(frozen=True, slots=True)
class LentLine:
    """One record that she reads for some days."""

    subject: UUID
    number: str
    last_on: date  # she reads it until that day is over


@seeing("subjects.lending")
def lent_to(*, by: Actor, at: datetime) -> Sequence[LentLine]:
    """What is lent to her at this moment, what ends first before the rest."""
    ties = TieRow.objects.filter(tie=Tie.GUEST, person=by.person, starts_at__lte=at, ends_at__gt=at)
    pairs = ties.order_by("ends_at").values_list("record", "ends_at")
    ends = {record: moment for record, moment in pairs if moment}
    may = Record.objects.filter(records_for(Asker(by, at), Deed.READ), pk__in=ends)
    rows = Subject.objects.filter(record__in=may)
    lines = [LentLine(row.pk, number_of(row.pk), local_day(ends[row.record_id] - INSTANT)) for row in rows]
    return sorted(lines, key=lambda line: (line.last_on, line.number))
