"""Telling people: reminders, the e-mails that prompt them to sign in, and the weekly digest."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Q

from haven.access.actor import Actor
from haven.access.decision import require
from haven.actions import letters
from haven.actions.models import Action, Assignment, Digest, Prompt
from haven.actions.policy import SEEING, may_remind
from haven.actions.queries.audiences import meant_among, people_to_tell
from haven.actions.rules import WAITING, Group, Standing, State, group_of, may_remind_again
from haven.engines.days.moments import local_day
from haven.kit.letters import went_out
from haven.ledger.services import record

SEEN = frozenset(role.value for role in SEEING)
AT_ONCE = 5000  # prompts sent in one go


@transaction.atomic
def remind(*, action_id: UUID, assignment_ids: Collection[UUID] | None, by: Actor, at: datetime) -> int:
    """Remind those who have not acted, or those of them that are named; how many. Nobody is reminded twice in a row."""
    action = Action.objects.select_for_update().get(pk=action_id)
    require(may_remind(by, action))
    waiting = action.assignments.filter(state__in=WAITING)
    if assignment_ids is not None:
        waiting = waiting.filter(pk__in=assignment_ids)
    reminded = Max("prompts__made_at", filter=Q(prompts__kind=Prompt.Kind.REMINDED))
    due = [each for each in waiting.annotate(reminded_at=reminded) if may_remind_again(each.reminded_at, at)]
    Prompt.objects.bulk_create(
        [Prompt(assignment=each, kind=Prompt.Kind.REMINDED, made_at=at, made_by_id=by.person) for each in due],
        batch_size=1000,
    )
    if due:
        about = {"action": action.pk, "assignments": [each.pk for each in due]}
        record("action.reminded", by=by, at=at, about=about)
    return len(due)


def send_prompts(*, by: Actor, at: datetime) -> int:
    """Write once to everybody there is something to tell; how many e-mails. What could not be sent is tried again."""
    with transaction.atomic():
        prompts = list(
            Prompt.objects.filter(told_at__isnull=True)
            .select_for_update(of=("self",), skip_locked=True)
            .select_related("assignment__action", "assignment__handed_to")[:AT_ONCE]
        )
        news = _news(prompts, at)
        failed = {email for email, told in news.items() if not _sent(letters.news, email, _counted(told))}
        unsent = {prompt.pk for email in failed for prompt in news[email]}
        told = [prompt.pk for prompt in prompts if prompt.pk not in unsent]
        Prompt.objects.filter(pk__in=told).update(told_at=at)
        if told:
            about = {"prompts": len(told), "letters": len(news) - len(failed)}
            record("prompts.sent", by=by, at=at, about=about)
    return len(news) - len(failed)


def send_weekly_digests(*, by: Actor, at: datetime) -> int:
    """Write to everybody whose organisation has something to do this week; how many e-mails. One a week for each."""
    week_on = local_day(at) - timedelta(days=local_day(at).weekday())
    counts = _counts_by_person(at)
    with transaction.atomic():
        had = set(Digest.objects.filter(week_on=week_on, person__in=counts).values_list("person_id", flat=True))
        sent = [
            person
            for person, (email, told) in counts.items()
            if person not in had and _sent(letters.digest, email, told)
        ]
        Digest.objects.bulk_create([Digest(person_id=person, week_on=week_on, sent_at=at) for person in sent])
        if sent:
            record("digests.sent", by=by, at=at, about={"week": week_on, "letters": len(sent)})
    return len(sent)


def _counted(told: Iterable[Prompt]) -> Counter[str]:
    """How many assignments there is what to tell of, each once, by its last prompt."""
    return Counter({prompt.assignment_id: str(prompt.kind) for prompt in told}.values())


def _news(prompts: Collection[Prompt], at: datetime) -> dict[str, list[Prompt]]:
    """For each address the prompts it is told of. Nobody is told of what she did herself."""
    people = people_to_tell(organisations={each.assignment.organisation_id for each in prompts}, on=local_day(at))
    news: dict[str, list[Prompt]] = {}
    for prompt in prompts:
        posts = people.get(prompt.assignment.organisation_id, [])
        hers = {email for _, person, email in posts if person == prompt.made_by_id}
        for email in _addresses(prompt, posts) - hers:
            news.setdefault(email, []).append(prompt)
    return news


def _addresses(prompt: Prompt, posts: list[tuple[str, UUID, str]]) -> set[str]:
    assignment = prompt.assignment
    if assignment.handed_to_id and (hers := {email for _, person, email in posts if person == assignment.handed_to_id}):
        return hers
    return _meant_for(assignment.action, posts)


def _meant_for(action: Action, posts: list[tuple[str, UUID, str]]) -> set[str]:
    """Those in the posts it is meant for; else the safeguarding leads; else everybody there who sees it."""
    return {email for _, _, email in meant_among(posts, roles=action.roles, readers=SEEN)}


def _counts_by_person(at: datetime) -> dict[UUID, tuple[str, Counter[str]]]:
    waiting = list(
        Assignment.objects.filter(state__in=WAITING, action__standing=Standing.PUBLISHED).select_related("action")
    )
    people = people_to_tell(organisations={each.organisation_id for each in waiting}, on=local_day(at))
    counts: dict[UUID, tuple[str, Counter[str]]] = {}
    for each in waiting:
        posts = people.get(each.organisation_id, [])
        meant = _meant_for(each.action, posts)
        group = group_of(State(each.state), each.due_on, each.due_time, at)
        for person, email in {(person, email) for _, person, email in posts if email in meant}:
            _, told = counts.setdefault(person, (email, Counter()))
            told[group.value] += 1
            told["returned"] += each.state == State.RETURNED
    return {person: kept for person, kept in counts.items() if _is_worth_writing(kept[1])}


def _is_worth_writing(told: Counter[str]) -> bool:
    return bool(told[Group.OVERDUE.value] or told[Group.SOON.value] or told["returned"])


def _sent(letter: letters.Letter, email: str, told: Counter[str]) -> bool:
    return went_out(lambda: letter(to=email, counts=told))
