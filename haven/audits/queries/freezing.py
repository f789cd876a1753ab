"""A return as it would be signed now: everything asked and answered, what was known, and the plan, as one content."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from haven.audits.models import Cycle, Return
from haven.audits.queries.plans import PlanLine, as_content, plan_of
from haven.engines.chain.hashing import digest_of
from haven.questions.models import Answer, Sheet
from haven.questions.queries.frozen import frozen
from haven.questions.queries.sheets import Filled, filled
from haven.questions.rules.outline import Outline

FORMAT = "haven-return/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """What a signature would be bound to, and what it is made of."""

    number: int
    content: Mapping[str, Any]
    digest: str
    filled: Filled
    plan: list[PlanLine]


def whole_of(of: Return, sheet: Sheet, *, today: date) -> Whole:
    """The return as it stands. Nothing in it depends on the moment at which it is looked at, so its digest holds."""
    everything = filled(sheet)
    plan = plan_of(of, everything, today=today)
    number = of.copies.count() + 1
    content = dict(frozen(sheet).content) | {
        "format": FORMAT,
        "audit": {"title": of.cycle.title, "school_year": of.cycle.school_year, "area": of.cycle.area.name},
        "copy": number,
        "sections": _sections(everything.outline, {line.question.key for line in everything.asked}),
        "known": _known(everything),
        "plan": as_content(plan),
    }
    return Whole(number=number, content=content, digest=digest_of(content), filled=everything, plan=plan)


def brought_content(cycle: Cycle, content: Mapping[str, Any], asked: Collection[str], *, on: date) -> dict[str, Any]:
    """A return that was answered elsewhere. It says so, for nobody signed it here."""
    return dict(content) | {
        "format": FORMAT,
        "audit": {"title": cycle.title, "school_year": cycle.school_year, "area": cycle.area.name},
        "copy": 1,
        "sections": _sections(cycle.version.outline, asked),
        "known": [],
        "plan": [],
        "brought_in": {"file": cycle.brought_from, "on": on.isoformat()},
    }


def _sections(outline: Outline, asked: Collection[str]) -> list[dict[str, Any]]:
    """The sections of which anything is asked, each with its questions."""
    return [
        {"part": part.title, "number": section.number, "title": section.title, "questions": keys}
        for part in outline.parts
        for section in part.sections
        if (keys := [each.key for each in section.questions if each.key in asked])
    ]


def _known(everything: Filled) -> list[dict[str, Any]]:
    """What Haven had answered beforehand."""
    return [
        {"question": line.question.key, "value": line.answer.known_value, "words": line.answer.fact_words}
        for line in everything.asked
        if line.answer and line.answer.origin == Answer.Origin.KNOWN
    ]
