"""Rows taken to be changed: locked, and only for those who may."""

from datetime import date
from uuid import UUID

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, require
from haven.consultations.models import Contribution, Question, Response
from haven.consultations.policy import may_contribute, may_keep, responses_kept_by
from haven.consultations.rules.life import Stage, stage_on
from haven.guidance.models import Edition
from haven.guidance.queries.pages import edition_to_read
from haven.people.models import Area

SENT = "What was sent has been recorded, so nothing is changed any more."


def response_for_update(*, response_id: UUID, by: Actor) -> Response:
    """The response, locked. Raises `Refused` for who does not keep it."""
    rows = Response.objects.select_for_update(of=("self",)).select_related("edition__document", "area")
    response = rows.get(pk=response_id)
    require(may_keep(by, response.area_id))
    return response


def unsent_for_update(*, response_id: UUID, by: Actor) -> Response:
    """A response of which nothing was recorded as sent, locked. Raises `Refused`."""
    response = response_for_update(response_id=response_id, by=by)
    if response.submissions.exists():
        raise Refused(Reason.WRONG_STATE, SENT)
    return response


def question_for_update(*, question_id: UUID, by: Actor) -> Question:
    """A question of such a response, locked with it. Raises `Refused`."""
    question = Question.objects.get(pk=question_id)
    question.response = unsent_for_update(response_id=question.response_id, by=by)
    return question


def contribution_for_update(*, contribution_id: UUID, by: Actor) -> Contribution:
    """The contribution of an organisation for which she speaks, locked with its response. Raises `Refused`."""
    rows = Contribution.objects.select_for_update(of=("self", "response"))
    contribution = rows.select_related("response__edition", "response__area").get(pk=contribution_id)
    require(may_contribute(by, contribution))
    return contribution


def response_to_keep(*, response_id: UUID, by: Actor) -> Response:
    """A response that she keeps, to be shown in a form."""
    rows = Response.objects.filter(responses_kept_by(by)).select_related("edition__document", "area")
    return rows.prefetch_related("audience__cluster", "audience__organisation").get(pk=response_id)


def edition_consulted(*, edition_id: UUID, by: Actor) -> Edition:
    """An edition that she may read and that is or was out for consultation. Raises `Refused`."""
    edition = edition_to_read(edition_id=edition_id, by=by)
    if not (edition.opens_on or edition.closes_on):
        raise Edition.DoesNotExist
    return edition


def areas_responding(*, edition: Edition, by: Actor) -> list[Area]:
    """The areas she leads that may respond to it: to another area's own, nobody else does. Raises `Refused`."""
    areas = [each for each in Area.objects.filter(pk__in=by.leads) if edition.document.area_id in (None, each.pk)]
    if not areas:
        raise Refused(Reason.NOT_THE_ROLE)
    return areas


def is_called_off(edition: Edition, on: date) -> bool:
    """Whether its consultation ended without an answer, because the text was withdrawn."""
    return stage_on(edition.days, on) is Stage.CALLED_OFF
