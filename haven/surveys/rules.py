"""When a survey is open, by which codes it is answered, and what may be shown of it."""

import hashlib
import re
import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from haven.questions.rules.outline import Outline, Question

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that is taken for something else
LONG, GROUP = 12, 4
MOST_CODES = 500
FEWEST = 5
"""Answers below which nothing is shown: of fewer, one could guess whose they are."""


class Stage(StrEnum):
    """Where a survey stands."""

    SOON = "soon"
    OPEN = "open"
    CLOSED = "closed"


def stage_on(opens_on: date, closes_on: date, *, is_closed: bool, today: date) -> Stage:
    """Where a survey stands on a day. Its last day lasts to its end."""
    if is_closed or today > closes_on:
        return Stage.CLOSED
    return Stage.OPEN if today >= opens_on else Stage.SOON


@dataclass(frozen=True, slots=True)
class Result:
    """What was answered to one question: how many chose each, or the words in an order that says nothing."""

    question: Question
    answered: int
    chosen: Sequence[tuple[str, int]] = ()  # label and number, in the order of the choices
    words: Sequence[str] = ()
    mean: float | None = None  # of numbers


def may_show(stage: Stage, answered: int) -> bool:
    """Whether results are shown: after it closed, and of no fewer than five."""
    return stage is Stage.CLOSED and answered >= FEWEST


def results(outline: Outline, slips: Sequence[Mapping[str, Any]]) -> list[Result]:
    """What was answered to each question."""
    return [_result(question, [slip[question.key] for slip in slips if question.key in slip]) for question in outline]


def _result(question: Question, values: Sequence[Any]) -> Result:
    if question.is_chosen:
        chosen = Counter(values)
        return Result(question, len(values), [(each.label, chosen[each.value]) for each in question.choices])
    numbers = [value for value in values if isinstance(value, int | float)]
    if numbers:
        return Result(question, len(values), mean=sum(numbers) / len(numbers))
    words = [value if isinstance(value, str) else ", ".join(map(str, value.values())) for value in values if value]
    return Result(question, len(values), words=sorted(words, key=str.casefold))


def drawn() -> str:
    """A new code, in groups as it is printed: one of 30 to the twelfth."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(LONG))
    return "-".join(letters[place : place + GROUP] for place in range(0, LONG, GROUP))


def plain(code: str) -> str:
    """A code as it was typed, without what people add; empty where it cannot be one."""
    letters = re.sub(r"[\s-]", "", code).upper()
    return letters if len(letters) == LONG and set(letters) <= set(ALPHABET) else ""


def hash_of(code: str, survey: str) -> str:
    """What is kept of a code. It is long and random, so one round of hashing hides it."""
    return hashlib.sha256(f"{survey}:{plain(code)}".encode()).hexdigest()
