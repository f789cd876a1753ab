"""Surveys: made, given out as codes, answered once by each code, and closed."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, require
from haven.engines.days.moments import day_in_words
from haven.ledger.services import record
from haven.people.models import Area
from haven.questions.models import Version
from haven.questions.rules.answering import Unsound, sound
from haven.questions.rules.outline import AUDITS, Use
from haven.questions.rules.showing import School, asked
from haven.surveys.models import Survey
from haven.surveys.policy import may_keep
from haven.surveys.queries import stage_of
from haven.surveys.rules import MOST_CODES, Stage, drawn, hash_of

NOT_RELEASED = "Release these questions first."
FOR_SCHOOLS = "These questions are for schools. Ask them in an audit."
ANOTHERS = "These questions are another area’s."
BACKWARDS = "The last day must not be before the first."
TOO_MANY = "A survey may have {most} codes. It has {issued}."
AT_LEAST_ONE = "Ask for at least one code."
CLOSED = "This survey is closed, so nothing more can be sent."
NOT_YET = "This survey opens on {day}."
USED = "This code has been used already, or is no code of an open survey. Look at it again."
NOTHING = "Answer at least one question."


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedSurvey:
    """A survey as a lead wishes it."""

    title: str
    version: UUID
    opens_on: date
    closes_on: date
    note: str = ""


class Faults(Refused):
    """Answers that do not fit: what is wrong, by the question's key."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(Reason.NOT_ASKABLE, next(iter(faults.values())))
        self.faults = faults


@transaction.atomic
def make_survey(*, area: Area, wanted: WantedSurvey, by: Actor, at: datetime) -> Survey:
    """Make a survey. Nobody can answer it before codes are given out."""
    require(may_keep(by, area.pk))
    if by.person is None:
        raise Refused(Reason.NOT_SIGNED_IN)
    version = Version.objects.select_related("template").filter(pk=wanted.version).first()
    if version is None or version.template.area_id not in (None, area.pk):
        raise Refused(Reason.NOT_THE_AREA, ANOTHERS)
    if not version.is_released:
        raise Refused(Reason.WRONG_STATE, NOT_RELEASED)
    if Use(version.template.use) in AUDITS:
        raise Refused(Reason.NOT_ASKABLE, FOR_SCHOOLS)
    if wanted.closes_on < wanted.opens_on:
        raise Refused(Reason.NOT_ASKABLE, BACKWARDS)
    survey = Survey.objects.create(
        area=area,
        version=version,
        title=wanted.title.strip(),
        note=wanted.note.strip(),
        opens_on=wanted.opens_on,
        closes_on=wanted.closes_on,
        made_at=at,
        made_by_id=by.person,
    )
    record("survey.made", by=by, at=at, about={"survey": survey.pk, "area": area.pk, "version": version.pk})
    return survey


@transaction.atomic
def give_out_codes(*, survey_id: UUID, count: int, by: Actor, at: datetime) -> Sequence[str]:
    """So many new codes, which are told this once: only their hashes are kept. To whom they go, Haven is never told."""
    survey = _survey(survey_id, by)
    if count < 1:
        raise Refused(Reason.NOT_ASKABLE, AT_LEAST_ONE)
    if survey.issued + count > MOST_CODES:
        raise Refused(Reason.NOT_ASKABLE, TOO_MANY.format(most=MOST_CODES, issued=survey.issued))
    if stage_of(survey, at) is Stage.CLOSED:
        raise Refused(Reason.WRONG_STATE, CLOSED)
    codes = [drawn() for _ in range(count)]
    survey.unused = sorted({*survey.unused, *(hash_of(code, str(survey.pk)) for code in codes)})
    survey.issued += count
    survey.save(update_fields=["unused", "issued"])
    record("survey.codes_given", by=by, at=at, about={"survey": survey.pk, "area": survey.area_id, "codes": count})
    return codes


@transaction.atomic
def answer_survey(*, survey_id: UUID, code: str, values: Mapping[str, Any], at: datetime) -> None:
    """Put one person's answers in among the others and end her code. Who she is, nobody is told and nothing records.

    Raises `Refused` where the code is used or the survey closed, and `Faults` where a value does not fit.
    """
    survey = Survey.objects.select_for_update(of=("self",)).select_related("version").get(pk=survey_id)
    match stage_of(survey, at):
        case Stage.CLOSED:
            raise Refused(Reason.WRONG_STATE, CLOSED)
        case Stage.SOON:
            raise Refused(Reason.WRONG_STATE, NOT_YET.format(day=day_in_words(survey.opens_on)))
    if (known := hash_of(code, str(survey.pk))) not in survey.unused:
        raise Refused(Reason.NOT_ASKABLE, USED)
    slip = _slip(survey, values)
    survey.unused = [each for each in survey.unused if each != known]
    survey.slips.insert(secrets.randbelow(len(survey.slips) + 1), slip)
    survey.answered += 1
    survey.save(update_fields=["unused", "slips", "answered"])


@transaction.atomic
def close_survey(*, survey_id: UUID, by: Actor, at: datetime) -> Survey:
    """Close a survey before its last day. Codes that are left end with it."""
    survey = _survey(survey_id, by)
    if survey.closed_at is None:
        survey.closed_at, survey.unused = at, []
        survey.save(update_fields=["closed_at", "unused"])
        about = {"survey": survey.pk, "area": survey.area_id, "answered": survey.answered}
        record("survey.closed", by=by, at=at, about=about)
    return survey


def _survey(survey_id: UUID, by: Actor) -> Survey:
    survey = Survey.objects.select_for_update(of=("self",)).select_related("area", "version").get(pk=survey_id)
    require(may_keep(by, survey.area_id))
    return survey


def _slip(survey: Survey, values: Mapping[str, Any]) -> dict[str, Any]:
    """What is answered to the questions that are shown, every value fitting its question."""
    outline = survey.version.outline
    faults: dict[str, str] = {}
    slip: dict[str, Any] = {}
    for question in asked(outline, School(), values):
        try:
            value = sound(question, values.get(question.key))
        except Unsound as unsound:
            faults[question.key] = str(unsound)
            continue
        if value is not None:
            slip[question.key] = value
    if faults:
        raise Faults(faults)
    if not slip:
        raise Refused(Reason.NOT_ASKABLE, NOTHING)
    return slip
