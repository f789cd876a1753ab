"""Writing a disclosure down before it is made: who, as what, which record, for what, on which basis, who was told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings

from haven.access.actor import HAVEN, Actor, HeldPost
from haven.access.decision import Reason, Refused
from haven.access.roles import LABELS
from haven.engines.days.moments import local_day
from haven.keys.queries import seal_with
from haven.ledger.services import Deed, record_all
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


@dataclass(frozen=True, slots=True)
class Disclosing:
    """What is to be written down: what becomes of which record, for what, as what she who asks works, and to whom."""

    outcome: Outcome
    record: Record | None
    purpose: Purpose
    post: HeldPost | None
    to: UUID | None = None


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
    return write_all_down([Disclosing(outcome, record, purpose, post, to)], by=by, at=at)[0]


def write_all_down(disclosing: Sequence[Disclosing], *, by: Actor, at: datetime) -> list[Disclosure]:
    """The same for many."""
    for each in disclosing:
        _require_said(each.purpose, at, each.outcome)
    edition, _ = edition_on(local_day(at), recognised_from=settings.RECOGNISED_FROM)
    rows = [_row(each, edition, by, at) for each in disclosing]
    with working_as(HAVEN, "subjects.recording", or_as="subjects.delivering"):  # whoever is refused sees no row
        Disclosure.objects.bulk_create(rows)
    deeds = [
        Deed("subject.disclosed", _facts(row, each), row.purpose) for row, each in zip(rows, disclosing, strict=True)
    ]
    record_all(deeds, by=by, at=at)
    return rows


def _row(new: Disclosing, edition: str, by: Actor, at: datetime) -> Disclosure:
    post, purpose = new.post, new.purpose
    return Disclosure(
        at=at,
        outcome=new.outcome,
        record=new.record,
        person_id=by.person,
        person_name=by.name,
        role=LABELS[post.role] if post else "",
        organisation_id=post.organisation if post else None,
        organisation_name=post.organisation_name if post else "",
        to_organisation_id=new.to,
        flow=purpose.flow,
        purpose=purpose.words.strip(),
        basis=purpose.basis or USUAL[purpose.flow].code,
        edition=edition,
        told=purpose.told,
        words=_sealed(new.record, purpose.reasons),
    )


def _facts(row: Disclosure, of: Disclosing) -> dict[str, object]:
    """What the ledger is told."""
    about = {"disclosure": row.pk, "outcome": row.outcome, "flow": row.flow, "basis": row.basis}
    about |= {"edition": row.edition}
    about |= {"record": of.record.pk, "area": of.record.area_id} if of.record else {}
    return about | ({"to": of.to} if of.to else {})


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
