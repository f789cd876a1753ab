"""Reads a sound content, as a pack gives it and a row keeps it, into an outline."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from haven.questions.rules.kinds import BUILT_IN, DOES_NOT_APPLY, TURNED, Choice, Kind, Stands
from haven.questions.rules.outline import (
    OPINIONS,
    Applies,
    Column,
    Condition,
    Law,
    Outline,
    Part,
    Question,
    Section,
    Trait,
    Use,
)

Content = Mapping[str, Any]
"""A template as it stands in its pack, or as one row keeps it: docs/reference/question-packs.md."""


def outline_of(content: Content) -> Outline:
    """The outline of a sound content."""
    numbers: dict[str, int] = {}
    parts = []
    for part in content["parts"]:
        sections = tuple(_section(each, content, numbers) for each in part["sections"])
        parts.append(Part(part["key"], part["title"], part.get("about", ""), sections))
    traits = tuple(Trait(each["key"], each["label"]) for each in content.get("traits", ()))
    return Outline(content["title"], Use(content["use"]), content.get("about", ""), traits, tuple(parts))


def _section(given: Content, content: Content, numbers: dict[str, int]) -> Section:
    numbers[given["key"]] = number = len(numbers) + 1
    scales = content.get("scales", {})
    questions = tuple(
        _question(each, scales, f"{number}.{place}") for place, each in enumerate(given["questions"], start=1)
    )
    if Use(content["use"]) in OPINIONS:
        questions = tuple(_of_no_worth(each) for each in questions)
    return Section(given["key"], given["title"], str(number), given.get("about", ""), questions)


def _of_no_worth(question: Question) -> Question:
    """A question that asks for an opinion: no answer is worth more than another."""
    choices = [each if each == DOES_NOT_APPLY else replace(each, stands=Stands.SAID) for each in question.choices]
    return replace(question, choices=tuple(choices))


def _question(given: Content, scales: Content, counted: str) -> Question:
    kind = Kind(given["kind"])
    return Question(
        key=given["key"],
        ref=given.get("ref") or counted,
        words=given["words"],
        kind=kind,
        help=given.get("help", ""),
        evidence=tuple(given.get("evidence", ())),
        law=tuple(Law(each["says"], each.get("document", ""), each.get("place", "")) for each in given.get("law", ())),
        scale=given.get("scale", ""),
        choices=_choices(given, kind, scales),
        columns=tuple(Column(each["key"], each["label"], Kind(each["kind"])) for each in given.get("columns", ())),
        is_compulsory=given.get("compulsory", True),
        applies=_applies(given.get("applies", {})),
        shown_if=tuple(Condition(each["question"], tuple(each["is"])) for each in given.get("shown_if", ())),
        fact=given.get("fact", ""),
        shared=given.get("shared", ""),
        governors_ask=given.get("governors_ask", ""),
        least=given.get("min"),
        most=given.get("max"),
        unit=given.get("unit", ""),
    )


def _applies(given: Content) -> Applies:
    lists: dict[str, Sequence[str]] = {name: given.get(name, ()) for name in ("phases", "types", "traits")}
    return Applies(*(tuple(each) for each in lists.values()))


def _choices(given: Content, kind: Kind, scales: Content) -> tuple[Choice, ...]:
    if kind is Kind.SCALE:
        levels = scales[given["scale"]]
        choices = [
            Choice(each["value"], each["label"], Stands(each["stands"]), each.get("means", "")) for each in levels
        ]
    else:
        choices = list(BUILT_IN.get(kind, ()))
    means, turned = given.get("means", {}), given.get("turned", False)
    taken = [
        Choice(
            each.value,
            each.label,
            TURNED.get(each.stands, each.stands) if turned else each.stands,
            means.get(each.value, each.means),
        )
        for each in choices
    ]
    if given.get("may_not_apply") and choices and all(each.value != DOES_NOT_APPLY.value for each in choices):
        taken.append(DOES_NOT_APPLY)
    return tuple(taken)
