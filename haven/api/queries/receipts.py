"""What a program is told of what its force sent: receipts, where each delivery stands, and the ledger's proof."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db import transaction
from django.db.models import Prefetch, Q
from django.db.models.query import QuerySet

from haven.access.actor import HAVEN, Actor
from haven.ledger.models import Entry
from haven.ledger.queries.proofs import NothingToProve
from haven.ledger.queries.proofs import receipt_of as ledger_receipt
from haven.notifications.models import Delivery, Notification
from haven.people.seeing import working_as
from haven.subjects.rules.ties import SENDERS

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Receipt:
    """That a notification was accepted. It says nothing of whom or what, nor how much else the ledger tells of."""

    reference: str
    id: UUID
    key: UUID
    body_hash: str
    accepted_at: datetime

    def as_json(self) -> dict[str, Any]:
        """As a program reads it."""
        return {
            "reference": self.reference,
            "id": str(self.id),
            "key": str(self.key),
            "body_hash": self.body_hash,
            "accepted_at": self.accepted_at.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class Sent:
    """A receipt with where each delivery stands now."""

    receipt: Receipt
    recalled_at: datetime | None
    deliveries: Sequence[Delivery]

    def as_json(self) -> dict[str, Any]:
        """As a program reads it."""
        recalled = self.recalled_at.isoformat() if self.recalled_at else None
        stands = [_stands(each) for each in self.deliveries]
        return {"receipt": self.receipt.as_json(), "recalled_at": recalled, "deliveries": stands}


@dataclass(frozen=True, slots=True)
class Page:
    """Receipts, and the question that leads to the next ones; empty where there are none."""

    lines: Sequence[Sent]
    following: str


def receipt_of(row: Notification) -> Receipt:
    """The receipt of a notification."""
    return Receipt(row.reference, row.pk, row.key, row.body_hash, row.accepted_at)


def receipts_since(*, by: Actor, since: datetime, after: UUID | None) -> Page:
    """What was accepted from a moment on, oldest first; where `after` is given, of that moment only what follows it."""
    later = Q(accepted_at__gt=since) | Q(accepted_at=since, pk__gt=after) if after else Q(accepted_at__gte=since)
    with transaction.atomic(), working_as(HAVEN, "subjects.delivering"):
        places = Delivery.objects.select_related("school").order_by("made_at", "pk")
        rows = _theirs(by).filter(later).order_by("accepted_at", "pk")
        found = list(rows.prefetch_related(Prefetch("deliveries", queryset=places))[:AT_ONCE])
        lines = [Sent(receipt_of(row), row.recalled_at, list(row.deliveries.all())) for row in found]
    last = found[-1] if len(found) == AT_ONCE else None
    return Page(lines, urlencode({"since": last.accepted_at.isoformat(), "after": last.pk}) if last else "")


def proof_of(*, reference: str, by: Actor) -> str | None:
    """The ledger's receipt of a notification's acceptance; none where there is none, or not yet."""
    with transaction.atomic(), working_as(HAVEN, "subjects.delivering"):
        detail = _theirs(by).filter(reference=reference).values_list("detail", flat=True).first()
    number = Entry.objects.filter(detail=detail).values_list("number", flat=True).first() if detail else None
    try:
        return ledger_receipt(number).written if number else None
    except NothingToProve:
        return None


def _theirs(by: Actor) -> QuerySet[Notification]:
    return Notification.objects.filter(sender__in=by.organisations(SENDERS))


def _stands(row: Delivery) -> dict[str, Any]:
    return {
        "school": row.school.urn if row.school else None,
        "stage": row.stage,
        "deadline_at": row.deadline_at.isoformat(),
        "is_late": row.missed_at is not None,
    }
