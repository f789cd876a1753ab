"""Telling people of what waits: who, at which step; letters claimed, sent and marked; reminders."""

import logging
from collections.abc import Collection, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F, Q

from haven.access.actor import HAVEN, Actor
from haven.access.decision import require_haven
from haven.engines.days.moments import local_day
from haven.engines.faultpoints import faultpoint
from haven.kit.letters import went_out
from haven.ledger.services import Deed, record, record_all
from haven.ledger.together import as_one
from haven.notifications import letters
from haven.notifications.models import Delivery, Prompt, Support
from haven.notifications.queries.clocks import steps_of
from haven.notifications.queries.telling import Around, emails_of, excluded_from_sendings
from haven.notifications.rules.escalating import TOLD, WHILE_UNREAD, Prompting, due_between, next_after, whom
from haven.notifications.rules.stages import UNREAD, Must, Stage, must_act
from haven.notifications.services.placing import name_readers
from haven.people.seeing import seeing, working_as

LOG = logging.getLogger(__name__)
AT_ONE_GO = 20  # what one crash takes back, or keeps waiting while its claim lasts
CLAIM = timedelta(minutes=5)
GIVE_UP = timedelta(days=2)
TRY_AGAIN = timedelta(minutes=1)


def tell(*, delivery: Delivery, step: Prompting, by: Actor, at: datetime) -> int:
    """Put down whom a step tells. A person is told once at a step, however often this is called; how many are."""
    return tell_all(deliveries=[delivery], step=step, by=by, at=at)


@transaction.atomic
def tell_all(*, deliveries: Sequence[Delivery], step: Prompting, by: Actor, at: datetime) -> int:
    """The same of many."""
    people = _put_down([(row, step) for row in deliveries], Around(deliveries, local_day(at)), by, at)
    Delivery.objects.filter(pk__in=[row.pk for row in deliveries]).update(prompted=F("prompted") + 1)
    return sum(map(len, people))


def sweep(*, by: Actor, at: datetime) -> int:
    """Do what is due: tell whoever must be told next, and say of what is unread past its deadline that it is. How many
    deliveries were looked at. What was due while nothing ran is done now; one that fails stops no other."""
    require_haven(by)
    looked = 0
    while found := _swept(by, at):
        looked += found
    return looked


def send_prompts(*, by: Actor, at: datetime) -> int:
    """Send the letters that wait; how many went out. One that is claimed is sent by nobody else for five minutes; after
    a crash it is sent once more, which harms nobody, since it carries nothing and has the same Message-ID."""
    require_haven(by)
    sent = 0
    while claims := _claimed(at):
        faultpoint("notifications.prompt.claimed")
        sent += sum(_sent(claim, at) for claim in claims)
    if sent:
        with transaction.atomic():
            record("notification.letters_sent", by=by, at=at, about={"letters": sent})
    return sent


@seeing("notifications.telling")
def remind(*, by: Actor, at: datetime) -> int:
    """Tell a school on the day it chose that it wished to look again; of how many."""
    require_haven(by)
    due = Support.objects.filter(remind_on__lte=local_day(at), reminded_at=None).select_for_update(of=("self",))
    rows = list(due.select_related("delivery"))
    around = Around([row.delivery for row in rows], local_day(at))
    people = [around.told(row.delivery, TOLD[Prompting.AT_ONCE]) for row in rows]
    emails = emails_of(people={each for those in people for each in those})
    for those in people:
        for email in sorted(emails[each] for each in those if each in emails):
            transaction.on_commit(partial(went_out, partial(letters.remind, to=email)), robust=True)
    Support.objects.filter(pk__in=[row.pk for row in rows]).update(reminded_at=at)
    if rows:
        record("notification.reminded", by=by, at=at, about={"supports": [row.pk for row in rows]})
    return len(rows)


def _put_down(
    steps: Sequence[tuple[Delivery, Prompting]], around: Around, by: Actor, at: datetime
) -> list[frozenset[UUID]]:
    """Put down whom each step tells of its delivery."""
    people = [around.told(row, whom(step, Stage(row.stage))) for row, step in steps]
    Prompt.objects.bulk_create(
        [
            Prompt(delivery=row, step=step, person_id=each, made_at=at)
            for (row, step), those in zip(steps, people, strict=True)
            for each in sorted(those)
        ],
        ignore_conflicts=True,
    )
    about = [row.facts | {"step": step, "people": len(those)} for (row, step), those in zip(steps, people, strict=True)]
    record_all([Deed("notification.told", each) for each in about], by=by, at=at)
    return people


def _swept(by: Actor, at: datetime) -> int:
    with transaction.atomic(), working_as(HAVEN, "subjects.delivering"):
        due = Delivery.objects.filter(next_step_at__lte=at).order_by("next_step_at", "id").select_related("notice")
        rows = list(due.select_for_update(skip_locked=True, of=("self",))[:AT_ONE_GO])
        _step_each(rows, by, at)
    return len(rows)


def _step_each(rows: Sequence[Delivery], by: Actor, at: datetime) -> None:
    """All together; where that fails, each by itself, so that one which fails stops no other."""
    try:
        with as_one():
            _step_all([copy(row) for row in rows], by, at)
    except Exception:
        if len(rows) == 1:
            LOG.exception("delivery %s could not be swept", rows[0].pk)
            Delivery.objects.filter(pk=rows[0].pk).update(next_step_at=at + TRY_AGAIN)
        else:
            for row in rows:
                _step_each([row], by, at)


def _step_all(rows: Sequence[Delivery], by: Actor, at: datetime) -> None:
    """Take every step that is due of these, in as many questions however many they are."""
    unread = [row for row in rows if Stage(row.stage) in UNREAD]
    over = [row.pk for row in rows if Stage(row.stage) not in UNREAD]
    if over:
        Delivery.objects.filter(pk__in=over).update(next_step_at=None)
    if not unread:
        return
    around = Around(unread, local_day(at))
    _readers_again([row for row in unread if must_act(Stage(row.stage)) is Must.RECEIVER], around, by, at)
    due, missed = list[tuple[Delivery, Prompting]](), list[Delivery]()
    for row, found in zip(unread, steps_of(unread), strict=True):
        steps = [each.step for each in due_between(found, after=row.escalated_until, until=at)]
        due += [(row, step) for step in steps]
        row.prompted += len(steps)
        if Prompting.MISSED in steps and row.missed_at is None:
            row.missed_at = at
            missed.append(row)
        row.escalated_until, row.next_step_at = at, next_after(found, at)
    _put_down(due, around, by, at)
    about = [row.facts | {"deadline_at": row.deadline_at} for row in missed]
    record_all([Deed("notification.missed", each) for each in about], by=by, at=at)
    Delivery.objects.bulk_update(unread, ["escalated_until", "next_step_at", "missed_at", "prompted", "rung"])


def _readers_again(rows: Sequence[Delivery], around: Around, by: Actor, at: datetime) -> None:
    """Who may read it may have changed: somebody left, is away, or was excluded. Then others are named."""
    name_readers(found=[(row, around.readers[row.pk]) for row in rows], by=by, at=at)
    for row in rows:
        row.rung = around.readers[row.pk].chosen.rung


@dataclass(frozen=True, slots=True)
class Claim:
    """A letter that nobody else sends for a while."""

    prompt: UUID
    token: UUID
    step: Prompting
    email: str


def _claimed(at: datetime) -> list[Claim]:
    """Some of those that wait, claimed and committed. What need not be told any more is given up."""
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lt=at)
    with transaction.atomic(), working_as(HAVEN, "notifications.telling"):
        waiting = Prompt.objects.filter(free, sent_at=None, given_up_at=None).select_related("delivery", "person")
        rows = list(waiting.select_for_update(skip_locked=True, of=("self",))[:AT_ONE_GO])
        silent = excluded_from_sendings(notifications={row.delivery.notification_id for row in rows})
        idle = [row.pk for row in rows if not _is_wanted(row, silent, at)]
        token = uuid4()
        Prompt.objects.filter(pk__in=idle).update(given_up_at=at)
        kept = [row for row in rows if row.pk not in set(idle)]
        Prompt.objects.filter(pk__in=[row.pk for row in kept]).update(claimed_until=at + CLAIM, token=token)
    return [Claim(row.pk, token, Prompting(row.step), row.person.email) for row in kept]


def _is_wanted(row: Prompt, silent: Mapping[UUID, Collection[UUID]], at: datetime) -> bool:
    """Whether she is still to be told: it is unread, she is there, and nobody has excluded her meanwhile."""
    if not row.person.is_active or row.made_at < at - GIVE_UP:
        return False
    if Prompting(row.step) in WHILE_UNREAD and Stage(row.delivery.stage) not in UNREAD:
        return False
    return row.person_id not in silent[row.delivery.notification_id]


def _sent(claim: Claim, at: datetime) -> bool:
    if not went_out(partial(letters.prompt, to=claim.email, step=claim.step, prompt=claim.prompt)):
        return False
    faultpoint("notifications.prompt.handed_over")
    with transaction.atomic(), working_as(HAVEN, "notifications.telling"):
        marked = Prompt.objects.filter(pk=claim.prompt, token=claim.token).update(sent_at=at)
    faultpoint("notifications.prompt.marked")
    return bool(marked)
