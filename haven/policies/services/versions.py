"""The versions of a policy: added as a file or a link, sent for approval, sent back, given up."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, require
from haven.engines.days.moments import local_day
from haven.files.services import forget_file, store_file
from haven.policies.models import Version
from haven.policies.policy import may_discard, may_keep, may_send_back
from haven.policies.queries.changing import policy_for_update, policy_locked, version_locked
from haven.policies.rules.facts import LONGEST_LABEL, is_web_address
from haven.policies.rules.life import IN_THE_MAKING, Move, State, Step, after, review_due, years_before
from haven.policies.services.asked import ask_for_approval, withdraw_approval
from haven.policies.services.history import record_step

IN_HAND = "A version is being worked on already. Have it approved or give it up first."
GIVE_ONE = "Give the file or the address of its page, and not both."
GIVE_LABEL = "Say what this version is called."
MOVED_ON = "This version has been decided in the meantime. Look at it again."
SAY_WHY = "Say what is still needed."
GIVEN_UP = "This version was given up."
SENT_BACK = "It was sent back: "


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenVersion:
    """A version as somebody gives it. `file` is a name and what the file holds."""

    label: str
    file: tuple[str, bytes] | None = None
    link: str = ""
    changes: str = ""


@transaction.atomic
def add_version(*, policy_id: UUID, given: GivenVersion, by: Actor, at: datetime) -> Version:
    """Keep a new version, as a draft. Raises `Refused`, with advice, for a file that is not one to keep."""
    policy = policy_for_update(policy_id=policy_id, by=by)
    if policy.versions.filter(state__in=IN_THE_MAKING).exists():
        raise Refused(Reason.WRONG_STATE, IN_HAND)
    _require_sound(given)
    file = store_file(name=given.file[0], content=given.file[1], by=by, at=at) if given.file else None
    latest = policy.versions.order_by("-number").values_list("number", flat=True).first() or 0
    version = Version.objects.create(
        policy=policy,
        number=latest + 1,
        label=" ".join(given.label.split()),
        file=file,
        link=given.link,
        changes=given.changes.strip(),
        drafted_at=at,
        drafted_by_id=by.person,
    )
    record_step(policy=policy, step=Step.ADDED, verb="policy.version_added", by=by, at=at, version=version.number)
    return version


@transaction.atomic
def send_for_approval(*, version_id: UUID, by: Actor, at: datetime) -> Version:
    """Ask whoever approves it, on the school's own list."""
    version = version_locked(version_id=version_id)
    policy = version.policy
    require(may_keep(by, policy.school_id))
    version.state = _moved(version, Move.SEND)
    version.sent_at, version.sent_by_id = at, by.person
    due_on = review_due(policy.review_on, local_day(at))
    version.approval = ask_for_approval(version=version, due_on=due_on, by=by, at=at)
    version.save()
    record_step(policy=policy, step=Step.SENT, verb="policy.version_sent", by=by, at=at, version=version.number)
    return version


@transaction.atomic
def send_back(*, version_id: UUID, comment: str, by: Actor, at: datetime) -> Version:
    """Send a version back to be worked on, and say what is still needed."""
    version = version_locked(version_id=version_id)
    require(may_send_back(by, version.policy))
    version.state = _moved(version, Move.SEND_BACK)
    if not comment.strip():
        raise Refused(Reason.NOT_READY, SAY_WHY)
    _no_longer_ask(version, SENT_BACK + comment.strip(), at)
    version.save()
    step, verb, words = Step.SENT_BACK, "policy.version_sent_back", comment.strip()
    record_step(policy=version.policy, step=step, verb=verb, by=by, at=at, version=version.number, words=words)
    return version


@transaction.atomic
def discard_version(*, version_id: UUID, by: Actor, at: datetime) -> Version:
    """Give a version up that is not in use yet. What it held is kept no longer."""
    version = version_locked(version_id=version_id)
    require(may_keep(by, version.policy.school_id))
    version.state = _moved(version, Move.DISCARD)
    version.withdrawn_at = at
    _no_longer_ask(version, GIVEN_UP, at)
    _forget(version, by, at)
    step, verb = Step.DISCARDED, "policy.version_discarded"
    record_step(policy=version.policy, step=step, verb=verb, by=by, at=at, version=version.number)
    return version


def discard_old_files(*, by: Actor, at: datetime) -> int:
    """Keep the files of replaced versions no longer than the settings say; how many. For ever, where they say 0."""
    require(may_discard(by))
    if not settings.POLICY_YEARS:
        return 0
    before = years_before(local_day(at), settings.POLICY_YEARS)
    old = Version.objects.filter(state=State.REPLACED, file__isnull=False, replaced_at__date__lt=before)
    return sum(_discard_file(pk, by, at) for pk in list(old.values_list("pk", flat=True)))


@transaction.atomic
def _discard_file(version_id: UUID, by: Actor, at: datetime) -> int:
    policy = policy_locked(policy_id=Version.objects.values_list("policy", flat=True).get(pk=version_id))
    version = Version.objects.select_for_update(of=("self",)).get(pk=version_id)
    _forget(version, by, at)
    step, verb = Step.FORGOTTEN, "policy.version_file_forgotten"
    record_step(policy=policy, step=step, verb=verb, by=by, at=at, version=version.number)
    return 1


def _forget(version: Version, by: Actor, at: datetime) -> None:
    file = version.file_id
    version.file, version.link, version.forgotten_at = None, "", at
    version.save()
    if file:
        forget_file(file_id=file, by=by, at=at)


def _no_longer_ask(version: Version, why: str, at: datetime) -> None:
    withdraw_approval(version=version, why=why, at=at)
    version.approval = None


def _moved(version: Version, move: Move) -> State:
    if (state := after(State(version.state), move)) is None or version.policy.is_withdrawn:
        raise Refused(Reason.WRONG_STATE, MOVED_ON)
    return state


def _require_sound(given: GivenVersion) -> None:
    if not given.label.strip() or len(given.label) > LONGEST_LABEL:
        raise Refused(Reason.NOT_READY, GIVE_LABEL)
    if bool(given.file) == bool(given.link) or not is_web_address(given.link):
        raise Refused(Reason.NOT_READY, GIVE_ONE)
