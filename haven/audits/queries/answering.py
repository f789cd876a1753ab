"""A school at its return: the overview, one section, what became of a save."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.urls import reverse

from haven.access.actor import Actor
from haven.access.decision import Refused, require
from haven.audits.models import Return
from haven.audits.policy import may_read, may_see
from haven.audits.queries.back import SentBack, sent_back
from haven.audits.queries.changing import require_open
from haven.audits.queries.heads import Head, head_of
from haven.audits.queries.law import law_addresses
from haven.audits.rules.life import ANSWERABLE, State, step_in_words
from haven.engines.days.moments import local_day
from haven.questions.models import Answer, Sheet, Support
from haven.questions.queries.asking import Asked, Kept, Now, Typed, asked_in, stands_now
from haven.questions.queries.sheets import Filled, filled, sheet_of, tallies_of
from haven.questions.queries.telling import said, shown_of
from haven.questions.rules.outline import Outline, Question, Section, Trait
from haven.questions.rules.showing import Counts
from haven.questions.rules.telling import WORTHS, Said, Worth

SIGNED = "It has been signed, so nothing can be changed."
SENT = "It has been sent, so nothing can be changed."
MOST_OWED = 8


def return_seen(*, return_id: UUID, by: Actor) -> Return:
    """A return, for whoever works in its school. Raises `Refused`, or `Return.DoesNotExist`."""
    rows = Return.objects.select_related(
        "cycle__area", "cycle__version", "organisation", "window", "sheet__version", "sheet__before__version"
    )
    of = rows.defer("cycle__version__content", "sheet__version__content", "sheet__before__version__content").get(
        pk=return_id
    )
    if of.sheet:
        of.sheet.organisation = of.organisation
    require(may_see(by, of))
    return of


def file_address(support: Support) -> str:
    """Where the file behind an answer opens."""
    return reverse("audits:evidence-file", args=[support.pk])


def closed_why(of: Return, at: datetime) -> str:
    """Why nothing can be written, in words; empty where it can."""
    try:
        require_open(of, at)
    except Refused as refused:
        return refused.advice
    if of.state in ANSWERABLE:
        return ""
    return SIGNED if of.state == State.SIGNING else SENT


# --- the overview ---


@dataclass(frozen=True, slots=True)
class SectionLine:
    """One section in the list of tasks."""

    section: Section
    counts: Counts

    @property
    def said(self) -> tuple[str, str]:
        """How far it is, in words, and the colour of its tag."""
        if not self.counts.asked:
            return "Nothing is asked of you", "grey"
        if self.counts.is_complete:
            return "Answered", "green"
        if not self.counts.answered:
            return f"{self.counts.asked} to answer", "grey"
        return f"{self.counts.answered} of {self.counts.asked}", "blue"


@dataclass(frozen=True, slots=True)
class PartLine:
    """One part with its sections."""

    title: str
    about: str
    lines: tuple[SectionLine, ...]


@dataclass(frozen=True, slots=True)
class StepLine:
    """One signature of the chain."""

    number: int
    words: str
    signed_by: str
    signed_at: datetime | None
    is_next: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """One question that stands in the way of a signature."""

    ref: str
    words: str
    what: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """A school's return at a glance."""

    of: Return
    head: Head
    outline: Outline
    closed: str  # why nothing can be written
    is_begun: bool
    questions: int  # of the template
    parts: tuple[PartLine, ...] = ()
    counts: Counts = field(default_factory=Counts)
    ready: int = 0
    carried: int = 0  # of those that stand ready or were confirmed, carried over from last time
    known: int = 0  # and known to Haven
    elsewhere: int = 0  # and prepared elsewhere
    spared: int = 0  # answers that nobody had to type
    worths: tuple[tuple[Worth, int], ...] = ()
    traits: tuple[tuple[Trait, bool], ...] = ()
    owed: tuple[Owed, ...] = ()
    owing: int = 0
    unconfirmed: int = 0  # of those that owe something, to be confirmed
    unanswered: int = 0  # to be answered
    incomplete: int = 0  # answered, and something is missing still; the three make up the whole
    steps: tuple[StepLine, ...] = ()
    back: SentBack | None = None  # why the council sent it back, while it is with the school again
    asked_again: tuple[Owed, ...] = ()  # what the council asks of which answers
    onward: Section | None = None  # where to go on

    @property
    def percent(self) -> int:
        """Of the work; a hundred only once all of it is done."""
        return 100 * self.counts.answered // self.counts.asked if self.counts.asked else 0


def overview(*, return_id: UUID, by: Actor, at: datetime) -> Overview:
    """The overview of a return. Raises `Refused`."""
    of = return_seen(return_id=return_id, by=by)
    head, closed = head_of(of, by=by, on=local_day(at)), closed_why(of, at)
    sheet = of.sheet
    outline = of.cycle.version.outline
    if sheet is None:
        count = len(outline.questions)
        return Overview(
            of=of, head=head, outline=outline, closed=closed, is_begun=False, questions=count, steps=_steps(of)
        )
    parts = _parts(outline, sheet)
    lines = [line for part in parts for line in part.lines]
    counts = sum((line.counts for line in lines), Counts())
    whole = filled(sheet)
    owing = whole.owing
    shown = owing if len(owing) <= MOST_OWED else [line for line in owing if line.is_answered]
    waiting, spared = _prepared(whole)
    back = sent_back(of.pk) if of.state == State.SENT_BACK else None
    return Overview(
        of=of,
        head=head,
        outline=outline,
        closed=closed,
        is_begun=True,
        questions=len(outline.questions),
        parts=parts,
        counts=counts,
        ready=counts.waiting,
        carried=waiting[Answer.Origin.CARRIED],
        known=waiting[Answer.Origin.KNOWN],
        elsewhere=counts.waiting - waiting[Answer.Origin.CARRIED] - waiting[Answer.Origin.KNOWN],
        spared=spared,
        worths=_worths(counts),
        traits=tuple((trait, trait.key in sheet.traits) for trait in outline.traits),
        owed=tuple(_owed(of, outline, line.question, " ".join(line.owed)) for line in shown[:MOST_OWED]),
        owing=len(owing),
        unconfirmed=sum(line.is_waiting for line in owing),
        unanswered=sum(not line.is_answered and not line.is_waiting for line in owing),
        incomplete=sum(line.is_answered for line in owing),
        steps=_steps(of),
        back=back,
        asked_again=_asked_again(of, outline, back),
        onward=next((line.section for line in lines if line.counts.asked and not line.counts.is_complete), None),
    )


def _parts(outline: Outline, sheet: Sheet) -> tuple[PartLine, ...]:
    tallies = tallies_of(sheet.pk)
    counted = {key: tally.counts for key, tally in tallies.items()}
    return tuple(
        PartLine(part.title, part.about, tuple(SectionLine(s, counted.get(s.key, Counts())) for s in part.sections))
        for part in outline.parts
    )


def _prepared(whole: Filled) -> tuple[Counter[str], int]:
    """How many answers wait from where, and how many altogether were taken as they stood ready: nobody typed those."""
    answers = [line.answer for line in whole.asked if line.answer is not None and line.answer.value is not None]
    prepared = [answer for answer in answers if answer.origin != Answer.Origin.GIVEN and not answer.is_overridden]
    return Counter(answer.origin for answer in prepared if not answer.is_confirmed), len(prepared)


def _worths(counts: Counts) -> tuple[tuple[Worth, int], ...]:
    figures = {
        "in-place": counts.in_place,
        "partly": counts.partly,
        "not-in-place": counts.not_in_place,
        "not-applicable": counts.not_applicable,
        "said": counts.said,
    }
    return tuple((WORTHS[key], count) for key, count in figures.items() if count)


def _steps(of: Return) -> tuple[StepLine, ...]:
    copy = of.copies.filter(lapsed_at__isnull=True).first() if of.sheet_id else None
    signed = {each.step: each for each in copy.signatures.all()} if copy else {}
    following = next((number for number in range(1, len(of.cycle.steps) + 1) if number not in signed), 0)
    return tuple(
        StepLine(
            number,
            step_in_words(roles),
            signed[number].name if number in signed else "",
            signed[number].signed_at if number in signed else None,
            number == following,
        )
        for number, roles in enumerate(of.cycle.steps, start=1)
    )


def _asked_again(of: Return, outline: Outline, back: SentBack | None) -> tuple[Owed, ...]:
    """What the council asks of which answers, in the order of the questions."""
    order = {key: place for place, key in enumerate(outline.questions)}
    remarks = sorted(back.remarks, key=lambda remark: order[remark[0]]) if back else []
    return tuple(_owed(of, outline, outline.questions[key], words) for key, words in remarks)


def _owed(of: Return, outline: Outline, question: Question, what: str) -> Owed:
    address = reverse("audits:section", args=[of.pk, outline.section_of[question.key].key])
    return Owed(ref=question.ref, words=question.words, what=what, address=f"{address}#q-{question.key}")


# --- one section ---


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionPage:
    """One section of a return, to be answered or to be read."""

    of: Return
    head: Head
    section: Section
    place: int
    count: int
    lines: tuple[SectionLine, ...]  # of all sections
    counts: Counts
    closed: str
    asked: Sequence[Asked] = ()  # to be answered
    said: Sequence[Said] = ()  # to be read
    unsent: Sequence[Said] = ()  # what was typed and came too late
    before: Section | None = None
    after: Section | None = None

    @property
    def ready(self) -> list[Asked]:
        """The questions whose answers stand ready."""
        return [each for each in self.asked if each.ready and each.is_shown]

    @property
    def faulty(self) -> list[Asked]:
        """The questions of which something typed could not be kept."""
        return [each for each in self.asked if each.fault]


def section_page(
    *, return_id: UUID, key: str, typed: Mapping[str, Typed], by: Actor, at: datetime
) -> SectionPage | None:
    """One section; none where there is no such section, or nothing was begun. Raises `Refused`."""
    of = return_seen(return_id=return_id, by=by)
    sheet = of.sheet
    section = sheet.version.outline.section(key) if sheet else None
    if sheet is None or section is None:
        return None
    outline, on = sheet.version.outline, local_day(at)
    lines = tuple(line for part in _parts(outline, sheet) for line in part.lines)
    closed, whole = closed_why(of, at), filled(sheet, section)
    place = outline.sections.index(section)
    law = law_addresses(laws={each for question in section.questions for each in question.law}, on=on)
    return SectionPage(
        of=of,
        head=head_of(of, by=by, on=on),
        section=section,
        place=place + 1,
        count=len(outline.sections),
        lines=lines,
        counts=lines[place].counts,
        closed=closed,
        asked=() if closed else asked_in(whole, section, file_address=file_address, law=law, typed=typed),
        said=[said(line, file_address) for line in whole.section(section)] if closed else (),
        before=outline.sections[place - 1] if place else None,
        after=outline.after(section),
    )


# --- what became of a save ---


@dataclass(frozen=True, slots=True)
class SheetWritten:
    """What a save needs to know of the sheet before it is locked."""

    sheet_id: UUID
    outline: Outline


@lru_cache(maxsize=50_000)
def sheet_written(return_id: UUID) -> SheetWritten:
    """The sheet that a return is written on: remembered, since it never becomes another. To tell nothing of it before
    it is known who asks is the caller's.

    Raises `Sheet.DoesNotExist` where nothing was begun.
    """
    rows = Sheet.objects.filter(audit_return=return_id).select_related("version")
    sheet = rows.only("id", "version__id", "version__digest").get()
    return SheetWritten(sheet.pk, sheet.version.outline)


def saved_now(*, written: SheetWritten, question: str, answer: Answer | None) -> tuple[Now, dict[str, Any]]:
    """One question as it stands after a save, and how far its section and the whole are. Who may, the caller said."""
    section = written.outline.section_of[question]
    told = counts_now(written.sheet_id, section)
    decides = any(condition.question == question for each in section.questions for condition in each.shown_if)
    if decides and (sheet := sheet_of(sheet_id=written.sheet_id)):
        told["asked"] = [line.question.key for line in filled(sheet, section).section(section)]
    now = stands_now(sheet_id=written.sheet_id, question=written.outline.questions[question], answer=answer)
    return now, told


def counts_now(sheet_id: UUID, section: Section) -> dict[str, Any]:
    """How far a section and the whole are, for a page that stays open."""
    tallies = tallies_of(sheet_id)
    whole = sum((each.counts for each in tallies.values()), Counts())
    return {"section": _figures(tallies[section.key].counts), "all": _figures(whole)}


def confirmed_now(*, return_id: UUID, questions: Sequence[str], by: Actor) -> tuple[Sequence[Asked], dict[str, Any]]:
    """Questions of one section as they stand after they were confirmed, and how far that section and the whole are."""
    of = return_seen(return_id=return_id, by=by)
    section = of.sheet.version.outline.section_of.get(questions[0]) if of.sheet and questions else None
    if of.sheet is None or section is None:
        return (), {}
    alone = replace(section, questions=tuple(each for each in section.questions if each.key in questions))
    asked = asked_in(filled(of.sheet, alone), alone, file_address=file_address, law={}, typed={})
    return asked, counts_now(of.sheet.pk, section)


def _figures(counts: Counts) -> dict[str, int]:
    return {"answered": counts.answered, "asked": counts.asked, "waiting": counts.waiting}


def days_standing(*, sheet_id: UUID | None, questions: Collection[str]) -> Mapping[str, date | None]:
    """The day by which each answer said it would be in place: it stands where what was typed instead is no day."""
    rows = Answer.objects.filter(sheet=sheet_id, question__in=questions)
    return dict(rows.values_list("question", "by_on"))


def still_waiting(*, return_id: UUID, seen: Mapping[str, int], by: Actor) -> list[str]:
    """Of these questions, those that stand ready just as they were seen. Raises `Refused`."""
    of = return_seen(return_id=return_id, by=by)
    rows = Answer.objects.filter(sheet=of.sheet_id, question__in=seen, is_confirmed=False, value__isnull=False)
    return [key for key, revision in rows.values_list("question", "revision") if seen[key] == revision]


# --- evidence ---


def support_of(*, support_id: UUID, by: Actor) -> Support:
    """What stands behind an answer, for whoever may read the return. Raises `Refused`."""
    support = Support.objects.select_related("file").get(pk=support_id)
    of = Return.objects.select_related("cycle").get(sheet=support.sheet_id)
    require(may_read(by, of))
    return support


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidencePage:
    """One question with what stands behind its answer."""

    of: Return
    head: Head
    section: Section
    question: Question
    kept: tuple[Kept, ...]
    closed: str


def evidence_page(*, return_id: UUID, key: str, by: Actor, at: datetime) -> EvidencePage | None:
    """What stands behind one answer; none where nothing is asked by this key. Raises `Refused`."""
    of = return_seen(return_id=return_id, by=by)
    outline = of.sheet.version.outline if of.sheet else None
    if outline is None or key not in outline.questions:
        return None
    supports = Support.objects.filter(sheet=of.sheet_id, question=key).select_related("file")
    return EvidencePage(
        of=of,
        head=head_of(of, by=by, on=local_day(at)),
        section=outline.section_of[key],
        question=outline.questions[key],
        kept=tuple(Kept(str(each.pk), shown_of(each, file_address)) for each in supports),
        closed=closed_why(of, at),
    )
