"""Moderation visits: whom the rule draws, what is planned, what was found, and how often the grades agree."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Max, Q
from django.db.models.query import QuerySet

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, require
from haven.access.roles import COUNCIL_LEADS
from haven.audits.models import Copy, Cycle, Return
from haven.audits.queries.returns import return_with_all
from haven.audits.rules.life import IN_HAND, OWING, Phase, phase_on
from haven.moderation.models import Feedback, Finding, Visit
from haven.moderation.policy import may_keep, may_oversee, may_see
from haven.moderation.queries.reading import outline_of, rows_of
from haven.moderation.rules.sampling import (
    AGREEMENTS,
    SCORE,
    Agreement,
    Candidate,
    Drawn,
    Mark,
    Rule,
    agreement,
    draw,
    drawn_digest,
    rule_kept,
)
from haven.people.models import Person
from haven.people.queries.posts import holders
from haven.questions.models import Support
from haven.questions.rules.outline import Outline, Question, Section

SAID = """
    select copy.of_id,
        count(*) filter (where said ->> 'stands' = 'in-place'),
        count(*) filter (where said ->> 'stands' in ('partly', 'not-in-place')),
        count(*) filter (where said ->> 'stands' = 'in-place' and said -> 'supports' = '[]')
    from audits_copy as copy
    join audits_return as sent on sent.id = copy.of_id
    cross join jsonb_array_elements(copy.content -> 'answers') as said
    where sent.cycle_id = %s and copy.sent_at is not null and copy.lapsed_at is null
    group by copy.of_id
"""
"""Of each copy that stands: claims, what is lacking, and claims with nothing behind them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundLine:
    """What a visit found on one question, beside what the school had said."""

    question: Question
    section: Section
    own: str  # the label of what the school had chosen
    agreed: str  # its choice, or none yet
    agreed_label: str
    words: str
    how: Agreement | None

    @property
    def in_words(self) -> str:
        """How the two stand to each other."""
        return AGREEMENTS[self.how] if self.how else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitPage:
    """One visit, for leads of the area; for the school what it may see."""

    visit: Visit
    of: Return
    found: Sequence[FoundLine]
    sections: Sequence[Section]
    is_lead: bool
    agreed: "Agreed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """How often the grades agreed on visits are the schools' own."""

    same: int = 0
    lower: int = 0
    higher: int = 0
    none: int = 0

    @property
    def all(self) -> int:
        """How many answers were looked at."""
        return self.same + self.lower + self.higher + self.none

    @property
    def compared(self) -> int:
        """Of them, those to which the school had given a grade."""
        return self.same + self.lower + self.higher

    @property
    def share(self) -> int:
        """Of a hundred that can be compared, how many are the same."""
        return round(100 * self.same / self.compared) if self.compared else 0

    @property
    def bar(self) -> tuple[tuple[str, float, float], ...]:
        """As a bar: the same, higher, lower."""
        whole = max(self.compared, 1)
        done, up = round(100 * self.same / whole, 2), round(100 * self.higher / whole, 2)
        return (("done", 0, done), ("open", done, up), ("late", done + up, round(100 * self.lower / whole, 2)))


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitsPage:
    """The visits of a cycle, whom the rule would draw, and what was found so far."""

    cycle: Cycle
    rule: Rule
    is_drawn: bool  # the rule of this cycle has drawn already
    drawn: Sequence[Drawn]
    digest: str
    candidates: int
    visits: Sequence[Visit]
    agreed: Agreed
    by_section: Sequence[tuple[Section, Agreed]]
    score: Sequence[Mark] = SCORE


def visits_page(*, cycle_id: UUID, rule: Rule | None, by: Actor, on: date) -> VisitsPage:
    """The visits of a cycle, for its area's leads; `rule` is one to try. Raises `Refused`."""
    cycle = Cycle.objects.select_related("area", "version").defer("version__content").get(pk=cycle_id)
    require(may_keep(by, cycle.area_id))
    known = rule_kept(cycle.sample)
    tried = rule or known
    may_be = candidates(cycle, on)
    drawn = draw(tried, may_be) if tried.wanted else []
    visits = list(cycle_visits(cycle).select_related("of__organisation", "visitor"))
    agreed, by_section = agreed_in(cycle)
    return VisitsPage(
        cycle=cycle,
        rule=tried,
        is_drawn=bool(visits),
        drawn=drawn,
        digest=drawn_digest(drawn),
        candidates=len(may_be),
        visits=visits,
        agreed=agreed,
        by_section=by_section,
    )


def cycle_visits(cycle: Cycle) -> QuerySet[Visit]:
    """The visits of a cycle."""
    return Visit.objects.filter(of__cycle=cycle)


def candidates(cycle: Cycle, on: date) -> list[Candidate]:
    """The schools of a cycle that are not visited yet. What they answered counts only where the council has it."""
    rows = cycle.returns.filter(visits__isnull=True).select_related("organisation", "window", "cycle")
    returns = list(rows)
    facts = _facts(cycle)
    before = _visited(cycle)
    sent_back = set(Feedback.objects.filter(copy__of__cycle=cycle, sends_back=True).values_list("copy__of", flat=True))
    return [
        Candidate(
            key=str(of.pk),
            name=of.organisation.name,
            number=str(of.organisation.urn or of.organisation_id),
            visited_on=before.get(of.organisation_id),
            is_overdue=of.state in OWING and phase_on(of.days, on) is Phase.OVER,
            was_sent_back=of.pk in sent_back,
            **facts.get(of.pk, {}),
        )
        for of in returns
    ]


def visit_page(*, visit_id: UUID, by: Actor) -> VisitPage:
    """One visit, with what was found, for leads of the area; for the school once a day is planned, and what was found
    once it is agreed. Raises `Refused`."""
    visit = Visit.objects.select_related("visitor", "made_by").get(pk=visit_id)
    of = return_with_all(return_id=visit.of_id)
    is_lead = bool(may_oversee(by, of))
    if not is_lead:
        require(may_see(by, of))
        if visit.planned_on is None:
            raise Refused(Reason.WRONG_STATE)
    outline = outline_of(of)
    found = _found(visit, outline) if is_lead or visit.agreed_at else []
    return VisitPage(
        visit=visit,
        of=of,
        found=found,
        sections=[each for each in outline.sections if any(question.is_chosen for question in each.questions)],
        is_lead=is_lead,
        agreed=_counted(found),
    )


def section_found(*, visit_id: UUID, key: str, by: Actor) -> tuple[VisitPage, Section, Sequence[FoundLine]]:
    """One section of a visit, every question to which there is a grade, for leads of the area. Raises `Refused`."""
    page = visit_page(visit_id=visit_id, by=by)
    require(may_oversee(by, page.of))
    section = outline_of(page.of).section(key)
    if section is None:
        raise Refused(Reason.NOT_ASKABLE)
    noted = {line.question.key: line for line in page.found}
    own = own_grades(page.of)
    asked = [each for each in section.questions if each.is_chosen and (each.key in own or not own)]
    return page, section, [noted.get(each.key) or _blank(each, section, own.get(each.key, "")) for each in asked]


def visitors(*, visit: Visit, on: date) -> Sequence[Person]:
    """Who may make a visit: those who lead the area."""
    area = visit.of.cycle.area
    councils = area.served_by.values_list("organisation", flat=True)
    posts = holders(roles=COUNCIL_LEADS, organisations=list(councils), on=on)
    return list(Person.objects.filter(pk__in=[each.person for each in posts]).order_by("name"))


def visit_for_update(*, visit_id: UUID, by: Actor) -> Visit:
    """A visit of an area that she leads, locked. Raises `Refused`."""
    rows = Visit.objects.select_for_update(of=("self",)).select_related(
        "of__cycle__area", "of__cycle__version", "of__sheet__version", "of__organisation"
    )
    visit = rows.defer("of__cycle__version__content", "of__sheet__version__content").get(pk=visit_id)
    require(may_oversee(by, visit.of))
    return visit


def own_grades(of: Return) -> Mapping[str, str]:
    """What the school chose, in the copy that it sent last; nothing where it sent none."""
    copy = Copy.objects.filter(of=of, sent_at__isnull=False).order_by("-number").first()
    rows = rows_of(copy) if copy else {}
    return {key: str(row.get("value") or "") for key, row in rows.items()}


def _visited(cycle: Cycle) -> Mapping[UUID, date]:
    """When each school of the area was last visited, in whichever cycle."""
    rows = Visit.objects.filter(of__cycle__area=cycle.area_id, visited_on__isnull=False)
    return dict(rows.values_list("of__organisation").annotate(last=Max("visited_on")).order_by())


def _facts(cycle: Cycle) -> Mapping[UUID, dict[str, Any]]:
    """By return, what its answers say; only of those that the council has in hand."""
    here = Q(sheet__audit_return__cycle=cycle, sheet__audit_return__state__in=IN_HAND)
    rows = Support.objects.filter(here).exclude(warning="").order_by().values_list("sheet__audit_return")
    warned = dict(rows.annotate(number=Count("pk")))
    with connection.cursor() as cursor:
        cursor.execute(SAID, [cycle.pk])
        counted = cursor.fetchall()
    return {
        of: {
            "judged": claims + lacking,
            "lacking": lacking,
            "claims": claims,
            "bare": bare,
            "warned": warned.get(of, 0),
        }
        for of, claims, lacking, bare in counted
    }


def agreed_in(cycle: Cycle) -> tuple[Agreed, Sequence[tuple[Section, Agreed]]]:
    """How often the grades of a cycle agree, in all and by section."""
    outline = cycle.version.outline
    rows = Finding.objects.filter(visit__of__cycle=cycle, visit__agreed_at__isnull=False)
    found = [_line(outline, each) for each in rows if each.question in outline.questions]
    by_section = [(each, _counted([line for line in found if line.section == each])) for each in outline.sections]
    return _counted(found), [(section, counts) for section, counts in by_section if counts.all]


def _counted(found: Sequence[FoundLine]) -> Agreed:
    counts = Counter(line.how.value for line in found if line.how)
    return Agreed(**counts)


def _found(visit: Visit, outline: Outline) -> list[FoundLine]:
    places = {key: place for place, key in enumerate(outline.questions)}
    rows = [each for each in visit.findings.all() if each.question in places]
    return [_line(outline, each) for each in sorted(rows, key=lambda each: places[each.question])]


def _line(outline: Outline, finding: Finding) -> FoundLine:
    question = outline.questions[finding.question]
    worth = {choice.value: choice.stands.value for choice in question.choices}
    return FoundLine(
        question=question,
        section=outline.section_of[finding.question],
        own=_label(question, finding.own),
        agreed=finding.agreed,
        agreed_label=_label(question, finding.agreed),
        words=finding.words,
        how=agreement(finding.own, finding.agreed, worth),
    )


def _blank(question: Question, section: Section, own: str) -> FoundLine:
    label = _label(question, own)
    return FoundLine(question=question, section=section, own=label, agreed="", agreed_label="", words="", how=None)


def _label(question: Question, value: str) -> str:
    choice = question.choice(value)
    return choice.label if choice else value
