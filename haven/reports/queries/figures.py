"""A whole cycle as one set of figures: what its report is made of, in the edition that is asked for."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Q
from django.utils.crypto import salted_hmac

from haven.access.actor import Actor
from haven.actions.models import Assignment
from haven.actions.rules import CLOSED as ANSWERED
from haven.actions.rules import State as Asked
from haven.audits.models import Cycle, Return
from haven.audits.queries.returns import with_progress
from haven.audits.rules.life import IN_HAND, OWING
from haven.engines.days.moments import local_day
from haven.moderation.models import Feedback, Remark, Visit
from haven.moderation.queries.visits import Agreed, agreed_in
from haven.moderation.rules.reading import promised
from haven.people.models import Phase, Status
from haven.questions.models import Support, Tally
from haven.questions.rules.kinds import Kind, Stands
from haven.questions.rules.outline import Question, Section
from haven.reports.models import Report
from haven.reports.queries.distributions import Level, Numbers, levels_of, numbers_of
from haven.reports.queries.naming import naming
from haven.reports.queries.sent import Given, Sought, answers_sent, cycle_kept, sent
from haven.reports.queries.themes import LEAST_CHANGE, Moved, moved_since
from haven.reports.rules.reporting import Arrived, Best, Edition, Gist, InTime, Since, shortened
from haven.reports.rules.shares import JUDGED, Share, share_of
from haven.reports.rules.withholding import WITHHELD, alike, counts_told

WEEK = timedelta(days=7)
FEWEST_CLAIMS = 5  # of one question, before it is said how often something stands behind them


@dataclass(frozen=True, slots=True)
class SectionFigures:
    """One section through all schools that sent."""

    section: Section
    share: Share
    schools: int  # that were judged in it


@dataclass(frozen=True, slots=True)
class SchoolFigures:
    """One school that sent, by its name or by the number that was drawn for it."""

    label: str
    cells: tuple[Share, ...]

    @property
    def share(self) -> Share:
        """Of all sections."""
        return sum(self.cells, Share())


@dataclass(frozen=True, slots=True)
class PhaseFigures:
    """The schools of one phase."""

    label: str
    asked: int
    sent: int
    share: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionFigures:
    """One question through all schools that sent."""

    section: Section
    question: Question
    asked: int
    levels: tuple[Level, ...]
    share: Share
    numbers: Numbers | None
    claims: int  # that it is in place
    backed: int  # of them, those with something behind them
    moved: Moved | None


@dataclass(frozen=True, slots=True)
class Good:
    """What a reader called good practice, and told the school."""

    school: str
    question: Question
    words: str


@dataclass(frozen=True, slots=True)
class Promised:
    """What the area said it would do, and what became of it."""

    words: str
    school: str
    closed: int
    asked: int  # nought where it has not become an action


@dataclass(frozen=True, slots=True)
class Promises:
    """Those of one cycle that the edition tells; `left_out` are those that may name somebody."""

    told: tuple[Promised, ...] = ()
    left_out: int = 0

    @property
    def number(self) -> int:
        """How many in all: what was promised to several schools in the same words is one."""
        return len({promised(each.words) for each in self.told}) + self.left_out


@dataclass(frozen=True, slots=True)
class Moderation:
    """What visits found. `visits` are those that were agreed."""

    visits: int
    agreed: Agreed
    by_section: Sequence[tuple[Section, Agreed]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Everything that a report tells."""

    cycle: Cycle
    edition: Edition
    on: date
    fewest: int
    intro: str
    conclusions: str
    arrived: Arrived
    before: Arrived | None
    weeks: tuple[tuple[date, int], ...]  # the end of each, and how many had come by then
    phases: tuple[PhaseFigures, ...]
    sections: tuple[SectionFigures, ...]
    schools: tuple[SchoolFigures, ...]
    schools_left_out: int
    questions: tuple[QuestionFigures, ...]
    both: int
    good: tuple[Good, ...]
    moderation: Moderation
    promises: Promises
    promises_before: Promises

    @property
    def is_named(self) -> bool:
        """Whether schools have their names."""
        return self.edition is Edition.NAMED

    @property
    def share(self) -> Share:
        """Of everything that was sent."""
        return sum((each.share for each in self.sections), Share())

    @property
    def moved(self) -> list[Moved]:
        """The questions that can be compared with last time."""
        return [each.moved for each in self.shown if each.moved]

    @property
    def shown(self) -> list[QuestionFigures]:
        """The questions to judge of which this edition tells how they were answered."""
        return [each for each in self.questions if each.share.judged and self.tells(each)]

    def tells(self, each: QuestionFigures) -> bool:
        """Whether this edition tells how a question was answered: without names, only where enough schools were."""
        counts = [level.number for level in each.levels]
        return self.is_named or WITHHELD not in counts_told(counts, self.fewest)

    @property
    def enough(self) -> int:
        """How many schools must be judged on something for it to be told as most or least."""
        return min(self.fewest, max(self.arrived.sent, 1)) if self.is_named else self.fewest

    @property
    def ranked(self) -> list[QuestionFigures]:
        """Of them, those that enough schools were judged on to be told as most or least, the least in place first."""
        found = [each for each in self.shown if each.share.judged >= self.enough]
        return sorted(found, key=lambda each: (each.share.percent or 0, -each.share.lacking))

    @property
    def gist(self) -> Gist:
        """The figures of the summary."""
        judged = [each for each in self.sections if each.schools >= self.enough]
        ordered = sorted(judged, key=lambda each: each.share.percent or 0)
        ends = [Best(each.section.title, each.share) for each in (ordered[:1] + ordered[-1:])]
        agreed = self.moderation.agreed
        may_say = self.is_named or self.moderation.visits >= self.fewest
        return Gist(
            area=self.cycle.area.name,
            edition=self.edition,
            arrived=self.arrived,
            before=self.before,
            share=self.share if self.is_named or self.arrived.sent >= self.fewest else Share(),
            most=ends[-1] if ends else None,
            least=ends[0] if ends else None,
            lacking=self._lacking(),
            since=self._since(),
            claims=sum(each.claims for each in self.shown),
            backed=sum(each.backed for each in self.shown),
            same=agreed.same if may_say else 0,
            compared=agreed.compared if may_say else 0,
            promises=self.promises.number,
        )

    def _lacking(self) -> Best | None:
        found = next((each for each in self.ranked if each.share.lacking), None)
        if found is None:
            return None
        return Best(f"{found.question.ref}, “{shortened(found.question.words, 160).rstrip('.')}”", found.share)

    def _since(self) -> Since | None:
        if not self.moved:
            return None
        points = [each.points for each in self.moved]
        return Since(
            schools=self.both,
            then=sum((each.then for each in self.moved), Share()),
            now=sum((each.now for each in self.moved), Share()),
            better=sum(each >= LEAST_CHANGE for each in points),
            worse=sum(each <= -LEAST_CHANGE for each in points),
        )


def report_figures(*, cycle_id: UUID, edition: Edition, by: Actor, on: date) -> Figures:
    """The figures of a cycle, for leads of its area. Raises `Refused`."""
    return figures_of(cycle=cycle_kept(cycle_id=cycle_id, by=by), edition=edition, on=on)


def figures_of(*, cycle: Cycle, edition: Edition, on: date) -> Figures:
    """The figures of a cycle. Whoever made it out has asked for the policy of whom they are for."""
    known = Report.objects.filter(cycle=cycle).first()
    returns = _returns(cycle)
    shares = _shares(returns)
    schools, left_out = _schools(cycle, edition, sent(returns), shares)
    questions, both = _questions(cycle, returns, on)
    agreed, by_section = agreed_in(cycle)
    visits = Visit.objects.filter(of__cycle=cycle, agreed_at__isnull=False).count()
    return Figures(
        cycle=cycle,
        edition=edition,
        on=on,
        fewest=settings.AUDIT_FEWEST,
        intro=known.intro if known else "",
        conclusions=known.conclusions if known else "",
        arrived=_arrived(returns, cycle, on),
        before=_arrived(_returns(cycle.before), cycle.before, on) if cycle.before else None,
        weeks=tuple(_weeks(returns, cycle, on)),
        phases=tuple(_phases(returns, shares)),
        sections=tuple(_sections(cycle, shares)),
        schools=schools,
        schools_left_out=left_out,
        questions=questions,
        both=both,
        good=tuple(_good(cycle)) if edition is Edition.NAMED else (),
        moderation=Moderation(visits, agreed, by_section),
        promises=_promises(cycle, edition),
        promises_before=_promises(cycle.before, edition) if cycle.before else Promises(),
    )


def _returns(cycle: Cycle) -> list[Any]:
    """Every return of a cycle, but those that were never sent by schools that have closed."""
    rows = Return.objects.filter(cycle=cycle).select_related("organisation", "window", "sheet")
    gone = Q(organisation__status=Status.CLOSED, state__in=OWING)
    returns = list(with_progress(rows.exclude(gone)).order_by("organisation__name", "pk"))
    for each in returns:
        each.cycle = cycle
    return returns


def _arrived(returns: Sequence[Any], cycle: Cycle, on: date) -> Arrived:
    first = [(_came_on(each), each.days.first_due_on) for each in returns]
    final = [(_came_on(each), each.days.final_due_on) for each in returns]
    return Arrived(
        asked=len(returns),
        sent=len(sent(returns)),
        first=InTime(cycle.first_due_on, _in_time(first), _has_passed(first, on)),
        final=InTime(cycle.final_due_on, _in_time(final), _has_passed(final, on)),
    )


def _came_on(of: Any) -> date | None:
    return local_day(of.first_sent_at) if of.first_sent_at else None


def _in_time(days: Sequence[tuple[date | None, date]]) -> int:
    return sum(came is not None and came <= due for came, due in days)


def _has_passed(days: Sequence[tuple[date | None, date]], on: date) -> bool:
    """Whether it has for everybody: until then a number says little."""
    return bool(days) and all(due < on for _, due in days)


def _weeks(returns: Sequence[Any], cycle: Cycle, on: date) -> list[tuple[date, int]]:
    """The end of each week from the opening until the last audit came in or the final deadline, but not after today."""
    came = sorted(day for each in returns if (day := _came_on(each)))
    last = min(max([cycle.final_due_on, *came]), on)
    first = min([cycle.opens_on, *came])
    ends = [min(first + WEEK * (n + 1) - timedelta(days=1), last) for n in range((last - first).days // 7 + 1)]
    return [(end, sum(day <= end for day in came)) for end in ends] if last >= first else []


Shares = Mapping[UUID, Mapping[str, Share]]
"""By sheet, what the answers of each section are worth; of those that were sent."""


def _shares(returns: Sequence[Any]) -> Shares:
    found: dict[UUID, dict[str, Share]] = defaultdict(dict)
    rows = Tally.objects.filter(sheet__in=[each.sheet_id for each in sent(returns)]).order_by()
    for sheet, section, *figures in rows.values_list("sheet_id", "section", "in_place", "partly", "not_in_place"):
        found[sheet][section] = Share(*figures)
    return found


def _sections(cycle: Cycle, shares: Shares) -> list[SectionFigures]:
    found = []
    for section in cycle.version.outline.sections:
        own = [share for sheet in shares.values() if (share := sheet.get(section.key, Share())).judged]
        found.append(SectionFigures(section, sum(own, Share()), len(own)))
    return found


def _schools(
    cycle: Cycle, edition: Edition, in_hand: Sequence[Any], shares: Shares
) -> tuple[tuple[SchoolFigures, ...], int]:
    """A row for each school that sent; and how many are left out, since too few are like them."""
    sections = cycle.version.outline.sections
    cells = {
        each.pk: tuple(shares.get(each.sheet_id, {}).get(section.key, Share()) for section in sections)
        for each in in_hand
    }
    if edition is Edition.NAMED:
        return tuple(SchoolFigures(each.organisation.name, cells[each.pk]) for each in in_hand), 0
    drawn = sorted(cells, key=lambda pk: salted_hmac("audits.report", str(pk), algorithm="sha256").hexdigest())
    may_stand = alike([tuple(bool(share.judged) for share in cells[pk]) for pk in drawn], settings.AUDIT_FEWEST)
    kept = [pk for pk, may in zip(drawn, may_stand, strict=True) if may]
    rows = tuple(SchoolFigures(f"School {number}", cells[pk]) for number, pk in enumerate(kept, 1))
    return rows, len(drawn) - len(rows)


def _phases(returns: Sequence[Any], shares: Shares) -> list[PhaseFigures]:
    found = []
    by_sheet = {sheet: sum(sections.values(), Share()) for sheet, sections in shares.items()}
    for phase in Phase:
        own = [each for each in returns if each.organisation.phase == phase]
        in_hand: Sequence[Any] = sent(own)
        share = sum((by_sheet.get(each.sheet_id, Share()) for each in in_hand), Share())
        if own:
            found.append(PhaseFigures(str(phase.label), len(own), len(in_hand), share))
    return found


def _questions(cycle: Cycle, returns: Sequence[Any], on: date) -> tuple[tuple[QuestionFigures, ...], int]:
    """Every question; and how many schools sent this audit and the one before."""
    outline = cycle.version.outline
    given: dict[str, list[Given]] = {key: [] for key in outline.questions}
    for each in answers_sent(outline, returns, list(outline.questions), with_values=True):
        given[each.question.key].append(each)
    judged = {
        key: {each.school: each.stands for each in rows if each.stands in JUDGED}
        for key, rows in given.items()
        if outline.questions[key].is_chosen
    }
    found, both = moved_since(cycle, judged, returns, Sought(), on)
    moved = {each.question.key: each for each in found}
    backed = _backed(returns)
    return tuple(
        _question(outline.section_of[key], outline.questions[key], given[key], backed, moved.get(key))
        for key in outline.questions
    ), both


def _question(
    section: Section, question: Question, given: Sequence[Given], backed: Mapping[str, set[UUID]], moved: Moved | None
) -> QuestionFigures:
    claiming = {each.school for each in given if each.stands == Stands.IN_PLACE and question.is_chosen}
    return QuestionFigures(
        section=section,
        question=question,
        asked=len(given),
        levels=tuple(levels_of(question, given)),
        share=share_of([each.stands for each in given]) if question.is_chosen else Share(),
        numbers=numbers_of(question, given) if question.kind is Kind.NUMBER else None,
        claims=len(claiming),
        backed=len(claiming & backed.get(question.key, set())),
        moved=moved,
    )


def _backed(returns: Sequence[Any]) -> Mapping[str, set[UUID]]:
    """By question, the schools that have something behind their answer."""
    schools = {each.sheet_id: each.organisation_id for each in sent(returns)}
    found: dict[str, set[UUID]] = defaultdict(set)
    rows = Support.objects.filter(sheet__in=schools).order_by().values_list("question", "sheet_id").distinct()
    for question, sheet in rows:
        found[question].add(schools[sheet])
    return found


def _good(cycle: Cycle) -> list[Good]:
    """What was called good practice, of copies that stand, as far as the schools were told."""
    rows = Remark.objects.filter(copy__of__cycle=cycle, copy__of__state__in=IN_HAND, copy__lapsed_at__isnull=True)
    rows = rows.filter(kind=Remark.Kind.GOOD, shown_at__isnull=False)
    found: dict[str, list[Good]] = defaultdict(list)
    questions = cycle.version.outline.questions
    for school, key, words in rows.order_by("copy__of__organisation__name", "said_at").values_list(
        "copy__of__organisation__name", "question", "words"
    ):
        if key in questions:
            found[key].append(Good(school, questions[key], words))
    return [each for key in questions for each in found[key]]


def _promises(cycle: Cycle, edition: Edition) -> Promises:
    """What was promised, and how many schools have answered the actions that came of it, which bear the feedback's own
    identifiers. Without names, what may name somebody is left out."""
    given = Feedback.objects.filter(copy__of__cycle=cycle).exclude(area_will="").order_by("-given_at")
    promises = list(given.values_list("pk", "area_will", "copy__of__organisation__name"))
    rows = (
        Assignment.objects.filter(action__in=[pk for pk, _, _ in promises])
        .exclude(state=Asked.WITHDRAWN)
        .order_by()
        .values("action")
    )
    far = {
        row["action"]: (row["closed"], row["asked"])
        for row in rows.annotate(asked=Count("pk"), closed=Count("pk", filter=Q(state__in=list(ANSWERED))))
    }
    told = [Promised(words, school, *far.get(pk, (0, 0))) for pk, words, school in promises]
    if edition is Edition.NAMED or not told:
        return Promises(tuple(told))
    names = naming(cycle)
    kept = [each for each in told if not names.certain(each.words) and not names.likely(each.words)]
    left_out = {promised(each.words) for each in told} - {promised(each.words) for each in kept}
    return Promises(tuple(kept), len(left_out))
