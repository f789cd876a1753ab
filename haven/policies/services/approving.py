"""Approving: by a governor's or the head's own sign-off, or as a meeting did and the school writes down."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, require
from haven.engines.days.moments import local_day
from haven.policies.models import Version
from haven.policies.policy import may_record, may_sign
from haven.policies.queries.changing import version_locked
from haven.policies.rules.facts import LONGEST_LABEL, SIGNING, Approver
from haven.policies.rules.life import Move, State, Step, after, next_review
from haven.policies.services.asked import close_with
from haven.policies.services.history import record_step

MOVED_ON = "This version has been decided in the meantime. Look at it again."
SAY_WHICH = "Say which meeting approved it."
TOO_LONG = f"Name the meeting and its minute in no more than {LONGEST_LABEL} letters each."
NOT_YET = "Give the day on which it was approved, not one that is still to come."
TOO_EARLY = "The version in use was approved after that day."


@transaction.atomic
def sign_off(*, version_id: UUID, by: Actor, at: datetime) -> Version:
    """Approve a version that was sent for it, by one's own sign-off."""
    version = version_locked(version_id=version_id)
    require(may_sign(by, version.policy))
    _require_move(version, Move.APPROVE)
    version.signed_by_id = by.person
    version.signed_as = SIGNING[Approver(version.policy.approver)].value
    return _approve(version, local_day(at), by, at)


@transaction.atomic
def record_approval(*, version_id: UUID, meeting: str, minute: str, held_on: date, by: Actor, at: datetime) -> Version:
    """Write down that a meeting approved a version, with its minute. The day may lie before Haven was told."""
    version = version_locked(version_id=version_id)
    require(may_record(by, version.policy))
    _require_move(version, Move.RECORD)
    if not meeting.strip():
        raise Refused(Reason.NOT_READY, SAY_WHICH)
    if max(len(meeting), len(minute)) > LONGEST_LABEL:
        raise Refused(Reason.NOT_READY, TOO_LONG)
    if held_on > local_day(at):
        raise Refused(Reason.NOT_READY, NOT_YET)
    version.meeting, version.minute = " ".join(meeting.split()), " ".join(minute.split())
    version.recorded_by_id = by.person
    return _approve(version, held_on, by, at)


def _approve(version: Version, on: date, by: Actor, at: datetime) -> Version:
    """Let it be the version in use: the one before is replaced, what waited for it closes, the next review is set."""
    policy = version.policy
    for before in policy.versions.filter(state=State.APPROVED):
        if before.approved_on and before.approved_on > on:
            raise Refused(Reason.NOT_READY, TOO_EARLY)
        before.state, before.replaced_at = State.REPLACED, at
        before.save()
    version.state, version.approved_on, version.approved_at = State.APPROVED, on, at
    version.save()
    policy.review_on = next_review(on, policy.review_months)
    policy.save()
    close_with(action=version.approval, version=version, at=at)
    for review in policy.reviews.filter(ended_at__isnull=True).select_related("action"):
        close_with(action=review.action, version=version, at=at)
        review.ended_at = at
        review.save()
    about = {"approved_on": on, "review_on": policy.review_on}
    record_step(
        policy=policy, step=Step.APPROVED, verb="policy.approved", by=by, at=at, version=version.number, about=about
    )
    return version


def _require_move(version: Version, move: Move) -> None:
    if after(State(version.state), move) is None or version.policy.is_withdrawn:
        raise Refused(Reason.WRONG_STATE, MOVED_ON)
