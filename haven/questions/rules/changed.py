"""What is new in a version beside the one that was answered last, and which answers may be carried over."""

from collections.abc import Mapping
from enum import StrEnum

from haven.questions.rules.kinds import Kind
from haven.questions.rules.outline import Outline, Question


class Change(StrEnum):
    """How a question differs from last time."""

    SAME = "same"
    REWORDED = "reworded"
    NEW = "new"


def changes(now: Outline, before: Outline | None) -> Mapping[str, Change]:
    """How each question differs from the earlier version. Without one, nothing is said to be new."""
    if before is None:
        return dict.fromkeys(now.questions, Change.SAME)
    return {key: _change(question, before.questions.get(key)) for key, question in now.questions.items()}


def gone(now: Outline, before: Outline) -> tuple[Question, ...]:
    """The questions that are no longer asked."""
    return tuple(question for question in before if question.key not in now.questions)


def may_carry(question: Question, before: Question | None, value: object) -> bool:
    """Whether an answer to the earlier question is one to the question as it stands now."""
    if before is None or before.kind is not question.kind:
        return False
    if question.is_chosen:
        old, new = before.choice(value), question.choice(value)
        return old is not None and new is not None and old.stands is new.stands
    return tuple(column.key for column in before.columns) == tuple(column.key for column in question.columns)


def is_counted_anew(question: Question) -> bool:
    """Whether last time's answer cannot be this time's: a figure is of its own year, whoever confirms it."""
    return question.kind is Kind.NUMBER


def _change(question: Question, before: Question | None) -> Change:
    if before is None:
        return Change.NEW
    same_choices = [(each.value, each.means) for each in question.choices] == [
        (each.value, each.means) for each in before.choices
    ]
    is_same = _plain(question.words) == _plain(before.words) and question.kind is before.kind and same_choices
    return Change.SAME if is_same else Change.REWORDED


def _plain(words: str) -> str:
    return " ".join(words.split())
