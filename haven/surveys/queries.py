"""Surveys, as the leads of an area see them and as whoever holds a code does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from haven.access.actor import Actor
from haven.engines.days.moments import local_day
from haven.people.models import Area
from haven.questions.models import Version
from haven.questions.queries.templates import usable_versions
from haven.questions.rules.outline import AUDITS
from haven.surveys.models import Survey
from haven.surveys.policy import surveys_kept_by
from haven.surveys.rules import Result, Stage, hash_of, may_show, plain, results, stage_on


@dataclass(frozen=True, slots=True)
class Listed:
    """A survey with where it stands."""

    survey: Survey
    stage: Stage


@dataclass(frozen=True, slots=True)
class Told:
    """A survey with its results, where they may be shown."""

    survey: Survey
    stage: Stage
    results: Sequence[Result] | None


def stage_of(survey: Survey, at: datetime) -> Stage:
    """Where it stands at this moment."""
    return stage_on(survey.opens_on, survey.closes_on, is_closed=survey.closed_at is not None, today=local_day(at))


def surveys(*, by: Actor, at: datetime) -> list[Listed]:
    """The surveys of the areas that she leads, newest first."""
    rows = Survey.objects.filter(surveys_kept_by(by)).select_related("area", "version__template")
    return [Listed(each, stage_of(each, at)) for each in rows.defer("slips", "unused", "version__content")]


def survey_told(*, survey_id: UUID, by: Actor, at: datetime) -> Told | None:
    """One of them; its results after it closed, where enough have answered."""
    rows = Survey.objects.filter(surveys_kept_by(by)).select_related("area", "version__template")
    survey = rows.filter(pk=survey_id).first()
    if survey is None:
        return None
    stage = stage_of(survey, at)
    shown = results(survey.version.outline, survey.slips) if may_show(stage, survey.answered) else None
    return Told(survey, stage, shown)


def survey_of_code(*, code: str, at: datetime) -> Survey | None:
    """The open survey that this code is for, unused; none where there is none."""
    if not plain(code):
        return None
    for survey in Survey.objects.filter(closed_at__isnull=True).select_related("area", "version").defer("slips"):
        if stage_of(survey, at) is not Stage.CLOSED and hash_of(code, str(survey.pk)) in survey.unused:
            return survey
    return None


def askable_versions(*, area: Area, by: Actor) -> Sequence[Version]:
    """The released versions that people can be asked with, of its own and of the packs."""
    rows = usable_versions(area=area, by=by)
    return list(rows.exclude(template__use__in=[use.value for use in AUDITS]))
