"""What somebody reads before she signs, who has signed, and whose turn it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, require
from haven.access.roles import LABELS, Role
from haven.audits.models import Copy, Return, Signature
from haven.audits.policy import may_reopen, may_see, signing_post
from haven.audits.queries.changing import require_open, require_open_to_finish
from haven.audits.queries.copies import Told, copies_seen, files_behind, told_of
from haven.audits.queries.freezing import whole_of
from haven.audits.queries.plans import PlanLine, alive
from haven.audits.queries.returns import return_with_all
from haven.audits.rules.life import ANSWERABLE, IN_HAND, Move, State, after, step_in_words
from haven.audits.rules.signing import next_step
from haven.engines.days.moments import local_day
from haven.people.models import Post
from haven.people.queries import on_day
from haven.people.queries.pages import organisation_page
from haven.questions.queries.sheets import Filled, Line

NOT_BEGUN = "Nobody has begun this audit yet."


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the chain of signatures."""

    number: int
    whose: str
    signature: Signature | None
    role: str  # in which she signed
    is_next: bool
    names: tuple[str, ...]  # who can sign it
    invites: bool  # whether nobody can, and whoever looks may bring somebody in


@dataclass(frozen=True, kw_only=True)
class SignPage:
    """A return as it is to be signed. `closed` says why nobody can, where it is too late or closed."""

    of: Return
    told: Told
    digest: str
    steps: Sequence[Step]
    next: int  # the step that is signed now; nought once all are
    post: str  # the post in which whoever looks would sign it; empty where it is not her turn
    is_cover: bool
    owing: Sequence[tuple[Line, str]]  # with the section in which it stands
    plan_owing: Sequence[PlanLine]
    closed: str
    copies: Sequence[Copy]
    may_reopen: bool

    @property
    def is_ready(self) -> bool:
        """Whether nothing is owed."""
        return not self.owing and not self.plan_owing

    @property
    def may_sign(self) -> bool:
        """Whether whoever looks can sign now."""
        return bool(self.post) and self.is_ready and not self.closed

    @cached_property
    def waits_for(self) -> Step | None:
        """The step whose turn it is."""
        return next((step for step in self.steps if step.is_next), None)


def sign_page(*, return_id: UUID, by: Actor, at: datetime) -> SignPage:
    """The page of signing, for whoever works in the school. Raises `Refused`."""
    of, today = return_with_all(return_id=return_id), local_day(at)
    require(may_see(by, of))
    if of.sheet is None:
        raise Refused(Reason.WRONG_STATE, NOT_BEGUN)
    files = files_behind(of, is_ours=True)
    copy = None if of.state in ANSWERABLE else of.copies.filter(lapsed_at__isnull=True).first()
    whole = whole_of(of, of.sheet, today=today) if copy is None else None
    content = whole.content if whole else copy.content if copy else {}
    signatures = list(copy.signatures.order_by("step")) if copy else []
    step = 0 if of.state in IN_HAND else next_step(of.cycle.steps, len(signatures))
    post = signing_post(by, of, of.cycle.steps[step - 1]) if step else None
    return SignPage(
        of=of,
        told=told_of(of.sheet.version.outline, content, files),
        digest=whole.digest if whole else copy.digest if copy else "",
        steps=_steps(of, signatures, step, by, today),
        next=step,
        post=LABELS[post.role] if post else "",
        is_cover=bool(post and post.is_cover),
        owing=_owing(whole.filled) if whole else [],
        plan_owing=[line for line in alive(whole.plan) if line.lacks] if whole else [],
        closed=_closed(of, copy, at) if step else "",
        copies=copies_seen(of, by),
        may_reopen=_may_reopen(of, by, at),
    )


def reopening(*, return_id: UUID, by: Actor) -> Return:
    """A return that is to be reopened, for whoever may and as long as there is anything to. Raises `Refused`."""
    of = return_with_all(return_id=return_id)
    require(may_reopen(by, of))
    if after(State(of.state), Move.REOPEN) is None:
        raise Refused(Reason.WRONG_STATE)
    return of


def _owing(filled: Filled) -> list[tuple[Line, str]]:
    sections = filled.outline.section_of
    return [(line, sections[line.question.key].key) for line in filled.owing]


def _closed(of: Return, copy: Copy | None, at: datetime) -> str:
    """Why it can be signed no more; empty where it can."""
    try:
        require_open_to_finish(of, copy, at) if copy else require_open(of, at)
    except Refused as refused:
        return refused.advice
    return ""


def _may_reopen(of: Return, by: Actor, at: datetime) -> bool:
    if after(State(of.state), Move.REOPEN) is None or not may_reopen(by, of):
        return False
    try:
        if of.sent_back_at is None:
            require_open(of, at)
    except Refused:
        return False
    return True


def _steps(of: Return, signatures: Sequence[Signature], step: int, by: Actor, today: date) -> list[Step]:
    wanted = {role for roles in of.cycle.steps for role in roles}
    posts = Post.objects.filter(on_day(today), organisation=of.organisation_id, role__in=wanted, person__is_active=True)
    named = list(posts.order_by("person__name").values_list("role", "person__name"))
    held = {role for role, _ in named}
    invitable = frozenset[str]()
    if any(not held & set(roles) for roles in of.cycle.steps):
        page = organisation_page(organisation_id=of.organisation_id, by=by, on=today)
        invitable = frozenset(role for role, _ in page.invitable) if page else invitable
    return [
        Step(
            number=number,
            whose=step_in_words(roles),
            signature=signatures[number - 1] if number <= len(signatures) else None,
            role=LABELS[Role(signatures[number - 1].role)] if number <= len(signatures) else "",
            is_next=number == step,
            names=tuple(dict.fromkeys(name for role, name in named if role in roles)),
            invites=not held & set(roles) and bool(invitable & set(roles)),
        )
        for number, roles in enumerate(of.cycle.steps, start=1)
    ]
