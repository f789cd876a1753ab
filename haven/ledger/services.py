"""Writing the ledger. Every service calls `record` inside its own transaction: if the ledger fails, nothing is done.

What is recorded stands in the ledger with that transaction and waits for nobody. The sequencer (`ledger.sequencing`)
gives it a number and a place under a signed checkpoint a moment later.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import connection, transaction

from haven.access.actor import Actor
from haven.access.decision import require
from haven.access.roles import Role
from haven.engines.chain.hashing import canonical
from haven.engines.chain.verifying import ERASED
from haven.ledger.models import Detail
from haven.ledger.policy import may_read_ledger
from haven.ledger.together import tell, tell_now


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


def record(verb: str, *, by: Actor, at: datetime, about: Mapping[str, Any], why: str = "") -> None:
    """Write what was done."""
    record_all([Deed(verb, about, why)], by=by, at=at)


def record_all(deeds: Sequence[Deed], *, by: Actor, at: datetime) -> None:
    """Write each deed, in order; in a piece of work (`haven.ledger.together`) at its end."""
    tell(_texts(deeds, by, at))


def record_now(deeds: Sequence[Deed], *, by: Actor, at: datetime) -> list[int]:
    """The same, and give back the identifiers of their details, which stay when their entries get numbers."""
    return tell_now(_texts(deeds, by, at))


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
    return record_now([Deed(ERASED, about, rule)], by=by, at=at)[0]


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


def _texts(deeds: Sequence[Deed], by: Actor, at: datetime) -> list[str]:
    """Each detail as `canonical` writes it. What is the same in all of them is written once."""
    if not connection.in_atomic_block:
        raise LedgerNeedsTransaction("record inside the transaction of what is recorded")
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
