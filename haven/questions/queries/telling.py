"""Answers as they are read: those that stand on a sheet, and those of a frozen one."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from haven.questions.models import Answer, Support
from haven.questions.queries.sheets import Line
from haven.questions.rules.answering import Entry
from haven.questions.rules.outline import Question
from haven.questions.rules.telling import Said, Shown, told, worth_of

FROM_WHERE: Mapping[str, str] = {
    Answer.Origin.CARRIED.value: "Carried over from last time",
    Answer.Origin.KNOWN.value: "Known to Haven",
    Answer.Origin.SHARED.value: "Answered for another area",
    Answer.Origin.TRUST.value: "Prepared by the trust",
    Answer.Origin.IMPORTED.value: "Brought in from a spreadsheet",
}
"""Where an answer came from, where not from the school's own hand."""

FileAddress = Callable[[Support], str]
"""Where the file behind an answer opens: whoever opened the sheet knows."""


def said(line: Line, file_address: FileAddress) -> Said:
    """The answer on a line of a sheet. One that only stands ready is told with what it would be."""
    answer = line.answer
    shown = tuple(shown_of(each, file_address) for each in line.supports)
    if answer is None:
        return Said(question=line.question, shown=shown)
    return Said(
        question=line.question,
        value=told(line.question, answer.value),
        worth=worth_of(answer.stands),
        choice=line.choice,
        words=answer.words,
        by_on=answer.by_on,
        from_where=FROM_WHERE.get(answer.origin, ""),
        known=answer.fact_words,
        why=answer.override_why,
        shown=shown,
    )


def shown_of(support: Support, file_address: FileAddress) -> Shown:
    """One thing behind an answer, with the address where it opens."""
    is_file = support.kind == Support.Kind.FILE
    return Shown(
        title=support.title,
        address=file_address(support) if is_file else support.address,
        kind=support.get_kind_display(),
        warning=support.warning,
        is_ours=support.kind != Support.Kind.LINK,
        is_looked_into=not is_file or support.looked_at is not None,
    )


def said_in(question: Question, row: Mapping[str, Any], files: Mapping[str, str] | None = None) -> Said:
    """The answer in one row of a frozen sheet's `answers`. `files` tells by a file's SHA-256 where it opens."""
    value = row.get("value")
    by_on = row.get("by")
    return Said(
        question=question,
        value=told(question, value),
        worth=worth_of(row.get("stands")),
        choice=question.choice(value),
        words=row.get("explanation", ""),
        by_on=date.fromisoformat(by_on) if by_on else None,
        known=row.get("known", ""),
        why=row.get("override", ""),
        shown=tuple(_frozen(row.get("supports", ()), files or {})),
    )


def _frozen(supports: Sequence[Mapping[str, str]], files: Mapping[str, str]) -> list[Shown]:
    labels = dict(Support.Kind.choices)
    return [
        Shown(
            title=each["title"],
            address=each["address"] or files.get(each.get("sha256", ""), ""),
            kind=labels[each["kind"]],
            is_ours=each["kind"] != Support.Kind.LINK,
        )
        for each in supports
    ]


def said_typed(question: Question, entry: Entry) -> Said:
    """What somebody typed and could not be taken in."""
    return Said(
        question=question,
        value=told(question, entry.value),
        worth=worth_of(question.stands(entry.value)),
        words=entry.words,
        by_on=entry.by_on,
        why=entry.why,
    )
