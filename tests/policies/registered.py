"""School policies for the tests to work on."""

from dataclasses import replace
from datetime import date

from haven.access.actor import Actor
from haven.access.roles import Role
from haven.people.models import Post
from haven.policies.models import Policy, Version
from haven.policies.rules.facts import Approver, PolicyFacts, PolicyKind
from haven.policies.services import GivenVersion, add_policy, add_version, record_approval, send_for_approval
from tests.cast import BEGAN, NOW, Cast

FACTS = PolicyFacts(
    title="Child protection policy",
    kind=PolicyKind.CHILD_PROTECTION,
    review_months=12,
    approver=Approver.BOARD,
    owner_role=Role.DSL,
)
APPROVED_ON = date(2025, 9, 15)
GIVEN = GivenVersion(label="September 2025", file=("policy.txt", b"We keep children safe."), changes="New paragraph 4")


def policy(cast: Cast, who: str = "priya", school: str = "oakfield", **facts: object) -> Policy:
    """A line of a school's register, without a version."""
    return add_policy(school=cast.organisations[school].pk, facts=replace(FACTS, **facts), by=cast.actor(who), at=NOW)


def drafted(cast: Cast, of: Policy, who: str = "priya", **given: object) -> Version:
    """A draft of it."""
    return add_version(policy_id=of.pk, given=replace(GIVEN, **given), by=cast.actor(who), at=NOW)


def sent(cast: Cast, of: Policy, **given: object) -> Version:
    """A version of it that waits for approval."""
    return send_for_approval(version_id=drafted(cast, of, **given).pk, by=cast.actor("priya"), at=NOW)


def approved(cast: Cast, of: Policy, on: date = APPROVED_ON, who: str = "priya", **given: object) -> Version:
    """The version in use, as a meeting approved it."""
    return record_approval(
        version_id=drafted(cast, of, who, **given).pk,
        meeting="Full governing board",
        minute="7.2",
        held_on=on,
        by=cast.actor(who),
        at=NOW,
    )


def governor(cast: Cast, school: str = "oakfield") -> Actor:
    """Sam, as a governor of the school."""
    return _as(cast, "governor", school)


def staff(cast: Cast, school: str = "oakfield") -> Actor:
    """Sam, as one of its staff."""
    return _as(cast, "school-staff", school)


def _as(cast: Cast, role: str, school: str) -> Actor:
    Post.objects.create(person=cast.people["sam"], organisation=cast.organisations[school], role=role, starts_on=BEGAN)
    return cast.actor("sam")
