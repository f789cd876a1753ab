"""Telling people that there is something to read: prompts that became due, and the e-mails that say so."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from haven.access.actor import Actor
from haven.access.decision import require
from haven.actions.rules import may_remind_again
from haven.engines.days.moments import local_day
from haven.kit.letters import went_out
from haven.ledger.services import Deed, record, record_all
from haven.readings import letters
from haven.readings.models import Prompt, Round
from haven.readings.policy import may_prompt
from haven.readings.queries.standing import Standing, standings
from haven.readings.rules.signing import reminder_due

AT_ONCE = 5000  # prompts sent in one go
ROUNDS_AT_ONCE = 200


@transaction.atomic
def send_prompts(*, by: Actor, at: datetime) -> int:
    """Write once to everybody there is something to tell; how many e-mails. Who has signed meanwhile is left in peace;
    what could not be sent is tried again."""
    require(may_prompt(by))
    prompts = list(
        Prompt.objects.filter(told_at__isnull=True)
        .select_for_update(of=("self",), skip_locked=True)
        .select_related("person")[:AT_ONCE]
    )
    waiting = _waiting({prompt.round_id for prompt in prompts}, local_day(at))
    news: dict[str, list[Prompt]] = {}
    for prompt in prompts:
        if (prompt.round_id, prompt.person_id) in waiting and prompt.person.is_active:
            news.setdefault(prompt.person.email, []).append(prompt)
    failed = {email for email, told in news.items() if not _sent(email, _counted(told))}
    unsent = {prompt.pk for email in failed for prompt in news[email]}
    told = [prompt.pk for prompt in prompts if prompt.pk not in unsent]
    Prompt.objects.filter(pk__in=told).update(told_at=at)
    if told:
        record("reading.prompts_sent", by=by, at=at, about={"prompts": len(told), "letters": len(news) - len(failed)})
    return len(news) - len(failed)


@transaction.atomic
def remind_of_due(*, by: Actor, at: datetime) -> int:
    """Prompt those whose reading is due in a week or overdue, and those who came to a school after a round was sent;
    how many."""
    require(may_prompt(by))
    today = local_day(at)
    last = _last_prompts()
    made: list[Prompt] = []
    deeds: list[Deed] = []
    for standing in _running(today):
        own = list(_due(standing, last, today, at))
        made += own
        if own:
            about = {"round": standing.round.pk, "organisation": standing.round.organisation_id, "people": len(own)}
            deeds.append(Deed("reading.prompted", about))
    Prompt.objects.bulk_create(made, batch_size=1000)
    if deeds:
        record_all(deeds, by=by, at=at)
    return len(made)


def _due(standing: Standing, last: dict[tuple[UUID, UUID], datetime], today: date, at: datetime) -> Iterator[Prompt]:
    kind = reminder_due(standing.round.due_on, today)
    for row in standing.waiting:
        if row.reader.person is None:
            continue
        before = last.get((standing.round.pk, row.reader.person))
        if before is None:
            yield Prompt(round=standing.round, person_id=row.reader.person, kind=Prompt.Kind.NEW, made_at=at)
        elif kind and may_remind_again(before, at):
            yield Prompt(round=standing.round, person_id=row.reader.person, kind=kind, made_at=at)


def _running(today: date) -> Iterator[Standing]:
    rounds = list(
        Round.objects.filter(ended_at__isnull=True).select_related("organisation", "matrix__edition__document")
    )
    for start in range(0, len(rounds), ROUNDS_AT_ONCE):
        yield from standings(rounds=rounds[start : start + ROUNDS_AT_ONCE], on=today)


def _last_prompts() -> dict[tuple[UUID, UUID], datetime]:
    rows = Prompt.objects.filter(round__ended_at__isnull=True).order_by().values_list("round", "person")
    return {(round_, person): last for round_, person, last in rows.annotate(last=Max("made_at"))}


def _waiting(rounds: set[UUID], today: date) -> set[tuple[UUID, UUID]]:
    """Of the rounds that run still, who has something to sign in which."""
    running = Round.objects.filter(pk__in=rounds, ended_at__isnull=True)
    found = standings(rounds=list(running.select_related("organisation", "matrix__edition__document")), on=today)
    return {(each.round.pk, row.reader.person) for each in found for row in each.waiting if row.reader.person}


def _counted(prompts: Sequence[Prompt]) -> Counter[str]:
    """How many rounds there are to tell of, each once, by its last prompt."""
    return Counter({prompt.round_id: str(prompt.kind) for prompt in prompts}.values())


def _sent(email: str, counts: Counter[str]) -> bool:
    return went_out(lambda: letters.to_read(to=email, counts=counts))
