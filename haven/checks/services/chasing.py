"""Chasing what is due: those who answer are prompted, and once it is late the MASH and the head are told."""

from datetime import datetime

from haven.access.actor import HAVEN, Actor
from haven.access.decision import require
from haven.checks import letters
from haven.checks.models import Ask, Why
from haven.checks.policy import may_chase
from haven.checks.queries.people import about, answering_to, emails, heads_of, running, told_of
from haven.checks.queries.settings import settings_of
from haven.checks.rules.bands import Standing, standing
from haven.checks.rules.states import PENDING
from haven.checks.services.giving import give
from haven.engines.days.moments import local_day
from haven.ledger.services import record
from haven.people.seeing import seeing

AT_ONCE = 500


@seeing("checks.chase")
def chase(*, by: Actor, at: datetime) -> int:
    """Prompt for what is due soon or late, and hand on what nobody may answer any more; how many were told of.

    What no letter left for is tried again at the next run.
    """
    require(may_chase(by))
    assert by is HAVEN
    rows = Ask.objects.filter(state__in=PENDING).select_related("of", "agency")
    return sum([_chased(ask, by, at) for ask in rows.select_for_update(of=("self",), skip_locked=True)[:AT_ONCE]])


def _chased(ask: Ask, by: Actor, at: datetime) -> bool:
    raised = _raised(ask, by, at)
    setting = settings_of(area=ask.of.area_id)
    how = standing(ask.due_at, ask.asked_at, at, setting.clock)
    if how is Standing.LATE and ask.late_told_at is None:
        return _tell_late(ask, by, at) or raised
    if how is Standing.SOON and ask.prompted_at is None and _wrote(told_of(ask, on=local_day(at)), "soon"):
        ask.prompted_at = at
        ask.save(update_fields=["prompted_at"])
        record("check.prompted", by=by, at=at, about=ask.facts)
        return True
    return raised


def _tell_late(ask: Ask, by: Actor, at: datetime) -> bool:
    today = local_day(at)
    there = {*told_of(ask, on=today), *heads_of(ask, on=today)}
    council = emails(running(ask, on=today))
    if not (_wrote(there, "late") | _wrote(council, "unanswered")):
        return False
    ask.late_told_at = at
    ask.save(update_fields=["late_told_at"])
    record("check.late", by=by, at=at, about=ask.facts)
    return True


def _raised(ask: Ask, by: Actor, at: datetime) -> bool:
    """Whether it went to somebody by name, since those who could answer have left or may not any more."""
    found = answering_to(ask, children=about(ask), on=local_day(at))
    new = found.by_name - set(ask.given.values_list("person", flat=True))
    if new:
        give(ask=ask, people=new, why=Why.AT_HOME if ask.home_area_id else Why.RUNGS, by=by, at=at)
        ask.is_alarm = found.is_alarm
        ask.save(update_fields=["is_alarm"])
        record("check.raised", by=by, at=at, about=ask.facts)
        _wrote(emails(new), "asked")
    return bool(new)


def _wrote(to: list[str] | set[str], kind: str) -> bool:
    """Whether a letter went out to anybody."""
    return sum([letters.wrote(email, kind) for email in sorted(to)]) > 0  # to every one
