"""Answers that stand ready for a school because they were given elsewhere: to another council, or by its trust."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from haven.audits.models import Return, TrustSheet
from haven.engines.days.moments import day_in_words, local_day
from haven.questions.models import Answer
from haven.questions.rules.changed import may_carry

RECENT = timedelta(days=366)
ELSEWHERE = "You answered this for {area} on {day}."
BY_TRUST = "{trust} answered this for all of its schools on {day}."


@dataclass(frozen=True, slots=True)
class Prepared:
    """An answer that was given elsewhere, and the words that say so."""

    answer: Answer
    said: str


def given_elsewhere(of: Return, at: datetime) -> Mapping[str, Prepared]:
    """What the school answered within a year to other councils, to questions that bear the same shared key."""
    outline = of.cycle.version.outline
    wanted = {question.shared: key for key, question in outline.questions.items() if question.shared}
    if not wanted:
        return {}
    rows = Return.objects.filter(organisation=of.organisation_id, sheet__opened_at__gte=at - RECENT)
    others = rows.exclude(cycle__area=of.cycle.area_id).select_related("cycle__area", "sheet__version")
    ready: dict[str, Prepared] = {}
    for other in others.order_by("sheet__opened_at"):  # of two, the later stands
        assert other.sheet is not None  # it was opened
        theirs = other.sheet.version.outline
        for answer in other.sheet.answers.filter(is_confirmed=True, value__isnull=False):
            asked = theirs.questions.get(answer.question)
            key = wanted.get(asked.shared, "") if asked and asked.shared else ""
            if key and may_carry(outline.questions[key], asked, answer.value):
                said = ELSEWHERE.format(area=other.cycle.area.name, day=day_in_words(local_day(answer.written_at)))
                ready[key] = Prepared(answer, said)
    return ready


def given_by_trust(of: Return) -> Mapping[str, Prepared]:
    """What the school's trust has handed out in this cycle."""
    if of.organisation.trust_id is None:
        return {}
    rows = TrustSheet.objects.filter(cycle=of.cycle_id, trust=of.organisation.trust_id, handed_out_at__isnull=False)
    prepared = rows.select_related("trust", "sheet__version").first()
    return handed_out(prepared) if prepared else {}


def handed_out(prepared: TrustSheet) -> Mapping[str, Prepared]:
    """The answers of a trust's sheet, as they stand ready in its schools'."""
    ready = {}
    for answer in prepared.sheet.answers.filter(is_confirmed=True, value__isnull=False):
        day = day_in_words(local_day(answer.written_at))
        ready[answer.question] = Prepared(answer, BY_TRUST.format(trust=prepared.trust.name, day=day))
    return ready
