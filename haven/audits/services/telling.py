"""Telling schools: the reminders that come by themselves, and the e-mails that prompt people to sign in."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from haven.access.actor import Actor
from haven.access.decision import require
from haven.audits import letters
from haven.audits.models import Notice, Return
from haven.audits.policy import may_remind_unasked
from haven.audits.queries.people import meant, posts_in
from haven.audits.queries.returns import owing, returns_by_id, step_of, with_signed
from haven.audits.rules.life import OWING, Phase, Standing, phase_on
from haven.audits.rules.standing import reminder_due
from haven.engines.days.moments import local_day
from haven.kit.letters import went_out
from haven.ledger.services import record
from haven.people.models import Status

AT_ONCE = 5000  # notices told in one go
ASKING = frozenset({Notice.Kind.OPENED, Notice.Kind.SOON, Notice.Kind.CHASED, Notice.Kind.MOVED, Notice.Kind.SIGN})
"""Those that ask a school to do something."""


@transaction.atomic
def give_notice(*, by: Actor, at: datetime) -> int:
    """What the day brings by itself; how many notices. Safe to repeat.

    Schools whose group opens today are told so, and those whose turn it is so many days before a deadline.
    """
    require(may_remind_unasked(by))
    today = local_day(at)
    rows = with_signed(owing(Return.objects.filter(cycle__standing=Standing.OPEN)))
    wanted = [notice for each in rows.select_related("cycle", "window") for notice in _of_today(each, today)]
    for each in wanted:
        each.made_at = at
    before = Notice.objects.count()
    Notice.objects.bulk_create(wanted, ignore_conflicts=True)
    made = Notice.objects.count() - before
    if made:
        record("audits.noticed", by=by, at=at, about={"notices": made})
    return made


def tell_of_visit(*, of: Return, by: Actor, at: datetime) -> None:
    """Have a school told that something became of a visit to it. What, the caller keeps."""
    Notice.objects.create(of=of, kind=Notice.Kind.VISIT, made_at=at, made_by_id=by.person)


@transaction.atomic
def send_notices(*, by: Actor, at: datetime) -> int:
    """Write once to everybody there is something to tell; how many e-mails. What could not be sent is tried again.

    What has been done meanwhile is not asked for any more.
    """
    require(may_remind_unasked(by))
    rows = Notice.objects.filter(told_at__isnull=True).select_for_update(of=("self",), skip_locked=True)
    notices = list(rows[:AT_ONCE])
    news = _news(notices, local_day(at))
    failed = {email for email, told in news.items() if not _sent(email, told.values())}
    unsent = {notice.pk for email in failed for notice in news[email].values()}
    told = [notice.pk for notice in notices if notice.pk not in unsent]
    Notice.objects.filter(pk__in=told).update(told_at=at)
    if told:
        about = {"notices": len(told), "letters": len(news) - len(failed)}
        record("audits.told", by=by, at=at, about=about)
    return len(news) - len(failed)


def _of_today(of: Any, today: date) -> Iterator[Notice]:
    """What one return's school is told on this day, or was to be told since it was asked."""
    days, asked_on = of.days, local_day(of.asked_at)
    if asked_on < days.opens_on <= today and phase_on(days, today) is not Phase.OVER:
        yield Notice(of=of, kind=Notice.Kind.OPENED, due_on=days.opens_on)
    if due := reminder_due(days, of.cycle.reminders, since=max(asked_on, days.opens_on), today=today):
        yield Notice(of=of, kind=Notice.Kind.SOON, step=step_of(of), due_on=due)


def _news(notices: Iterable[Notice], on: date) -> Mapping[str, Mapping[UUID, Notice]]:
    """For each address the notices it is told of: of one school's audit the last word alone."""
    returns = returns_by_id({each.of_id for each in notices})
    still = [each for each in notices if not _is_moot(each, returns[each.of_id])]
    posts = posts_in(organisations={returns[each.of_id].organisation_id for each in still}, on=on)
    news: dict[str, dict[UUID, Notice]] = {}
    for each in still:
        of = returns[each.of_id]
        step = each.step if each.step <= len(of.cycle.steps) else 0
        for _, _, email in meant(posts, of.organisation_id, step, of.cycle.steps):
            news.setdefault(email, {})[of.pk] = each
    return news


def _is_moot(notice: Notice, of: Any) -> bool:
    """Whether it asks for something that has been done, or that nobody can do any more."""
    if notice.kind not in ASKING:
        return False
    if of.state not in OWING or of.cycle.standing != Standing.OPEN or of.organisation.status == Status.CLOSED:
        return True
    return notice.step not in (0, step_of(of))


def _sent(email: str, told: Iterable[Notice]) -> bool:
    counts = Counter(str(each.kind) for each in told)
    return went_out(lambda: letters.news(to=email, counts=counts))
