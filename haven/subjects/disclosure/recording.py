"""Writing a disclosure down before it is made: who, as what, which record, for what, on which basis, who was told."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings

from haven.access.actor import HAVEN, Actor, HeldPost
from haven.access.decision import Reason, Refused
from haven.access.roles import LABELS
from haven.engines.days.moments import local_day
from haven.keys.queries import seal_with
from haven.ledger.services import record as record_deed
from haven.people.seeing import working_as
from haven.subjects.models import Disclosure, Outcome, Record, Told
from haven.subjects.rules.bases import USUAL, Flow, basis_called, edition_on

NO_BASIS = "Choose a lawful basis that the law has on this day"
SAY_PURPOSE = "Say what you need it for"
SAY_WHY = "Say why, in a sentence"


@dataclass(frozen=True, slots=True)
class Purpose:
    """What somebody says before she is shown or shares anything. A blank basis is the usual one of the flow."""

    flow: Flow
    words: str  # what it is needed for: a case reference, a task; never a name
    basis: str = ""
    told: Told = Told.ROUTINE
    reasons: str = ""  # sealed with the record


def write_down(
    outcome: Outcome,
    *,
    record: Record | None,
    purpose: Purpose,
    post: HeldPost | None,
    by: Actor,
    at: datetime,
    to: UUID | None = None,
) -> Disclosure:
    """Write it in the register and the ledger. Raises `Refused`, with advice, where something was not said."""
    _require_said(purpose, at, outcome)
    edition, _ = edition_on(local_day(at), recognised_from=settings.RECOGNISED_FROM)
    row = Disclosure(
        at=at,
        outcome=outcome,
        record=record,
        person_id=by.person,
        person_name=by.name,
        role=LABELS[post.role] if post else "",
        organisation_id=post.organisation if post else None,
        organisation_name=post.organisation_name if post else "",
        to_organisation_id=to,
        flow=purpose.flow,
        purpose=purpose.words.strip(),
        basis=purpose.basis or USUAL[purpose.flow].code,
        edition=edition,
        told=purpose.told,
        words=_sealed(record, purpose.reasons),
    )
    with working_as(HAVEN, "subjects.recording"):  # whoever is refused sees no row, and is written down
        row.save(force_insert=True)
    about = {"disclosure": row.pk, "outcome": outcome, "flow": purpose.flow, "basis": row.basis, "edition": edition}
    about |= {"record": record.pk, "area": record.area_id} if record else {}
    about |= {"to": to} if to else {}
    record_deed("subject.disclosed", by=by, at=at, about=about, why=purpose.words.strip())
    return row


def _require_said(purpose: Purpose, at: datetime, outcome: Outcome) -> None:
    if not purpose.words.strip():
        raise Refused(Reason.NOT_READY, SAY_PURPOSE)
    basis = purpose.basis
    if basis and basis_called(basis, on=local_day(at), recognised_from=settings.RECOGNISED_FROM) is None:
        raise Refused(Reason.NOT_ASKABLE, NO_BASIS)
    if outcome == Outcome.KEPT_BACK and not purpose.reasons.strip():
        raise Refused(Reason.NOT_READY, SAY_WHY)


def _sealed(record: Record | None, words: str) -> bytes | None:
    if record is None or not words.strip():
        return None
    return seal_with(record=record.pk, fields={"reasons": words.strip().encode()})["reasons"]
