"""Telling people: reminders, by hand and by themselves, and the e-mails that prompt them to sign in."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Q

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, require
from haven.actions.rules import may_remind_again
from haven.consultations import letters
from haven.consultations.models import Contribution, Notice, Response, Submission
from haven.consultations.policy import may_remind_unasked
from haven.consultations.queries.changing import is_called_off, unsent_for_update
from haven.consultations.queries.inviting import addresses_in, addresses_of_leads
from haven.consultations.queries.listing import editions_open
from haven.consultations.rules.life import reminder_due
from haven.engines.days.moments import local_day
from haven.kit.letters import went_out
from haven.ledger.services import record
from haven.people.models import Area

AT_ONCE = 5000  # notices told in one go
CLOSED = "It has closed, so nobody is reminded any more."


@transaction.atomic
def remind(*, response_id: UUID, by: Actor, at: datetime) -> int:
    """Remind those who have not contributed; how many. Nobody is reminded twice in a row."""
    response = unsent_for_update(response_id=response_id, by=by)
    if response.last_on < local_day(at) or is_called_off(response.edition, local_day(at)):
        raise Refused(Reason.WRONG_STATE, CLOSED)
    reminded = Max("notices__made_at", filter=Q(notices__kind__in=[Notice.Kind.REMINDED, Notice.Kind.SOON]))
    waiting = response.contributions.filter(version=0).annotate(reminded_at=reminded)
    due = [each for each in waiting if may_remind_again(each.reminded_at, at)]
    Notice.objects.bulk_create(
        Notice(contribution=each, kind=Notice.Kind.REMINDED, made_at=at, made_by_id=by.person) for each in due
    )
    if due:
        about = {"response": response.pk, "area": response.area_id, "contributions": [each.pk for each in due]}
        record("consultation.reminded", by=by, at=at, about=about)
    return len(due)


@transaction.atomic
def give_notice(*, by: Actor, at: datetime) -> int:
    """What the day brings by itself; how many notices. Safe to repeat.

    Those who have not contributed are told so many days before the area's closing date, its leads before the
    consultation's own where nothing was sent, and those who contributed that it was answered.
    """
    require(may_remind_unasked(by))
    today = local_day(at)
    gathered = Response.objects.filter(invited_at__isnull=False).select_related("edition")
    unsent = [each for each in gathered.filter(submissions__isnull=True) if not is_called_off(each.edition, today)]
    wanted = [
        *_to_contributors(unsent, today),
        *_to_leads(today),
        *_of_answers(gathered.filter(edition__answered_on__lte=today, submissions__isnull=False).distinct()),
    ]
    for each in wanted:
        each.made_at = at
    before = Notice.objects.count()
    Notice.objects.bulk_create(wanted, ignore_conflicts=True)
    made = Notice.objects.count() - before
    if made:
        record("consultations.noticed", by=by, at=at, about={"notices": made})
    return made


@transaction.atomic
def send_notices(*, by: Actor, at: datetime) -> int:
    """Write once to everybody there is something to tell; how many e-mails. What could not be sent is tried again."""
    require(may_remind_unasked(by))
    rows = Notice.objects.filter(told_at__isnull=True).select_for_update(of=("self",), skip_locked=True)
    notices = list(rows.select_related("contribution")[:AT_ONCE])
    news = _news(notices, local_day(at))
    failed = {email for email, told in news.items() if not _sent(email, Counter(_key(each) for each in told))}
    unsent = {notice.pk for email in failed for notice in news[email]}
    told = [notice.pk for notice in notices if notice.pk not in unsent]
    Notice.objects.filter(pk__in=told).update(told_at=at)
    if told:
        about = {"notices": len(told), "letters": len(news) - len(failed)}
        record("consultations.told", by=by, at=at, about=about)
    return len(news) - len(failed)


def _to_contributors(responses: Iterable[Response], today: date) -> Iterable[Notice]:
    by_pk = {each.pk: each for each in responses}
    for each in Contribution.objects.filter(response__in=by_pk, version=0):
        response = by_pk[each.response_id]
        since = local_day(each.invited_at)
        due = reminder_due(response.last_on, settings.CONSULTATION_REMINDERS, since=since, day=today)
        if due:
            yield Notice(contribution=each, kind=Notice.Kind.SOON, due_on=due)


def _to_leads(today: date) -> Iterable[Notice]:
    """Of every consultation that is open, to the leads of each area that has sent nothing; begun or not."""
    sent = set(Submission.objects.values_list("response__area", "response__edition"))
    areas = list(Area.objects.values_list("pk", flat=True))
    for edition in editions_open(on=today):
        last, since = edition.closes_on, edition.opens_on or date.min
        due = reminder_due(last, settings.CONSULTATION_REMINDERS, since=since, day=today) if last else None
        own = edition.document.area_id
        for area in areas if due else ():
            if own in (None, area) and (area, edition.pk) not in sent:
                yield Notice(area_id=area, edition=edition, kind=Notice.Kind.SOON, due_on=due)


def _of_answers(responses: Iterable[Response]) -> Iterable[Notice]:
    answered = {each.pk: each for each in responses}
    for each in Contribution.objects.filter(response__in=answered, version__gt=0):
        response = answered[each.response_id]
        yield Notice(contribution=each, kind=Notice.Kind.ANSWERED, due_on=response.edition.answered_on)


def _news(notices: Iterable[Notice], on: date) -> dict[str, list[Notice]]:
    """For each address the notices it is told of: of one contribution the last word alone."""
    last = {(each.contribution_id, each.area_id, each.edition_id): each for each in notices}.values()
    places = {each.contribution.organisation_id for each in last if each.contribution}
    in_place = addresses_in(organisations=places, on=on)
    of_leads = addresses_of_leads(areas={each.area_id for each in last if each.area_id}, on=on)
    news: dict[str, list[Notice]] = {}
    for each in last:
        for email in _addresses(each, in_place, of_leads):
            news.setdefault(email, []).append(each)
    return news


def _addresses(notice: Notice, in_place: dict[UUID, set[str]], of_leads: dict[UUID, set[str]]) -> set[str]:
    if notice.contribution:
        return in_place.get(notice.contribution.organisation_id, set())
    return of_leads.get(notice.area_id, set()) if notice.area_id else set()


def _key(notice: Notice) -> str:
    """What a letter calls it."""
    return str(notice.kind) if notice.contribution_id else "unsent"


def _sent(email: str, counts: Counter[str]) -> bool:
    return went_out(lambda: letters.news(to=email, counts=counts))
