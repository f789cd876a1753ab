"""Judging what changed between two editions, and asking schools for what it means."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, require
from haven.actions.models import Action
from haven.actions.rules import WantedAction
from haven.actions.services import raise_action
from haven.changes.models import AskedClause, Judgement
from haven.changes.policy import may_judge
from haven.changes.queries.comparing import change_named, editions_compared
from haven.changes.rules.comparing import Verdict, address_of, named_source, quote_of, sides_of, source_of, touched_by
from haven.guidance.queries.clauses import address_of_clause, clause_to_read
from haven.ledger.services import record
from haven.people.models import Area

NOT_AN_ACTION = "Judge this change as an action first."
ASKED_BEFORE = "An action is asked for this change already."


@transaction.atomic
def judge_change(
    *, old_id: UUID, new_id: UUID, ref: str, area_id: UUID, verdict: Verdict, words: str, by: Actor, at: datetime
) -> Judgement:
    """Say what a change means for an area. Said again in the same words, nothing is done."""
    old, new = editions_compared(old_id=old_id, new_id=new_id, by=by)
    require(may_judge(by, new.document, area_id))
    change = change_named(old=old, new=new, ref=ref)
    sides, words = sides_of(change), "\n".join(words.strip().splitlines())
    judged: dict[str, Any] = {"verdict": verdict.value, "words": words, "ref": ref, "old": old, "new": new}
    judged |= {"touches": touched_by(change), "judged_at": at, "judged_by_id": by.person}
    judgement, is_new = Judgement.objects.select_for_update(of=("self",)).get_or_create(
        area_id=area_id,
        document=new.document,
        old_words=sides.old,
        new_words=sides.new,
        defaults=judged,
    )
    about = {"judgement": judgement.pk, "document": new.document_id, "area": area_id, "verdict": verdict.value}
    if is_new:
        record("changes.change_judged", by=by, at=at, about=about | {"old": old.pk, "new": new.pk}, why=words)
    elif (judgement.verdict, judgement.words) != (verdict.value, words):
        about |= {"old": old.pk, "new": new.pk, "before": judgement.verdict}
        Judgement.objects.filter(pk=judgement.pk).update(**judged)
        judgement.refresh_from_db()
        record("changes.change_judged_anew", by=by, at=at, about=about, why=words)
    return judgement


@transaction.atomic
def ask_for_change(
    *, old_id: UUID, new_id: UUID, ref: str, area_id: UUID, wanted: WantedAction, by: Actor, at: datetime
) -> Action:
    """Ask schools for what a change means for them, with its words as the source. A wish already granted under its key
    is not asked again. Raises `Refused`, with advice, for a change that was not judged an action or has one already."""
    old, new = editions_compared(old_id=old_id, new_id=new_id, by=by)
    require(may_judge(by, new.document, area_id))
    change = change_named(old=old, new=new, ref=ref)
    sides = sides_of(change)
    judgement = Judgement.objects.select_for_update(of=("self",)).get(
        area_id=area_id, document=new.document, old_words=sides.old, new_words=sides.new
    )
    if judgement.action and judgement.action_id == wanted.key:
        return judgement.action
    if judgement.action or judgement.says is not Verdict.ACTION:
        raise Refused(Reason.WRONG_STATE, ASKED_BEFORE if judgement.action else NOT_AN_ACTION)
    sourced = replace(
        wanted,
        source_label=source_of(new.document.title, new.label, change),
        source_address=address_of(old.pk, new.pk, ref),
        quote=quote_of(change),
    )
    judgement.action = raise_action(area=judgement.area, wanted=sourced, by=by, at=at)
    judgement.save(update_fields=["action"])
    about = {"judgement": judgement.pk, "action": judgement.action_id, "document": new.document_id, "area": area_id}
    record("changes.change_acted_upon", by=by, at=at, about=about)
    return judgement.action


@transaction.atomic
def ask_for_clause(
    *, edition_id: UUID, place: int, area_id: UUID, wanted: WantedAction, by: Actor, at: datetime
) -> Action:
    """Ask schools for what a clause means for them, whether it changed or not. A wish already granted under its key is
    not asked again. Raises `Refused`, with advice, for who may judge nothing of its document."""
    clause = clause_to_read(edition_id=edition_id, place=place, by=by)
    document = clause.edition.document
    require(may_judge(by, document, area_id))
    granted = AskedClause.objects.filter(action=wanted.key).select_related("action").first() if wanted.key else None
    if granted:
        return granted.action
    sourced = replace(
        wanted,
        source_label=named_source(document.title, clause.edition.label, clause.called),
        source_address=address_of_clause(edition_id, place),
        quote=clause.text,
    )
    area = Area.objects.get(pk=area_id)
    action = raise_action(area=area, wanted=sourced, by=by, at=at)
    asked = AskedClause(area=area, action=action)
    asked.point_to(clause)
    asked.save()
    about = {"action": action.pk, "edition": edition_id, "document": document.pk, "area": area_id}
    record("changes.clause_acted_upon", by=by, at=at, about=about)
    return action
