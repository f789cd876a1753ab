"""Everything of a cycle to take away: as the sheets of a workbook, and as one document for a machine."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from haven.access.actor import Actor
from haven.access.roles import LABELS, Role
from haven.audits.models import Copy, Cycle, Return, Signature
from haven.audits.queries.cycles import PHASES, cycle_kept
from haven.audits.rules.life import STATES, Standing, State
from haven.engines.days.moments import local_day
from haven.moderation.models import Feedback, Remark
from haven.questions.models import Support
from haven.questions.rules.kinds import Kind
from haven.questions.rules.outline import Outline, Question
from haven.questions.rules.telling import told, worth_of
from haven.spreadsheets.rules.columns import Column, Means, Names

FORMAT = "haven-audit/1"
Sheet = tuple[Sequence[str], Iterator[Sequence[object]]]
WHO = (Means.URN.value, Means.SCHOOL.value)
SCHOOL_COLUMNS = (*WHO, "Phase", "State", "Reference", "Sent on", "Copy", "Digest")
ANSWER_COLUMNS = (
    *WHO,
    Means.QUESTION.value,
    Means.ANSWER.value,
    Means.EXPLANATION.value,
    Means.BY_WHEN.value,
    Means.EVIDENCE.value,
    "Files",
    "Worth",
    "Section",
    "Words of the question",
)
PLAN_COLUMNS = (
    *WHO,
    "Question",
    "What is not in place",
    "What will be done",
    "Who leads",
    "By when",
    "How one will see it",
    "Taken out because",
)
FEEDBACK_COLUMNS = (*WHO, "Given on", "By", "For", "Words", "What the council will do", "Sent back for more")
REMARK_COLUMNS = (*WHO, "Question", "Kind", "Words", "Said on")


@dataclass(frozen=True, slots=True)
class Sent:
    """One school, with the copy that it sent last; none where it has sent nothing."""

    of: Return
    copy: Copy | None

    @property
    def who(self) -> tuple[object, object]:
        """The school, as every sheet begins."""
        return self.of.organisation.urn or "", self.of.organisation.name


@dataclass(frozen=True, slots=True)
class Everything:
    """A cycle with all that its schools sent and all that was answered to it."""

    cycle: Cycle
    sent: Sequence[Sent]
    feedback: Mapping[UUID, Sequence[Feedback]]  # by return
    remarks: Mapping[UUID, Sequence[Remark]]
    signatures: Mapping[UUID, Sequence[Signature]]

    @property
    def outline(self) -> Outline:
        """Its questions."""
        return self.cycle.version.outline

    @property
    def name(self) -> str:
        """Of a file with all of it."""
        return f"audit-{self.cycle.school_year}"


def everything_of(*, cycle_id: UUID, by: Actor) -> Everything:
    """A cycle for a lead of its area. What a school has not sent is not in it. Raises `Refused`, or `DoesNotExist`."""
    cycle = cycle_kept(cycle_id=cycle_id, by=by)
    if cycle.standing == Standing.DRAFT:
        raise Cycle.DoesNotExist
    rows = Copy.objects.filter(of__cycle=cycle, sent_at__isnull=False).order_by("of_id", "-number").distinct("of_id")
    copies = {copy.of_id: copy for copy in rows}
    returns = cycle.returns.select_related("organisation").order_by("organisation__name", "pk")
    in_copies = {"copy__of__cycle": cycle, "copy__sent_at__isnull": False}
    said = Remark.objects.filter(**in_copies, shown_at__isnull=False).select_related("copy")
    return Everything(
        cycle,
        [Sent(each, copies.get(each.pk)) for each in returns],
        _by_return(Feedback.objects.filter(**in_copies).select_related("copy").order_by("given_at")),
        _by_return(said.order_by("said_at")),
        _by_return(Signature.objects.filter(copy__in=copies.values()).select_related("copy").order_by("step")),
    )


def workbook_of(everything: Everything) -> Mapping[str, Sheet]:
    """The sheets of a workbook with all of it. The sheet of answers can be brought in again as it is."""
    return {
        "Schools": (SCHOOL_COLUMNS, _schools(everything)),
        "Answers": (ANSWER_COLUMNS, _answers(everything)),
        "Plan": (PLAN_COLUMNS, _plan(everything)),
        "Feedback": (FEEDBACK_COLUMNS, _feedback(everything)),
        "Remarks": (REMARK_COLUMNS, _remarks(everything)),
    }


def document_of(everything: Everything) -> bytes:
    """The same as one JSON document: docs/reference/audit-export.md."""
    cycle, version = everything.cycle, everything.cycle.version
    told_cycle = {
        "title": cycle.title,
        "area": cycle.area.name,
        "school_year": cycle.school_year,
        "opens_on": cycle.opens_on.isoformat(),
        "first_due_on": cycle.first_due_on.isoformat(),
        "final_due_on": cycle.final_due_on.isoformat(),
        "state": cycle.standing,
        "brought_from": cycle.brought_from,
    }
    questions = {"label": version.label, "digest": version.digest, "content": version.content}
    document = {
        "format": FORMAT,
        "audit": told_cycle,
        "questions": questions,
        "returns": [_return(everything, each) for each in everything.sent],
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _by_return(rows: Any) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = {}
    for row in rows:
        found.setdefault(row.copy.of_id, []).append(row)
    return found


def _schools(everything: Everything) -> Iterator[Sequence[object]]:
    for each in everything.sent:
        of, copy = each.of, each.copy
        phase, state = PHASES.get(of.organisation.phase, ""), STATES[State(of.state)]
        sent = (of.reference, _day(copy.sent_at), copy.number, copy.digest) if copy else ("", "", "", "")
        yield (*each.who, phase, state, *sent)


def _answers(everything: Everything) -> Iterator[Sequence[object]]:
    outline, names = everything.outline, Names(everything.outline)
    for each in everything.sent:
        for row in each.copy.content["answers"] if each.copy else ():
            question = outline.questions[row["question"]]
            section = outline.section_of[question.key]
            links, files = _behind(row)
            yield (
                *each.who,
                names.written(Column(Means.ANSWER, question.key)),
                _value(question, row.get("value")),
                row.get("explanation", ""),
                _iso(row.get("by")),
                links,
                files,
                worth_of(row.get("stands")).label,
                f"{section.number}. {section.title}",
                question.words,
            )


def _plan(everything: Everything) -> Iterator[Sequence[object]]:
    for each in everything.sent:
        for line in each.copy.content.get("plan", ()) if each.copy else ():
            about = (line["ref"], line["issue"], line["what"], line["lead"], _iso(line["by"]))
            yield (*each.who, *about, line["success"], line["dropped"])


def _feedback(everything: Everything) -> Iterator[Sequence[object]]:
    for each in everything.sent:
        for said in everything.feedback.get(each.of.pk, ()):
            by = (_day(said.given_at), said.name, said.place)
            yield (*each.who, *by, said.words, said.area_will, "Yes" if said.sends_back else "")


def _remarks(everything: Everything) -> Iterator[Sequence[object]]:
    names = Names(everything.outline)
    for each in everything.sent:
        for said in everything.remarks.get(each.of.pk, ()):
            number = names.written(Column(Means.ANSWER, said.question))
            yield (*each.who, number, said.get_kind_display(), said.words, _day(said.said_at))


def _return(everything: Everything, each: Sent) -> dict[str, Any]:
    school = each.of.organisation
    about = {
        "school": {"name": school.name, "urn": school.urn, "phase": school.phase},
        "state": each.of.state,
        "reference": each.of.reference,
    }
    if each.copy is None or each.copy.sent_at is None:
        return about
    return about | {
        "sent_at": each.copy.sent_at.isoformat(),
        "digest": each.copy.digest,
        "copy": each.copy.content,
        "signatures": [_signature(signed) for signed in everything.signatures.get(each.of.pk, ())],
        "feedback": [_given(given) for given in everything.feedback.get(each.of.pk, ())],
        "remarks": [_remark(said) for said in everything.remarks.get(each.of.pk, ())],
    }


def _signature(signed: Signature) -> dict[str, Any]:
    return {
        "step": signed.step,
        "post": LABELS[Role(signed.role)],
        "cover": signed.is_cover,
        "name": signed.name,
        "words": signed.words,
        "digest": signed.digest,
        "at": signed.signed_at.isoformat(),
    }


def _given(given: Feedback) -> dict[str, Any]:
    return {
        "copy": given.copy.number,
        "words": given.words,
        "will_do": given.area_will,
        "sends_back": given.sends_back,
        "name": given.name,
        "for": given.place,
        "at": given.given_at.isoformat(),
    }


def _remark(said: Remark) -> dict[str, Any]:
    about = {"copy": said.copy.number, "question": said.question, "kind": said.kind}
    return about | {"words": said.words, "at": said.said_at.isoformat()}


def _behind(row: Mapping[str, Any]) -> tuple[str, str]:
    """What stands behind an answer: web pages by their address, all else by its title."""
    links = [each["address"] for each in row["supports"] if each["kind"] == Support.Kind.LINK]
    others = [each["title"] for each in row["supports"] if each["kind"] != Support.Kind.LINK]
    return "\n".join(links), "\n".join(others)


def _value(question: Question, value: Any) -> object:
    """An answer as a cell that can be read again."""
    if value is None:
        return ""
    if question.kind is Kind.NUMBER:
        return value
    if question.kind is Kind.DATE:
        return _iso(value)
    if question.kind is Kind.PERSON:
        return ", ".join(part for part in (value.get("name"), value.get("role")) if part)
    shown = told(question, value)
    if shown.table is None:
        return shown.words
    rows = (zip(shown.table.columns, row, strict=True) for row in shown.table.rows)
    return "\n".join("; ".join(f"{name}: {cell}" for name, cell in row if cell) for row in rows)


def _iso(day: str | None) -> date | str:
    return date.fromisoformat(day) if day else ""


def _day(at: datetime | None) -> date | str:
    return local_day(at) if at else ""
