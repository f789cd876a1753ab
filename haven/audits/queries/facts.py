"""What people's posts and answered actions tell of a school: the facts of capabilities below questionnaires."""

from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse

from haven.access.roles import GOVERNORS, LABELS, Role
from haven.actions.models import Assignment
from haven.actions.rules import CLOSED, State
from haven.audits.models import Return
from haven.audits.rules.life import IN_HAND
from haven.audits.rules.planning import ALIVE, PlanState, state_of
from haven.engines.days.moments import day_in_words, local_day
from haven.people.models import Organisation, Post, on_day
from haven.questions.queries.facts import Known, share
from haven.questions.rules.kinds import Stands

YEAR = timedelta(days=365)
MOST_NAMED = 5
GUIDANCE = Q(action__source_address__startswith="/changes/") | Q(action__source_address__startswith="/guidance/")
"""Actions that ask what a school did about a change of guidance."""


def dsl_in_post(school: Organisation, on: date) -> Known | None:
    """Whether the designated safeguarding lead is in post."""
    return _in_post(school, on, Role.DSL)


def deputies_in_post(school: Organisation, on: date) -> Known | None:
    """Whether the lead has a deputy."""
    return _in_post(school, on, Role.DEPUTY_DSL)


def safeguarding_governor_in_post(school: Organisation, on: date) -> Known | None:
    """Whether a governor looks after safeguarding."""
    return _in_post(school, on, Role.GOVERNOR, *sorted(GOVERNORS - {Role.GOVERNOR}))


def actions_closed(school: Organisation, on: date) -> Known | None:
    """Whether what was asked of the school in the past year was done in time."""
    return _done_in_time(school, on, Q(), "asked of the school")


def guidance_answered(school: Organisation, on: date) -> Known | None:
    """Whether the school answered what it was asked about changes of guidance in the past year."""
    return _done_in_time(school, on, GUIDANCE, "asked about changes of guidance")


def last_plan_on_time(school: Organisation, on: date) -> Known | None:
    """Whether the plan of the audit that the school sent last is done, or on time."""
    sent = Return.objects.filter(organisation=school, state__in=IN_HAND).select_related("cycle")
    last = sent.order_by("submitted_at").last()
    if last is None:
        return None
    rows = Assignment.objects.filter(action__plan_items__of=last, action__plan_items__dropped_at__isnull=True)
    states = {row: _of_plan(row, on) for row in rows.select_related("action").order_by("due_on", "pk")}
    alive = {row: state for row, state in states.items() if state in ALIVE}
    if not alive:
        return None
    late = [row for row, state in alive.items() if state is PlanState.OVERDUE]
    done = sum(state is PlanState.DONE for state in alive.values())
    words = f"Of the plan of {last.cycle.title}, {done} of {len(alive)} {'is' if len(alive) == 1 else 'are'} done"
    words += f", and {len(late)} {'is' if len(late) == 1 else 'are'} overdue." if late else ", and nothing is overdue."
    records = tuple((row.action.what, reverse("actions:show", args=[row.pk])) for row in late[:MOST_NAMED])
    plan = (("The plan", reverse("audits:plan", args=[last.pk])),)
    return Known(share(len(alive) - len(late), len(alive)), words, records or plan)


def _of_plan(row: Assignment, on: date) -> PlanState:
    return state_of(row.action.standing, row.state, row.due_on, today=on)


def _in_post(school: Organisation, on: date, *roles: Role) -> Known:
    """Who is in post, the longest first. That Haven knows of nobody does not say that there is nobody."""
    posts = Post.objects.filter(on_day(on), organisation=school, role__in=roles, person__is_active=True)
    rows = list(posts.select_related("person").order_by("starts_on", "person__name"))
    here = reverse("people:organisation", args=[school.pk])
    if not rows:
        return Known(None, f"Haven has nobody in the post of {_called(roles[0])} on this day.", ((school.name, here),))
    named = [
        f"{row.person.name} has been {_called(Role(row.role))} since {day_in_words(row.starts_on)}" for row in rows
    ]
    more = len(named) - MOST_NAMED
    words = "; ".join(named[:MOST_NAMED]) + (f"; and {more} more" if more > 0 else "") + "."
    return Known(Stands.IN_PLACE, words, ((f"Posts at {school.name}", here),))


def _called(role: Role) -> str:
    label = LABELS[role]
    return label if label.isupper() else label[0].lower() + label[1:]


def _done_in_time(school: Organisation, on: date, which: Q, asked: str) -> Known | None:
    """How much of what fell due in the past year was done by its day."""
    rows = Assignment.objects.filter(
        which,
        organisation=school,
        due_on__gte=on - YEAR,
        due_on__lt=on,
        action__is_own=False,
        action__is_optional=False,
    ).exclude(state=State.WITHDRAWN)
    due = list(rows.select_related("action").order_by("due_on", "pk"))
    if not due:
        return None
    missed = [row for row in due if not _is_in_time(row)]
    done = len(due) - len(missed)
    words = f"{done} of the {len(due)} things {asked} that fell due since {day_in_words(on - YEAR)} "
    words += "were done by their day." if len(due) > 1 else "was done by its day."
    still_open = sum(row.state not in CLOSED for row in missed)
    if still_open:
        words += f" {still_open} {'is' if still_open == 1 else 'are'} still open."
    records = tuple((row.action.what, reverse("actions:show", args=[row.pk])) for row in missed[:MOST_NAMED])
    return Known(share(done, len(due)), words, records or (("What was asked of you", reverse("actions:own")),))


def _is_in_time(row: Assignment) -> bool:
    return row.state in CLOSED and row.closed_at is not None and local_day(row.closed_at) <= (row.due_on or date.max)
