"""The schools that an area should look to first, with the reason beside each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, F, Q

from haven.access.actor import Actor
from haven.actions.models import Assignment
from haven.actions.rules import WAITING
from haven.actions.rules import State as AssignmentState
from haven.audits.models import Cycle, Return
from haven.audits.rules.life import OWING, Phase, State, phase_on
from haven.people.models import Cluster
from haven.reports.queries.pictures import shares_of
from haven.reports.queries.sent import Sought, choices_of, cycle_kept, returns_sought
from haven.reports.rules.shares import Share
from haven.reports.rules.supporting import RULES, Facts, reasons


@dataclass(frozen=True, slots=True)
class Supported:
    """A school on the list."""

    return_id: UUID
    school: str
    is_sent: bool
    share: Share
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """The list, and the rule that made it."""

    cycle: Cycle
    sought: Sought
    phases: Sequence[tuple[str, str]]
    clusters: Sequence[Cluster]
    rules: Sequence[str]
    schools: int
    rows: tuple[Supported, ...]


def support(*, cycle_id: UUID, by: Actor, on: date, sought: Sought) -> Support:
    """Every school for which a reason holds, those with most first. Raises `Refused`."""
    cycle = cycle_kept(cycle_id=cycle_id, by=by)
    returns = returns_sought(cycle, sought, on)
    now = shares_of(returns)
    then = shares_of(returns_sought(cycle.before, sought, on)) if cycle.before else {}
    plans = _plans(cycle, on)
    rows = [_row(each, now, then, plans, on) for each in returns]
    found = sorted((row for row in rows if row.reasons), key=lambda row: (-len(row.reasons), -row.share.not_in_place))
    phases, clusters = choices_of(cycle)
    return Support(
        cycle=cycle,
        sought=sought,
        phases=phases,
        clusters=clusters,
        rules=RULES,
        schools=len(returns),
        rows=tuple(found),
    )


def _row(
    of: Return, now: Mapping[UUID, Share], then: Mapping[UUID, Share], plans: Mapping[UUID, tuple[int, int]], on: date
) -> Supported:
    school, days, is_owing = of.organisation_id, of.days, of.state in OWING
    phase = phase_on(days, on)
    facts = Facts(
        share=now.get(school),
        before=then.get(school),
        is_begun=of.state != State.WAITING,
        first_due_on=days.first_due_on if is_owing and phase is Phase.FINAL else None,
        final_due_on=days.final_due_on if is_owing and phase is Phase.OVER else None,
        planned=plans.get(school, (0, 0))[0],
        overdue=plans.get(school, (0, 0))[1],
    )
    return Supported(of.pk, of.organisation.name, school in now, now.get(school, Share()), reasons(facts))


def _plans(cycle: Cycle, on: date) -> Mapping[UUID, tuple[int, int]]:
    """How many actions each school's plan has, and how many are overdue: of this cycle and of the one before it."""
    cycles = [each for each in (cycle.pk, cycle.before_id) if each]
    rows = Assignment.objects.filter(
        action__plan_items__of__cycle__in=cycles,
        action__plan_items__dropped_at__isnull=True,
        organisation=F("action__plan_items__of__organisation"),
    ).exclude(state=AssignmentState.WITHDRAWN)
    late = Count("pk", distinct=True, filter=Q(state__in=[state.value for state in WAITING], due_on__lt=on))
    counted = rows.order_by().values_list("organisation").annotate(all=Count("pk", distinct=True), late=late)
    return {school: (planned, overdue) for school, planned, overdue in counted}
