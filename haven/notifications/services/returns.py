"""The monthly return: Haven makes it from what happened, somebody at the school confirms it, and Haven asks again."""

from collections import Counter
from datetime import date, datetime
from functools import partial
from uuid import UUID

from django.db.models import F, Q

from haven.access.actor import HAVEN, Actor
from haven.access.decision import Reason, Refused, person_of, require
from haven.access.roles import Role
from haven.engines.days.moments import local_day
from haven.kit.letters import went_out
from haven.ledger.services import record
from haven.notifications import letters
from haven.notifications.models import MonthlyReturn, SignUp
from haven.notifications.policy import may_count_unasked, may_see_own
from haven.notifications.queries.adults import KEY_ADULTS
from haven.notifications.queries.returns import figures_at, figures_for
from haven.notifications.queries.settings import rule_of
from haven.notifications.rules.returns import digest_of, due_on, is_chased, is_head_told, month_after, month_before
from haven.people.models import Area
from haven.people.queries import council_of, holders, schools_of
from haven.people.seeing import seeing, working_as

CHANGED = "Something happened since you opened this page. Look at the numbers again, then confirm them."


@seeing("notifications.count")
def make_returns(*, by: Actor, at: datetime) -> int:
    """Make the return of the month before for every school that took part in it; how many. Safe to repeat.

    Whether anything was sent to a school makes no difference: that a return is there tells nobody anything.
    """
    require(may_count_unasked(by))
    month = month_before(local_day(at))
    made = [row for area in Area.objects.order_by("pk") for row in _returns_of(area, month, at)]
    if made:
        record("notification.returns_made", by=by, at=at, about={"month": month.isoformat(), "returns": len(made)})
    return len(made)


@seeing("notifications.count")
def confirm_return(*, return_id: UUID, seen: str, by: Actor, at: datetime) -> MonthlyReturn:
    """Confirm a return as it stands; `seen` is the digest of the figures that she was shown. Twice does no harm.

    What is kept is everything that happened by this moment, whatever she herself may know. Raises `Refused`.
    """
    row = MonthlyReturn.objects.select_for_update().get(pk=return_id)
    require(may_see_own(by, row.school_id))
    if row.confirmed_at is not None:
        return row
    if digest_of(figures_for(row, by=by, at=at)) != seen:
        raise Refused(Reason.WRONG_STATE, CHANGED)
    with working_as(HAVEN, "notifications.count"):
        row.figures = figures_for(row, by=HAVEN, at=at)
    row.confirmed_at, row.confirmed_by_id = at, person_of(by)
    row.save(update_fields=["figures", "confirmed_at", "confirmed_by"])
    about = {"return": row.pk, "organisation": row.school_id, "month": row.month.isoformat()}
    record("notification.return_confirmed", by=by, at=at, about=about)
    return row


@seeing("notifications.count")
def chase_returns(*, by: Actor, at: datetime) -> int:
    """Ask again for what is overdue, once a week; how many returns."""
    require(may_count_unasked(by))
    waiting = MonthlyReturn.objects.select_for_update().filter(confirmed_at__isnull=True, due_on__lt=local_day(at))
    due = [row.pk for row in waiting.order_by("pk") if is_chased(due=row.due_on, chased_at=row.chased_at, at=at)]
    MonthlyReturn.objects.filter(pk__in=due).update(chased_at=at)
    if due:
        record("notification.returns_chased", by=by, at=at, about={"returns": due})
    return len(due)


@seeing("notifications.count")
def tell_of_returns(*, by: Actor, at: datetime) -> int:
    """Write once to everybody who has a return to confirm, new or overdue; how many letters. What could not be sent is
    tried again. The head is told too of what is a week overdue."""
    require(may_count_unasked(by))
    untold = Q(told_at__isnull=True) | Q(told_at__lt=F("chased_at"))
    rows = MonthlyReturn.objects.select_for_update(skip_locked=True).filter(untold, confirmed_at__isnull=True)
    found = {row: _whom(row, at) for row in rows.order_by("pk")}
    counts: dict[str, Counter[str]] = {}
    for row, people in found.items():
        for email in people:
            counts.setdefault(email, Counter())["late" if row.chased_at else "new"] += 1
    failed = {email for email, told in counts.items() if not went_out(partial(letters.returns, to=email, counts=told))}
    reached = [row.pk for row, people in found.items() if not people & failed]
    MonthlyReturn.objects.filter(pk__in=reached).update(told_at=at)
    if reached:
        about = {"returns": len(reached), "letters": len(counts) - len(failed)}
        record("notification.returns_told", by=by, at=at, about=about)
    return len(counts) - len(failed)


def _returns_of(area: Area, month: date, at: datetime) -> list[MonthlyReturn]:
    rule, today = rule_of(area=area.pk), local_day(at)
    if not rule.asks_returns:
        return []
    taking_part = SignUp.objects.filter(agreed_on__lt=month_after(month)).exclude(until__lte=month)
    schools = set(schools_of(area=area.pk, on=today).values_list("pk", flat=True))
    schools &= set(taking_part.values_list("school", flat=True))
    schools -= set(MonthlyReturn.objects.filter(month=month).values_list("school", flat=True))
    council = council_of(area=area.pk, on=today)
    figures = figures_at(schools=schools, month=month, by=HAVEN, at=at)
    return MonthlyReturn.objects.bulk_create(
        MonthlyReturn(
            school_id=school,
            area=area,
            council_id=council,
            month=month,
            due_on=due_on(month, rule.return_days),
            figures=figures[school],
            made_at=at,
        )
        for school in sorted(schools, key=str)
    )


def _whom(row: MonthlyReturn, at: datetime) -> frozenset[str]:
    """The addresses of those who are asked for it."""
    roles = KEY_ADULTS | {Role.HEAD} if row.chased_at and is_head_told(due=row.due_on, at=at) else KEY_ADULTS
    return frozenset(each.email for each in holders(roles=roles, organisations=[row.school_id], on=local_day(at)))
