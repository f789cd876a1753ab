"""Questions ready to be put on a page: with their fields filled, what stands ready, what clashes, what is still owed.

Everything a page prints is worked out here, once: a page of two hundred questions is quick because its template only
prints.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from haven.engines.days.moments import day_in_words, local, local_day
from haven.questions.models import Answer, Sheet, Support, Wording
from haven.questions.queries.sheets import Filled, Line
from haven.questions.queries.telling import FROM_WHERE, FileAddress, said, shown_of
from haven.questions.rules.answering import Entry
from haven.questions.rules.changed import Change, is_counted_anew
from haven.questions.rules.filling import fields_of, fingerprint, rows_wanted
from haven.questions.rules.kinds import LACKING, Kind
from haven.questions.rules.outline import Law, Question, Section
from haven.questions.rules.showing import concerns
from haven.questions.rules.telling import Said, Shown, Told, Worth, told, worth_of

FLAGS = {Change.NEW: "New this time", Change.REWORDED: "Reworded since last time"}
LONG_LABEL = 12  # letters up to which choices stand beside each other


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a question."""

    id: str
    value: str
    label: str
    means: str
    is_taken: bool
    is_lacking: bool  # so that an explanation is asked for


@dataclass(frozen=True, slots=True)
class Box:
    """One field to type into."""

    id: str
    name: str
    label: str
    value: str
    size: str = ""  # class of its width
    digits: bool = False


@dataclass(frozen=True, slots=True)
class Worded:
    """An answer as somebody else, or somebody earlier, worded it."""

    id: int
    by: str
    at: str  # when, in words
    value: Told
    worth: Worth
    words: str


@dataclass(frozen=True, slots=True)
class Kept:
    """Something behind an answer, which may be taken away again."""

    id: str
    shown: Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question with all that its page prints."""

    key: str
    question: Question
    is_shown: bool
    flag: str
    before: str  # how it was worded last time, where it was reworded
    then: str = ""  # the figure of last time, which is counted anew
    law: tuple[tuple[str, str], ...]  # words, and the address in Haven where there is one
    options: tuple[Option, ...] = ()
    is_row: bool = False  # the choices stand beside each other
    boxes: tuple[Box, ...] = ()
    heads: tuple[str, ...] = ()  # of a table
    grid: tuple[tuple[Box, ...], ...] = ()
    words: str
    by: tuple[Box, ...]
    why: str
    asks_why: bool
    is_lacking: bool
    seen: int
    was: str
    ready: Said | None = None  # what stands ready to be confirmed
    origin: str = ""
    known: str = ""  # what Haven knows
    kept: tuple[Kept, ...] = ()
    beside: tuple[Worded, ...] = ()
    mine: Worded | None = None  # what stands, where two wrote at once
    earlier: tuple[Worded, ...] = ()
    child: str = ""
    fault: str = ""
    owed: tuple[str, ...] = ()
    is_done: bool = False
    label: str = ""  # how far it is, in a word
    colour: str = ""

    @property
    def is_chosen(self) -> bool:
        """Whether it is answered by choosing."""
        return bool(self.options)

    @property
    def about(self) -> str:
        """What more may be read about the question, in words; empty where nothing."""
        more = {
            "how it was worded last time": self.before,
            "what may show it": self.question.evidence,
            "what a governor would ask": self.question.governors_ask,
        }
        return _sentence(", ".join(words for words, there in more.items() if there))

    @property
    def takes_words(self) -> bool:
        """Whether an explanation stands beside its value. Words are their own."""
        return self.question.kind is not Kind.TEXT

    @property
    def first(self) -> str:
        """The field to which a link in the summary of errors leads."""
        if self.options:
            return self.options[0].id
        if self.grid:
            return self.grid[0][0].id
        return self.boxes[0].id if self.boxes else f"q-{self.key}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What was typed and could not be kept: it is shown again as it was."""

    fields: Mapping[str, str]
    fault: str = ""


def asked_in(
    filled: Filled,
    section: Section,
    *,
    file_address: FileAddress,
    law: Mapping[Law, str],
    typed: Mapping[str, Typed],
) -> list[Asked]:
    """The questions of a section that may concern this school. One that is not asked as it answered is there, hidden:
    it may be asked in a moment."""
    school = filled.sheet.school
    lines = [filled.lines[each.key] for each in section.questions if concerns(each.applies, school)]
    earlier = _earlier(filled, [line.question.key for line in lines if line.revision > 1])
    before = filled.sheet.before.version.outline.questions if filled.sheet.before else {}
    then = _figures_then(filled.sheet, lines)
    asked = [
        _asked(line, before.get(line.question.key), earlier.get(line.question.key, ()), file_address, law, typed)
        for line in lines
    ]
    return [replace(each, then=then[each.key]) if each.key in then else each for each in asked]


@dataclass(frozen=True, slots=True)
class Now:
    """How one question stands after it was saved: what a page that stays open changes about it."""

    label: str
    colour: str
    owed: tuple[str, ...]
    child: str
    clash: Asked | None  # with both wordings, where two wrote at once


def stands_now(*, sheet_id: UUID, question: Question, answer: Answer | None) -> Now:
    """How a question whose answer was just saved stands: in one query, and a second for one that asks for a file."""
    wordings = Wording.objects.filter(answer=answer, is_beside=True, settled_at__isnull=True)
    beside = tuple(wordings.select_related("written_by", "answer__written_by")) if answer else ()
    answer = beside[0].answer if beside else answer
    asks_for_file = question.kind is Kind.FILE
    supports = tuple(Support.objects.filter(sheet=sheet_id, question=question.key)) if asks_for_file else ()
    line = Line(question, answer, is_asked=True, change=Change.SAME, supports=supports, beside=beside)
    label, colour = _how_far(line)
    clash = _asked(line, None, (), _no_address, {}, {}) if beside else None
    return Now(label, colour, tuple(line.owed), line.child_named, clash)


def _no_address(_: Support) -> str:
    return ""


def _asked(
    line: Line,
    before: Question | None,
    earlier: tuple[Wording, ...],
    file_address: FileAddress,
    law: Mapping[Law, str],
    typed: Mapping[str, Typed],
) -> Asked:
    question, answer = line.question, line.answer
    entry = answer.entry if answer else Entry()
    again = typed.get(question.key)
    fields = again.fields if again else fields_of(question, entry)
    options = _options(question, fields.get("", ""))
    label, colour = _how_far(line)
    return Asked(
        key=question.key,
        question=question,
        is_shown=line.is_asked,
        flag=FLAGS.get(line.change, ""),
        before=before.words if before and line.change is Change.REWORDED else "",
        law=tuple((each.says, law.get(each, "")) for each in question.law),
        options=options,
        is_row=bool(options) and all(len(each.label) <= LONG_LABEL and not each.means for each in options),
        boxes=() if options else _boxes(question, fields),
        heads=tuple(column.label for column in question.columns),
        grid=_grid(question, fields),
        words=fields.get("words", ""),
        by=_day(question.key, fields, "by."),
        why=fields.get("why", ""),
        asks_why=answer is not None and answer.known_value is not None,
        is_lacking=any(each.is_taken and each.is_lacking for each in options),
        seen=int(fields["seen"]) if fields.get("seen", "").isdecimal() else line.revision,
        was=fields.get("was") or fingerprint(question, entry),
        ready=said(line, file_address) if line.is_waiting and not again else None,
        origin=FROM_WHERE.get(answer.origin, "") if answer else "",
        known=answer.fact_words if answer else "",
        kept=tuple(Kept(str(each.pk), shown_of(each, file_address)) for each in line.supports),
        beside=tuple(_worded(question, each) for each in line.beside),
        mine=_standing(question, answer) if answer and line.beside else None,
        earlier=tuple(_worded(question, each) for each in earlier),
        child=line.child_named,
        fault=again.fault if again else "",
        owed=tuple(line.owed),
        is_done=line.is_answered and not line.owed,
        label=label,
        colour=colour,
    )


def _how_far(line: Line) -> tuple[str, str]:
    if line.beside:
        return "Two wordings", "orange"
    if line.is_waiting:
        return "Stands ready", "blue"
    if line.is_answered or line.is_supported:
        return ("Something is missing", "yellow") if line.owed else ("Answered", "green")
    return ("To answer", "grey") if line.question.is_compulsory else ("You may leave it out", "grey")


def _options(question: Question, value: str) -> tuple[Option, ...]:
    return tuple(
        Option(
            f"{question.key}-{place}" if place else f"f-{question.key}",
            each.value,
            each.label,
            each.means,
            each.value == value,
            each.stands in LACKING,
        )
        for place, each in enumerate(question.choices)
    )


def _boxes(question: Question, fields: Mapping[str, str]) -> tuple[Box, ...]:
    key = question.key
    match question.kind:
        case Kind.DATE:
            return _day(key, fields, "")
        case Kind.PERSON:
            names = (("name", "Name"), ("role", "Role"))
            return tuple(Box(f"f-{key}-{n}", f"{key}.{n}", label, fields.get(n, "")) for n, label in names)
        case Kind.TABLE | Kind.FILE:
            return ()
        case _:
            value = fields.get("", "")
            return (Box(f"f-{key}", key, question.words, value, digits=question.kind is Kind.NUMBER),)


def _day(key: str, fields: Mapping[str, str], before: str) -> tuple[Box, ...]:
    parts = (("day", "Day", "2"), ("month", "Month", "2"), ("year", "Year", "4"))
    return tuple(
        Box(
            f"f-{key}-{before.rstrip('.')}{name}",
            f"{key}.{before}{name}",
            label,
            fields.get(f"{before}{name}", ""),
            f"govuk-input--width-{size}",
            digits=True,
        )
        for name, label, size in parts
    )


def _grid(question: Question, fields: Mapping[str, str]) -> tuple[tuple[Box, ...], ...]:
    if question.kind is not Kind.TABLE:
        return ()
    key = question.key
    return tuple(
        tuple(
            Box(
                f"f-{key}-{place}-{column.key}",
                f"{key}.{place}.{column.key}",
                f"{column.label}, row {place + 1}",
                fields.get(f"{place}.{column.key}", ""),
                digits=column.kind is Kind.NUMBER,
            )
            for column in question.columns
        )
        for place in range(rows_wanted(fields))
    )


def _standing(question: Question, answer: Answer) -> Worded:
    return Worded(
        0,
        answer.written_by.name if answer.written_by else "Haven",
        _when(answer.written_at),
        told(question, answer.value),
        worth_of(answer.stands),
        answer.words,
    )


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _when(at: datetime) -> str:
    return f"{day_in_words(local_day(at))}, {local(at):%H:%M}"


def _worded(question: Question, wording: Wording) -> Worded:
    return Worded(
        wording.pk,
        wording.written_by.name if wording.written_by else "Haven",
        _when(wording.written_at),
        told(question, wording.value),
        worth_of(question.stands(wording.value)),
        wording.words,
    )


def _figures_then(sheet: Sheet, lines: Collection[Line]) -> Mapping[str, str]:
    """What the figures of last time were, in words by question: one query, none where no figure is asked."""
    keys = [line.question.key for line in lines if is_counted_anew(line.question)]
    if not keys or sheet.before is None:
        return {}
    questions = sheet.before.version.outline.questions
    rows = sheet.before.answers.filter(question__in=keys, is_confirmed=True, value__isnull=False)
    return {key: told(questions[key], value).words for key, value in rows.values_list("question", "value")}


def _earlier(filled: Filled, keys: Collection[str]) -> dict[str, tuple[Wording, ...]]:
    """How answers were worded before, the newest first: one query for all of them, none where nothing was changed."""
    if not keys:
        return {}
    rows = Wording.objects.filter(answer__sheet=filled.sheet, answer__question__in=keys)
    found: dict[str, list[Wording]] = {}
    for row in rows.exclude(is_beside=True, settled_at__isnull=True).select_related("written_by", "answer"):
        found.setdefault(row.answer.question, []).append(row)
    return {key: tuple(each) for key, each in found.items()}
