"""Moderation visits: drawn by a rule that is kept, planned, written up, and agreed with the school."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, person_of, require
from haven.audits.queries.changing import cycle_for_update, return_for_update
from haven.audits.rules.life import Standing
from haven.audits.services.telling import tell_of_visit
from haven.engines.days.moments import local_day
from haven.ledger.services import record
from haven.moderation.models import Finding, Visit
from haven.moderation.policy import may_oversee
from haven.moderation.queries.reading import about_of, outline_of
from haven.moderation.queries.visits import candidates, own_grades, visit_for_update, visitors
from haven.moderation.rules.sampling import LONGEST_SEED, Rule, draw, drawn_digest

LONGEST_REASON = 200
NOT_OPEN = "The audit is not open yet, so nobody can be drawn."
NOBODY = "The rule draws nobody. Say how many to draw, and by what."
NO_SEED = "Give a word for chance to begin with."
OTHERS = "The draw has changed in the meantime: a school has sent its audit, or is visited already. Look at it again."
WHY = "Say why this school is visited."
VISITED = "A visit to this school stands already."
AGREED = "It is agreed, so it stays as it is."
TOO_EARLY = "Choose a day that is still to come."
TOO_LATE = "Give the day on which you were there. It cannot be still to come."
NOT_A_VISITOR = "Choose somebody who leads the area."
NOTHING_FOUND = "Note at least one finding, or write what was seen."
STRANGE = "One of these grades does not belong to its question. Choose again."
WHY_NOT = "Say why it is called off."
NOTED = "Findings are noted already, so the visit stays."


@dataclass(frozen=True, slots=True)
class Found:
    """What a visit found on one question. Without a grade, nothing is noted."""

    agreed: str
    words: str = ""


@transaction.atomic
def draw_visits(*, cycle_id: UUID, rule: Rule, seen: str, by: Actor, at: datetime) -> list[Visit]:
    """Take the schools that a rule draws, with the reason for each, and keep the rule. `seen` is the digest of the draw
    that she looked at: another one is not taken."""
    cycle = cycle_for_update(cycle_id=cycle_id, by=by)
    if cycle.standing == Standing.DRAFT:
        raise Refused(Reason.WRONG_STATE, NOT_OPEN)
    if not rule.seed.strip() or len(rule.seed) > LONGEST_SEED:
        raise Refused(Reason.NOT_ASKABLE, NO_SEED)
    drawn = draw(rule, candidates(cycle, local_day(at)))
    if not drawn:
        raise Refused(Reason.NOT_ASKABLE, NOBODY)
    if drawn_digest(drawn) != seen:
        raise Refused(Reason.CHANGED_MEANWHILE, OTHERS)
    cycle.sample = rule.kept
    cycle.save(update_fields=["sample"])
    visits = Visit.objects.bulk_create(
        Visit(of_id=each.key, reason=each.why[:LONGEST_REASON], made_at=at, made_by_id=person_of(by)) for each in drawn
    )
    about = {"cycle": cycle.pk, "area": cycle.area_id, "rule": rule.kept, "returns": [each.key for each in drawn]}
    record("visits.drawn", by=by, at=at, about=about)
    return visits


@transaction.atomic
def add_visit(*, return_id: UUID, reason: str, by: Actor, at: datetime) -> Visit:
    """Visit a school that no rule has drawn, and say why."""
    of = return_for_update(return_id=return_id)
    require(may_oversee(by, of))
    if not reason.strip():
        raise Refused(Reason.NOT_ASKABLE, WHY)
    if of.visits.exists():
        raise Refused(Reason.WRONG_STATE, VISITED)
    visit = of.visits.create(reason=reason.strip()[:LONGEST_REASON], made_at=at, made_by_id=person_of(by))
    record("visit.added", by=by, at=at, about=_about(visit), why=visit.reason)
    return visit


@transaction.atomic
def plan_visit(*, visit_id: UUID, planned_on: date, visitor: UUID, by: Actor, at: datetime) -> Visit:
    """Say on which day who comes. The school is told."""
    visit = _open(visit_id, by)
    if planned_on < local_day(at):
        raise Refused(Reason.NOT_ASKABLE, TOO_EARLY)
    if visitor not in {person.pk for person in visitors(visit=visit, on=local_day(at))}:
        raise Refused(Reason.NOT_ASKABLE, NOT_A_VISITOR)
    if (visit.planned_on, visit.visitor_id) == (planned_on, visitor):
        return visit
    visit.planned_on, visit.visitor_id = planned_on, visitor
    visit.save(update_fields=["planned_on", "visitor"])
    tell_of_visit(of=visit.of, by=by, at=at)
    record("visit.planned", by=by, at=at, about=_about(visit) | {"planned_on": planned_on})
    return visit


@transaction.atomic
def note_findings(*, visit_id: UUID, found: Mapping[str, Found], by: Actor, at: datetime) -> Visit:
    """Note what was found, question by question, beside what the school had said. It sees it once it is agreed."""
    visit = _open(visit_id, by)
    outline, own = outline_of(visit.of), own_grades(visit.of)
    for key, each in found.items():
        question = outline.questions.get(key)
        if question is None or (each.agreed and question.choice(each.agreed) is None):
            raise Refused(Reason.NOT_ASKABLE, STRANGE)
        if each.agreed:
            values = {"own": own.get(key, ""), "agreed": each.agreed, "words": each.words.strip()}
            Finding.objects.update_or_create(visit=visit, question=key, defaults=values)
    visit.findings.filter(question__in=[key for key, each in found.items() if not each.agreed]).delete()
    about = _about(visit) | {"findings": sum(bool(each.agreed) for each in found.values())}
    record("visit.findings_noted", by=by, at=at, about=about)
    return visit


@transaction.atomic
def agree_visit(*, visit_id: UUID, visited_on: date, words: str, by: Actor, at: datetime) -> Visit:
    """Say that what was found is agreed. From then on the school sees it, and it stays."""
    visit = _open(visit_id, by)
    if visited_on > local_day(at):
        raise Refused(Reason.NOT_ASKABLE, TOO_LATE)
    if not words.strip() and not visit.findings.exists():
        raise Refused(Reason.NOT_ASKABLE, NOTHING_FOUND)
    _compare(visit)
    visit.visited_on, visit.words, visit.agreed_at = visited_on, words.strip(), at
    visit.planned_on = visit.planned_on or visited_on
    visit.visitor_id = visit.visitor_id or person_of(by)
    visit.save(update_fields=["visited_on", "words", "agreed_at", "planned_on", "visitor"])
    tell_of_visit(of=visit.of, by=by, at=at)
    about = _about(visit) | {"visited_on": visited_on, "findings": visit.findings.count()}
    record("visit.agreed", by=by, at=at, about=about)
    return visit


@transaction.atomic
def call_off_visit(*, visit_id: UUID, why: str, by: Actor, at: datetime) -> UUID:
    """Give up a visit of which nothing is noted; to the school of which return it would have gone."""
    visit = _open(visit_id, by)
    if visit.findings.exists():
        raise Refused(Reason.WRONG_STATE, NOTED)
    if not why.strip():
        raise Refused(Reason.NOT_ASKABLE, WHY_NOT)
    if visit.planned_on:
        tell_of_visit(of=visit.of, by=by, at=at)
    about = _about(visit)
    visit.delete()
    record("visit.called_off", by=by, at=at, about=about, why=why.strip())
    return visit.of.pk


def _open(visit_id: UUID, by: Actor) -> Visit:
    visit = visit_for_update(visit_id=visit_id, by=by)
    if visit.agreed_at is not None:
        raise Refused(Reason.WRONG_STATE, AGREED)
    return visit


def _compare(visit: Visit) -> None:
    """Put the grades that the school sent since then beside what was found."""
    own = own_grades(visit.of)
    for finding in visit.findings.all():
        finding.own = own.get(finding.question, "")
        finding.save(update_fields=["own"])


def _about(visit: Visit) -> dict[str, Any]:
    return about_of(visit.of) | {"visit": visit.pk}
