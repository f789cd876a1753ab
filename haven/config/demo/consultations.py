"""Two consultations of Fairhaven's own: one that is open, with what schools and partners say; and one that was sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import yaml
from django.utils import timezone

from haven.access.actor import Actor
from haven.actions.rules import ALL_SCHOOLS, Reach, ReachKind
from haven.config.demo.history import leading
from haven.consultations import services
from haven.consultations.models import Notice, Response
from haven.consultations.queries.gathering import answers_of
from haven.consultations.rules.final import Way, composed
from haven.consultations.rules.questions import QuestionKind, Said, WantedQuestion
from haven.consultations.services.preparing import WantedResponse
from haven.consultations.services.recording import WantedSubmission
from haven.engines.compare.opening.editions import open_edition
from haven.engines.compare.structure import edition_of
from haven.engines.days.moments import moment
from haven.guidance.models import Document, Edition
from haven.guidance.rules.facts import DocumentFacts, EditionFacts, Standing
from haven.guidance.rules.life import Days
from haven.guidance.services import add_document, add_edition, give_reading
from haven.people.models import Area, Organisation, Post
from haven.people.queries import actor_of

TEXTS = Path(__file__).parent / "consulted"
MORNING = time(9, 30)
PUBLISHER = "Fairhaven Safeguarding Partnership"
PARTNERS = ("Fairhaven Police", "Fairhaven Community Health", "Safe Tides")
Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Clock:
    """Moments told by their distance from today."""

    today: date

    def day(self, distance: int) -> date:
        """The day so many days from today."""
        return self.today + timedelta(days=distance)

    def at(self, distance: int) -> datetime:
        """That day's morning."""
        return moment(self.day(distance), MORNING)


def furnish_consultations(area: Area, today: date) -> None:
    """Write both as they would have happened: through the services, each step at its own moment."""
    told, clock = yaml.safe_load((TEXTS / "views.yaml").read_text()), Clock(today)
    _sent_before(area, told["before"], clock)
    _open_now(area, told["open"], clock)
    Notice.objects.update(told_at=timezone.now())


def _open_now(area: Area, told: Told, clock: Clock) -> None:
    document, lead = _document(area, told["title"], clock.at(told["opens"])), leading(clock.today)
    since = clock.day(-told["in_force"]["days_ago"])
    before = _edition(document, told["in_force"]["label"], Days(issued_on=since, in_force_on=since), lead, clock)
    days = Days(
        opens_on=clock.day(told["opens"]),
        closes_on=clock.day(told["closes"]),
        expected_on=clock.day(told["expected"]),
    )
    draft = _edition(document, told["draft"]["label"], days, lead, clock, told["address"])
    for edition, text in ((before, told["in_force"]["text"]), (draft, told["draft"]["text"])):
        _fill(edition, text, lead, clock)
    response = _asked(area, draft, told, clock)
    _views(response, told["views"], clock)
    _answers(response, told["answers"], clock.at(-1))


def _sent_before(area: Area, told: Told, clock: Clock) -> None:
    document, lead = _document(area, told["title"], clock.at(told["opens"])), leading(clock.today)
    days = Days(
        opens_on=clock.day(told["opens"]),
        closes_on=clock.day(told["closes"]),
        answered_on=clock.day(told["answered"]),
        issued_on=clock.day(told["issued"]),
        in_force_on=clock.day(told["in_force"]),
    )
    edition = _edition(document, told["label"], days, lead, clock, told["address"])
    response = _asked(area, edition, told, clock)
    _views(response, told["views"], clock)
    sent = told["sent"]
    _answers(response, told["answers"], clock.at(-sent["days_ago"]))
    wanted = WantedSubmission(
        key=uuid5(response.pk, "sent"),
        sent_on=clock.day(-sent["days_ago"]),
        way=Way(sent["way"]),
        reference=sent["reference"],
        text=composed(answers_of(response=response)),
    )
    at = clock.at(-sent["days_ago"])
    services.record_submission(response_id=response.pk, wanted=wanted, by=lead, at=at)


def _document(area: Area, title: str, at: datetime) -> Document:
    facts = DocumentFacts(title=title, publisher=PUBLISHER, standing=Standing.LOCAL)
    return add_document(area=area, facts=facts, by=leading(at.date()), at=at)


def _edition(document: Document, label: str, days: Days, lead: Actor, clock: Clock, address: str = "") -> Edition:
    facts = EditionFacts(label=label, days=days, consultation_address=address)
    return add_edition(document_id=document.pk, facts=facts, by=lead, at=clock.at(0))


def _fill(edition: Edition, name: str, lead: Actor, clock: Clock) -> None:
    content = (TEXTS / name).read_bytes()
    read = edition_of(open_edition(name, content))
    give_reading(edition_id=edition.pk, read=read, name=name, content=content, by=lead, at=clock.at(0))


def _asked(area: Area, edition: Edition, told: Told, clock: Clock) -> Response:
    """The response, prepared and asked on the day after the consultation opened."""
    at, lead = clock.at(told["opens"] + 1), leading(clock.day(told["opens"] + 1))
    partners = Organisation.objects.filter(name__in=PARTNERS).values_list("pk", flat=True)
    audience = (ALL_SCHOOLS, *(Reach(ReachKind.ORGANISATION, str(pk)) for pk in partners))
    wanted = WantedResponse(closes_on=clock.day(told["ours"]), audience=audience, note=told["note"])
    response = services.prepare_response(area=area, edition_id=edition.pk, wanted=wanted, by=lead, at=at)
    questions = [
        WantedQuestion(number=str(number), words=each["words"], kind=QuestionKind(each["kind"]))
        for number, each in enumerate(told["questions"], start=1)
    ]
    services.set_questions(response_id=response.pk, questions=questions, by=lead, at=at)
    return services.invite(response_id=response.pk, by=lead, at=at)


def _views(response: Response, views: list[Told], clock: Clock) -> None:
    questions = [question.pk for question in response.questions.all()]
    parts = {each.organisation.name: each.pk for each in response.contributions.select_related("organisation")}
    for view in views:
        post = Post.objects.select_related("person").get(organisation__name=view["of"], role=view["role"])
        by = actor_of(person=post.person, has_second_factor=True, on=clock.today)
        said = {questions[place]: Said(choice=choice, words=words) for place, (choice, words) in view["said"].items()}
        at = clock.at(-view["days_ago"])
        services.contribute(contribution_id=parts[view["of"]], said=said, seen_version=0, by=by, at=at)


def _answers(response: Response, answers: Mapping[int, Told], at: datetime) -> None:
    questions: list[UUID] = [question.pk for question in response.questions.all()]
    for place, each in answers.items():
        said = Said(choice=each.get("choice", ""), words=each["words"])
        lead = leading(at.date())
        services.write_answer(question_id=questions[place], said=said, seen_version=0, by=lead, at=at)
