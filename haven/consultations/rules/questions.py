"""The questions of a consultation: of what kind each is, and how pasted lines are split into them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

LONGEST_NUMBER, LONGEST_QUESTION, LONGEST_REPLY = 20, 2000, 5000
MOST_QUESTIONS = 100


class QuestionKind(StrEnum):
    """How a question is answered."""

    YES_NO = "yes-no"
    AGREE = "agree"
    FREE = "free"


KINDS = (
    (QuestionKind.YES_NO, "Yes or no"),
    (QuestionKind.AGREE, "Agree or disagree"),
    (QuestionKind.FREE, "In words"),
)
"""Each as people say it."""

CHOICES: Mapping[QuestionKind, tuple[tuple[str, str], ...]] = {
    QuestionKind.YES_NO: (("yes", "Yes"), ("no", "No"), ("not-sure", "Not sure")),
    QuestionKind.AGREE: (
        ("strongly-agree", "Strongly agree"),
        ("agree", "Agree"),
        ("neither", "Neither agree nor disagree"),
        ("disagree", "Disagree"),
        ("strongly-disagree", "Strongly disagree"),
    ),
    QuestionKind.FREE: (),
}
"""What may be chosen; words may be added to each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedQuestion:
    """A question as it is wished. `id` names the one that it changes; none for a new one."""

    words: str
    number: str = ""
    kind: QuestionKind = QuestionKind.FREE
    id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What somebody says to a question."""

    choice: str = ""
    words: str = ""

    def __bool__(self) -> bool:
        return bool(self.choice or self.words)


def label_of(kind: QuestionKind, choice: str) -> str:
    """A choice in words; blank where there is none."""
    return dict(CHOICES[kind]).get(choice, "")


def is_sound(kind: QuestionKind, said: Said) -> bool:
    """Whether this can be said to a question of this kind."""
    return (not said.choice or said.choice in dict(CHOICES[kind])) and len(said.words) <= LONGEST_REPLY


def faults_of(questions: Sequence[WantedQuestion]) -> list[str]:
    """What is wrong with these questions, one sentence each."""
    wrong = []
    if len(questions) > MOST_QUESTIONS:
        wrong.append(f"Keep to {MOST_QUESTIONS} questions.")
    if any(not each.words.strip() for each in questions):
        wrong.append("Give each question its words.")
    if any(len(each.words) > LONGEST_QUESTION for each in questions):
        wrong.append(f"Keep each question to {LONGEST_QUESTION:,} characters.")
    if any(len(each.number) > LONGEST_NUMBER for each in questions):
        wrong.append(f"Keep the number of a question to {LONGEST_NUMBER} characters.")
    return wrong


_LABEL = re.compile(
    r"^\s*(?:(?:question|q)\s*\.?\s*(?P<asked>\d{1,3}[a-z]?)\s*[.):–—-]?|(?P<number>\d{1,3}[a-z]?)\s*[.):])\s+(?P<words>\S.*)$",
    re.IGNORECASE,
)
_ALONE = re.compile(r"^\s*(?:question|q)\s*\.?\s*(?P<asked>\d{1,3}[a-z]?)\s*[.):–—-]?\s*$", re.IGNORECASE)
_BULLET = re.compile(r"^\s*(?:[-*•◦☐□○▢]|\[\s?\]|\(\s?\))\s*")
_OPTIONS = frozenset(
    {
        *(label.casefold() for choices in CHOICES.values() for _, label in choices),
        "don't know",
        "don’t know",
        "unsure",
        "neither",
        "neutral",
        "prefer not to say",
        "yes/no",
        "yes / no",
    }
)
_AGREEING = re.compile(r"\b(?:agree|disagree)\b", re.IGNORECASE)
_CLOSED = re.compile(
    r"^(?:do|does|did|is|are|was|were|should|would|will|can|could|have|has|may|must)\b[^?]*\?$", re.IGNORECASE
)


def split(text: str) -> list[WantedQuestion]:
    """The questions in pasted lines. Where lines are numbered, each number begins one and what follows belongs to it;
    otherwise each line is one. Lines that only offer a choice tell the kind and are left out."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    has_numbers = any(_labelled(line) for line in lines)
    found: list[WantedQuestion] = []
    options: list[list[str]] = []
    for line in lines:
        if option := _option(line):
            if found:
                options[-1].append(option)
            continue
        label = _labelled(line)
        if label or not found or not has_numbers:
            number, words = label or ("", _BULLET.sub("", line))
            found.append(WantedQuestion(number=number, words=words))
            options.append([])
        else:
            found[-1] = replace(found[-1], words=f"{found[-1].words} {line}".strip())
    return [
        replace(each, words=each.words[:LONGEST_QUESTION], kind=kind_of(each.words, offered))
        for each, offered in zip(found, options, strict=True)
        if each.words
    ]


def numbered(questions: Sequence[WantedQuestion]) -> list[WantedQuestion]:
    """The questions, each with a number: those that have none by their place."""
    return [each if each.number else replace(each, number=str(place)) for place, each in enumerate(questions, start=1)]


def kind_of(words: str, options: Sequence[str] = ()) -> QuestionKind:
    """The kind that a question seems to be, from its words and the choices offered below it."""
    if any(_AGREEING.search(option) for option in options):
        return QuestionKind.AGREE
    if "yes" in options or "no" in options:
        return QuestionKind.YES_NO
    first = words.strip()
    if _CLOSED.match(first):
        return QuestionKind.AGREE if _AGREEING.search(first) else QuestionKind.YES_NO
    if re.match(r"^(?:to what extent|how far|how strongly)\b", first, re.IGNORECASE) and _AGREEING.search(first):
        return QuestionKind.AGREE
    return QuestionKind.FREE


def _labelled(line: str) -> tuple[str, str] | None:
    """The number and the words of a line that begins a question."""
    if alone := _ALONE.match(line):
        return alone["asked"], ""
    if found := _LABEL.match(line):
        return found["asked"] or found["number"], found["words"].strip()
    return None


def _option(line: str) -> str:
    """The choice that a line offers; blank for another line."""
    bare = _BULLET.sub("", line).strip().rstrip(".").casefold()
    return bare if bare in _OPTIONS else ""
