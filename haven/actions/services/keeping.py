"""Keeping things for one person: her unfinished forms and the key of her calendar. Neither concerns anybody else."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused
from haven.actions.models import CalendarKey, Draft
from haven.actions.rules import hash_of
from haven.ledger.services import record

DRAFTS_STAY = timedelta(days=90)
LONGEST_DRAFT = 100_000  # characters, over all its fields
SECRET_BYTES = 32


@transaction.atomic
def save_draft(*, place: str, fields: Mapping[str, str], by: Actor, at: datetime) -> Draft:
    """Keep a form as far as it is filled in. Leaves no ledger entry: nothing has been done yet."""
    if by.person is None:
        raise Refused(Reason.NOT_SIGNED_IN)
    if sum(map(len, fields.values())) > LONGEST_DRAFT:
        raise Refused(Reason.NOT_ASKABLE, "This is too long to keep.")
    kept, _ = Draft.objects.update_or_create(
        person_id=by.person, place=place, defaults={"fields": dict(fields), "saved_at": at}
    )
    return kept


@transaction.atomic
def discard_draft(*, place: str, by: Actor, at: datetime) -> None:  # noqa: ARG001 - every service is told its moment
    """Forget a form that was filled in so far. Leaves no ledger entry: nothing has been done."""
    Draft.objects.filter(person=by.person, place=place).delete()


@transaction.atomic
def discard_old_drafts(*, by: Actor, at: datetime) -> int:
    """Forget forms that nobody has touched for three months; how many."""
    old = Draft.objects.filter(saved_at__lt=at - DRAFTS_STAY)
    count, _ = old.delete()
    if count:
        record("drafts.discarded", by=by, at=at, about={"count": count}, why="not touched for three months")
    return count


@transaction.atomic
def make_calendar_key(*, by: Actor, at: datetime) -> str:
    """A new secret for the address of her calendar; the one before stops working. Only its hash is kept."""
    if by.person is None:
        raise Refused(Reason.NOT_SIGNED_IN)
    if not by.posts:
        raise Refused(Reason.NO_LIVE_POST)
    CalendarKey.objects.filter(person=by.person, revoked_at__isnull=True).update(revoked_at=at)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    CalendarKey.objects.create(person_id=by.person, secret_hash=hash_of(secret), made_at=at)
    record("calendar_key.made", by=by, at=at, about={"person": by.person})
    return secret


@transaction.atomic
def revoke_calendar_key(*, by: Actor, at: datetime) -> bool:
    """Make the address of her calendar stop working; whether there was one."""
    if by.person is None:
        raise Refused(Reason.NOT_SIGNED_IN)
    revoked = CalendarKey.objects.filter(person=by.person, revoked_at__isnull=True).update(revoked_at=at)
    if revoked:
        record("calendar_key.revoked", by=by, at=at, about={"person": by.person})
    return bool(revoked)
