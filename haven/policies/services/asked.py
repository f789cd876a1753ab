"""What a policy asks of its own school: the actions for a review and for an approval.

They close or are withdrawn by themselves: Haven does it, whoever caused it, for a governor may do neither.
"""

from datetime import date, datetime

from haven.access.actor import HAVEN, Actor
from haven.access.roles import Role
from haven.actions.models import Action
from haven.actions.rules import WAITING, EvidenceAsked, WantedAction
from haven.actions.services import GivenEvidence, close_assignment, hand_to, set_own_action, withdraw_action
from haven.engines.days.moments import day_in_words, local_day
from haven.policies.models import Policy, Review, Version
from haven.policies.queries.changing import is_owner_there
from haven.policies.rules.facts import SIGNING, Approver, address_of

SEE_TO_REVIEW = "Look at it, change what needs changing, and have the new version approved. This closes by itself then."
SEE_TO_APPROVAL = "Read the new version and approve it or send it back. This closes by itself then."
LONGEST_NAMED = 200


def ask_for_review(*, policy: Policy, due_on: date, why: str, by: Actor, at: datetime) -> Action:
    """Set the review on the school's own list, for whoever the policy is. Whoever has left is asked for no more."""
    roles = frozenset({Role(policy.owner_role)}) if policy.owner_role else frozenset()
    wanted = _wanted(policy, f"Review the policy “{policy.title}”", f"{why}\n{SEE_TO_REVIEW}".strip(), due_on, roles)
    action = set_own_action(organisation_id=policy.school_id, wanted=wanted, by=by, at=at)
    if policy.owner_id and is_owner_there(person=policy.owner_id, school=policy.school_id, on=local_day(at)):
        for row in action.assignments.all():
            hand_to(assignment_id=row.pk, person=policy.owner_id, by=by, at=at)
    return action


def ask_for_approval(*, version: Version, due_on: date, by: Actor, at: datetime) -> Action:
    """Set the approval on the school's own list, for whoever approves."""
    policy = version.policy
    roles = frozenset({SIGNING[Approver(policy.approver)]})
    wanted = _wanted(policy, f"Approve the policy “{policy.title}”", SEE_TO_APPROVAL, due_on, roles)
    return set_own_action(organisation_id=policy.school_id, wanted=wanted, by=by, at=at)


def close_with(*, action: Action | None, version: Version, at: datetime, by: Actor = HAVEN) -> None:
    """Close what waits of it, by Haven itself: the approved version is the evidence."""
    if action is None or not action.is_published:
        return
    approved = day_in_words(version.approved_on) if version.approved_on else ""
    address = address_of(version.policy_id, version.number)
    label = f"{version.policy.title}: {version.label}, approved on {approved}"
    given = GivenEvidence(record=address, record_label=label)
    for row in action.assignments.filter(state__in=WAITING):
        close_assignment(assignment_id=row.pk, evidence=given, by=by, at=at)


def withdraw_approval(*, version: Version, why: str, at: datetime, by: Actor = HAVEN) -> None:
    """No longer ask for the approval of a version."""
    if version.approval and version.approval.is_published:
        withdraw_action(action_id=version.approval.pk, why=why, by=by, at=at)


def withdraw_review(*, policy: Policy, why: str, at: datetime, by: Actor = HAVEN) -> None:
    """No longer ask for the review that is under way."""
    for review in Review.objects.filter(policy=policy, ended_at__isnull=True).select_related("action"):
        review.ended_at = at
        review.save()
        if review.action.is_published:
            withdraw_action(action_id=review.action_id, why=why, by=by, at=at)


def _wanted(policy: Policy, what: str, detail: str, due_on: date, roles: frozenset[Role]) -> WantedAction:
    return WantedAction(
        what=what,
        asked_by=policy.school_id,
        audience=(),
        detail=detail,
        source_label=f"Policy: {policy.title}"[:LONGEST_NAMED],
        source_address=address_of(policy.pk),
        roles=roles,
        due_on=due_on,
        evidence=EvidenceAsked.LINK,
    )
