"""What became of everything that was acknowledged, as the database's superuser sees it once all is at rest."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, LiteralString

import psycopg

from faults.processes import House
from faults.receipts import Receipts

RAISED_WITHIN = 60.0  # seconds after its deadline, or after everything ran again
SIGNED_WITHIN = 2.0  # seconds that an entry may be later than its checkpoint, which is asked for just before
MESSAGE_ID = re.compile(r"^Message-ID:\s*(?:\r?\n\s+)?<([^>]+)>", re.IGNORECASE | re.MULTILINE)

STORED = "select key::text, id::text, body_hash, coalesce(detail, 0) from notifications_notification"
ORPHANS = """
    select count(*) from notifications_notification where not exists
        (select 1 from notifications_delivery where notification_id = notifications_notification.id)
"""
TWICE = """
    select count(*) from (select 1 from notifications_notice notice
        join notifications_delivery delivery on delivery.notice_id = notice.id
        group by notice.notification_id, delivery.school_id, delivery.subject_id having count(*) > 1) twice
"""
NOT_TOLD = "select count(*) from notifications_prompt where sent_at is null and given_up_at is null"
SENT = "select id::text from notifications_prompt where sent_at is not null"
LATE = """
    select count(*) filter (where missed_at is null
            or missed_at > greatest(deadline_at, to_timestamp(%(since)s)) + make_interval(secs => %(within)s)),
        count(*), coalesce(max(extract(epoch from missed_at - deadline_at)), 0)
    from notifications_delivery where id = any(%(hurried)s::uuid[])
"""

TOO_LATE = """
    select count(*) from (
        select (detail.text::json ->> 'at')::timestamptz as told_at,
            (select signed_at from ledger_checkpoint where size >= entry.number order by size limit 1) as signed_at
        from ledger_entry entry join ledger_detail detail on detail.id = entry.detail_id
    ) each where told_at > signed_at + make_interval(secs => %(within)s)
"""
"""Entries whose time is later than the checkpoint over them. Whoever signs looks at the clock before what waits."""


@dataclass
class Reckoning:
    """What was counted. `holds` where nothing was lost, nothing doubled, nobody told late, and the ledger is whole."""

    kills: int
    acknowledged: int
    tried: int
    lost: list[str] = field(default_factory=list)  # keys of receipts without their notification
    changed: list[str] = field(default_factory=list)  # whose notification says something else than the receipt
    duplicated: int = 0
    contradictions: int = 0  # one key, two receipts that differ
    strange: int = 0  # notifications that nobody sent
    orphans: int = 0
    wrong_hours: int = 0  # receipts of an hour at which nothing was sent
    out_of_time: int = 0  # entries of the ledger that are later than their checkpoint
    unwritten: int = 0  # receipts whose entry the ledger does not have
    escalations: int = 0
    escalated_late: int = 0
    latest_seconds: float = 0.0  # the longest that an escalation came after its deadline, stops included
    prompts: int = 0
    never_prompted: int = 0  # marked as sent, and no letter is there
    left_unsent: int = 0
    prompted_again: int = 0  # letters beyond the first: at most one for each kill
    ledger: str = ""  # what is amiss with it, where something is
    done: Mapping[str, int] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        """Whether every promise was kept."""
        broken = (len(self.lost), len(self.changed), self.duplicated, self.contradictions, self.strange, self.orphans)
        told = (
            self.wrong_hours,
            self.out_of_time,
            self.unwritten,
            self.escalated_late,
            self.never_prompted,
            self.left_unsent,
        )
        return not any(broken) and not any(told) and not self.ledger and self.prompted_again <= self.kills

    def as_json(self) -> dict[str, Any]:
        """As plain values."""
        return asdict(self) | {"lost": len(self.lost), "changed": len(self.changed), "holds": self.holds}


def reckon(
    house: House,
    receipts: Receipts,
    *,
    kills: int,
    done: Mapping[str, int],
    hurried: list[str],
    rested_since: float,
    with_ledger: bool = True,
) -> Reckoning:
    """Compare every receipt with what is stored. `rested_since` is when everything began to run unharmed."""
    found = Reckoning(kills, len(receipts.told), len(receipts.tried), done=dict(done))
    found.contradictions, found.wrong_hours = len(receipts.contradictions), len(receipts.wrong_hours)
    with psycopg.connect(house.as_superuser(), autocommit=True) as line:
        _judge_receipts(line, receipts, found)
        found.orphans = _number(line, ORPHANS)
        found.duplicated += _number(line, TWICE)
        _judge_escalations(line, found, hurried, rested_since)
        found.left_unsent = _number(line, NOT_TOLD)
        found.out_of_time = _number(line, TOO_LATE, {"within": SIGNED_WITHIN})
        _judge_letters({name for (name,) in line.execute(SENT)}, house.home / "mail", found)
    found.ledger = house.ledger_fault() if with_ledger else ""
    return found


def _judge_receipts(line: psycopg.Connection, receipts: Receipts, found: Reckoning) -> None:
    stored: dict[str, list[tuple[str, str, int]]] = {}
    for key, pk, body_hash, detail in line.execute(STORED):
        stored.setdefault(key, []).append((pk, body_hash, detail))
    told = {pk for (pk,) in line.execute("select id from ledger_detail")}
    for receipt in receipts.told.values():
        rows = stored.get(receipt.key, [])
        if not rows:
            found.lost.append(receipt.key)
        elif (receipt.notification, receipt.body_hash) not in {(pk, body_hash) for pk, body_hash, _ in rows}:
            found.changed.append(receipt.key)
        found.unwritten += any(detail not in told for _, _, detail in rows)
    found.duplicated += sum(len(rows) - 1 for rows in stored.values())
    found.strange = len(stored.keys() - receipts.tried.keys())


def _judge_escalations(line: psycopg.Connection, found: Reckoning, hurried: list[str], since: float) -> None:
    values = {"since": since, "within": RAISED_WITHIN, "hurried": hurried}
    late, escalations, latest = line.execute(LATE, values).fetchone() or (0, 0, 0)
    found.escalated_late, found.escalations, found.latest_seconds = late, escalations, float(latest)


def _judge_letters(marked: set[str], folder: Path, found: Reckoning) -> None:
    """Each prompt that is marked as sent has a letter, by its Message-ID, and few have a second."""
    seen = Counter[str]()
    for path in folder.glob("*"):
        for name in MESSAGE_ID.findall(path.read_text(encoding="utf-8", errors="replace")):
            seen[name.partition("@")[0]] += 1
    found.prompts = len(marked)
    found.never_prompted = sum(seen[name] == 0 for name in marked)
    found.prompted_again = sum(count - 1 for name, count in seen.items() if name in marked)


def _number(line: psycopg.Connection, question: LiteralString, values: Mapping[str, object] | None = None) -> int:
    row = line.execute(question, values).fetchone()
    return int(row[0]) if row else 0
