"""What follows a recall of what was read: copies destroyed at the place, a signed list of who had seen it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.conf import settings
from django.db import transaction

from haven.access.actor import HAVEN, Actor
from haven.access.decision import Reason, Refused, person_of, require, require_haven
from haven.access.roles import Role
from haven.engines.days.moments import local_day
from haven.kit.letters import went_out
from haven.ledger.services import Deed, record, record_all
from haven.notifications import letters
from haven.notifications.models import Breach, Delivery, Prompt
from haven.notifications.policy import CONFIRMING, may_confirm, may_sign
from haven.notifications.queries.settings import rules_of
from haven.notifications.queries.telling import emails_of, excluded_from_sendings
from haven.notifications.rules.breaches import Copies
from haven.people.queries import holding
from haven.people.seeing import seeing, working_as
from haven.subjects.queries.loading import there
from haven.subjects.rules.ties import SENDERS

CONFIRMED = "Somebody at your place has confirmed it already"
SIGNED = "Somebody has signed it already"
SAY_NUMBER = "Give its number in your register of breaches"
AT_PLACE = CONFIRMING - {Role.SAFEGUARDING_OFFICER}
"""Who of those that may say so is written to."""


def note_breaches(*, deliveries: Sequence[Delivery], by: Actor, at: datetime) -> list[Breach]:
    """Note that places read what is recalled now, and from when each has so many hours. As Haven, in the transaction of
    the recall."""
    rules = rules_of(areas={each.area_id for each in deliveries})
    rows = [
        Breach(
            delivery=each,
            notification=each.notification_id,
            reference=each.reference,
            sender_id=each.sender_id,
            area_id=each.area_id,
            place_id=_place_of(each),
            made_at=at,
            due_at=at + timedelta(hours=rules[each.area_id].confirm_hours),
        )
        for each in deliveries
    ]
    Breach.objects.bulk_create(rows)
    _tell([(row, row.place_id) for row in rows], AT_PLACE, letters.copies_to_confirm, at)
    deeds = [Deed("notification.breach_noted", _facts(row) | {"due_at": row.due_at}) for row in rows]
    record_all(deeds, by=by, at=at)
    return rows


@seeing("notifications.breaches")
def confirm_copies(*, breach_id: UUID, copies: Copies, by: Actor, at: datetime) -> Breach:
    """Say for a place what became of every copy. Raises `Refused`."""
    row = _to_change(breach_id)
    require(may_confirm(by, row))
    if row.confirmed_at is not None:
        raise Refused(Reason.WRONG_STATE, CONFIRMED)
    row.copies, row.confirmed_at, row.confirmed_by_id = copies, at, person_of(by)
    row.save(update_fields=["copies", "confirmed_at", "confirmed_by"])
    record("notification.copies_confirmed", by=by, at=at, about=_facts(row) | {"copies": copies})
    return row


@seeing("notifications.breaches")
def sign_seen(*, breach_id: UUID, number: str, by: Actor, at: datetime) -> Breach:
    """Sign the list of who had seen it, for the sender, by its number in her register of breaches. Raises `Refused`."""
    row = _to_change(breach_id)
    require(may_sign(by, row))
    if not number.strip():
        raise Refused(Reason.NOT_READY, SAY_NUMBER)
    if row.signed_at is not None:
        raise Refused(Reason.WRONG_STATE, SIGNED)
    row.signed_as, row.signed_at, row.signed_by_id = number.strip(), at, person_of(by)
    row.save(update_fields=["signed_as", "signed_at", "signed_by"])
    record("notification.seen_signed", by=by, at=at, about=_facts(row), why=row.signed_as)
    return row


def chase_copies(*, by: Actor, at: datetime) -> int:
    """Tell the place and the sender of what nobody has confirmed in time, once; how many."""
    require_haven(by)
    with transaction.atomic(), working_as(HAVEN, "subjects.delivering"):
        late = Breach.objects.filter(due_at__lte=at, confirmed_at=None, chased_at=None)
        rows = list(late.select_for_update(of=("self",)))
        _tell([(row, row.place_id) for row in rows], AT_PLACE, letters.copies_late, at)
        _tell([(row, row.sender_id) for row in rows], SENDERS, letters.copies_late, at)
        Breach.objects.filter(pk__in=[row.pk for row in rows]).update(chased_at=at)
        if rows:
            record("notification.copies_chased", by=by, at=at, about={"breaches": [row.pk for row in rows]})
    return len(rows)


def forget_prompts(*, by: Actor, at: datetime) -> int:
    """Delete what says who was written to, so many days after the letter went out or was given up; how many."""
    require_haven(by)
    before = at - timedelta(days=settings.PROMPTS_KEPT_DAYS)
    with transaction.atomic(), working_as(HAVEN, "notifications.telling"):
        old = Prompt.objects.filter(sent_at__lt=before) | Prompt.objects.filter(given_up_at__lt=before)
        gone, _ = old.delete()
        if gone:
            record("notification.prompts_forgotten", by=by, at=at, about={"prompts": gone})
    return gone


def _to_change(breach_id: UUID) -> Breach:
    return there(Breach.objects.select_for_update(of=("self",)).filter(pk=breach_id).first())


def _tell(of: Sequence[tuple[Breach, UUID]], roles: frozenset[Role], letter: letters.Letter, at: datetime) -> None:
    """A letter about each to those of its place who may know of it, once the transaction is through."""
    silent = excluded_from_sendings(notifications={row.notification for row, _ in of})
    found = holding(roles=roles, organisations={place for _, place in of}, on=local_day(at))
    emails = emails_of(people={person for _, _, person in found})
    for row, place in of:
        people = {person for at_place, _, person in found if at_place == place} - silent[row.notification]
        for email in sorted(emails[each] for each in people if each in emails):
            transaction.on_commit(partial(went_out, partial(letter, to=email)), robust=True)


def _place_of(delivery: Delivery) -> UUID:
    place = delivery.school_id or delivery.council_id
    assert place is not None  # the database holds this
    return place


def _facts(row: Breach) -> dict[str, object]:
    return {"breach": row.pk, "delivery": row.delivery_id, "notification": row.notification, "area": row.area_id}
