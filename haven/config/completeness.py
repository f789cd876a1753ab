"""Whether the ledger is complete: what stands in the confidential tables was told to it, and what it was told is there.

A tree proves nothing about what was never written in it. So each row that a deed makes, and each moment that one leaves
in a row, is looked for among the details, and the other way round. All of it is read as of one moment, in the database.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import connection, transaction

from haven.access.actor import HAVEN
from haven.people.seeing import working_as

AT_ONCE = 100_000  # details read at once
NAMED = 20  # of each sort of fault


@dataclass(frozen=True, slots=True)
class Pair:
    """What is told of the rows of a model: by each of these verbs, and where in its `about` the row’s key stands.

    `moment` is a column that the deed fills; without one, the deed makes the row. `until` are the deeds after which the
    row is gone. `service` is one of Haven’s own that the table’s lock lets see all of it.
    """

    model: str
    told: Mapping[str, str]
    service: str
    moment: str = ""
    until: Mapping[str, str] = field(default_factory=dict)

    @property
    def called(self) -> str:
        """As people read it."""
        return f"{self.model}, {self.moment}" if self.moment else self.model


SUBJECTS, NOTIFICATIONS, CHECKS = "subjects.showing", "notifications.count", "checks.chase"
PAIRS = (
    Pair("subjects.Disclosure", {"subject.disclosed": "disclosure"}, "subjects.recording"),
    Pair("subjects.Record", {"subject.record_made": "record"}, SUBJECTS),
    Pair("subjects.Subject", {"subject.added": "subject"}, SUBJECTS),
    Pair("subjects.BrokenGlass", {"subject.glass_broken": "glass"}, "subjects.breaking"),
    Pair("subjects.BrokenGlass", {"subject.glass_reviewed": "glass"}, "subjects.breaking", "reviewed_at"),
    Pair("subjects.Exclusion", {"subject.excluded": "exclusion"}, "subjects.deciding"),
    Pair("subjects.Exclusion", {"subject.exclusion_ended": "exclusion"}, "subjects.deciding", "ended_at"),
    Pair("subjects.Hold", {"subject.held": "hold"}, SUBJECTS),
    Pair("subjects.Hold", {"subject.hold_ended": "hold"}, SUBJECTS, "ended_at"),
    Pair("subjects.Erasure", {"subject.erasure_asked": "erasure"}, SUBJECTS),
    Pair("subjects.Erasure", {"subject.erasure_decided": "erasure"}, SUBJECTS, "decided_at"),
    Pair("keys.RecordKey", {"record_key.made": "record"}, SUBJECTS, until={"record_key.forgotten": "record"}),
    Pair("notifications.Notification", {"notification.accepted": "notification"}, NOTIFICATIONS),
    Pair("notifications.Notification", {"notification.recalled": "notification"}, NOTIFICATIONS, "recalled_at"),
    Pair(
        "notifications.Delivery",
        {
            "notification.accepted": "deliveries",
            "notification.sent_on": "delivery_there",
            "notification.handed_on": "delivery_there",
        },
        NOTIFICATIONS,
    ),
    Pair("notifications.Delivery", {"notification.seen": "delivery"}, NOTIFICATIONS, "seen_at"),
    Pair("notifications.Delivery", {"notification.confirmed": "delivery"}, NOTIFICATIONS, "confirmed_at"),
    Pair("notifications.Delivery", {"notification.not_ours": "delivery"}, NOTIFICATIONS, "refused_at"),
    Pair("notifications.Delivery", {"notification.rule_seen": "delivery"}, NOTIFICATIONS, "ruled_at"),
    Pair("notifications.Delivery", {"notification.opened": "delivery"}, NOTIFICATIONS, "opened_at"),
    Pair("notifications.Support", {"notification.supported": "support"}, NOTIFICATIONS),
    Pair("notifications.Breach", {"notification.breach_noted": "breach"}, NOTIFICATIONS),
    Pair("notifications.Breach", {"notification.copies_confirmed": "breach"}, NOTIFICATIONS, "confirmed_at"),
    Pair("notifications.Breach", {"notification.seen_signed": "breach"}, NOTIFICATIONS, "signed_at"),
    Pair("checks.Check", {"check.asked": "check"}, CHECKS),
    Pair("checks.Ask", {"check.asked": "asks"}, CHECKS),
    Pair("checks.Part", {"check.part_written": "part"}, CHECKS),
    Pair("checks.Followup", {"check.more_asked": "followup"}, CHECKS),
    Pair("intelligence.Receipt", {"matter.told": "receipt"}, "intelligence.telling"),
    Pair("intelligence.Submission", {"matter.received": "submission"}, "intelligence.showing"),
    Pair("intelligence.Grade", {"matter.graded": "grade"}, "intelligence.showing"),
    Pair("intelligence.Link", {"matter.linked": "link"}, "intelligence.showing"),
    Pair("intelligence.Link", {"matter.unlinked": "link"}, "intelligence.showing", "ended_at"),
    Pair("intelligence.Report", {"matter.sanitised": "report"}, "intelligence.showing"),
    Pair("intelligence.Dissemination", {"matter.disseminated": "dissemination"}, "intelligence.showing"),
    Pair("intelligence.Dissemination", {"matter.taken_back": "dissemination"}, "intelligence.showing", "taken_back_at"),
    Pair("api.ProgramKey", {"program_key.registered": "program_key"}, SUBJECTS),
    Pair("api.ProgramKey", {"program_key.approved": "program_key"}, SUBJECTS, "approved_at"),
    Pair("api.ProgramKey", {"program_key.ended": "program_key"}, SUBJECTS, "ended_at"),
)


@dataclass(frozen=True, slots=True)
class Compared:
    """What the comparison found: rows looked at, and in words each row without its entry and entry without its row.

    `missing` counts all of them; `faults` names some of each sort.
    """

    rows: int
    missing: int
    faults: tuple[str, ...]


TOLD = """
    create temp table told (pair int, is_end boolean, id text) on commit drop
"""
READ = """
    insert into told
    select pair, is_end, named.id
    from (select text::jsonb as said from ledger_detail where id > %(after)s and id <= %(until)s) as each
    join unnest(%(pairs)s::int[], %(ends)s::boolean[], %(verbs)s::text[], %(keys)s::text[])
        as wanted (pair, is_end, verb, key) on wanted.verb = said ->> 'verb'
    cross join lateral (select said -> 'about' -> key as value) as held
    cross join lateral jsonb_array_elements_text(
        case jsonb_typeof(value) when 'array' then value else jsonb_build_array(value) end
    ) as named (id)
    where value is not null
"""
ROWS = "select {key}::text as id from {table} where {moment}"
UNTOLD = """
    with there as ({rows})
    select id, count(*) over () from there
    where not exists (select 1 from told where pair = %(pair)s and not is_end and told.id = there.id)
        or exists (select 1 from told where pair = %(pair)s and is_end and told.id = there.id)
    order by id limit %(named)s
"""
GONE = """
    with there as ({rows}), said as (select distinct id from told where pair = %(pair)s and not is_end)
    select id, count(*) over () from said
    where not exists (select 1 from there where there.id = said.id)
        and not exists (select 1 from told where pair = %(pair)s and is_end and told.id = said.id)
    order by id limit %(named)s
"""
COUNT = "select count(*) from ({rows}) as there"


def compared() -> Iterator[float | Compared]:
    """Compare, and give on the way how much is done, from 0 to 1; at the end what was found."""
    with _one_view():
        yield from _read_details()
        total, missing, faults = 0, 0, list[str]()
        for place, pair in enumerate(PAIRS):
            rows = _rows_of(pair)
            with working_as(HAVEN, pair.service):
                total += _asked(COUNT.format(rows=rows), {})[0][0] if not pair.moment else 0
                for query, words in ((UNTOLD, "no entry tells of it"), (GONE, "its entry is there, and it is not")):
                    found = _asked(query.format(rows=rows), {"pair": place, "named": NAMED})
                    missing += found[0][1] if found else 0
                    faults += [f"{pair.called}, {key}: {words}" for key, _ in found]
        with connection.cursor() as cursor:
            cursor.execute("drop table told")
        yield Compared(total, missing, tuple(faults))


def _read_details() -> Iterator[float]:
    """The keys that the details of the known verbs name, in a table of this transaction’s own."""
    wanted = [
        (place, is_end, verb, key)
        for place, pair in enumerate(PAIRS)
        for is_end, told in ((False, pair.told), (True, pair.until))
        for verb, key in told.items()
    ]
    columns = dict(zip(("pairs", "ends", "verbs", "keys"), map(list, zip(*wanted, strict=True)), strict=True))
    with connection.cursor() as cursor:
        cursor.execute(TOLD)
        cursor.execute("select coalesce(min(id), 1) - 1, coalesce(max(id), 0) from ledger_detail")
        before, last = cursor.fetchone()
        for after in range(before, last, AT_ONCE):
            cursor.execute(READ, columns | {"after": after, "until": after + AT_ONCE})
            yield min(1.0, (after + AT_ONCE - before) / (last - before))
        cursor.execute("create index on told (pair, id)")
        cursor.execute("analyze told")


def _rows_of(pair: Pair) -> str:
    meta = apps.get_model(pair.model)._meta
    moment = f"{meta.get_field(pair.moment).column} is not null" if pair.moment else "true"
    return ROWS.format(key=meta.pk.column, table=meta.db_table, moment=moment)


def _asked(query: str, given: Mapping[str, str | int]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, given)
        return cursor.fetchall()


@contextmanager
def _one_view() -> Iterator[None]:
    """One view of all tables, though others write meanwhile; within a transaction, that transaction’s own."""
    is_within = connection.in_atomic_block
    with transaction.atomic():
        if not is_within:
            with connection.cursor() as cursor:
                cursor.execute("set transaction isolation level repeatable read")
        yield
