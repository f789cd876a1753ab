"""Letting programs in: keys registered by one person and approved by another, for a time."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, person_of, require
from haven.api.models import ProgramKey
from haven.api.policy import may_approve, may_end, may_register
from haven.api.queries.keys import Standing, standing_of
from haven.api.rules.keys import LONGEST, public_key
from haven.api.rules.signatures import key_name
from haven.engines.days.moments import local_day
from haven.ledger.services import record
from haven.people.models import Organisation

NOT_A_KEY = "This is no public key for Ed25519. Paste it as PEM or in Base64, and never the private key"
KNOWN = "This key is registered already. Make a new one: a key that was taken out of use never comes back"
TOO_LONG = "A key is good for a year at most"
TOO_SHORT = "The last day comes after the first"


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key to register: the program in the force's own words, the public key as text, and how long it is good."""

    organisation: UUID
    program: str
    public: str
    starts_at: datetime
    ends_at: datetime


@transaction.atomic
def register_key(*, new: NewKey, by: Actor, at: datetime) -> ProgramKey:
    """Register the key of a program. Nothing can be sent with it before a second person approves it."""
    organisation = Organisation.objects.get(pk=new.organisation)
    require(may_register(by, organisation))
    if new.ends_at <= max(new.starts_at, at):
        raise Refused(Reason.NOT_READY, TOO_SHORT)
    if new.ends_at - new.starts_at > LONGEST:
        raise Refused(Reason.NOT_READY, TOO_LONG)
    try:
        public = public_key(new.public)
    except ValueError:
        raise Refused(Reason.NOT_ASKABLE, NOT_A_KEY) from None
    try:
        with transaction.atomic():
            row = ProgramKey.objects.create(
                organisation=organisation,
                program=new.program,
                name=key_name(public),
                public=public,
                starts_at=new.starts_at,
                ends_at=new.ends_at,
                registered_at=at,
                registered_by_id=person_of(by),
            )
    except IntegrityError:
        raise Refused(Reason.WRONG_STATE, KNOWN) from None
    record("program_key.registered", by=by, at=at, about=_facts(row))
    return row


@transaction.atomic
def approve_key(*, key_id: UUID, by: Actor, at: datetime) -> ProgramKey:
    """Let a key be used. Another person than who registered it does that."""
    row = _locked(key_id)
    require(may_approve(by, row, on=local_day(at)))
    if standing_of(row, at=at) is not Standing.WAITING:
        raise Refused(Reason.WRONG_STATE, "Nothing is to be approved here any more")
    row.approved_at, row.approved_by_id = at, person_of(by)
    row.save(update_fields=["approved_at", "approved_by"])
    record("program_key.approved", by=by, at=at, about=_facts(row))
    return row


@transaction.atomic
def end_key(*, key_id: UUID, by: Actor, at: datetime) -> ProgramKey:
    """Take a key out of use, at once and for good."""
    row = _locked(key_id)
    require(may_end(by, row, on=local_day(at)))
    if row.ended_at is not None:
        raise Refused(Reason.WRONG_STATE, "It is out of use already")
    row.ended_at, row.ended_by_id = at, person_of(by)
    row.save(update_fields=["ended_at", "ended_by"])
    record("program_key.ended", by=by, at=at, about=_facts(row))
    return row


def _locked(key_id: UUID) -> ProgramKey:
    return ProgramKey.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=key_id)


def _facts(row: ProgramKey) -> dict[str, object]:
    return {"program_key": row.pk, "organisation": row.organisation_id, "until": row.ends_at}
