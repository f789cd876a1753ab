"""A survey that is open, its codes and its answers."""

from datetime import date, timedelta
from typing import Any

from haven.access.actor import HAVEN
from haven.questions.services import load_template
from haven.surveys import services
from haven.surveys.models import Survey
from haven.surveys.services import WantedSurvey
from tests.cast import NOW, TODAY, Cast
from tests.questions.template import content

AFTER = NOW + timedelta(days=30)


def survey(cast: Cast, *, closes_on: date = TODAY + timedelta(days=7), who: str = "marcus") -> Survey:
    """A survey that is open for a week."""
    given = content(use="survey", id="after-the-meeting")
    version = load_template(content=given, area=None, by=HAVEN, at=NOW).version
    wanted = WantedSurvey(title="Cluster meetings", version=version.pk, opens_on=TODAY, closes_on=closes_on)
    return services.make_survey(area=cast.area, wanted=wanted, by=cast.actor(who), at=NOW)


def codes(cast: Cast, made: Survey, count: int) -> list[str]:
    """So many codes of it."""
    return list(services.give_out_codes(survey_id=made.pk, count=count, by=cast.actor("marcus"), at=NOW))


def answered(made: Survey, code: str, **values: Any) -> None:
    """One answer with this code."""
    given = {key.replace("_", "-"): value for key, value in (values or {"lead_named": "met"}).items()}
    services.answer_survey(survey_id=made.pk, code=code, values=given, at=NOW)
