"""The answers of copies counted by the database itself: what `Count` is to say, and where it does not."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection

STANDING = "copy.sent_at is not null and copy.lapsed_at is null"
ANSWERS = """
    select sent.cycle_id, said ->> 'question' as question,
        case
            when said ->> 'stands' = 'said' then 'said'
            when said ->> 'value' is not null then left(said ->> 'value', 60)
            when said ->> 'kind' = 'file' and said -> 'supports' <> '[]' then 'said'
            else ''
        end as answer
    from audits_copy as copy
    join audits_return as sent on sent.id = copy.of_id
    cross join jsonb_array_elements(copy.content -> 'answers') as said
    where {which}
    union all
    select sent.cycle_id, '', '' from audits_copy as copy join audits_return as sent on sent.id = copy.of_id
    where {which}
"""
"""One row for each question of each copy, with its answer, and one for the copy. `which` says of which copies."""

# Every part below is one of these constants: nothing that anybody typed is put into the words.
COUNTED = "select cycle_id, question, answer, count(*) as number from (" + ANSWERS + ") as said group by 1, 2, 3"  # nosec

DIFFERENCES = f"""
    select cycle_id, question, answer, coalesce(kept.number, 0), coalesce(counted.number, 0)
    from audits_count as kept
    full join ({COUNTED.format(which=STANDING)}) as counted using (cycle_id, question, answer)
    where coalesce(kept.number, 0) <> coalesce(counted.number, 0)
    order by 1, 2, 3
"""  # nosec


@dataclass(frozen=True, slots=True)
class Difference:
    """A count that is not what the copies say."""

    cycle: UUID
    question: str
    answer: str
    kept: int
    counted: int

    def __str__(self) -> str:
        what = f"“{self.answer}” to {self.question}" if self.question else "returns"
        return f"cycle {self.cycle}, {what}: {self.kept} kept, {self.counted} counted"


def differences() -> list[Difference]:
    """Every count that differs from the copies that were sent and stand."""
    with connection.cursor() as cursor:
        cursor.execute(DIFFERENCES)
        return [Difference(*row) for row in cursor.fetchall()]
