"""Writing the ledger. Every service calls `record` inside its own transaction: if the ledger fails, nothing is done.

What is recorded stands in the ledger with that transaction and waits for nobody. The sequencer (`ledger.sequencing`)
gives it a number and a place under a signed checkpoint a moment later.
"""

import json
import secrets
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import connection, transaction

from haven.access.actor import Actor
from haven.access.decision import require
from haven.access.roles import Role
from haven.engines.chain.hashing import SALT_BYTES, canonical
from haven.engines.chain.verifying import ERASED
from haven.ledger.models import Detail
from haven.ledger.policy import may_read_ledger

TELL = f"""
    with told as (
        insert into ledger_detail (salt, text)
        select substring(%s::bytea from (place::int - 1) * {SALT_BYTES} + 1 for {SALT_BYTES}), text
        from json_array_elements_text(%s::json) with ordinality as each (text, place)
        order by place
        returning id
    )
    select array_agg(id order by id) from told
"""  # nosec - one text of JSON and one of bytes: arrays of the driver take ten times as long


class LedgerNeedsTransaction(Exception):
    """`record` was called outside a transaction: the entry and what it speaks of could come apart."""


class NotToBeErased(Exception):
    """A detail is not there, or is itself an erasure; or no rule was given."""


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing done: the verb, what it was about (identifiers and plain facts), and why."""

    verb: str
    about: Mapping[str, Any]
    why: str = ""


def record(verb: str, *, by: Actor, at: datetime, about: Mapping[str, Any], why: str = "") -> int:
    """Write what was done and give back the detail's identifier, which stays when its entry gets a number."""
    return record_all([Deed(verb, about, why)], by=by, at=at)[0]


def record_all(deeds: Sequence[Deed], *, by: Actor, at: datetime) -> list[int]:
    """Write each deed, in order, and give back the identifiers of their details."""
    if not connection.in_atomic_block:
        raise LedgerNeedsTransaction("record inside the transaction of what is recorded")
    if not deeds:
        return []
    who, areas = _who(by), {str(area) for post in by.posts for area in post.areas}
    texts = [canonical(_detail(deed, who, areas, at)) for deed in deeds]
    salts = secrets.token_bytes(SALT_BYTES * len(texts))
    with connection.cursor() as cursor:
        cursor.execute(TELL, [salts, json.dumps(texts, ensure_ascii=False)])
        return list(cursor.fetchone()[0])


@transaction.atomic
def erase(details: Sequence[int], *, rule: str, by: Actor, at: datetime) -> int:
    """Record that details are erased under a rule of retention, and give back that detail's identifier.

    They go in the transaction in which the sequencer gives this record its entry: none is gone before the ledger says
    so under a checkpoint. Their entries stay. Raises `NotToBeErased`.
    """
    found = list(Detail.objects.filter(pk__in=details).order_by("pk"))
    if not rule or len(found) != len(set(details)) or any(f'"verb":"{ERASED}"' in each.text for each in found):
        raise NotToBeErased("name details that are there and are no erasures, and the rule")
    commitments = [sha256(bytes(each.salt) + each.text.encode()).hexdigest() for each in found]
    about = {"details": [each.pk for each in found], "commitments": commitments, "count": len(found)}
    return record(ERASED, by=by, at=at, about=about, why=rule)


@transaction.atomic
def note_reading(*, by: Actor, at: datetime) -> None:
    """Record that somebody opened the ledger, before she is shown any of it."""
    require(may_read_ledger(by))
    record("ledger.read", by=by, at=at, about={"areas": sorted(by.areas({Role.SCRUTINEER}), key=str)})


def _who(by: Actor) -> dict[str, Any]:
    posts = [
        {"role": post.role.value, "organisation": str(post.organisation), "of": post.organisation_name}
        for post in by.posts
    ]
    return {"person": str(by.person) if by.person else None, "name": by.name, "posts": posts}


def _detail(deed: Deed, who: Mapping[str, Any], areas: AbstractSet[str], at: datetime) -> dict[str, Any]:
    near = areas | {str(deed.about["area"])} if "area" in deed.about else areas
    said = {"verb": deed.verb, "at": at.isoformat(), "areas": sorted(near)}
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
