"""A return as it would be signed now: everything asked and answered, what was known, and the plan, as one content."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from haven.audits.models import Feedback, Return
from haven.audits.queries.plans import PlanLine, as_content, plan_of
from haven.questions.models import Answer, Sheet
from haven.questions.queries.frozen import digest_of, frozen
from haven.questions.queries.sheets import Filled, filled

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
        "sections": _sections(everything),
        "known": _known(everything),
        "plan": as_content(plan),
    }
    return Whole(number=number, content=content, digest=digest_of(content), filled=everything, plan=plan)


def is_asked_for_more(of: Return) -> bool:
    """Whether the council sent back what was sent last, and nothing was sent since."""
    if of.submitted_at is None:
        return False
    return Feedback.objects.filter(copy__of=of, sends_back=True, given_at__gte=of.submitted_at).exists()


def _sections(everything: Filled) -> list[dict[str, Any]]:
    """The sections of which anything is asked, each with its questions."""
    found = []
    for part in everything.outline.parts:
        for section in part.sections:
            if lines := everything.section(section):
                keys = [line.question.key for line in lines]
                found.append({"part": part.title, "number": section.number, "title": section.title, "questions": keys})
    return found


def _known(everything: Filled) -> list[dict[str, Any]]:
    """What Haven had answered beforehand."""
    return [
        {"question": line.question.key, "value": line.answer.known_value, "words": line.answer.fact_words}
        for line in everything.asked
        if line.answer and line.answer.origin == Answer.Origin.KNOWN
    ]
