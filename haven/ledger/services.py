"""Writing the ledger. Every service calls `record` inside its own transaction: if the ledger fails, nothing is done."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from haven.access.actor import Actor
from haven.access.decision import require
from haven.access.roles import Role
from haven.engines.chain.hashing import SALT_BYTES, canonical, leaf_of, link_after
from haven.engines.chain.verifying import ERASED
from haven.ledger.models import Detail, Entry, Head
from haven.ledger.policy import may_read_ledger


class LedgerNeedsTransaction(Exception):
    """`record` was called outside a transaction: the entry and what it speaks of could come apart."""


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing done: the verb, what it was about (identifiers and plain facts), and why."""

    verb: str
    about: Mapping[str, Any]
    why: str = ""


def record(verb: str, *, by: Actor, at: datetime, about: Mapping[str, Any], why: str = "") -> int:
    """Write one entry and give back its number. Call it last: it holds the ledger until the transaction ends."""
    return record_all([Deed(verb, about, why)], by=by, at=at)


def record_all(deeds: Sequence[Deed], *, by: Actor, at: datetime) -> int:
    """Write one entry for each deed, in order, and give back the number of the last."""
    if not connection.in_atomic_block:
        raise LedgerNeedsTransaction("record inside the transaction of what is recorded")
    head = Head.objects.select_for_update().get()
    link = bytes(head.link)
    entries, details = [], []
    for number, deed in enumerate(deeds, start=head.size + 1):
        text = canonical(_detail(deed, by, at))
        salt = secrets.token_bytes(SALT_BYTES)
        leaf = leaf_of(salt, text)
        link = link_after(link, leaf)
        entries.append(Entry(number=number, leaf=leaf, link=link))
        details.append(Detail(entry_id=number, salt=salt, text=text))
    Entry.objects.bulk_create(entries, batch_size=1000)
    Detail.objects.bulk_create(details, batch_size=1000)
    head.size, head.link = head.size + len(deeds), link
    head.save()
    return head.size


@transaction.atomic
def erase(entries: Sequence[int], *, rule: str, by: Actor, at: datetime) -> int:
    """Erase the details of entries under a rule of retention, and record that. The entries and their links stay."""
    number = record(ERASED, by=by, at=at, about={"entries": sorted(entries), "count": len(entries)}, why=rule)
    with connection.cursor() as cursor:
        cursor.execute("select ledger_erase(%s::bigint[], %s)", [sorted(entries), number])
    return number


@transaction.atomic
def note_reading(*, by: Actor, at: datetime) -> None:
    """Record that somebody opened the ledger, before she is shown any of it."""
    require(may_read_ledger(by))
    record("ledger.read", by=by, at=at, about={"areas": sorted(by.areas({Role.SCRUTINEER}), key=str)})


def _detail(deed: Deed, by: Actor, at: datetime) -> dict[str, Any]:
    posts = [
        {"role": post.role.value, "organisation": str(post.organisation), "of": post.organisation_name}
        for post in by.posts
    ]
    who = {"person": str(by.person) if by.person else None, "name": by.name, "posts": posts}
    areas = {str(area) for post in by.posts for area in post.areas}
    areas |= {str(deed.about["area"])} if "area" in deed.about else set()
    said = {"verb": deed.verb, "at": at.isoformat(), "areas": sorted(areas)}
    return said | {"who": who, "about": _plain(deed.about), "why": deed.why}


def _plain(value: Any) -> Any:
    match value:
        case Mapping():
            return {str(key): _plain(each) for key, each in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_plain(each) for each in value]
        case str() | int() | float() | bool() | None:
            return value
        case _:
            return str(value)
