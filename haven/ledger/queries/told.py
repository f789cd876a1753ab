"""What the ledger tells people: the newest of what was done, and how far all of it is sealed."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, JSONField, QuerySet
from django.db.models.functions import Cast

from haven.access.actor import Actor
from haven.access.decision import require
from haven.ledger.models import Checkpoint, Detail, Entry, Waiting
from haven.ledger.policy import may_read_ledger, read_by


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that was done, as people read it: by its detail's identifier, which stays.

    `number` is that of its entry, null until it is sealed under a checkpoint. `detail` is null where it was erased.
    """

    id: int
    number: int | None
    detail: dict[str, Any] | None

    @property
    def at(self) -> datetime | None:
        """When it was done."""
        return datetime.fromisoformat(self.detail["at"]) if self.detail else None


@dataclass(frozen=True, slots=True)
class Sealed:
    """How far the ledger is sealed: entries under the newest checkpoint and when it was signed; and how far witnesses
    signed too, with the name of the last. Null where that has not happened yet.
    """

    size: int
    signed_at: datetime
    witnessed: int | None
    witness: str | None
    witnessed_at: datetime | None


def newest_told(
    *, by: Actor, elsewhere: Collection[UUID] = (), before: int | None = None, count: int = 50
) -> list[Told]:
    """The newest of what was done in her areas, before an identifier where one is given. For whoever may read it.

    `elsewhere` are people who work in other areas only.
    """
    require(may_read_ledger(by))
    waiting = _waiting().annotate(told=_as_json("text"), of=F("pk"))
    sealed = Entry.objects.annotate(told=_as_json("detail__text"), of=F("detail_id"))
    found = [
        *_newest(waiting, None, by, elsewhere, before, count),
        *_newest(sealed, "number", by, elsewhere, before, count),
    ]
    return sorted(found, key=lambda each: each.id, reverse=True)[:count]


def sealed_so_far() -> Sealed | None:
    """How far the ledger is sealed; none before the first checkpoint."""
    newest = Checkpoint.objects.order_by("-size").first()
    if newest is None:
        return None
    cosigned = Checkpoint.objects.filter(cosignatures__isnull=False).order_by("-size", "-cosignatures__at")
    last = cosigned.values_list("size", "cosignatures__witness", "cosignatures__at").first()
    return Sealed(newest.size, newest.signed_at, *(last or (None, None, None)))


def _waiting() -> "QuerySet[Detail]":
    """Details without an entry, from the first that waits: a number which the database is told, to guess how few."""
    oldest = Waiting.objects.order_by("first").first()
    return Detail.objects.filter(pk__gte=oldest.first, entry__isnull=True) if oldest else Detail.objects.none()


def _as_json(field: str) -> Cast:
    return Cast(field, JSONField())


def _newest(
    rows: "QuerySet[Any]",
    number: str | None,
    by: Actor,
    elsewhere: Collection[UUID],
    before: int | None,
    count: int,
) -> list[Told]:
    """The newest of these rows, each with its detail as `told` and the detail's identifier as `of`."""
    found = rows.filter(read_by(by, elsewhere)).order_by("-of")
    if before is not None:
        found = found.filter(of__lt=before)
    text = "detail__text" if number else "text"
    told = found.values_list("of", *([number] if number else []), text)[:count]
    return [Told(each[0], each[1] if number else None, json.loads(each[-1]) if each[-1] else None) for each in told]
