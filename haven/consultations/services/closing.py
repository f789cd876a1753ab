"""Moving the day on which an area's own gathering closes."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, person_of
from haven.consultations.models import Moved, Notice, Response
from haven.consultations.queries.changing import unsent_for_update
from haven.consultations.rules.life import fault_of_closing
from haven.engines.days.moments import local_day
from haven.ledger.services import record

NOT_INVITED = "Nobody has been invited yet. Change the date where you say whom you invite."
SAY_WHY = "Say why the date is moved."


@transaction.atomic
def move_closing(*, response_id: UUID, closes_on: date, why: str, by: Actor, at: datetime) -> Response:
    """Let the area's own closing date be another; what it was stays in its history.

    Given the date that it has, it is kept, though the consultation's own has moved.
    """
    response = unsent_for_update(response_id=response_id, by=by)
    if response.invited_at is None:
        raise Refused(Reason.WRONG_STATE, NOT_INVITED)
    if wrong := fault_of_closing(closes_on, response.edition.closes_on, local_day(at)):
        raise Refused(Reason.NOT_READY, wrong)
    if not why.strip():
        raise Refused(Reason.NOT_READY, SAY_WHY)
    was_on, response.closes_on = response.closes_on, closes_on
    response.known_closes_on = response.edition.closes_on
    response.save()
    if closes_on != was_on:
        Moved.objects.create(
            response=response, was_on=was_on, now_on=closes_on, why=why.strip(), moved_at=at, moved_by_id=person_of(by)
        )
        _tell(response, by, at)
    about = {"response": response.pk, "area": response.area_id, "was_on": was_on, "closes_on": closes_on}
    record("consultation.closing_moved", by=by, at=at, about=about, why=why.strip())
    return response


def _tell(response: Response, by: Actor, at: datetime) -> None:
    Notice.objects.bulk_create(
        Notice(contribution=each, kind=Notice.Kind.MOVED, made_at=at, made_by_id=by.person)
        for each in response.contributions.all()
    )
