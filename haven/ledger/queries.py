"""Reading the ledger."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import JSONField
from django.db.models.functions import Cast

from haven.access.actor import Actor
from haven.access.decision import require
from haven.engines.chain.verifying import Head as ChainHead
from haven.engines.chain.verifying import Line, Verdict, verify
from haven.ledger.models import Detail, Entry, Head
from haven.ledger.policy import may_read_ledger, read_by


@dataclass(frozen=True, slots=True)
class Told:
    """One entry as people read it. `detail` is null where it was erased."""

    number: int
    detail: dict[str, Any] | None

    @property
    def at(self) -> datetime | None:
        """When it was done."""
        return datetime.fromisoformat(self.detail["at"]) if self.detail else None


def verified() -> Verdict:
    """Recompute the whole ledger as far as it went when this was asked. Writers go on meanwhile."""
    head = Head.objects.get()
    verdict = verify(_lines(head.size), ChainHead(head.size, bytes(head.link)))
    if verdict.holds and (stray := _beyond_the_head()):
        return Verdict(verdict.entries, verdict.erased, stray, "it stands beyond the ledger's head")
    return verdict


def newest_entries(
    *, by: Actor, elsewhere: Collection[UUID] = (), before: int | None = None, count: int = 50
) -> list[Told]:
    """The newest entries of her areas, before a number where one is given. For whoever may read the ledger.

    `elsewhere` are people who work in other areas only.
    """
    require(may_read_ledger(by))
    told = Entry.objects.annotate(told=Cast("detail__text", JSONField()))
    entries = told.filter(read_by(by, elsewhere)).select_related("detail").order_by("-number")
    if before is not None:
        entries = entries.filter(number__lt=before)
    return [Told(entry.number, _told(entry)) for entry in entries[:count]]


def _told(entry: Entry) -> dict[str, Any] | None:
    detail: Detail | None = getattr(entry, "detail", None)
    return json.loads(detail.text) if detail else None


def _beyond_the_head() -> int | None:
    """The first entry that the head does not count. Head and entries are read in one statement: one view of both."""
    size = Head.objects.values("size")[:1]
    return Entry.objects.filter(number__gt=size).order_by("number").values_list("number", flat=True).first()


def _lines(size: int) -> Iterator[Line]:
    rows = Entry.objects.filter(number__lte=size).order_by("number")
    told = rows.values_list("number", "leaf", "link", "detail__salt", "detail__text")
    for number, leaf, link, salt, text in told.iterator(chunk_size=5000):
        yield Line(number, bytes(leaf), bytes(link), bytes(salt) if salt is not None else None, text)
