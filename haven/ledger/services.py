"""Writing the ledger. Every service calls `record` inside its own transaction: if the ledger fails, nothing is done.

What is recorded stands in the ledger with that transaction and waits for nobody. The sequencer (`ledger.sequencing`)
gives it a number and a place under a signed checkpoint a moment later.
"""

import json
import secrets
from collections.abc import Mapping, Sequence
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
MANY = 1000
"""From so many on they are copied in, which takes one question more and half the time for each."""
NUMBERS = "select array_agg(nextval(of)) from pg_get_serial_sequence('ledger_detail', 'id') of, generate_series(1, %s)"
COPY = "copy ledger_detail (id, salt, text) from stdin (format binary)"


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
    texts = _texts(deeds, by, at)
    salts = secrets.token_bytes(SALT_BYTES * len(texts))
    return _copied(salts, texts) if len(texts) >= MANY else _told(salts, texts)


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


def _told(salts: bytes, texts: Sequence[str]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(TELL, [salts, json.dumps(texts, ensure_ascii=False)])
        return list(cursor.fetchone()[0])


def _copied(salts: bytes, texts: Sequence[str]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(NUMBERS, [len(texts)])
        ids = sorted(cursor.fetchone()[0])
        with cursor.copy(COPY) as rows:
            rows.set_types(["int8", "bytea", "text"])
            for place, each in enumerate(zip(ids, texts, strict=True)):
                rows.write_row((each[0], salts[place * SALT_BYTES : (place + 1) * SALT_BYTES], each[1]))
    return ids


def _who(by: Actor) -> dict[str, Any]:
    posts = [
        {"role": post.role.value, "organisation": str(post.organisation), "of": post.organisation_name}
        for post in by.posts
    ]
    return {"person": str(by.person) if by.person else None, "name": by.name, "posts": posts}


def _texts(deeds: Sequence[Deed], by: Actor, at: datetime) -> list[str]:
    """Each detail as `canonical` writes it. What is the same in all of them is written once."""
    areas = {str(area) for post in by.posts for area in post.areas}
    who, moment, usual = canonical(_who(by)), canonical(at.isoformat()), canonical(sorted(areas))
    texts = []
    for deed in deeds:
        about, verb, why = canonical(_plain(deed.about)), canonical(deed.verb), canonical(deed.why)
        near = canonical(sorted(areas | {str(deed.about["area"])})) if "area" in deed.about else usual
        texts.append(f'{{"about":{about},"areas":{near},"at":{moment},"verb":{verb},"who":{who},"why":{why}}}')
    return texts


def _plain(value: Any) -> Any:
    match value:
        case str() | int() | float() | None:
            return value
        case dict() | Mapping():
            return {str(key): _plain(each) for key, each in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_plain(each) for each in value]
        case _:
            return str(value)
