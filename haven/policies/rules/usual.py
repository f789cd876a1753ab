"""The policies that a school usually begins its register with.

What names each is told beside it. Where no source was found, that is told too: how often a policy is reviewed and who
approves it are each school's own to set, and these are only what to begin with.
"""

from dataclasses import dataclass

from haven.access.roles import Role
from haven.policies.rules.facts import KINDS, Approver, PolicyFacts, PolicyKind

PARAGRAPH_11 = "Keeping children safe in education 2025, paragraph 11"
IN_THE_CODE = f"as part of the staff code of conduct: {PARAGRAPH_11}"
ABSENCE = f"as the response to children who are absent: {PARAGRAPH_11}"
UNSOURCED = ""
A_YEAR, TWO_YEARS = 12, 24


@dataclass(frozen=True, slots=True)
class Usual:
    """One of them. `named_in` is what tells staff of it; empty where none was confirmed."""

    kind: PolicyKind
    title: str
    named_in: str
    owner: Role
    approver: Approver
    months: int

    @property
    def facts(self) -> PolicyFacts:
        """What its line in the register says."""
        return PolicyFacts(
            title=self.title,
            kind=self.kind,
            review_months=self.months,
            approver=self.approver,
            owner_role=self.owner,
        )

    @property
    def label(self) -> str:
        """What kind it is, in words."""
        return KINDS[self.kind]


USUAL = (
    Usual(PolicyKind.CHILD_PROTECTION, "Child protection policy", PARAGRAPH_11, Role.DSL, Approver.BOARD, A_YEAR),
    Usual(PolicyKind.BEHAVIOUR, "Behaviour policy", PARAGRAPH_11, Role.HEAD, Approver.BOARD, A_YEAR),
    Usual(PolicyKind.STAFF_CONDUCT, "Staff code of conduct", PARAGRAPH_11, Role.HEAD, Approver.BOARD, A_YEAR),
    Usual(
        PolicyKind.LOW_LEVEL_CONCERNS, "Low-level concerns policy", IN_THE_CODE, Role.DSL, Approver.COMMITTEE, A_YEAR
    ),
    Usual(PolicyKind.WHISTLEBLOWING, "Whistleblowing policy", IN_THE_CODE, Role.HEAD, Approver.COMMITTEE, TWO_YEARS),
    Usual(
        PolicyKind.ATTENDANCE,
        "Attendance and absence policy",
        ABSENCE,
        Role.HEAD,
        Approver.COMMITTEE,
        A_YEAR,
    ),
    Usual(PolicyKind.ONLINE_SAFETY, "Online safety policy", UNSOURCED, Role.DSL, Approver.COMMITTEE, A_YEAR),
    Usual(PolicyKind.SAFER_RECRUITMENT, "Safer recruitment policy", UNSOURCED, Role.HEAD, Approver.COMMITTEE, A_YEAR),
)
