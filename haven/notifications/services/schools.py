"""That a school takes part, and that its key adults were briefed. A notification reaches a school either way."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, require
from haven.access.roles import COUNCIL_LEADS, Kind
from haven.engines.days.moments import local_day
from haven.ledger.services import record
from haven.notifications.models import Briefing, SignUp
from haven.notifications.policy import may_arrange, may_see_own
from haven.notifications.queries.adults import area_arranged_with, lines_of
from haven.people.models import Organisation
from haven.people.seeing import seeing
from haven.subjects.rules.ties import acting_as

NOT_AHEAD = "The day cannot lie ahead."
NOT_BEFORE = "It cannot end before it began."
CHOOSE = "Choose who was briefed."
NOT_THERE = "Somebody you chose is no key adult of this school."


@seeing("notifications.count")
def sign_up(*, school_ids: Collection[UUID], agreed_on: date, by: Actor, at: datetime) -> int:
    """Let schools take part from a day; how many began to. Who takes part already goes on as before.

    For the council's leads, and for those who lead a school's safeguarding, of it alone. Raises `Refused`.
    """
    schools = list(Organisation.objects.select_for_update().filter(pk__in=school_ids, kind=Kind.SCHOOL).order_by("pk"))
    if len(schools) < len(set(school_ids)):
        raise Refused(Reason.NOT_THE_ORGANISATION)
    for school in schools:
        _require_school(by, school.pk, local_day(at))
    if agreed_on > local_day(at):
        raise Refused(Reason.WRONG_STATE, NOT_AHEAD)
    there = set(SignUp.objects.filter(school__in=schools, until__isnull=True).values_list("school", flat=True))
    new = [school for school in schools if school.pk not in there]
    SignUp.objects.bulk_create(SignUp(school=school, agreed_on=agreed_on) for school in new)
    if new:
        about = {"organisations": [school.pk for school in new], "from": agreed_on.isoformat()}
        record("notification.schools_signed_up", by=by, at=at, about=about)
    return len(new)


@seeing("notifications.count")
def end_sign_up(*, school_id: UUID, until: date, by: Actor, at: datetime) -> SignUp:
    """Let a school take part no longer, from a day. Raises `Refused`."""
    _require_school(by, school_id, local_day(at))
    row = SignUp.objects.select_for_update().get(school=school_id, until__isnull=True)
    if until > local_day(at):
        raise Refused(Reason.WRONG_STATE, NOT_AHEAD)
    if until <= row.agreed_on:
        raise Refused(Reason.WRONG_STATE, NOT_BEFORE)
    row.until = until
    row.save(update_fields=["until"])
    about = {"organisation": school_id, "until": until.isoformat()}
    record("notification.sign_up_ended", by=by, at=at, about=about)
    return row


@seeing("notifications.count")
def record_briefing(*, school_id: UUID, people: Collection[UUID], day_on: date, by: Actor, at: datetime) -> int:
    """That key adults of a school were briefed on a day; how many for whom that was not known. For the council's leads.

    Raises `Refused`.
    """
    today = local_day(at)
    area = area_arranged_with(by, school_id, today)
    require(may_arrange(by, area))
    school = Organisation.objects.select_for_update().get(pk=school_id)
    if day_on > today:
        raise Refused(Reason.WRONG_STATE, NOT_AHEAD)
    adults = {each.person for each in lines_of([school], today)[0].adults}
    if not people:
        raise Refused(Reason.WRONG_STATE, CHOOSE)
    if not set(people) <= adults:
        raise Refused(Reason.WRONG_STATE, NOT_THERE)
    post = acting_as(by, COUNCIL_LEADS, area)
    assert post is not None  # may_arrange
    known = set(Briefing.objects.filter(school=school, day_on=day_on).values_list("person", flat=True))
    new = sorted(set(people) - known)
    Briefing.objects.bulk_create(
        Briefing(school=school, council_id=post.organisation, person_id=each, day_on=day_on, made_at=at) for each in new
    )
    if new:
        about = {"organisation": school.pk, "people": new, "day": day_on.isoformat(), "area": area}
        record("notification.briefed", by=by, at=at, about=about)
    return len(new)


def _require_school(by: Actor, school: UUID, on: date) -> None:
    """Those who lead safeguarding there or for its area."""
    if not may_see_own(by, school):
        require(may_arrange(by, area_arranged_with(by, school, on)))
