"""A return as the council reads it: the copy that was sent, what stands behind it, and the copy of last time beside."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, person_of, require
from haven.audits.models import Copy, Return, Signature
from haven.audits.queries.back import Reader
from haven.audits.queries.plans import PlanLine, plan_in
from haven.audits.queries.returns import NOT_SENT, return_with_all, sent_copy
from haven.audits.rules.life import IN_HAND
from haven.moderation.models import Feedback, Reading, Remark
from haven.moderation.policy import may_oversee, may_remark
from haven.moderation.rules import reading as rules
from haven.moderation.rules.reading import MOVES, Figures, Moved, Weighed
from haven.questions.models import Support
from haven.questions.queries.telling import said_in
from haven.questions.rules.changed import Change, changes
from haven.questions.rules.outline import Outline, Question, Section
from haven.questions.rules.telling import Said, Worth

ELSEWHERE = "The same file was sent by another school"
AS_LAST_TIME = "File, the same as last time"

Row = Mapping[str, Any]
"""One answer in a frozen sheet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What a school answered to a question last time."""

    words: str
    worth: Worth
    explanation: str


@dataclass(frozen=True, kw_only=True)
class ReadLine:
    """One question of a copy with everything that a reader wants beside it."""

    question: Question
    section: Section
    said: Said
    weighed: Weighed
    change: Change
    before: Before | None
    remarks: Sequence[Remark] = ()

    @property
    def shape(self) -> str:
        """How it moved, as a shape."""
        return MOVES[self.weighed.moved][0]

    @property
    def moved(self) -> str:
        """How it moved, in words; empty where it did not."""
        return "" if self.weighed.moved is Moved.SAME else MOVES[self.weighed.moved][1]

    @property
    def is_known(self) -> bool:
        """Whether Haven itself knew it, which is evidence enough."""
        return bool(self.said.known) and not self.said.why


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionRead:
    """A section of a copy, counted."""

    section: Section
    figures: Figures
    remarks: int


@dataclass(frozen=True, kw_only=True)
class ReadPage:
    """A copy that was sent, whole."""

    of: Return
    copy: Copy
    outline: Outline
    lines: Sequence[ReadLine]
    plan: Sequence[PlanLine]
    readings: Sequence[Reading]
    feedback: Sequence[Feedback]
    signatures: Sequence[Signature]
    has_before: bool
    may_remark: bool

    @cached_property
    def figures(self) -> Figures:
        """All of it, counted."""
        return rules.figures(line.weighed for line in self.lines)

    @property
    def backed(self) -> str:
        """How many of its claims have evidence behind them."""
        return rules.backed_in_words(self.figures)

    @cached_property
    def sections(self) -> Sequence[SectionRead]:
        """Its sections, counted."""
        found = []
        for section in self.outline.sections:
            lines = self.in_section(section.key)
            if lines:
                counted = rules.figures(line.weighed for line in lines)
                found.append(
                    SectionRead(section=section, figures=counted, remarks=sum(len(line.remarks) for line in lines))
                )
        return found

    def in_section(self, key: str) -> Sequence[ReadLine]:
        """The lines of one section."""
        return [line for line in self.lines if line.section.key == key]

    @property
    def warned(self) -> Sequence[ReadLine]:
        """Those with a file that is odd."""
        return [line for line in self.lines if line.weighed.is_warned]

    @property
    def bare(self) -> Sequence[ReadLine]:
        """Claims with nothing behind them."""
        return [line for line in self.lines if line.weighed.is_bare]

    @property
    def lacking(self) -> Sequence[ReadLine]:
        """What is not, or not wholly, in place, but for what is worse than last time."""
        return [line for line in self.lines if line.weighed.is_lacking and line.weighed.moved is not Moved.WORSE]

    @property
    def worse(self) -> Sequence[ReadLine]:
        """What is worse than last time."""
        return [line for line in self.lines if line.weighed.moved is Moved.WORSE]

    @property
    def better(self) -> Sequence[ReadLine]:
        """What is better."""
        return [line for line in self.lines if line.weighed.moved is Moved.BETTER]

    @property
    def otherwise(self) -> Sequence[ReadLine]:
        """What the school answered otherwise than Haven knew."""
        return [line for line in self.lines if line.said.why]

    @property
    def remarks_waiting(self) -> Sequence[Remark]:
        """The remarks that the school has not seen yet."""
        return [remark for line in self.lines for remark in line.remarks if remark.shown_at is None]


def return_overseen(*, return_id: UUID, by: Actor) -> Return:
    """A return of an area that she leads, with all its pages need. Raises `Refused`."""
    of = return_with_all(return_id=return_id)
    require(may_oversee(by, of))
    return of


def standing_copy(of: Return) -> Copy:
    """The copy that the council has in hand: sent and not taken back. Raises `Refused` where there is none."""
    copy = of.copies.filter(sent_at__isnull=False, lapsed_at__isnull=True).first()
    if of.state not in IN_HAND or copy is None:
        raise Refused(Reason.WRONG_STATE, NOT_SENT)
    return copy


def read_page(*, return_id: UUID, by: Actor, today: date) -> ReadPage:
    """The copy that was sent last, for leads of the area. Raises `Refused`."""
    of = return_overseen(return_id=return_id, by=by)
    copy = sent_copy(of)
    outline, before = outline_of(of), _copy_before(of)
    return ReadPage(
        of=of,
        copy=copy,
        outline=outline,
        lines=_lines(of, copy, outline, before),
        plan=_plan(of, copy, today),
        readings=readings_of(of),
        feedback=feedback_of(of),
        signatures=list(copy.signatures.all()),
        has_before=before is not None,
        may_remark=bool(may_remark(by, of)),
    )


def readings_of(of: Return) -> Sequence[Reading]:
    """Who of the council read a return, and when."""
    return list(Reading.objects.filter(copy__of=of).select_related("read_by", "copy").defer("copy__content"))


def readers_of(*, copy: Copy) -> Sequence[Reader]:
    """Who of the council read one copy, as its school sees it."""
    return [Reader(each.read_by.name, each.read_on) for each in copy.readings.select_related("read_by")]


def feedback_of(of: Return) -> Sequence[Feedback]:
    """The feedback that a return was given, the newest first."""
    rows = Feedback.objects.filter(copy__of=of).select_related("copy").defer("copy__content")
    return list(rows.order_by("-given_at"))


def file_read(*, return_id: UUID, support_id: UUID, by: Actor) -> Support:
    """A file behind an answer of the copy that was sent, for leads of the area. Raises `Refused`."""
    of = return_overseen(return_id=return_id, by=by)
    copy = sent_copy(of)
    support = Support.objects.select_related("file").get(pk=support_id, sheet=of.sheet_id, file__isnull=False)
    if support.file is None or support.file.sha256 not in _digests(copy.content["answers"]):
        raise Refused(Reason.WRONG_STATE)  # given since then: it is the school's own until it sends again
    return support


def remark_of_own(*, remark_id: UUID, by: Actor) -> Remark:
    """A remark that she wrote herself. Raises `DoesNotExist`."""
    rows = Remark.objects.select_related("copy").defer("copy__content")
    return rows.get(pk=remark_id, said_by=person_of(by))


def outline_of(of: Return) -> Outline:
    """The questions of a return."""
    return of.sheet.version.outline if of.sheet else of.cycle.version.outline


def rows_of(copy: Copy) -> Mapping[str, Row]:
    """The answers of a copy by the question's key."""
    return {row["question"]: row for row in copy.content["answers"]}


def about_of(of: Return) -> dict[str, Any]:
    """What an entry about a return names."""
    return {"return": of.pk, "cycle": of.cycle_id, "organisation": of.organisation_id, "area": of.cycle.area_id}


def _copy_before(of: Return) -> Copy | None:
    """What the same school sent in the cycle before."""
    if of.cycle.before_id is None:
        return None
    rows = Copy.objects.filter(of__cycle=of.cycle.before_id, of__organisation=of.organisation_id, sent_at__isnull=False)
    rows = rows.select_related("of__sheet__version", "of__cycle__version")
    rows = rows.defer("of__sheet__version__content", "of__cycle__version__content")
    return rows.order_by("-number").first()


def _plan(of: Return, copy: Copy, today: date) -> Sequence[PlanLine]:
    lines = plan_in(copy, of, today=today) if "plan" in copy.content else []
    return [line for line in lines if not line.is_dropped]


def _lines(of: Return, copy: Copy, outline: Outline, before: Copy | None) -> Sequence[ReadLine]:
    rows, old_rows = rows_of(copy), rows_of(before) if before else {}
    old = outline_of(before.of) if before else None
    evidence = _Evidence(of, rows.values(), old_rows.values())
    remarks: dict[str, list[Remark]] = {}
    for remark in Remark.objects.filter(copy__of=of).select_related("said_by"):
        remarks.setdefault(remark.question, []).append(remark)
    changed = changes(outline, old)
    lines = []
    for key, row in rows.items():
        said = evidence.behind(said_in(outline.questions[key], row, evidence.addresses), row)
        earlier = _before(old.questions.get(key) if old else None, old_rows.get(key))
        lines.append(
            ReadLine(
                question=said.question,
                section=outline.section_of[key],
                said=said,
                weighed=_weighed(said, earlier),
                change=changed[key],
                before=earlier,
                remarks=remarks.get(key, ()),
            )
        )
    return lines


def _weighed(said: Said, before: Before | None) -> Weighed:
    return Weighed(
        stands=said.worth.key,
        behind=len(said.shown),
        moved=rules.moved(said.worth.key, before.worth.key if before else ""),
        is_warned=any(each.warning for each in said.shown),
        is_answered=said.is_answered,
    )


def _before(question: Question | None, row: Row | None) -> Before | None:
    if question is None or row is None or row.get("value") is None:
        return None
    said = said_in(question, row)
    return Before(words=said.value.words, worth=said.worth, explanation=said.words)


class _Evidence:
    """What stands behind the answers of a copy: where each file opens, and what is odd about it."""

    def __init__(self, of: Return, rows: Iterable[Row], before: Iterable[Row]) -> None:
        held = Support.objects.filter(sheet=of.sheet_id, file__isnull=False).select_related("file")
        self.held = {support.file.sha256: support for support in held if support.file}
        self.warnings = {(each.question, each.file.sha256): each.warning for each in held if each.file}
        self.addresses = {
            sha256: reverse("moderation:read-file", args=[of.pk, support.pk]) for sha256, support in self.held.items()
        }
        self.last_time = _digests(before)
        self.elsewhere = _sent_elsewhere(of, _digests(rows))

    def behind(self, said: Said, row: Row) -> Said:
        """The same answer, with what is odd about each thing behind it."""
        shown = []
        for each, kept in zip(said.shown, row["supports"], strict=True):
            sha256 = kept.get("sha256", "")
            told = [self.warnings.get((row["question"], sha256), ""), ELSEWHERE if sha256 in self.elsewhere else ""]
            kind = AS_LAST_TIME if sha256 in self.last_time else each.kind
            shown.append(replace(each, warning=". ".join(filter(None, told)), kind=kind))
        return replace(said, shown=tuple(shown))


def _digests(rows: Iterable[Row]) -> frozenset[str]:
    return frozenset(each["sha256"] for row in rows for each in row["supports"] if "sha256" in each)


def _sent_elsewhere(of: Return, digests: Collection[str]) -> frozenset[str]:
    """Which of these very files another school of the area, or of the trust, has sent. Which school, nobody is told."""
    if not digests:
        return frozenset()
    near = Q(sheet__audit_return__cycle__area=of.cycle.area_id)
    if of.organisation.trust_id:
        near |= Q(sheet__organisation__trust=of.organisation.trust_id)
    rows = Support.objects.filter(near, file__sha256__in=digests, sheet__audit_return__state__in=IN_HAND)
    rows = rows.exclude(sheet__organisation=of.organisation_id)
    return frozenset(rows.values_list("file__sha256", flat=True))
