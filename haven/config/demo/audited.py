"""What Fairhaven's schools answer in their audits: by how careful a school is, and how hard a section."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from haven.access.roles import LABELS, Role
from haven.config.demo.explanations import explanations
from haven.config.demo.fairhaven import name_of
from haven.questions.rules.kinds import Choice, Kind, Stands
from haven.questions.rules.outline import Outline, Question
from haven.questions.rules.showing import School, asked

WORDS = (
    "Nothing to add.",
    "The cluster meetings help. More on online harms would be welcome.",
    "Replies from social care have become quicker this year.",
    "We would like an example of a good single central record.",
    "Training dates clash with our in-service days.",
)
NAMED = {"governor": Role.GOVERNOR, "dsl": Role.DSL, "head": Role.HEAD}
"""Whose name a question asks for, by a word of its key."""

FIGURES: Mapping[str, tuple[int, int, int]] = {
    "count-staff-trained": (78, 100, 99),
    "count-referrals": (0, 14, 3),
    "count-early-help": (0, 9, 2),
    "count-allegations": (0, 2, 0),
    "count-low-level": (0, 9, 2),
    "count-sexual": (0, 4, 0),
    "count-encompass": (0, 12, 3),
    "count-home-education": (0, 3, 0),
}
"""The least and the most that a school counts in a year, and what is likeliest."""

HARD = {"online", "records", "culture", "attendance", "recruit", "early", "phone", "filter"}
"""What schools find harder: beginnings of the keys of sections."""

WORTH: Mapping[str, int] = {Stands.IN_PLACE: 2, Stands.PARTLY: 1, Stands.NOT_IN_PLACE: 0}
BEST = 2
PUT_RIGHT, SLIPPED = 0.35, 0.015  # of what a school answered last year


@dataclass(frozen=True, slots=True)
class Said:
    """What a school answers to one question."""

    value: Any
    stands: str
    words: str = ""
    by_on: date | None = None


def care_of(chance: random.Random) -> float:
    """How careful a school is, from nought to one: most are, a few are not."""
    return chance.betavariate(7, 1.7)


def answers(
    outline: Outline,
    school: School,
    people: Mapping[str, str],
    *,
    care: float,
    on: date,
    chance: random.Random,
    last: Mapping[str, Said],
) -> Mapping[str, Said]:
    """What a school answers to everything it is asked. `people` are the names of those who hold its posts, by role;
    `last` is what it answered a year ago, by question.
    """
    values: dict[str, Any] = {}
    found: dict[str, Said] = {}
    for question in outline:
        section = outline.section_of[question.key].key
        said = _again(question, section, last.get(question.key), on, chance)
        said = said or _said(question, section, people, care, on, chance)
        found[question.key], values[question.key] = said, said.value
    keys = {question.key for question in asked(outline, school, values)}
    return {key: said for key, said in found.items() if key in keys and said.value is not None}


def _again(question: Question, section: str, last: Said | None, on: date, chance: random.Random) -> Said | None:
    """What was answered last year, where it still stands: most of what is in place stays so, and a third of what was
    lacking has been put right by a step.
    """
    if last is None or not question.is_chosen or last.value not in {choice.value for choice in question.choices}:
        return None
    lacking = WORTH.get(last.stands, BEST) < BEST
    if chance.random() < (PUT_RIGHT if lacking else SLIPPED):
        return _worth(question, section, WORTH[last.stands] + 1 if lacking else BEST - 1, on, chance)
    return replace(last, by_on=_by(on, chance) if last.by_on else None)


def _said(
    question: Question, section: str, people: Mapping[str, str], care: float, on: date, chance: random.Random
) -> Said:
    if not question.is_chosen:
        value = _plain(question, people, on, chance)
        return Said(value, Stands.SAID.value if value is not None else "")
    ease = care - (0.12 if any(section.startswith(word) for word in HARD) else 0.0)
    draw = chance.random()
    stands = (
        Stands.IN_PLACE if draw < ease else Stands.PARTLY if draw < ease + 0.75 * (1 - ease) else Stands.NOT_IN_PLACE
    )
    return _worth(question, section, WORTH[stands], on, chance)


def _worth(question: Question, section: str, worth: int, on: date, chance: random.Random) -> Said:
    choice = _choice(question, worth, chance)
    match choice.stands:
        case Stands.IN_PLACE:
            return Said(choice.value, choice.stands.value, chance.choice(explanations(section, choice.stands)))
        case Stands.PARTLY | Stands.NOT_IN_PLACE:
            words = chance.choice(explanations(section, choice.stands))
            return Said(choice.value, choice.stands.value, words, _by(on, chance))
        case _:
            return Said(choice.value, choice.stands.value)


def _choice(question: Question, wanted: int, chance: random.Random) -> Choice:
    """A choice of this worth; the nearest where there is none. What may not apply sometimes does not."""
    if chance.random() < 0.08:
        for choice in question.choices:
            if choice.stands is Stands.NOT_APPLICABLE:
                return choice
    judged = [choice for choice in question.choices if choice.stands in WORTH]
    return min(judged, key=lambda choice: abs(WORTH[choice.stands] - wanted))


def _by(on: date, chance: random.Random) -> date:
    return on + timedelta(days=chance.choice((30, 45, 60, 90, 120)))


def _plain(question: Question, people: Mapping[str, str], on: date, chance: random.Random) -> Any:
    match question.kind:
        case Kind.NUMBER:
            least, most, likeliest = FIGURES.get(question.key, (0, 12, 2))
            return round(chance.triangular(least, most, likeliest))
        case Kind.DATE:
            return (on - timedelta(days=int(chance.triangular(20, 800, 240)))).isoformat()
        case Kind.PERSON:
            role = next((role for word, role in NAMED.items() if word in question.key), None)
            name = people.get(role.value, "") if role else ""
            told = LABELS[role] if role else chance.choice(("Deputy head", "Teacher", "Business manager"))
            return {"name": name or name_of(chance.randrange(432)), "role": told}
        case Kind.TEXT:
            return chance.choice(WORDS)
        case Kind.LINK:
            return "https://school.example.org/policies"
        case Kind.TABLE:
            return [_row(question, on, chance) for _ in range(chance.randrange(1, 4))]
        case _:
            return None


def _row(question: Question, on: date, chance: random.Random) -> dict[str, Any]:
    cells: dict[str, Any] = {}
    for column in question.columns:
        match column.kind:
            case Kind.NUMBER:
                cells[column.key] = chance.randrange(1, 20)
            case Kind.DATE:
                cells[column.key] = (on - timedelta(days=chance.randrange(30, 700))).isoformat()
            case _:
                is_name = column.key == "name"
                cells[column.key] = name_of(chance.randrange(432)) if is_name else "Teacher"
    return cells
