"""What the council made of returns, as a school sees it here. The settings name the queries that know."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from haven.audits.models import Copy


@dataclass(frozen=True, slots=True)
class Reader:
    """Who of the council opened a copy, and when."""

    name: str
    read_on: date


@dataclass(frozen=True, slots=True)
class Answered:
    """What the council wrote to a return last."""

    given_at: datetime
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SentBack:
    """Why the council sent a return back, and what it asks of which answer."""

    given_at: datetime
    name: str  # as she signed
    place: str  # the council for which she signed
    words: str
    remarks: Sequence[tuple[str, str]]  # a question's key, and what is asked of its answer


def readers_of(copy: Copy) -> Sequence[Reader]:
    """Who read a copy, as the query of `AUDIT_READERS` knows it."""
    found: Sequence[Reader] = import_string(settings.AUDIT_READERS)(copy=copy)
    return found


def answered(returns: Collection[UUID]) -> Mapping[UUID, Answered]:
    """What was answered to each of some returns last, as the query of `AUDIT_FEEDBACK` knows it."""
    found: Mapping[UUID, Answered] = import_string(settings.AUDIT_FEEDBACK)(returns=returns)
    return found


def sent_back(return_id: UUID) -> SentBack | None:
    """Why a return was sent back last, as the query of `AUDIT_SENT_BACK` knows it."""
    found: SentBack | None = import_string(settings.AUDIT_SENT_BACK)(return_id=return_id)
    return found
