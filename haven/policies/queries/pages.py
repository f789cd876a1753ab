"""One policy: its versions, what it rests on, what it asks, and its history."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from haven.access.actor import Actor
from haven.access.decision import require
from haven.actions.queries.threads import Told, told_of
from haven.actions.rules import WAITING
from haven.engines.days.moments import local_day
from haven.files.queries import OpenedFile, open_file
from haven.policies.models import Policy, Remark, Review, Version
from haven.policies.policy import may_keep, may_read, may_read_all, may_read_version, may_record, may_sign
from haven.policies.queries.register import ahead
from haven.policies.queries.resting import Rest, rests_of
from haven.policies.rules.life import IN_THE_MAKING, STANDINGS, STATES, STEPS, Standing, State, Step, standing_on

COLOURS = {
    State.DRAFT: "grey",
    State.SENT: "yellow",
    State.APPROVED: "green",
    State.REPLACED: "grey",
    State.WITHDRAWN: "grey",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionLine:
    """One version as a line of its policy's page."""

    id: UUID
    number: int
    label: str
    state: State
    state_label: str
    colour: str
    changes: str
    file: str  # its name
    is_ready: bool  # rather than still being checked
    link: str
    is_forgotten: bool
    drafted_at: datetime
    drafted_by: str
    sent_at: datetime | None
    sent_by: str
    approved_on: date | None
    approved_by: str
    recorded_by: str
    replaced_at: datetime | None


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of the history."""

    said: str
    version: int | None
    words: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyPage:
    """Everything the page of a policy shows, and what this actor may do on it."""

    policy: Policy
    standing: Standing
    label: str
    colour: str
    current: VersionLine | None
    making: VersionLine | None
    older: tuple[VersionLine, ...]
    rests: tuple[Rest, ...]
    touched: int
    asked: tuple[Told, ...]
    is_under_review: bool
    history: tuple[Happened, ...]
    reads_all: bool
    may_keep: bool
    may_sign: bool
    may_record: bool


def policy_page(*, policy_id: UUID, by: Actor, at: datetime) -> PolicyPage:
    """The policy, as much of it as she may read. Raises `Refused`, or `Policy.DoesNotExist`."""
    policy = Policy.objects.select_related("school", "owner").get(pk=policy_id)
    people = ("file", "drafted_by", "sent_by", "signed_by", "recorded_by", "approval")
    versions = list(policy.versions.select_related(*people))
    current = next((each for each in versions if each.state == State.APPROVED), None)
    require(may_read(by, policy, is_in_use=current is not None))
    reads_all, on = bool(may_read_all(by, policy.school_id)), local_day(at)
    shown = versions if reads_all else [each for each in versions if may_read_version(by, each)]
    lines = [_version(each) for each in shown]
    standing = standing_on(
        review_on=policy.review_on,
        has_version=current is not None,
        is_withdrawn=policy.is_withdrawn,
        on=on,
        ahead=ahead(),
    )
    rests = tuple(rests_of(list(policy.links.select_related("document", "edition", "linked_by", "checked_by")), on))
    reviews = list(policy.reviews.select_related("action")) if reads_all else []
    stands = not policy.is_withdrawn
    return PolicyPage(
        policy=policy,
        standing=standing,
        label=STANDINGS[standing][0],
        colour=STANDINGS[standing][1],
        current=next((line for line in lines if line.state is State.APPROVED), None),
        making=next((line for line in lines if line.state in IN_THE_MAKING), None),
        older=tuple(line for line in lines if line.state in (State.REPLACED, State.WITHDRAWN)),
        rests=rests,
        touched=sum(rest.is_touched for rest in rests) if stands else 0,
        asked=tuple(_asked(reviews, versions, by, at)) if reads_all else (),
        is_under_review=any(_is_under_way(each) for each in reviews),
        history=tuple(map(_happened, policy.remarks.select_related("said_by"))) if reads_all else (),
        reads_all=reads_all,
        may_keep=stands and bool(may_keep(by, policy.school_id)),
        may_sign=stands and bool(may_sign(by, policy)),
        may_record=stands and bool(may_record(by, policy)),
    )


def version_file(*, version_id: UUID, by: Actor) -> OpenedFile | None:
    """The file of a version that she may read. Raises `Refused`."""
    version = Version.objects.select_related("policy").get(pk=version_id)
    require(may_read_version(by, version))
    return open_file(file_id=version.file_id) if version.file_id else None


def version_line(*, version: Version) -> VersionLine:
    """A version, as its page shows it. Who may read it, the caller has asked."""
    return _version(version)


def _asked(reviews: list[Review], versions: list[Version], by: Actor, at: datetime) -> list[Told]:
    """The actions it has asked of its school, newest first."""
    approvals = [each.approval for each in versions if each.approval]
    actions = sorted(
        [*(each.action for each in reviews), *approvals], key=lambda action: action.published_at, reverse=True
    )
    told = told_of(actions=actions, by=by, at=at) if actions else {}
    return [each for action in actions for each in told.get(action.pk, ())]


def _is_under_way(review: Review) -> bool:
    if review.ended_at or not review.action.is_published:
        return False
    return review.action.assignments.filter(state__in=WAITING).exists()


def _version(version: Version) -> VersionLine:
    state = State(version.state)
    return VersionLine(
        id=version.pk,
        number=version.number,
        label=version.label,
        state=state,
        state_label=STATES[state],
        colour=COLOURS[state],
        changes=version.changes,
        file=version.file.name if version.file else "",
        is_ready=version.file is not None and version.file.state == "clean",
        link=version.link,
        is_forgotten=version.forgotten_at is not None,
        drafted_at=version.drafted_at,
        drafted_by=version.drafted_by.name if version.drafted_by else "Haven",
        sent_at=version.sent_at if state is State.SENT else None,
        sent_by=version.sent_by.name if version.sent_by else "",
        approved_on=version.approved_on,
        approved_by=version.approved_by,
        recorded_by=version.recorded_by.name if version.recorded_by else "",
        replaced_at=version.replaced_at,
    )


def _happened(remark: Remark) -> Happened:
    by = remark.said_by.name if remark.said_by else "Haven"
    return Happened(STEPS[Step(remark.step)], remark.version, remark.words, remark.said_at, by)
