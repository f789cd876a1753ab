"""Lists without content: what the unit has in, what somebody told herself, what an organisation was sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, OuterRef, Q, Subquery, When

from haven.access.actor import Actor
from haven.access.decision import person_of
from haven.access.roles import INTELLIGENCE
from haven.intelligence.models import Dissemination, Grade, Receipt, Submission
from haven.intelligence.policy import SOURCE_READERS, sent_to, submissions_for
from haven.intelligence.rules.grading import Graded, Handling, Information, Priority
from haven.intelligence.rules.grading import Source as SourceGrade
from haven.intelligence.rules.outcomes import OUTCOME_IN_WORDS, Outcome
from haven.intelligence.rules.telling import THEME_IN_WORDS, Theme
from haven.people.seeing import seeing
from haven.subjects.models import About
from haven.subjects.rules.ties import Asker

A_PAGE = 20
ORDER = {Priority.HIGH: 0, Priority.MEDIUM: 1, Priority.LOW: 2}


@dataclass(frozen=True, slots=True)
class InboxLine:
    """One submission in the unit’s list."""

    submission: UUID
    reference: str
    received_at: datetime
    theme: str
    outcome: Outcome
    grade: Graded | None
    links: int

    @property
    def outcome_words(self) -> str:
        """What became of it."""
        return OUTCOME_IN_WORDS[self.outcome]


@dataclass(frozen=True, slots=True)
class Sent:
    """That a report is, or was, with an organisation."""

    dissemination: UUID
    organisation: str
    handling: Handling
    version: int
    sent_at: datetime
    read_at: datetime | None
    taken_back_at: datetime | None


@dataclass(frozen=True, slots=True)
class Stage:
    """Where one submission stands, without what it says."""

    line: InboxLine
    area: UUID
    theme: Theme
    named: int  # how many people it is known to be about
    sent: Sequence[Sent]
    may_learn_source: bool


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """What somebody told, as far as she is told of it."""

    receipt: UUID
    reference: str
    sent_on: date
    outcome: Outcome
    outcome_on: date | None

    @property
    def words(self) -> str:
        """What became of it."""
        return OUTCOME_IN_WORDS[self.outcome]


@dataclass(frozen=True, slots=True)
class ReceivedLine:
    """What an organisation was sent, without what it says."""

    dissemination: UUID
    reference: str
    unit: str
    sent_at: datetime
    handling: Handling
    is_read: bool


@seeing("intelligence.working")
def inbox(*, is_answered: bool, by: Actor, at: datetime, number: str = "1") -> "Page[Any]":
    """One page of `InboxLine`s, of what the units she works in have in: unanswered by priority, then age; answered with
    the newest first."""
    wanted = ~Q(outcome=Outcome.RECEIVED) if is_answered else Q(outcome=Outcome.RECEIVED)
    order = ("-received_at", "pk") if is_answered else (_URGENT, "received_at", "pk")
    rows = Submission.objects.filter(submissions_for(Asker(by, at)), wanted).annotate(latest=Subquery(_GRADE))
    page = Paginator(rows.annotate(linked=_LINKED).order_by(*order).prefetch_related("grades"), A_PAGE).get_page(number)
    return Page([_line(each) for each in page], page.number, page.paginator)


@seeing("intelligence.working")
def unanswered_in_units(*, by: Actor, at: datetime) -> int:
    """How many of what the units she works in have in wait for an answer; none for who works in no unit."""
    if not by.organisations(INTELLIGENCE):
        return 0
    return Submission.objects.filter(submissions_for(Asker(by, at)), outcome=Outcome.RECEIVED).count()


@seeing("intelligence.working")
def stage_of(*, submission_id: UUID, by: Actor, at: datetime) -> Stage | None:
    """One of them; none where she may not work with it."""
    rows = Submission.objects.filter(submissions_for(Asker(by, at)), pk=submission_id)
    row = rows.prefetch_related("grades").annotate(linked=_LINKED).first()
    if row is None:
        return None
    sent = Dissemination.objects.filter(report__submission=row).select_related("to", "report")
    return Stage(
        line=_line(row),
        area=row.area_id,
        theme=Theme(row.theme),
        named=About.objects.filter(record=row.record_id).count(),
        sent=[_sent(each) for each in sent],
        may_learn_source=by.holds(*SOURCE_READERS, organisation=row.unit_id),
    )


@seeing("intelligence.telling")
def receipts_of(*, by: Actor) -> list[ReceiptLine]:
    """What she told herself, newest first."""
    rows = Receipt.objects.filter(person=person_of(by))
    return [ReceiptLine(each.pk, each.reference, each.sent_on, Outcome(each.outcome), each.outcome_on) for each in rows]


def receipt_for(*, receipt_id: UUID, by: Actor) -> ReceiptLine | None:
    """One of them; none where it is not hers."""
    return next((each for each in receipts_of(by=by) if each.receipt == receipt_id), None)


@seeing("intelligence.showing")
def received(*, by: Actor, at: datetime) -> list[ReceivedLine]:
    """What her organisations were sent and she may read, newest first."""
    rows = Dissemination.objects.filter(sent_to(Asker(by, at))).select_related("report", "unit")
    return [
        ReceivedLine(
            each.pk,
            each.report.reference,
            each.unit.name,
            each.sent_at,
            Handling(each.handling),
            each.read_at is not None,
        )
        for each in rows
    ]


_GRADE = Grade.objects.filter(submission=OuterRef("pk")).order_by("-graded_at", "-id").values("priority")[:1]
_URGENT = Case(
    *(When(latest=priority, then=place) for priority, place in ORDER.items()),
    default=ORDER[Priority.HIGH],  # what nobody has looked at comes with what is urgent
)
_LINKED = Count("links", filter=Q(links__ended_at__isnull=True))


def _line(row: Submission) -> InboxLine:
    grades = list(row.grades.all())
    return InboxLine(
        submission=row.pk,
        reference=row.reference,
        received_at=row.received_at,
        theme=THEME_IN_WORDS[Theme(row.theme)],
        outcome=Outcome(row.outcome),
        grade=_graded(grades[0]) if grades else None,
        links=row.linked,  # type: ignore[attr-defined]
    )


def _graded(row: Grade) -> Graded:
    source, information = SourceGrade(row.source), Information(row.information)
    return Graded(source, information, Handling(row.handling), Priority(row.priority))


def _sent(row: Dissemination) -> Sent:
    return Sent(
        dissemination=row.pk,
        organisation=row.to.name,
        handling=Handling(row.handling),
        version=row.report.version,
        sent_at=row.sent_at,
        read_at=row.read_at,
        taken_back_at=row.taken_back_at,
    )
