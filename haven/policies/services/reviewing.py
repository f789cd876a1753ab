"""Reviews: started by hand, or by Haven some weeks before a policy is due."""

import logging
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, require
from haven.actions.rules import WAITING
from haven.engines.days.moments import local_day
from haven.policies.models import Policy, Review
from haven.policies.policy import may_review
from haven.policies.queries.changing import policy_locked, require_standing
from haven.policies.rules.life import Step, review_due
from haven.policies.services.asked import ask_for_review
from haven.policies.services.history import record_step

LOG = logging.getLogger(__name__)
UNDER_WAY = "A review of this policy is under way already."


@transaction.atomic
def start_review(*, policy_id: UUID, why: str, by: Actor, at: datetime) -> Review:
    """Ask the school to review a policy: an action of its own. Raises `Refused` where a review is under way."""
    policy = policy_locked(policy_id=policy_id)
    require(may_review(by, policy.school_id))
    require_standing(policy)
    return _start(policy, review_due(policy.review_on, local_day(at)), why.strip(), by, at)


def start_due_reviews(*, by: Actor, at: datetime) -> int:
    """Start the review of every policy that comes up within the weeks that the settings say; how many. Safe to repeat.

    Each date is started once: what a school then set aside is not asked again.
    """
    horizon = local_day(at) + timedelta(weeks=settings.REVIEW_WEEKS)
    started = Review.objects.filter(policy=OuterRef("pk"))
    due = Policy.objects.filter(withdrawn_at__isnull=True, review_on__lte=horizon).exclude(
        Exists(started.filter(due_on=OuterRef("review_on")))
    )
    waiting = due.exclude(Exists(started.filter(ended_at__isnull=True))).order_by("pk")
    return sum(_start_due(pk, by, at) for pk in list(waiting.values_list("pk", flat=True)))


@transaction.atomic
def _start_due(policy_id: UUID, by: Actor, at: datetime) -> int:
    policy = policy_locked(policy_id=policy_id)
    require(may_review(by, policy.school_id))
    if policy.is_withdrawn or policy.review_on is None:
        return 0
    try:
        with transaction.atomic():
            _start(policy, policy.review_on, "", by, at)
    except Refused as refused:  # a school that has closed, an owner who has left in this very moment
        LOG.warning("a review was not started: %s", refused.reason)
        return 0
    return 1


def _start(policy: Policy, due_on: date, why: str, by: Actor, at: datetime) -> Review:
    for earlier in policy.reviews.filter(ended_at__isnull=True).select_related("action"):
        if earlier.action.is_published and earlier.action.assignments.filter(state__in=WAITING).exists():
            raise Refused(Reason.WRONG_STATE, UNDER_WAY)
        earlier.ended_at = at
        earlier.save()
    action = ask_for_review(policy=policy, due_on=due_on, why=why, by=by, at=at)
    review = Review.objects.create(
        policy=policy, action=action, due_on=due_on, why=why, started_at=at, started_by_id=by.person
    )
    about = {"action": action.pk, "due_on": due_on}
    record_step(policy=policy, step=Step.REVIEW, verb="policy.review_started", by=by, at=at, words=why, about=about)
    return review
