"""England's figures for the templates that every area may take: from the counts that the writes themselves keep."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db.models import Count as Counted
from django.db.models import Q, Sum

from haven.access.actor import Actor
from haven.access.decision import require
from haven.audits.models import Count
from haven.audits.models.counts import RETURNS
from haven.questions.models import Version
from haven.questions.rules.kinds import Stands
from haven.questions.rules.outline import Question, Section
from haven.reports.policy import may_see_country
from haven.reports.rules.shares import Share


@dataclass(frozen=True, slots=True)
class Offered:
    """A version that areas have asked with, and how many of them have been sent returns."""

    version: Version
    areas: int
    returns: int


@dataclass(frozen=True, slots=True)
class Line:
    """One question through the country. `share` is none where too few areas stand behind it."""

    question: Question
    share: Share | None
    own: Share


@dataclass(frozen=True, slots=True)
class Through:
    """One section through the country."""

    section: Section
    share: Share | None
    own: Share
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """The figures of one version."""

    offered: Sequence[Offered]
    shown: Offered | None
    fewest: int
    sections: tuple[Through, ...] = ()

    @property
    def has_enough(self) -> bool:
        """Whether any figure may be shown."""
        return self.shown is not None and self.shown.areas >= self.fewest


def country(*, version_id: UUID | None, by: Actor) -> Country:
    """The country's figures for one version, or for the one that most areas take. Raises `Refused`."""
    require(may_see_country(by))
    offered = _offered()
    wanted = [each for each in offered if version_id in (None, each.version.pk)]
    shown = max(wanted, key=lambda each: each.areas, default=None)
    if shown is None or shown.areas < settings.AUDIT_FEWEST:
        return Country(offered=offered, shown=shown, fewest=settings.AUDIT_FEWEST)
    sections = _sections(shown.version, by)
    return Country(offered=offered, shown=shown, fewest=settings.AUDIT_FEWEST, sections=sections)


def _offered() -> list[Offered]:
    """Every version of a template without an area in which anything was sent, newest first."""
    rows = Count.objects.filter(question=RETURNS, number__gt=0, cycle__version__template__area__isnull=True).order_by()
    areas = {
        version: (areas, returns)
        for version, areas, returns in rows.values_list("cycle__version").annotate(
            Counted("cycle__area", distinct=True), Sum("number")
        )
    }
    versions = Version.objects.filter(pk__in=areas).select_related("template").defer("content")
    return [Offered(each, *areas[each.pk]) for each in versions.order_by("template__title", "-number")]


def _sections(version: Version, by: Actor) -> tuple[Through, ...]:
    here = Count.objects.filter(cycle__version=version, number__gt=0).exclude(question=RETURNS).order_by()
    own = Sum("number", filter=Q(cycle__area__in=by.leads), default=0)
    rows = here.values_list("question", "answer").annotate(all=Sum("number"), own=own)
    areas = dict(here.values_list("question").annotate(Counted("cycle__area", distinct=True)))
    counted: dict[str, dict[str, tuple[int, int]]] = {}
    for question, answer, number, mine in rows:
        counted.setdefault(question, {})[answer] = (number, mine)
    found = []
    for section in version.outline.sections:
        chosen = [each for each in section.questions if each.is_chosen]
        lines = tuple(_line(each, counted.get(each.key, {}), areas.get(each.key, 0)) for each in chosen)
        shares = [line.share for line in lines if line.share is not None]
        whole = sum(shares, Share()) if shares else None
        if lines:
            found.append(Through(section, whole, sum((line.own for line in lines), Share()), lines))
    return tuple(found)


def _line(question: Question, counted: Mapping[str, tuple[int, int]], areas: int) -> Line:
    is_shown = areas >= settings.AUDIT_FEWEST
    return Line(question, _share(question, counted, 0) if is_shown else None, _share(question, counted, 1))


def _share(question: Question, counted: Mapping[str, tuple[int, int]], which: int) -> Share:
    figures = dict.fromkeys(Stands, 0)
    for value, numbers in counted.items():
        if stands := question.stands(value):
            figures[stands] += numbers[which]
    return Share(figures[Stands.IN_PLACE], figures[Stands.PARTLY], figures[Stands.NOT_IN_PLACE])
