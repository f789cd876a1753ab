"""A sheet as its pages show it: what is asked, what stands there, what is still owed. Who may, the caller says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from haven.questions.models import Answer, Sheet, Support, Tally, Wording
from haven.questions.queries.counting import questions_asked
from haven.questions.rules.answering import looks_like_a_child, owed
from haven.questions.rules.changed import Change, changes
from haven.questions.rules.kinds import Choice
from haven.questions.rules.outline import Outline, Question, Section


@dataclass(frozen=True)
class Line:
    """One question of a sheet with everything about it."""

    question: Question
    answer: Answer | None
    is_asked: bool
    change: Change
    supports: Sequence[Support] = ()
    beside: Sequence[Wording] = ()  # what others wrote at the same time, to choose from

    @property
    def is_answered(self) -> bool:
        """Whether somebody has answered it or confirmed what stood ready."""
        return self.answer is not None and self.answer.is_confirmed and self.answer.value is not None

    @property
    def is_waiting(self) -> bool:
        """Whether an answer stands ready to be confirmed."""
        return self.answer is not None and not self.answer.is_confirmed and self.answer.value is not None

    @property
    def choice(self) -> Choice | None:
        """What was chosen."""
        return self.question.choice(self.answer.value) if self.answer else None

    @property
    def revision(self) -> int:
        """Of the answer that stands; nought before the first."""
        return self.answer.revision if self.answer else 0

    @cached_property
    def owed(self) -> list[str]:
        """What the answer still owes before it can be signed, a sentence each."""
        if not self.is_asked:
            return []
        if self.question.is_compulsory and not self.is_answered and not self.is_supported:
            return ["Confirm or change the answer that stands ready." if self.is_waiting else "Answer this question."]
        if self.answer is None or not self.answer.is_confirmed:
            return []
        wanted = owed(self.question, self.answer.entry)
        if self.answer.is_overridden and not self.answer.override_why:
            wanted.append("Say why it is otherwise than Haven knows.")
        return wanted + (["Choose which of the two wordings stands."] if self.beside else [])

    @property
    def is_supported(self) -> bool:
        """Whether it asks for a file and has one: that is its answer."""
        return self.question.kind.value == "file" and bool(self.supports)

    @property
    def child_named(self) -> str:
        """The words that look as if they named a child."""
        if self.answer is None:
            return ""
        value = self.answer.value if isinstance(self.answer.value, str) and not self.question.is_chosen else ""
        return looks_like_a_child(f"{self.answer.words}\n{value}")


@dataclass(frozen=True)
class Filled:
    """A sheet with everything on it."""

    sheet: Sheet
    lines: Mapping[str, Line]

    @property
    def outline(self) -> Outline:
        """Its questions."""
        return self.sheet.version.outline

    def section(self, section: Section) -> list[Line]:
        """The lines of one section that are asked."""
        return [self.lines[each.key] for each in section.questions if self.lines[each.key].is_asked]

    @cached_property
    def asked(self) -> list[Line]:
        """Every line that is asked."""
        return [line for line in self.lines.values() if line.is_asked]

    @cached_property
    def owing(self) -> list[Line]:
        """The lines that stand in the way of a signature."""
        return [line for line in self.asked if line.owed]


def sheet_of(*, sheet_id: UUID) -> Sheet | None:
    """A sheet with what its questions need."""
    rows = Sheet.objects.select_related("organisation", "version", "before__version")
    return rows.defer("version__content", "before__version__content").filter(pk=sheet_id).first()


def filled(sheet: Sheet, section: Section | None = None) -> Filled:
    """A sheet with its answers, of one section or of all, in the same few queries however many lines."""
    outline = sheet.version.outline
    wanted = section.questions if section else tuple(outline)
    keys = [question.key for question in wanted]
    answers = {
        answer.question: answer for answer in sheet.answers.filter(question__in=keys).select_related("written_by")
    }
    beside: dict[str, list[Wording]] = {}
    open_wordings = Wording.objects.filter(answer__sheet=sheet, is_beside=True, settled_at__isnull=True)
    for wording in open_wordings.select_related("written_by", "answer"):
        beside.setdefault(wording.answer.question, []).append(wording)
    supports: dict[str, list[Support]] = {}
    for support in sheet.supports.filter(question__in=keys).select_related("file"):
        supports.setdefault(support.question, []).append(support)
    asked_keys = questions_asked(sheet)
    changed = changes(outline, sheet.before.version.outline if sheet.before else None)
    lines = {
        each.key: Line(
            each,
            answers.get(each.key),
            each.key in asked_keys,
            changed[each.key],
            tuple(supports.get(each.key, ())),
            tuple(beside.get(each.key, ())),
        )
        for each in wanted
    }
    return Filled(sheet, lines)


def tallies_of(sheet_id: UUID) -> Mapping[str, Tally]:
    """The counts of a sheet's sections by their key."""
    return {tally.section: tally for tally in Tally.objects.filter(sheet=sheet_id)}
