"""Who asks, runs, reads, answers and counts. What a tie opens, subjects decide; here it is narrowed by function.

That a council keeps a check opens it to those who run checks. A social worker there reads it where it was given to her
by name.
"""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.db.models.query import QuerySet

from haven.access.actor import HAVEN, Actor
from haven.access.decision import Decision, Reason, allow, refuse
from haven.access.roles import Kind, Role
from haven.checks.models import Ask, Check, Given
from haven.checks.rules.states import AskState
from haven.subjects.models import Record, TieRow
from haven.subjects.queries.deciding import decide, records_for
from haven.subjects.rules.ties import PERSONAL, Asker, Deed

RUNNERS = frozenset({Role.MASH_COORDINATOR, Role.DUTY_OFFICER, Role.SAFEGUARDING_LEAD})
"""Who works with every check of her council."""

ASKERS = RUNNERS | {Role.SOCIAL_WORKER}
WORKERS = frozenset({Role.SOCIAL_WORKER, Role.MASH_COORDINATOR, Role.DUTY_OFFICER})
"""To whom a check is given by name."""

ANSWERERS = frozenset({Role.DSL, Role.DEPUTY_DSL, Role.HEALTH_PRACTITIONER, Role.POLICE_OFFICER})
COUNTERS = frozenset({Role.SAFEGUARDING_LEAD, Role.MASH_COORDINATOR})
SETTERS = frozenset({Role.SAFEGUARDING_LEAD})


def may_ask(actor: Actor, area: UUID) -> Decision:
    """The council's people for checks, in an area that they serve."""
    return _in_council(actor, ASKERS, area)


def may_work_with(asker: Asker, check: Check, deed: Deed = Deed.READ) -> Decision:
    """Whether she may read it with every answer: at the council those who run checks, and those to whom it was given or
    lent by name. Whoever answers for an agency by name reads it as the agency does."""
    decision = decide(asker, deed, check.record)
    if not decision or asker.actor.organisations(RUNNERS) & {check.owner_id}:
        return decision
    is_named = _named(asker).filter(record=check.record_id).exists()
    is_answerer = _given(asker).filter(Q(ask__of=check) | Q(ask__followers__of=check)).exists()
    return decision if is_named and not is_answerer else refuse(Reason.NOT_THE_ROLE)


def may_run(asker: Asker, check: Check) -> Decision:
    """Whether she may change it: those who run checks, and the worker to whom it was given."""
    decision = decide(asker, Deed.CHANGE, check.record)
    if not decision or asker.actor.organisations(RUNNERS) & {check.owner_id}:
        return decision
    return decision if check.allocated_to_id == asker.actor.person else refuse(Reason.NOT_THE_ROLE)


def checks_for(asker: Asker) -> Q:
    """`may_work_with` as a filter."""
    runs = Q(owner__in=asker.actor.organisations(RUNNERS))
    named = Exists(_named(asker).filter(record=OuterRef("record")))
    answers = Exists(_given(asker).filter(Q(ask__of=OuterRef("pk")) | Q(ask__followers__of=OuterRef("pk"))))
    return Q(record__in=_records(asker)) & (runs | Q(named) & ~Q(answers))


def may_answer(asker: Asker, ask: Ask) -> Decision:
    """The agency's people who answer, and whoever answers for it by name, unless it is withdrawn."""
    answer = ask.root.answer
    is_there = answer is not None and ask.root.state != AskState.WITHDRAWN
    decision = decide(asker, Deed.READ, answer) if answer and is_there else refuse(Reason.WRONG_STATE)
    if not decision or asker.actor.holds(*ANSWERERS, organisation=ask.agency_id):
        return decision
    return decision if _given(asker).filter(ask=ask.root).exists() else refuse(Reason.NOT_THE_ROLE)


def asks_for(asker: Asker) -> Q:
    """The asks that `may_answer` lets her answer, each thread once."""
    return asks_of(asker) & Q(thread__isnull=True) & ~Q(state=AskState.WITHDRAWN)


def asks_of(asker: Asker) -> Q:
    """Those of the agencies she answers for, and those she was given by name."""
    given, records = _given(asker).values("ask"), _records(asker)
    hers = Q(agency__in=asker.actor.organisations(ANSWERERS)) | Q(pk__in=given) | Q(thread__in=given)
    return hers & (Q(answer__in=records) | Q(thread__answer__in=records))


def may_count(actor: Actor, area: UUID) -> Decision:
    """The lead and the coordinator see what was asked twice, and how long answers take."""
    return _in_council(actor, COUNTERS, area)


def may_set(actor: Actor, area: UUID) -> Decision:
    """The council's safeguarding lead sets bands and hours."""
    return _in_council(actor, SETTERS, area)


def may_chase(actor: Actor) -> Decision:
    """Only Haven itself, in the background."""
    return allow(Reason.IS_HAVEN) if actor is HAVEN else refuse(Reason.NOT_THE_ROLE)


def _records(asker: Asker) -> QuerySet[Record, UUID]:
    return Record.objects.filter(records_for(asker, Deed.READ)).values_list("pk", flat=True)


def _named(asker: Asker) -> QuerySet[TieRow]:
    """Her own ties: what was given to her by name, or lent for a while."""
    still = Q(ends_at__isnull=True) | Q(ends_at__gt=asker.at)
    return TieRow.objects.filter(still, tie__in=PERSONAL, person=asker.actor.person, starts_at__lte=asker.at)


def _given(asker: Asker) -> QuerySet[Given]:
    return Given.objects.filter(person=asker.actor.person)


def _in_council(actor: Actor, roles: frozenset[Role], area: UUID) -> Decision:
    held = [post for post in actor.posts if post.role in roles and post.kind is Kind.COUNCIL]
    if any(area in post.areas for post in held):
        return allow(Reason.HOLDS_THE_POST)
    return refuse(Reason.NOT_THE_AREA if held else Reason.NOT_THE_ROLE)
