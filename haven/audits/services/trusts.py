"""A trust answers once what is the same in all of its schools; handed out, it stands ready in each of them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from haven.access.actor import HAVEN, Actor
from haven.access.decision import Reason, Refused, person_of, require
from haven.audits.models import Cycle, Return, TrustSheet
from haven.audits.policy import may_prepare_for
from haven.audits.queries.trusts import open_returns
from haven.audits.rules.life import Standing
from haven.audits.services.knowing import put_prepared
from haven.ledger.services import record
from haven.people.models import Organisation
from haven.questions import services as questions
from haven.questions.services.answering import Saved, Typed

NONE_ASKED = "None of the trust’s schools is asked in this audit."
NOT_OPEN = "This audit is not open."
NOTHING = "Answer at least one question first."


@transaction.atomic
def begin_trust_sheet(*, cycle_id: UUID, trust_id: UUID, by: Actor, at: datetime) -> TrustSheet:
    """Open a trust's own sheet in a cycle. Begun already, it is given back as it is."""
    require(may_prepare_for(by, trust_id))
    trust = Organisation.objects.select_for_update().get(pk=trust_id)
    cycle = Cycle.objects.select_related("version").get(pk=cycle_id)
    if known := TrustSheet.objects.filter(cycle=cycle, trust=trust).first():
        return known
    if cycle.standing != Standing.OPEN:
        raise Refused(Reason.WRONG_STATE, NOT_OPEN)
    if not Return.objects.filter(cycle=cycle, organisation__trust=trust).exists():
        raise Refused(Reason.NOT_ASKABLE, NONE_ASKED)
    prepared = TrustSheet(cycle=cycle, trust=trust)
    prepared.sheet = questions.open_sheet(
        version=cycle.version,
        organisation=trust,
        address=f"/audits/trust/{prepared.pk}/",
        before=None,
        by=by,
        at=at,
    )
    questions.say_traits(
        sheet_id=prepared.sheet.pk, traits=[each.key for each in cycle.version.outline.traits], by=by, at=at
    )
    prepared.save()
    record("trust_sheet.begun", by=by, at=at, about=_about(prepared))
    return prepared


@transaction.atomic
def save_trust_answers(
    *, trust_sheet_id: UUID, typed: Mapping[str, Typed], by: Actor, at: datetime
) -> Mapping[str, Saved]:
    """Save what a trust answers. No school sees it before it is handed out."""
    prepared = _open(trust_sheet_id, by)
    return questions.save_answers(sheet_id=prepared.sheet_id, typed=typed, by=by, at=at)


@transaction.atomic
def hand_out(*, trust_sheet_id: UUID, by: Actor, at: datetime) -> int:
    """Let what a trust answered stand ready in its schools' returns; in how many. What a school answered stays.

    A school that begins later finds it there.
    """
    prepared = _open(trust_sheet_id, by)
    if not prepared.sheet.answers.filter(is_confirmed=True, value__isnull=False).exists():
        raise Refused(Reason.NOT_READY, NOTHING)
    prepared.handed_out_at, prepared.handed_out_by_id = at, person_of(by)
    prepared.save(update_fields=["handed_out_at", "handed_out_by"])
    begun = open_returns(prepared).filter(sheet__isnull=False).select_for_update(of=("self",)).order_by("pk")
    rows = list(begun.select_related("cycle__area", "cycle__version", "organisation", "sheet"))
    for of in rows:
        put_prepared(of=of, by=HAVEN, at=at)
    record("trust_sheet.handed_out", by=by, at=at, about=_about(prepared) | {"returns": len(rows)})
    return len(rows)


def _open(trust_sheet_id: UUID, by: Actor) -> TrustSheet:
    rows = TrustSheet.objects.select_for_update(of=("self",)).select_related("cycle", "trust", "sheet")
    prepared = rows.get(pk=trust_sheet_id)
    require(may_prepare_for(by, prepared.trust_id))
    if prepared.cycle.standing != Standing.OPEN:
        raise Refused(Reason.WRONG_STATE, NOT_OPEN)
    return prepared


def _about(prepared: TrustSheet) -> dict[str, Any]:
    return {"cycle": prepared.cycle_id, "area": prepared.cycle.area_id, "trust": prepared.trust_id}
