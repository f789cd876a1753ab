"""What Fairhaven's schools go by: two registers as people would keep them, and the lines of sixty others."""

import random
import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils import timezone

from haven.access.actor import HAVEN, Actor
from haven.access.roles import Role
from haven.actions.models import Prompt
from haven.config.demo.fairhaven import schools
from haven.config.demo.procedures import TITLE
from haven.engines.days.moments import moment
from haven.guidance.models import Clause, Document
from haven.ledger.services import Deed, record_all
from haven.people.models import Area, Organisation, Person
from haven.people.queries import actor_of
from haven.policies.models import Policy, Remark, Version
from haven.policies.rules.facts import Approver, PolicyFacts, PolicyKind
from haven.policies.rules.life import State, Step, next_review
from haven.policies.rules.usual import USUAL
from haven.policies.services import (
    GivenVersion,
    add_policy,
    add_version,
    link_clause,
    link_document,
    record_approval,
    send_for_approval,
    sign_off,
    start_review,
)

SEED = 72
OTHERS = 60  # schools that have begun a register
OF_TEN_HAVE = (10, 10, 9, 6, 7, 8, 8, 6)  # of ten such schools, so many have the policy: in the order of the usual ones
AT = time(15, 20)
NATIONAL = "Keeping children safe in education"
SIX_WEEKS = timedelta(weeks=6)
TEXT = """{school}

{title}, {label}

This is a made-up policy for the demonstration of Haven. A real one would say what the school does, who does it and by
when; who may be asked; and when it is looked at again.

Approved by: see the register.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One policy of a school. Days are counted back from today; `clauses` are the beginnings of those it rests on."""

    title: str
    kind: PolicyKind
    owner: Role
    approver: Approver = Approver.BOARD
    in_use: tuple[str, int] | None = None  # its label, and how many days ago it was approved
    before: tuple[str, int] | None = None
    is_signed: bool = False  # by Ruth herself, rather than at a meeting
    waiting: tuple[str, str] | None = None  # the next version, and what is new in it
    draft: str = ""
    is_reviewed: bool = False
    link: str = ""
    kept_at: str = ""
    clauses: tuple[str, ...] = field(default=())
    rests_on_national: bool = False


OAKFIELD = (
    Kept(
        title="Child protection policy",
        kind=PolicyKind.CHILD_PROTECTION,
        owner=Role.DSL,
        before=("September 2025", 425),
        in_use=("September 2026", 52),
        is_signed=True,
        kept_at="School office, red folder",
        clauses=("Each school's child protection policy must say", "Where a child is suffering, or is"),
        rests_on_national=True,
    ),
    Kept(
        title="Behaviour policy",
        kind=PolicyKind.BEHAVIOUR,
        owner=Role.HEAD,
        in_use=("Autumn 2025", 391),
        is_reviewed=True,
        clauses=("Children who carry a knife",),
    ),
    Kept(
        title="Staff code of conduct",
        kind=PolicyKind.STAFF_CONDUCT,
        owner=Role.HEAD,
        approver=Approver.COMMITTEE,
        in_use=("November 2025", 349),
        waiting=("November 2026", "Phones: staff keep their own phones in the office while children are in school."),
        is_reviewed=True,
        clauses=("Staff should tell the headteacher of a low-level concern",),
        rests_on_national=True,
    ),
    Kept(
        title="Online safety policy",
        kind=PolicyKind.ONLINE_SAFETY,
        owner=Role.DSL,
        approver=Approver.COMMITTEE,
        in_use=("January 2026", 301),
    ),
    Kept(
        title="Attendance and absence policy",
        kind=PolicyKind.ATTENDANCE,
        owner=Role.HEAD,
        approver=Approver.HEAD,
        in_use=("Autumn term 2026", 68),
        link="https://oakfield.example.org/policies/attendance",
    ),
    Kept(
        title="Low-level concerns policy",
        kind=PolicyKind.LOW_LEVEL_CONCERNS,
        owner=Role.DSL,
        approver=Approver.COMMITTEE,
        in_use=("March 2026", 240),
        clauses=("A low-level concern is any worry",),
    ),
    Kept(title="Whistleblowing policy", kind=PolicyKind.WHISTLEBLOWING, owner=Role.HEAD, approver=Approver.COMMITTEE),
)
ASHDOWN = (
    Kept(
        title="Safeguarding and child protection policy",
        kind=PolicyKind.CHILD_PROTECTION,
        owner=Role.DSL,
        in_use=("2026 to 2027", 60),
        clauses=("Each school's child protection policy must say",),
        rests_on_national=True,
    ),
    Kept(title="Behaviour for learning policy", kind=PolicyKind.BEHAVIOUR, owner=Role.HEAD, in_use=("2026", 150)),
    Kept(
        title="Online safety policy",
        kind=PolicyKind.ONLINE_SAFETY,
        owner=Role.DSL,
        approver=Approver.COMMITTEE,
        in_use=("2025", 402),
        is_reviewed=True,
    ),
    Kept(
        title="Mobile phone policy",
        kind=PolicyKind.MOBILE_PHONES,
        owner=Role.HEAD,
        approver=Approver.COMMITTEE,
        draft="First draft",
    ),
)


def furnish_policies(area: Area, today: date) -> None:
    """Write the registers. Nobody is written to about what lies behind."""
    priya, grace, ruth = (_actor(name, today) for name in ("priya", "grace", "ruth"))
    clauses = _clauses([each for kept in (*OAKFIELD, *ASHDOWN) for each in kept.clauses])
    national = Document.objects.filter(area__isnull=True, title=NATIONAL).first()
    for lead, register in ((priya, OAKFIELD), (grace, ASHDOWN)):
        school = Organisation.objects.get(pk=lead.posts[0].organisation)
        for kept in register:
            _Furnished(school, lead, ruth, today).keep(kept, clauses, national)
    _others(area, today)
    Prompt.objects.filter(told_at__isnull=True).update(told_at=timezone.now())


def _actor(name: str, on: date) -> Actor:
    return actor_of(person=Person.objects.get(email=f"{name}@example.org"), has_second_factor=True, on=on)


def _clauses(begin: list[str]) -> dict[str, Clause]:
    """The clauses of the earlier edition of the borough's procedures that begin with these words."""
    rows = Clause.objects.filter(edition__document__title=TITLE).order_by("edition__in_force_on", "place")
    found: dict[str, Clause] = {}
    for clause in rows.select_related("edition").defer("search"):
        for words in begin:
            if clause.text.startswith(words):
                found.setdefault(words, clause)
    return found


@dataclass(frozen=True, slots=True)
class _Furnished:
    """One school's register in the making."""

    school: Organisation
    lead: Actor
    governor: Actor
    today: date

    def keep(self, kept: Kept, clauses: dict[str, Clause], national: Document | None) -> Policy:
        """Register a policy and let what is said of it have happened, each on its day."""
        registered = max((days for _, days in filter(None, (kept.before, kept.in_use))), default=30) + 10
        facts = PolicyFacts(
            title=kept.title,
            kind=kept.kind,
            review_months=12,
            approver=kept.approver,
            owner_role=kept.owner,
            kept_at=kept.kept_at,
        )
        by, at = self.lead, self._at(registered)
        policy = add_policy(school=self.school.pk, facts=facts, by=by, at=at)
        self._link(policy, kept, clauses, national, by, at)
        for version in filter(None, (kept.before, kept.in_use)):
            self._approve(policy, kept, *version)
        policy.refresh_from_db()
        if kept.is_reviewed and policy.review_on:
            start_review(policy_id=policy.pk, why="", by=HAVEN, at=moment(policy.review_on - SIX_WEEKS, AT))
        if kept.waiting:
            waiting = self._version(policy, kept, *kept.waiting, days=6)
            send_for_approval(version_id=waiting.pk, by=self.lead, at=self._at(4))
        if kept.draft:
            self._version(policy, kept, kept.draft, "", days=9)
        return policy

    def _approve(self, policy: Policy, kept: Kept, label: str, days: int) -> None:
        version = self._version(policy, kept, label, "", days=days + 8)
        if kept.is_signed and (label, days) == kept.in_use:
            send_for_approval(version_id=version.pk, by=self.lead, at=self._at(days + 5))
            sign_off(version_id=version.pk, by=self.governor, at=self._at(days))
            return
        held_on = self.today - timedelta(days=days)
        meeting = "Governors’ committee" if kept.approver is Approver.COMMITTEE else "Full governing board"
        meeting = "Headteacher’s decision" if kept.approver is Approver.HEAD else meeting
        minute = f"{policy.registered_at.day % 9 + 1}.{days % 7 + 1}"
        record_approval(
            version_id=version.pk,
            meeting=meeting,
            minute=minute,
            held_on=held_on,
            by=self.lead,
            at=self._at(days),
        )

    def _version(self, policy: Policy, kept: Kept, label: str, changes: str, *, days: int) -> Version:
        text = TEXT.format(school=self.school.name, title=kept.title, label=label)
        name = re.sub(r"\W+", "-", f"{kept.title} {label}").strip("-").lower()
        given = GivenVersion(
            label=label,
            file=None if kept.link else (f"{name}.txt", text.encode()),
            link=kept.link,
            changes=changes,
        )
        return add_version(policy_id=policy.pk, given=given, by=self.lead, at=self._at(days))

    def _link(
        self,
        policy: Policy,
        kept: Kept,
        clauses: dict[str, Clause],
        national: Document | None,
        by: Actor,
        at: datetime,
    ) -> None:
        for words in kept.clauses:
            if clause := clauses.get(words):
                link_clause(policy_id=policy.pk, edition_id=clause.edition_id, place=clause.place, by=by, at=at)
        if kept.rests_on_national and national:
            link_document(policy_id=policy.pk, document_id=national.pk, by=by, at=at)

    def _at(self, days: int) -> datetime:
        return moment(self.today - timedelta(days=days), AT)


def _others(area: Area, today: date) -> None:
    """The usual lines of many schools at once: most in date, some due, a few overdue or without a version."""
    chance = random.Random(SEED)
    names = [school.name for school in schools()[2 : 2 + OTHERS]]
    ids = dict(Organisation.objects.filter(name__in=names).values_list("name", "pk"))
    policies: list[Policy] = []
    versions: list[Version] = []
    for name in names:
        care = chance.betavariate(5, 1.6)
        for usual, often in zip(USUAL, OF_TEN_HAVE, strict=True):
            if chance.randrange(10) < often:
                policy = _line(ids[name], usual.facts, today)
                policies.append(policy)
                if chance.random() < 0.55 + 0.45 * care:
                    versions.append(_in_use(policy, name, care, chance, today))
    Policy.objects.bulk_create(policies)
    Version.objects.bulk_create(versions)
    Remark.objects.bulk_create(
        Remark(policy=each, step=Step.REGISTERED, said_at=each.registered_at) for each in policies
    )
    by_school: dict[UUID, list[UUID]] = {}
    for policy in policies:
        by_school.setdefault(policy.school_id, []).append(policy.pk)
    deeds = [
        Deed("policy.usual_added", {"school": school, "area": area.pk, "policies": made})
        for school, made in by_school.items()
    ]
    record_all(deeds, by=HAVEN, at=timezone.now())


def _line(school: UUID, facts: PolicyFacts, today: date) -> Policy:
    policy = Policy(school_id=school, registered_at=moment(today - timedelta(days=120), AT))
    policy.take(facts)
    return policy


def _in_use(policy: Policy, school: str, care: float, chance: random.Random, today: date) -> Version:
    """A version that the school keeps on its own website, approved within the cycle or, by some, long ago."""
    cycle = policy.review_months * 30
    days = int(cycle * (chance.uniform(0.1, 0.98) if chance.random() < 0.6 + 0.4 * care else chance.uniform(1.02, 1.3)))
    on = today - timedelta(days=days)
    policy.review_on = next_review(on, policy.review_months)
    host = re.sub(r"\W+", "-", school.replace("’", "")).strip("-").lower()
    return Version(
        policy=policy,
        number=1,
        label=f"{on:%B %Y}",
        link=f"https://{host}.example.org/policies/{policy.kind}",
        state=State.APPROVED.value,
        drafted_at=moment(on - timedelta(days=14), AT),
        approved_on=on,
        approved_at=policy.registered_at,
        meeting="Full governing board",
        minute=f"{days % 8 + 1}",
    )
