"""What is known of a policy, and what is wrong with what somebody typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from haven.access.roles import LABELS, SCHOOL_ROLES, Role


class PolicyKind(StrEnum):
    """What a policy is about."""

    CHILD_PROTECTION = "child-protection"
    BEHAVIOUR = "behaviour"
    ANTI_BULLYING = "anti-bullying"
    STAFF_CONDUCT = "staff-conduct"
    LOW_LEVEL_CONCERNS = "low-level-concerns"
    ALLEGATIONS = "allegations"
    WHISTLEBLOWING = "whistleblowing"
    ONLINE_SAFETY = "online-safety"
    ATTENDANCE = "attendance"
    SAFER_RECRUITMENT = "safer-recruitment"
    EXCLUSIONS = "exclusions"
    RECORDS = "records"
    RELATIONSHIPS = "relationships"
    MEDICAL = "medical"
    MOBILE_PHONES = "mobile-phones"
    COMPLAINTS = "complaints"
    OTHER = "other"


KINDS: Mapping[PolicyKind, str] = {
    PolicyKind.CHILD_PROTECTION: "Child protection",
    PolicyKind.BEHAVIOUR: "Behaviour",
    PolicyKind.ANTI_BULLYING: "Anti-bullying",
    PolicyKind.STAFF_CONDUCT: "Staff code of conduct",
    PolicyKind.LOW_LEVEL_CONCERNS: "Low-level concerns",
    PolicyKind.ALLEGATIONS: "Allegations against staff",
    PolicyKind.WHISTLEBLOWING: "Whistleblowing",
    PolicyKind.ONLINE_SAFETY: "Online safety",
    PolicyKind.ATTENDANCE: "Attendance",
    PolicyKind.SAFER_RECRUITMENT: "Safer recruitment",
    PolicyKind.EXCLUSIONS: "Suspensions and exclusions",
    PolicyKind.RECORDS: "Records and information sharing",
    PolicyKind.RELATIONSHIPS: "Relationships and sex education",
    PolicyKind.MEDICAL: "Medical needs and first aid",
    PolicyKind.MOBILE_PHONES: "Mobile phones",
    PolicyKind.COMPLAINTS: "Complaints",
    PolicyKind.OTHER: "Another",
}


class Approver(StrEnum):
    """Who in the school approves a policy."""

    BOARD = "board"
    COMMITTEE = "committee"
    HEAD = "head"


APPROVERS: Mapping[Approver, str] = {
    Approver.BOARD: "The full governing board",
    Approver.COMMITTEE: "A committee of governors",
    Approver.HEAD: "The headteacher may",
}

SIGNING: Mapping[Approver, Role] = {
    Approver.BOARD: Role.GOVERNOR,
    Approver.COMMITTEE: Role.GOVERNOR,
    Approver.HEAD: Role.HEAD,
}
"""Whose own sign-off in Haven approves it, and who is asked for that."""

LONGEST_TITLE, LONGEST_LABEL, LONGEST_ADDRESS, LONGEST_WORDS = 150, 100, 500, 2000
LONGEST_PLACE = 200
MOST_MONTHS = 60
CYCLES = (6, 12, 24, 36, 48, 60)


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyFacts:
    """What is known of a policy. Its owner is whoever holds a role, or one person."""

    title: str
    kind: PolicyKind
    review_months: int
    approver: Approver
    owner_role: Role | None = None
    owner: UUID | None = None
    review_on: date | None = None
    address: str = ""
    kept_at: str = ""


def faults_of_policy(facts: PolicyFacts) -> list[str]:
    """What is wrong with it, one sentence each; none where it can be kept."""
    wrong = {
        "Give the policy its title.": not facts.title.strip(),
        f"Give it a title of no more than {LONGEST_TITLE} letters.": len(facts.title) > LONGEST_TITLE,
        "Say whose it is: a post, or one person.": (facts.owner_role is None) == (facts.owner is None),
        "Choose a post in the school as its owner.": facts.owner_role not in SCHOOL_ROLES | {None},
        f"Review it at least every {MOST_MONTHS} months.": not 1 <= facts.review_months <= MOST_MONTHS,
        "Give the whole address, beginning with https://.": not is_web_address(facts.address),
        f"Say in no more than {LONGEST_PLACE} letters where it is kept.": len(facts.kept_at) > LONGEST_PLACE,
    }
    return [said for said, is_wrong in wrong.items() if is_wrong]


def is_web_address(address: str) -> bool:
    """Whether this is empty or leads to a page of the web."""
    return not address or (address.startswith(("https://", "http://")) and len(address) <= LONGEST_ADDRESS)


def cycle_in_words(months: int) -> str:
    """How often it comes up for review: "every year", "every 18 months"."""
    years, rest = divmod(months, 12)
    if rest:
        return "every month" if months == 1 else f"every {months} months"
    return "every year" if years == 1 else f"every {years} years"


def role_in_words(role: Role | str) -> str:
    """The post, as people say it."""
    return LABELS[Role(role)]


def address_of(policy: UUID, version: int | None = None) -> str:
    """The page of a policy, and where a version of it stands there."""
    return f"/policies/{policy}/#version-{version}" if version else f"/policies/{policy}/"
