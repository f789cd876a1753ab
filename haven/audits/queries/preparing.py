"""A cycle before it is opened: whom it would ask, by when, and what a lead mends first."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, require
from haven.access.roles import SCHOOL_LEADS
from haven.audits.models import Cycle
from haven.audits.policy import may_keep
from haven.audits.queries.asked import schools_asked, windows_of
from haven.audits.queries.cycles import PHASES, cycle_kept
from haven.audits.queries.people import Posts, meant, posts_in
from haven.audits.rules import life
from haven.audits.rules.life import OWING, Standing, step_in_words
from haven.audits.rules.standing import year_in_words
from haven.people.models import Area, Organisation
from haven.people.queries import areas_led_by
from haven.questions.models import Version
from haven.questions.queries.templates import usable_versions
from haven.questions.rules.outline import AUDITS

LEADS = frozenset(role.value for role in SCHOOL_LEADS)


@dataclass(frozen=True, slots=True)
class Group:
    """Schools with days of their own, or all the others."""

    name: str
    days: life.Window
    schools: int


@dataclass(frozen=True, slots=True)
class Step:
    """One signature of the chain, and the schools in which nobody can give it."""

    number: int
    words: str
    without: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What opening a cycle would do."""

    cycle: Cycle
    year: str
    schools: int
    phases: Sequence[tuple[str, int]]
    groups: Sequence[Group]
    steps: Sequence[Step]
    without_lead: Sequence[str]  # nobody there would answer
    still_open: Sequence[tuple[Cycle, int]]  # of the same questionnaire, and how many of these schools still owe it

    @property
    def has_gaps(self) -> bool:
        """Whether a school lacks somebody."""
        return bool(self.without_lead) or any(step.without for step in self.steps)


def preview(*, cycle_id: UUID, by: Actor, on: date) -> Preview:
    """A cycle, looked at before it is opened. Raises `Refused`."""
    cycle = cycle_kept(cycle_id=cycle_id, by=by)
    schools = schools_asked(cycle, on=on)
    posts = posts_in(organisations={school.pk for school in schools}, on=on)
    phases = Counter(PHASES.get(school.phase, "Other") for school in schools)
    return Preview(
        cycle=cycle,
        year=year_in_words(cycle.school_year),
        schools=len(schools),
        phases=[(label, phases[label]) for label in (*PHASES.values(), "Other") if phases[label]],
        groups=_groups(cycle, schools, on),
        steps=[_step(cycle, number, schools, posts) for number in range(1, len(cycle.steps) + 1)],
        without_lead=[each.name for each in schools if not any(post[0] in LEADS for post in posts.get(each.pk, ()))],
        still_open=_still_open(cycle, schools),
    )


def areas_to_prepare(*, by: Actor) -> Sequence[Area]:
    """The areas for which she may begin a cycle. Raises `Refused` where there is none."""
    areas = [area for area in areas_led_by(by=by) if may_keep(by, area.pk)]
    if not areas:
        raise Refused(Reason.NOT_THE_AREA)
    return areas


def versions_offered(*, area: Area, by: Actor) -> Sequence[Version]:
    """The versions that an area's schools may be asked to answer: its own and those of the packs. Raises `Refused`."""
    require(may_keep(by, area.pk))
    rows = usable_versions(area=area, by=by)
    return list(rows.filter(template__use__in=[use.value for use in AUDITS]))


def cycles_before(*, area: Area, but: UUID | None, by: Actor) -> Sequence[tuple[str, str]]:
    """The cycles of an area whose answers may stand ready, as choices of a form. Raises `Refused`."""
    require(may_keep(by, area.pk))
    rows = Cycle.objects.filter(area=area, opened_at__isnull=False)
    return [(str(each.pk), f"{each.title} ({year_in_words(each.school_year)})") for each in rows if each.pk != but]


def cycle_to_build_on(*, area: Area, by: Actor, on: date) -> str:
    """The cycle whose answers are proposed to stand ready: the newest that is closed; failing that, the newest whose
    last deadline has passed; empty where there is neither. Raises `Refused`.
    """
    require(may_keep(by, area.pk))
    rows = Cycle.objects.filter(area=area, opened_at__isnull=False).order_by("-school_year", "-opens_on")
    cycles = list(rows.prefetch_related("windows"))
    closed = [each for each in cycles if each.standing == Standing.CLOSED]
    over = [each for each in cycles if _last_due(each) < on]
    return next((str(each.pk) for each in (*closed, *over)), "")


def _last_due(cycle: Cycle) -> date:
    return max([cycle.final_due_on, *(each.final_due_on for each in cycle.windows.all())])


def _still_open(cycle: Cycle, schools: Sequence[Organisation]) -> Sequence[tuple[Cycle, int]]:
    others = Cycle.objects.filter(
        area=cycle.area_id, standing=Standing.OPEN, version__template=cycle.version.template_id
    )
    owing = Q(returns__state__in=OWING, returns__organisation__in=schools)
    counted = others.exclude(pk=cycle.pk).annotate(owing=Count("returns", filter=owing)).filter(owing__gt=0)
    return [(each, each.owing) for each in counted.order_by("-opens_on", "pk")]


def _groups(cycle: Cycle, schools: Sequence[Organisation], on: date) -> Sequence[Group]:
    """Each group with its days; last the schools that lie in none."""
    windows = windows_of(cycle, schools, on=on)
    counts = Counter(window.pk for window in windows.values())
    groups = [Group(each.cluster.name, each.days, counts[each.pk]) for each in cycle.windows.all()]
    others = len(schools) - len(windows)
    name = "All other schools" if groups else "All schools asked"
    return [*groups, Group(name, cycle.window, others)] if others or not groups else groups


def _step(cycle: Cycle, number: int, schools: Sequence[Organisation], posts: Posts) -> Step:
    without = [school.name for school in schools if not meant(posts, school.pk, number, cycle.steps)]
    return Step(number, step_in_words(cycle.steps[number - 1]), without)
