"""What a lead sees of her area's response: who has said what, question by question, and what the area answers."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from django.db.models import F, Max, Q
from django.db.models.query import QuerySet

from haven.access.actor import Actor
from haven.access.decision import require
from haven.access.roles import Kind
from haven.actions.rules import may_remind_again
from haven.consultations.models import Answer, Moved, Notice, Question, Reply, Response, Submission
from haven.consultations.policy import may_keep
from haven.consultations.queries.inviting import organisations_invited
from haven.consultations.queries.listing import standing_on
from haven.consultations.rules.final import Answered, composed, quoted
from haven.consultations.rules.groups import ORDER, group_of
from haven.consultations.rules.life import STAGES, Stage, in_words, left_or_closed, stage_on
from haven.consultations.rules.questions import CHOICES, QuestionKind, label_of
from haven.consultations.rules.standing import STANDINGS, Standing
from haven.engines.days.moments import day_in_words, local_day
from haven.guidance.models import Edition
from haven.guidance.queries.pages import editions_with_words
from haven.people.models import Organisation

WIDTH = 100  # of a bar


@dataclass(frozen=True, slots=True)
class Tally:
    """How many chose one answer: schools, partners, and how wide the bar of each is."""

    label: str
    schools: int
    partners: int
    bars: tuple[tuple[str, float, float], ...]

    @property
    def all(self) -> int:
        """How many did."""
        return self.schools + self.partners


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidLine:
    """What one organisation says to a question."""

    reply: UUID
    organisation: str
    choice: str
    words: str
    quote: str  # the words as they stand in an answer
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A question in the list of a response."""

    question: Question
    answer: Answer | None
    said: int
    tallies: tuple[Tally, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """One organisation that is invited."""

    id: UUID
    organisation: str
    group: str
    sent_at: datetime | None
    reminded_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponsePage:
    """An area's response with everything about it."""

    response: Response
    standing: Standing
    label: str
    colour: str
    stage: Stage
    stage_label: str
    stage_colour: str
    national: str
    left: str
    slipped: str
    compared: tuple[Edition, Edition] | None
    lines: tuple[QuestionLine, ...]
    contributed: tuple[Invited, ...]
    waiting: tuple[Invited, ...]
    to_remind: int
    reached: tuple[tuple[str, int], ...]  # whom it would invite, by kind: before anybody is
    submissions: tuple[Submission, ...]
    moved: tuple[Moved, ...]
    unanswered: int

    @property
    def invited(self) -> int:
        """How many are invited."""
        return len(self.contributed) + len(self.waiting)

    @property
    def bar(self) -> tuple[tuple[str, float, float], ...]:
        """How many have contributed, as a bar."""
        done = round(len(self.contributed) * WIDTH / max(self.invited, 1), 2)
        return (("done", 0, done), ("open", done, WIDTH - done))

    @property
    def would_reach(self) -> int:
        """How many it would invite."""
        return sum(count for _, count in self.reached)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPage:
    """One question with what everybody says to it, and the area's answer."""

    question: Question
    response: Response
    place: int
    count: int
    before: Question | None
    after: Question | None
    tallies: tuple[Tally, ...]
    kinds: tuple[str, ...]  # of those who chose, in the order of the table
    table: tuple[tuple[str, tuple[int, ...], int], ...]
    groups: tuple[tuple[str, tuple[SaidLine, ...]], ...]
    said: int
    answer: Answer | None
    may_write: bool


def response_page(*, response_id: UUID, by: Actor, at: datetime) -> ResponsePage:
    """The response, for its area's leads. Raises `Refused`."""
    on = local_day(at)
    response = response_kept(response_id=response_id, by=by)
    submissions = tuple(response.submissions.select_related("recorded_by", "file"))
    standing = standing_on(response, on, is_sent=bool(submissions))
    stage = stage_on(response.edition.days, on)
    contributed, waiting = _invited(response)
    lines = _question_lines(response)
    return ResponsePage(
        response=response,
        standing=standing,
        label=STANDINGS[standing][0],
        colour=STANDINGS[standing][1],
        stage=stage,
        stage_label=STAGES[stage][0],
        stage_colour=STAGES[stage][1],
        national=in_words(response.edition.days, response.edition.said, on),
        left=left_or_closed(response.last_on, on),
        slipped=slipped(response),
        compared=compared(response.edition),
        lines=lines,
        contributed=contributed,
        waiting=waiting,
        to_remind=sum(may_remind_again(each.reminded_at, at) for each in waiting),
        reached=() if response.invited_at else _reached(response, on),
        submissions=submissions,
        moved=tuple(response.moved.select_related("moved_by")),
        unanswered=sum(line.answer is None for line in lines),
    )


def response_kept(*, response_id: UUID, by: Actor) -> Response:
    """A response that she keeps. Raises `Refused`."""
    rows = Response.objects.select_related("edition__document", "area")
    response = rows.prefetch_related("audience__cluster", "audience__organisation").get(pk=response_id)
    require(may_keep(by, response.area_id))
    return response


def question_page(*, question_id: UUID, by: Actor) -> QuestionPage:
    """One question, for its area's leads. Raises `Refused`."""
    question = Question.objects.get(pk=question_id)
    response = question.response = response_kept(response_id=question.response_id, by=by)
    questions = list(response.questions.all())
    place = [each.pk for each in questions].index(question.pk)
    replies = list(_replies(response).filter(question=question))
    return QuestionPage(
        question=question,
        response=response,
        place=place + 1,
        count=len(questions),
        before=questions[place - 1] if place else None,
        after=questions[place + 1] if place + 1 < len(questions) else None,
        tallies=_tallies(question.asks, replies),
        kinds=_kinds(replies),
        table=_table(question.asks, replies),
        groups=_groups(question.asks, replies),
        said=len(replies),
        answer=_answers([question]).get(question.pk),
        may_write=not response.submissions.exists(),
    )


def quote_of(*, question_id: UUID, reply_id: UUID, by: Actor) -> str:
    """The words of a reply, ready to stand in the area's answer. Raises `Refused`."""
    question = Question.objects.get(pk=question_id)
    response = response_kept(response_id=question.response_id, by=by)
    reply = _replies(response).get(pk=reply_id, question=question)
    return quoted(reply.words, _group(reply.wording.contribution.organisation)[1])


def final_text(*, response_id: UUID, by: Actor) -> str:
    """The area's answers as one text. Raises `Refused`."""
    return composed(answers_of(response=response_kept(response_id=response_id, by=by)))


def answers_of(*, response: Response) -> list[Answered]:
    """Each question with the area's answer, as far as it is written."""
    questions = list(response.questions.all())
    answers = _answers(questions)
    return [_answered(each, answers.get(each.pk)) for each in questions]


def contributions_exported(*, response_id: UUID, by: Actor) -> tuple[list[str], list[tuple[object, ...]]]:
    """Everything that was contributed, a row for each organisation and question: the columns' names, and the rows."""
    response = response_kept(response_id=response_id, by=by)
    rows = _replies(response).order_by("question__place", "wording__contribution__organisation__name")
    columns = ["Number", "Question", "Organisation", "Kind", "Answer", "Words", "Sent"]
    return columns, [
        (
            row.question.number,
            row.question.words,
            row.wording.contribution.organisation.name,
            _group(row.wording.contribution.organisation)[0],
            label_of(row.question.asks, row.choice),
            row.words,
            local_day(row.wording.sent_at),
        )
        for row in rows
    ]


def submitted_file(*, submission_id: UUID, by: Actor) -> UUID | None:
    """The file that was kept with a record of what was sent, for the area's leads. Raises `Refused`."""
    submission = Submission.objects.select_related("response").get(pk=submission_id)
    require(may_keep(by, submission.response.area_id))
    return submission.file_id


def compared(edition: Edition) -> tuple[Edition, Edition] | None:
    """The edition before this one and this one, where both have their words; otherwise none."""
    filled = editions_with_words(document=edition.document)  # the newest first
    place = next((n for n, each in enumerate(filled) if each.pk == edition.pk), None)
    if place is None or place + 1 >= len(filled):
        return None
    return filled[place + 1], filled[place]


def slipped(response: Response) -> str:
    """That the consultation's own closing date has moved since ours was set; blank where it has not."""
    now, then = response.edition.closes_on, response.known_closes_on
    if not response.has_slipped:
        return ""
    if now is None:
        return f"The consultation’s own closing date, {_day(then)}, is no longer known."
    was = f"It was {_day(then)} when yours was set." if then else "It was not known when yours was set."
    ours = f" Yours, {_day(response.closes_on)}, comes after it: views are taken until {_day(now)}."
    return f"The consultation itself now closes on {_day(now)}. {was}{ours if response.closes_on > now else ''}"


def _day(day: date | None) -> str:
    return day_in_words(day) if day else ""


def _replies(response: Response) -> QuerySet[Reply]:
    """What the wordings that stand say."""
    standing = Q(wording__number=F("wording__contribution__version"), wording__contribution__response=response)
    rows = Reply.objects.filter(standing).select_related("wording__contribution__organisation", "question")
    return rows.order_by("wording__contribution__organisation__name")


def _answers(questions: Iterable[Question]) -> dict[UUID, Answer]:
    known = {each.pk: each for each in questions}
    found = {}
    for answer in Answer.objects.filter(question__in=known).select_related("written_by"):
        answer.question = known[answer.question_id]
        found[answer.question_id] = answer
    return found


def _answered(question: Question, answer: Answer | None) -> Answered:
    if answer is None:
        return Answered(question.number, question.words, "", "")
    return Answered(question.number, question.words, answer.chosen, answer.words)


def _question_lines(response: Response) -> tuple[QuestionLine, ...]:
    questions = list(response.questions.all())
    answers = _answers(questions)
    replies: dict[UUID, list[Reply]] = {}
    for reply in _replies(response):
        replies.setdefault(reply.question_id, []).append(reply)
    return tuple(
        QuestionLine(each, answers.get(each.pk), len(said), _tallies(each.asks, said))
        for each in questions
        for said in (replies.get(each.pk, []),)
    )


def _invited(response: Response) -> tuple[tuple[Invited, ...], tuple[Invited, ...]]:
    """Those who have contributed, the newest first, and those who have not."""
    told = [Notice.Kind.REMINDED, Notice.Kind.SOON]
    reminded = Max("notices__made_at", filter=Q(notices__kind__in=told))
    rows = response.contributions.select_related("organisation").annotate(reminded_at=reminded)
    lines = [
        Invited(
            id=row.pk,
            organisation=row.organisation.name,
            group=_group(row.organisation)[0],
            sent_at=row.sent_at,
            reminded_at=row.reminded_at,
        )
        for row in rows
    ]
    said = sorted((each for each in lines if each.sent_at), key=lambda each: str(each.sent_at), reverse=True)
    return tuple(said), tuple(each for each in lines if not each.sent_at)


def _reached(response: Response, on: date) -> tuple[tuple[str, int], ...]:
    rows = organisations_invited(area=response.area, audience=response.reaches, on=on)
    counts = Counter(_group(each)[0] for each in rows)
    return tuple((name, counts[name]) for name in ORDER if counts[name])


def _group(organisation: Organisation) -> tuple[str, str]:
    return group_of(Kind(organisation.kind), organisation.phase)


def _organisation(reply: Reply) -> Organisation:
    return reply.wording.contribution.organisation


def _tallies(kind: QuestionKind, replies: Sequence[Reply]) -> tuple[Tally, ...]:
    """How many chose each answer; nothing for a question in words."""
    schools = Counter(each.choice for each in replies if _organisation(each).is_school)
    partners = Counter(each.choice for each in replies if not _organisation(each).is_school)
    most = max((schools[value] + partners[value] for value, _ in CHOICES[kind]), default=0)
    return tuple(
        Tally(label, schools[value], partners[value], _bars(schools[value], partners[value], most))
        for value, label in CHOICES[kind]
    )


def _bars(schools: int, partners: int, most: int) -> tuple[tuple[str, float, float], ...]:
    whole = max(most, 1)
    first, second = round(schools * WIDTH / whole, 2), round(partners * WIDTH / whole, 2)
    parts = (("open", 0.0, first), ("done", first, second))
    return tuple(part for part in parts if part[2])


def _kinds(replies: Sequence[Reply]) -> tuple[str, ...]:
    found = {_group(_organisation(each))[0] for each in replies if each.choice}
    return tuple(name for name in ORDER if name in found)


def _table(kind: QuestionKind, replies: Sequence[Reply]) -> tuple[tuple[str, tuple[int, ...], int], ...]:
    """For each choice how many of each kind of organisation chose it, and how many altogether."""
    counts = Counter((each.choice, _group(_organisation(each))[0]) for each in replies)
    kinds = _kinds(replies)
    rows = ((label, tuple(counts[value, name] for name in kinds)) for value, label in CHOICES[kind])
    return tuple((label, row, sum(row)) for label, row in rows)


def _groups(kind: QuestionKind, replies: Sequence[Reply]) -> tuple[tuple[str, tuple[SaidLine, ...]], ...]:
    """What was written, by kind of organisation."""
    worded = sorted(
        (each for each in replies if each.words), key=lambda each: ORDER.index(_group(_organisation(each))[0])
    )
    by_group = groupby(worded, key=lambda each: _group(_organisation(each))[0])
    return tuple((name, tuple(_said(kind, each) for each in lines)) for name, lines in by_group)


def _said(kind: QuestionKind, reply: Reply) -> SaidLine:
    return SaidLine(
        reply=reply.pk,
        organisation=_organisation(reply).name,
        choice=label_of(kind, reply.choice),
        words=reply.words,
        quote=quoted(reply.words, _group(_organisation(reply))[1]),
        sent_at=reply.wording.sent_at,
    )
