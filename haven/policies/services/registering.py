"""The lines of a school's register: added, changed, withdrawn."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, require
from haven.engines.days.moments import local_day
from haven.ledger.services import record
from haven.policies.models import Policy, Remark
from haven.policies.policy import may_keep
from haven.policies.queries.changing import is_owner_there, policy_for_update
from haven.policies.rules.facts import PolicyFacts, PolicyKind, faults_of_policy
from haven.policies.rules.life import IN_THE_MAKING, Move, State, Step, after
from haven.policies.rules.usual import USUAL
from haven.policies.services.asked import withdraw_approval, withdraw_review
from haven.policies.services.history import record_step

KNOWN = "Your school has a policy of this title already."
NOT_THERE = "Choose somebody who holds a post in your school."
SAY_WHY = "Say why the school goes by it no longer."


@transaction.atomic
def add_policy(*, school: UUID, facts: PolicyFacts, by: Actor, at: datetime) -> Policy:
    """Register a policy. Raises `Refused`, with advice, for one that is not sound or is there already."""
    require(may_keep(by, school))
    policy = Policy(school_id=school, registered_at=at, registered_by_id=by.person)
    _require_sound(policy, facts, local_day(at))
    policy.take(facts)
    policy.save(force_insert=True)
    record_step(policy=policy, step=Step.REGISTERED, verb="policy.added", by=by, at=at)
    return policy


@transaction.atomic
def add_usual(*, school: UUID, kinds: Collection[PolicyKind], by: Actor, at: datetime) -> int:
    """Register lines for the usual policies of these kinds that the school does not have yet; how many."""
    require(may_keep(by, school))
    had = set(Policy.objects.filter(school=school, withdrawn_at__isnull=True).values_list("kind", flat=True))
    made = []
    for usual in USUAL:
        if usual.kind in kinds and usual.kind not in had:
            policy = Policy(school_id=school, registered_at=at, registered_by_id=by.person)
            policy.take(usual.facts)
            made.append(policy)
    Policy.objects.bulk_create(made)
    Remark.objects.bulk_create(
        Remark(policy=each, step=Step.REGISTERED, said_at=at, said_by_id=by.person) for each in made
    )
    if made:
        record("policy.usual_added", by=by, at=at, about={"school": school, "policies": [each.pk for each in made]})
    return len(made)


@transaction.atomic
def amend_policy(*, policy_id: UUID, facts: PolicyFacts, by: Actor, at: datetime) -> Policy:
    """Let something else be known of it. Its versions and their approvals stay as they are."""
    policy = policy_for_update(policy_id=policy_id, by=by)
    _require_sound(policy, facts, local_day(at))
    policy.take(facts)
    policy.save()
    record_step(policy=policy, step=Step.CHANGED, verb="policy.amended", by=by, at=at)
    return policy


@transaction.atomic
def withdraw_policy(*, policy_id: UUID, why: str, by: Actor, at: datetime) -> Policy:
    """Go by it no longer, and say why. What is being done about it ends; its history stays."""
    policy = policy_for_update(policy_id=policy_id, by=by)
    if not why.strip():
        raise Refused(Reason.NOT_READY, SAY_WHY)
    policy.withdrawn_at, policy.withdrawn_why = at, why.strip()
    policy.save()
    withdraw_review(policy=policy, why=why.strip(), at=at)
    for version in policy.versions.filter(state__in=[*IN_THE_MAKING, State.APPROVED]):
        withdraw_approval(version=version, why=why.strip(), at=at)
        version.state, version.withdrawn_at = after(State(version.state), Move.WITHDRAW) or version.state, at
        version.save()
    record_step(policy=policy, step=Step.WITHDRAWN, verb="policy.withdrawn", by=by, at=at, words=why.strip())
    return policy


def _require_sound(policy: Policy, facts: PolicyFacts, on: date) -> None:
    if wrong := faults_of_policy(facts):
        raise Refused(Reason.NOT_READY, " ".join(wrong))
    if facts.owner and not is_owner_there(person=facts.owner, school=policy.school_id, on=on):
        raise Refused(Reason.NO_LIVE_POST, NOT_THERE)
    others = Policy.objects.filter(school=policy.school_id, withdrawn_at__isnull=True).exclude(pk=policy.pk)
    if others.filter(title__iexact=" ".join(facts.title.split())).exists():
        raise Refused(Reason.NOT_READY, KNOWN)
