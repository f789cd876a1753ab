"""A draft out for consultation, and the steps by which an area responds to it."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from haven.actions.rules import ALL_SCHOOLS, Reach, ReachKind
from haven.consultations import services
from haven.consultations.models import Contribution, Question, Response, Submission
from haven.consultations.rules.final import Way
from haven.consultations.rules.questions import QuestionKind, Said, WantedQuestion
from haven.consultations.services.preparing import WantedResponse
from haven.consultations.services.recording import WantedSubmission
from haven.guidance import services as guidance
from haven.guidance.models import Edition
from haven.guidance.rules.facts import EditionFacts
from haven.guidance.rules.life import Days
from tests.cast import NOW, TODAY, Cast
from tests.guidance.texts import document

OPENED, CLOSES, OURS = TODAY - timedelta(days=10), TODAY + timedelta(days=40), TODAY + timedelta(days=30)
LATER = NOW + timedelta(days=1)
QUESTIONS = (
    WantedQuestion(number="1", words="Should every school keep a list?", kind=QuestionKind.YES_NO),
    WantedQuestion(number="2", words="Do you agree with the new threshold?", kind=QuestionKind.AGREE),
    WantedQuestion(number="3", words="What is missing?"),
)
SENT = "1. Should every school keep a list?\r\n\r\nYes."
ADDRESS = "https://consult.example.org/thresholds"


def draft(cast: Cast, label: str = "Draft of 2026", *, title: str = "Draft thresholds", **days: date) -> Edition:
    """An edition that is out for consultation unless its days say otherwise."""
    made = document(cast, title=title)
    given = Days(**(days or {"opens_on": OPENED, "closes_on": CLOSES}))
    facts = EditionFacts(label=label, days=given, consultation_address=ADDRESS)
    return guidance.add_edition(document_id=made.pk, facts=facts, by=cast.actor("marcus"), at=NOW)


def redated(cast: Cast, edition: Edition, **days: date | None) -> Edition:
    """The edition with other days."""
    facts = edition.facts
    known = {name: getattr(facts.days, name) for name in Days.__slots__} | days
    changed = EditionFacts(label=facts.label, days=Days(**known), consultation_address=ADDRESS)
    return guidance.amend_edition(edition_id=edition.pk, facts=changed, by=cast.actor("marcus"), at=NOW)


def whom(cast: Cast, *partners: str) -> tuple[Reach, ...]:
    """All schools, and these partners."""
    return (ALL_SCHOOLS, *(Reach(ReachKind.ORGANISATION, str(cast.organisations[each].pk)) for each in partners))


def wish(cast: Cast, *partners: str, closes_on: date = OURS, note: str = "Look at page 3.") -> WantedResponse:
    """All schools and these partners, until the area's own date."""
    return WantedResponse(closes_on=closes_on, audience=whom(cast, *partners), note=note)


def prepared(cast: Cast, edition: Edition | None = None, *partners: str, closes_on: date = OURS) -> Response:
    """A response of which nobody knows yet."""
    return services.prepare_response(
        area=cast.area,
        edition_id=(edition or draft(cast)).pk,
        wanted=wish(cast, *(partners or ("police",)), closes_on=closes_on),
        by=cast.actor("marcus"),
        at=NOW,
    )


def questioned(cast: Cast, response: Response) -> list[Question]:
    """The response with its three questions."""
    return services.set_questions(response_id=response.pk, questions=QUESTIONS, by=cast.actor("marcus"), at=NOW)


def gathering(cast: Cast, edition: Edition | None = None, *partners: str, closes_on: date = OURS) -> Response:
    """A response of all schools and the police, who have been asked."""
    response = prepared(cast, edition, *partners, closes_on=closes_on)
    questioned(cast, response)
    return services.invite(response_id=response.pk, by=cast.actor("marcus"), at=NOW)


def part_of(cast: Cast, response: Response, name: str = "oakfield") -> Contribution:
    """The part of one organisation in it."""
    return response.contributions.get(organisation=cast.organisations[name])


def contributed(
    cast: Cast,
    response: Response,
    name: str = "priya",
    place: str = "oakfield",
    *,
    at: datetime = LATER,
    choice: str = "yes",
    words: str = "A list helps us.",
) -> Contribution:
    """The part of an organisation, sent by one of its people: to the first question."""
    part = part_of(cast, response, place)
    first = response.questions.get(place=1)
    return services.contribute(
        contribution_id=part.pk,
        said={first.pk: Said(choice=choice, words=words)},
        seen_version=part.version,
        by=cast.actor(name),
        at=at,
    )


def answered(cast: Cast, response: Response, words: str = "We say yes.") -> None:
    """Every question with its answer."""
    for question in response.questions.all():
        services.write_answer(
            question_id=question.pk, said=Said(words=words), seen_version=0, by=cast.actor("marcus"), at=LATER
        )


def recorded(cast: Cast, response: Response, key: UUID | None = None, **changes: object) -> Submission:
    """What was sent, by the online form, unless something else is said."""
    plain = {"key": key or uuid4(), "sent_on": TODAY, "way": Way.FORM, "text": SENT, "reference": "R-17"}
    wanted = WantedSubmission(**(plain | changes))
    return services.record_submission(response_id=response.pk, wanted=wanted, by=cast.actor("marcus"), at=LATER)


def sent_with_file(cast: Cast, edition: Edition) -> Submission:
    """What was sent of a response that was gathered and answered, with the file that was kept."""
    response = gathering(cast, edition)
    answered(cast, response)
    return recorded(cast, response, file=("receipt.txt", b"Received."))
