"""The signed copies of Fairhaven's returns, their plans, and the actions these have become: written in bulk."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from haven.access.actor import HAVEN
from haven.access.roles import Role
from haven.actions.models import Action, Assignment, Audience
from haven.actions.models import Evidence as ActionEvidence
from haven.actions.rules import EvidenceAsked, Reach, ReachKind
from haven.actions.rules import State as Answered
from haven.audits.models import Copy, PlanItem, Return, Signature
from haven.audits.queries.freezing import whole_of
from haven.audits.queries.plans import as_content
from haven.audits.rules.life import State, reference
from haven.audits.rules.planning import detail_of, label_of
from haven.engines.chain.hashing import digest_of
from haven.engines.days.moments import local_day
from haven.ledger.services import Deed, record_all
from haven.people.models import Person, Post
from haven.questions.models import Sheet

LEADS = ("Designated safeguarding lead", "Deputy head", "Headteacher", "School business manager", "Computing lead")
SUCCESS = (
    "The safeguarding governor samples it and finds it done.",
    "Every name on the staff list has a date beside it.",
    "Pupils asked in each year group can say whom to tell.",
    "It stands in the minutes of the next full meeting.",
    "The next termly check finds no gap.",
)
DONE = ("Done, and shown to the governors.", "Finished at the staff meeting.", "The list is complete.")


@dataclass
class Signed:
    """The copies of one cycle, in the making."""

    chance: random.Random
    copies: list[Copy] = field(default_factory=list)
    signatures: list[Signature] = field(default_factory=list)
    plan: list[PlanItem] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
    evidence: list[ActionEvidence] = field(default_factory=list)
    changed: list[Return] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)

    def sign(
        self, of: Return, people: Mapping[str, Person], *, steps: int, at: datetime, done: float, state: State
    ) -> None:
        """Let the first so many sign a return; all of them send it. Of its plan the share `done` is done by now."""
        assert of.sheet is not None  # it was answered
        whole = whole_of(of, of.sheet, today=local_day(at))
        for line in whole.plan:
            line.item.lead = self.chance.choice(LEADS)
            line.item.success = self.chance.choice(SUCCESS)
        content = dict(whole.content) | {"plan": as_content(whole.plan)}
        copy = Copy(of=of, number=whole.number, content=content, digest=digest_of(content), made_at=at)
        self.copies.append(copy)
        self.plan += [line.item for line in whole.plan]
        for number, roles in enumerate(of.cycle.steps[:steps], start=1):
            self._signature(copy, number, roles, people, at + timedelta(days=2 * (number - 1)))
        of.sheet.locked_at, of.state = at, state.value
        self.sheets.append(of.sheet)
        self.changed.append(of)
        if steps == len(of.cycle.steps):
            sent = at + timedelta(days=2 * (steps - 1))
            copy.sent_at = of.submitted_at = sent
            of.reference = reference(of.cycle.school_year, of.organisation.urn, copy.digest)
            for line in whole.plan:
                self._act(of, line.item, line.ref, sent, done)
            about = {
                "return": of.pk,
                "cycle": of.cycle_id,
                "organisation": of.organisation_id,
                "area": of.cycle.area_id,
            }
            self.deeds.append(Deed("return.sent", about | {"digest": copy.digest, "reference": of.reference}))

    def write(self, at: datetime) -> None:
        """Write all of it at once."""
        Copy.objects.bulk_create(self.copies)
        Signature.objects.bulk_create(self.signatures)
        Action.objects.bulk_create(self.actions, batch_size=2000)
        Audience.objects.bulk_create(
            line
            for action in self.actions
            for line in Audience.of([Reach(ReachKind.ORGANISATION, str(action.asked_by_id))], action=action)
        )
        Assignment.objects.bulk_create(self.assignments, batch_size=2000)
        ActionEvidence.objects.bulk_create(self.evidence, batch_size=2000)
        PlanItem.objects.bulk_create(self.plan, batch_size=2000)
        Sheet.objects.bulk_update(self.sheets, ["locked_at"])
        Return.objects.bulk_update(self.changed, ["state", "reference", "submitted_at"])
        record_all(self.deeds, by=HAVEN, at=at)

    def _signature(
        self, copy: Copy, number: int, roles: Sequence[str], people: Mapping[str, Person], at: datetime
    ) -> None:
        role = next(each for each in roles if each in people)
        person = people[role]
        self.signatures.append(
            Signature(
                copy=copy,
                step=number,
                role=role,
                signed_by=person,
                name=person.name,
                digest=copy.digest,
                signed_at=at,
            )
        )

    def _act(self, of: Return, item: PlanItem, ref: str, at: datetime, done: float) -> None:
        """The action that a line of a plan has become, done or still open."""
        due_on = item.due_on or local_day(at) + timedelta(days=90)
        action = Action(
            area_id=of.cycle.area_id,
            asked_by_id=of.organisation_id,
            is_own=True,
            what=item.what,
            detail=detail_of(item.issue.split("\n", 1)[-1], item.lead, item.success),
            source_label=label_of(of.cycle.title, ref),
            source_address=f"/audits/{of.pk}/plan/",
            quote=item.issue.split("\n", 1)[0],
            due_on=due_on,
            first_on=due_on,
            latest_on=due_on,
            evidence_asked=EvidenceAsked.WORD.value,
            published_at=at,
        )
        item.action = action
        assignment = Assignment(
            action=action, organisation_id=of.organisation_id, occurrence_on=due_on, due_on=due_on, raised_at=at
        )
        if self.chance.random() < done:
            assignment.state, assignment.closed_at = (
                Answered.DONE.value,
                at + timedelta(days=self.chance.randrange(3, 20)),
            )
            self.evidence.append(
                ActionEvidence(
                    assignment=assignment,
                    kind=ActionEvidence.Kind.WORD,
                    words=self.chance.choice(DONE),
                    given_at=assignment.closed_at,
                )
            )
        self.actions.append(action)
        self.assignments.append(assignment)


def signers() -> Mapping[UUID, Mapping[str, Person]]:
    """Who holds which post in each school."""
    roles = [Role.DSL.value, Role.HEAD.value, Role.GOVERNOR.value]
    found: dict[UUID, dict[str, Person]] = {}
    for post in Post.objects.filter(role__in=roles).select_related("person"):
        found.setdefault(post.organisation_id, {})[post.role] = post.person
    return found
