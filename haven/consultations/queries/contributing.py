"""What an invited organisation sees: the questions, what it said, and afterwards what was sent and answered."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from haven.access.actor import Actor
from haven.access.decision import require
from haven.consultations.models import Contribution, Question, Reply, Response, Submission, Wording
from haven.consultations.policy import may_contribute, may_see
from haven.consultations.queries.gathering import compared
from haven.consultations.queries.listing import standing_on
from haven.consultations.rules.life import left_or_closed
from haven.consultations.rules.questions import Said, label_of
from haven.consultations.rules.standing import Standing, tag_for
from haven.engines.days.moments import local_day
from haven.guidance.models import Edition


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what the organisation says to it, and its choice in words."""

    question: Question
    said: Said
    choice: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """A wording that no longer stands."""

    number: int
    sent_at: datetime | None
    sent_by: str
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContributionPage:
    """One organisation's part in a response."""

    contribution: Contribution
    response: Response
    edition: Edition
    standing: Standing
    label: str
    colour: str
    left: str
    last_on: date
    compared: tuple[Edition, Edition] | None
    asked: tuple[Asked, ...]
    sent_by: str
    earlier: tuple[Earlier, ...]
    submission: Submission | None
    is_answered: bool
    may_contribute: bool

    @property
    def has_said(self) -> bool:
        """Whether the organisation has sent its view."""
        return self.contribution.version > 0

    @property
    def is_open(self) -> bool:
        """Whether it may be sent or changed today."""
        return self.may_contribute and self.standing is Standing.GATHERING


def contribution_page(*, contribution_id: UUID, by: Actor, at: datetime) -> ContributionPage:
    """What her organisation is asked, and what it said. Raises `Refused`."""
    on = local_day(at)
    rows = Contribution.objects.select_related("response__edition__document", "response__area", "organisation")
    contribution = rows.get(pk=contribution_id)
    require(may_see(by, contribution))
    response = contribution.response
    submission = response.submissions.first()
    standing = standing_on(response, on, is_sent=submission is not None)
    label, colour = tag_for(standing, has_said=contribution.version > 0)
    wordings = _wordings(contribution, list(response.questions.all()))
    standing_words = wordings.get(contribution.version)
    return ContributionPage(
        contribution=contribution,
        response=response,
        edition=response.edition,
        standing=standing,
        label=label,
        colour=colour,
        left=left_or_closed(response.last_on, on),
        last_on=response.last_on,
        compared=compared(response.edition),
        asked=standing_words.asked if standing_words else wordings[0].asked,
        sent_by=standing_words.sent_by if standing_words else "",
        earlier=tuple(each for number, each in sorted(wordings.items()) if 0 < number < contribution.version),
        submission=submission,
        is_answered=response.edition.answered_on is not None and response.edition.answered_on <= on,
        may_contribute=bool(may_contribute(by, contribution)),
    )


def _wordings(contribution: Contribution, questions: list[Question]) -> dict[int, Earlier]:
    """Every wording by its number; under nought what stands before the first: nothing."""
    said: dict[tuple[int, UUID], Said] = {}
    for row in Reply.objects.filter(wording__contribution=contribution).select_related("wording"):
        said[row.wording.number, row.question_id] = Said(choice=row.choice, words=row.words)
    sent = {each.number: each for each in contribution.wordings.select_related("sent_by")}
    return {number: _earlier(number, sent.get(number), questions, said) for number in (0, *sent)}


def _earlier(
    number: int, wording: Wording | None, questions: list[Question], said: dict[tuple[int, UUID], Said]
) -> Earlier:
    asked = []
    for question in questions:
        each = said.get((number, question.pk), Said())
        asked.append(Asked(question, each, label_of(question.asks, each.choice)))
    if wording is None:
        return Earlier(number, None, "", tuple(asked))
    return Earlier(number, wording.sent_at, wording.sent_by.name, tuple(asked))
