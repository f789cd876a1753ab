"""Preparing an area's response, until when and of whom, and asking those invited."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, person_of, require
from haven.actions.queries.audiences import strangers
from haven.actions.rules import Reach
from haven.consultations.models import Audience, Contribution, Notice, Response
from haven.consultations.policy import may_keep
from haven.consultations.queries.changing import edition_consulted, unsent_for_update
from haven.consultations.queries.inviting import organisations_invited
from haven.consultations.rules.life import ANSWERABLE, fault_of_closing, stage_on
from haven.engines.days.moments import local_day
from haven.guidance.models import Edition
from haven.ledger.services import record
from haven.people.models import Area

OVER = "This consultation is over, so no response can be prepared."
ANOTHERS = "This is another area’s own document."
STRANGERS = "Some of those invited do not belong to the area. Choose again."
NOBODY = "Nobody who could contribute would be invited. Choose somebody else."
NO_QUESTIONS = "Give it at least one question first."
NOBODY_ANY_MORE = "This consultation is over, so nobody is invited any more."
PASSED = "Its closing date has passed. Choose another first."
INVITED = "Those invited have been written to, so it cannot be discarded."


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedResponse:
    """A response as a lead wishes to gather it. Once people are invited, its closing date is moved by itself."""

    closes_on: date
    audience: tuple[Reach, ...]
    note: str = ""


@transaction.atomic
def prepare_response(*, area: Area, edition_id: UUID, wanted: WantedResponse, by: Actor, at: datetime) -> Response:
    """Begin an area's response. One that was begun already is given back as it is."""
    require(may_keep(by, area.pk))
    edition = edition_consulted(edition_id=edition_id, by=by)
    Area.objects.select_for_update().get(pk=area.pk)  # pressed twice at one moment, the second waits for the first
    if known := Response.objects.filter(area=area, edition=edition).first():
        return known
    if edition.document.area_id not in (None, area.pk):
        raise Refused(Reason.NOT_THE_AREA, ANOTHERS)
    if stage_on(edition.days, local_day(at)) not in ANSWERABLE:
        raise Refused(Reason.WRONG_STATE, OVER)
    _require_day(wanted.closes_on, edition, at)
    _require_audience(area, wanted, at)
    response = Response(area=area, edition=edition, prepared_at=at, prepared_by_id=person_of(by))
    _write(response, wanted)
    about = {"response": response.pk, "edition": edition.pk, "area": area.pk}
    record("consultation.prepared", by=by, at=at, about=about | {"closes_on": response.closes_on})
    return response


@transaction.atomic
def amend_response(*, response_id: UUID, wanted: WantedResponse, by: Actor, at: datetime) -> Response:
    """Change the note and who is invited; before anybody is, the closing date too.

    Whoever is invited anew is written to. Whoever is no longer invited loses nothing that was sent.
    """
    response = unsent_for_update(response_id=response_id, by=by)
    _require_audience(response.area, wanted, at)
    if response.invited_at is None:
        _require_day(wanted.closes_on, response.edition, at)
        response.closes_on = wanted.closes_on
    _write(response, wanted)
    counts = _bring_into_line(response, by, at) if response.invited_at else {}
    record("consultation.amended", by=by, at=at, about={"response": response.pk, "area": response.area_id} | counts)
    return response


@transaction.atomic
def invite(*, response_id: UUID, by: Actor, at: datetime) -> Response:
    """Ask those invited for their view. Pressed twice, it invites once."""
    response = unsent_for_update(response_id=response_id, by=by)
    if response.invited_at is not None:
        return response
    today = local_day(at)
    if stage_on(response.edition.days, today) not in ANSWERABLE:
        raise Refused(Reason.WRONG_STATE, NOBODY_ANY_MORE)
    if not response.questions.exists():
        raise Refused(Reason.NOT_READY, NO_QUESTIONS)
    if response.last_on < today:
        raise Refused(Reason.NOT_READY, PASSED)
    response.invited_at, response.invited_by_id = at, by.person
    response.save()
    counts = _bring_into_line(response, by, at)
    about = {"response": response.pk, "edition": response.edition_id, "area": response.area_id}
    record("consultation.invited", by=by, at=at, about=about | counts)
    return response


@transaction.atomic
def discard_response(*, response_id: UUID, by: Actor, at: datetime) -> None:
    """Give up a response to which nobody has been invited yet."""
    response = unsent_for_update(response_id=response_id, by=by)
    if response.invited_at is not None:
        raise Refused(Reason.WRONG_STATE, INVITED)
    about = {"response": response.pk, "edition": response.edition_id, "area": response.area_id}
    response.delete()
    record("consultation.discarded", by=by, at=at, about=about)


def _write(response: Response, wanted: WantedResponse) -> None:
    if response.invited_at is None:
        response.closes_on = wanted.closes_on
        response.known_closes_on = response.edition.closes_on
    response.note = wanted.note.strip()
    response.save()
    response.audience.all().delete()
    Audience.objects.bulk_create(Audience.of(wanted.audience, response=response))


def _bring_into_line(response: Response, by: Actor, at: datetime) -> dict[str, int]:
    """Invite whom the audience reaches and who is not yet invited; let those go whom it no longer reaches and who have
    said nothing. How many of each."""
    wanted = set(
        organisations_invited(area=response.area, audience=response.reaches, on=local_day(at)).values_list(
            "pk", flat=True
        )
    )
    known = set(response.contributions.values_list("organisation_id", flat=True))
    _, gone = response.contributions.filter(version=0).exclude(organisation__in=wanted).delete()
    made = Contribution.objects.bulk_create(
        Contribution(response=response, organisation_id=place, invited_at=at) for place in sorted(wanted - known)
    )
    Notice.objects.bulk_create(
        Notice(contribution=each, kind=Notice.Kind.INVITED, made_at=at, made_by_id=by.person) for each in made
    )
    return {"invited": len(made), "no_longer": gone.get(Contribution._meta.label, 0)}


def _require_day(closes_on: date, edition: Edition, at: datetime) -> None:
    if wrong := fault_of_closing(closes_on, edition.closes_on, local_day(at)):
        raise Refused(Reason.NOT_READY, wrong)


def _require_audience(area: Area, wanted: WantedResponse, at: datetime) -> None:
    on = local_day(at)
    if strangers(area=area, audience=wanted.audience, on=on):
        raise Refused(Reason.NOT_ASKABLE, STRANGERS)
    if not organisations_invited(area=area, audience=wanted.audience, on=on).exists():
        raise Refused(Reason.NOT_ASKABLE, NOBODY)
