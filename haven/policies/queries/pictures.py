"""The lead's picture: schools by kinds of policy, and one school's register as its lines. No file, no note."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, require
from haven.people.models import Area, Organisation, Phase
from haven.people.queries import areas_led_by, schools_of
from haven.policies.models import Policy, Version
from haven.policies.policy import may_oversee
from haven.policies.queries.register import ahead
from haven.policies.rules.facts import KINDS, PolicyKind, cycle_in_words
from haven.policies.rules.life import PRESSING, STANDINGS, Standing, State, standing_on
from haven.policies.rules.usual import USUAL

SCHOOLS_A_PAGE = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What of the picture to show. Pages are counted from one."""

    area: UUID | None = None
    text: str = ""
    phase: str = ""
    is_overdue: bool = False
    page: int = 1


@dataclass(frozen=True, slots=True)
class Column:
    """One kind of policy with how the schools stand."""

    number: int
    kind: PolicyKind
    label: str
    in_date: int
    due: int
    overdue: int
    unapproved: int
    none: int

    @property
    def bar(self) -> tuple[tuple[str, float, float], ...]:
        """The parts of a bar a hundred wide: what each stands for, where it begins, how wide it is."""
        whole = max(self.in_date + self.due + self.overdue + self.unapproved + self.none, 1)
        parts = (("done", self.in_date), ("open", self.due), ("late", self.overdue))
        ends = [*accumulate((count for _, count in parts), initial=0)]
        return tuple(
            (name, round(start * 100 / whole, 2), round(count * 100 / whole, 2))
            for (name, count), start in zip(parts, ends, strict=False)
            if count
        )


@dataclass(frozen=True, slots=True)
class Row:
    """One school with its standing for each kind; none where it has registered nothing of it."""

    id: UUID
    name: str
    cells: tuple[Standing | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The schools of an area by kinds of policy."""

    area: Area
    areas: tuple[Area, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    schools: int  # how many there are as far as they are sought
    registering: int  # how many of those have registered anything
    in_date: int
    due: int
    overdue: int
    unapproved: int


@dataclass(frozen=True, slots=True)
class SeenLine:
    """One line of a school's register, as the area's lead sees it."""

    title: str
    kind: str
    cycle: str
    approved_on: date | None
    review_on: date | None
    standing: Standing
    label: str
    colour: str


def picture(*, by: Actor, on: date, sought: Sought) -> Picture:
    """Schools by kinds. Raises `Refused` where she leads no area."""
    area, areas = _area(by, sought.area)
    schools = _schools(area, sought, on)
    standing = _standings([pk for pk, _ in schools], on)
    if sought.is_overdue:
        late = {school for (school, _), each in standing.items() if Standing.OVERDUE in each}
        schools = [each for each in schools if each[0] in late]
    known = {pk for pk, _ in schools}
    standing = {key: each for key, each in standing.items() if key[0] in known}
    kinds = [kind for kind in KINDS if _is_shown(kind, standing)]
    counts = Counter(one for each in standing.values() for one in each)
    start = (sought.page - 1) * SCHOOLS_A_PAGE
    return Picture(
        area=area,
        areas=areas,
        columns=tuple(_column(number, kind, known, standing) for number, kind in enumerate(kinds, start=1)),
        rows=tuple(_row(pk, name, kinds, standing) for pk, name in schools[start : start + SCHOOLS_A_PAGE]),
        schools=len(schools),
        registering=len({school for school, _ in standing}),
        in_date=counts[Standing.IN_DATE],
        due=counts[Standing.DUE],
        overdue=counts[Standing.OVERDUE],
        unapproved=counts[Standing.UNAPPROVED],
    )


EXPORTED = ["URN", "School", "Policy", "Kind", "Comes up", "Approved on", "Next review", "State"]


def exported(*, by: Actor, on: date, sought: Sought) -> tuple[list[str], list[tuple[object, ...]]]:
    """Every line of the schools' registers as far as they are sought: the columns' names, and the rows.

    A school that has registered nothing has one row that says so.
    """
    area, _ = _area(by, sought.area)
    schools = _schools(area, sought, on)
    urns = dict(Organisation.objects.filter(pk__in=[pk for pk, _ in schools]).values_list("pk", "urn"))
    lines: dict[UUID, list[SeenLine]] = {}
    for policy in _policies([pk for pk, _ in schools]):
        lines.setdefault(policy.school_id, []).append(_seen(policy, on))
    rows: list[tuple[object, ...]] = []
    for pk, name in schools:
        own = lines.get(pk, [])
        if sought.is_overdue and not any(line.standing is Standing.OVERDUE for line in own):
            continue
        rows += [
            (urns[pk], name, line.title, line.kind, line.cycle, line.approved_on, line.review_on, line.label)
            for line in own
        ] or [(urns[pk], name, "", "", "", None, None, "Nothing registered")]
    return EXPORTED, rows


def school_seen(*, school_id: UUID, by: Actor, on: date) -> tuple[Organisation, tuple[SeenLine, ...]]:
    """One school's register as an area's lead sees it. Raises `Refused` for a school of none of her areas."""
    for area in by.leads:
        require(may_oversee(by, area))
        if school := schools_of(area=area, on=on).filter(pk=school_id).first():
            lines = sorted((_seen(policy, on) for policy in _policies([school.pk])), key=_pressing)
            return school, tuple(lines)
    raise Refused(Reason.NOT_THE_AREA)


def _area(by: Actor, asked: UUID | None) -> tuple[Area, tuple[Area, ...]]:
    areas = tuple(areas_led_by(by=by))
    chosen = [area for area in areas if asked in (None, area.pk)]
    if not chosen:
        raise Refused(Reason.NOT_THE_AREA)
    require(may_oversee(by, chosen[0].pk))
    return chosen[0], areas


def _schools(area: Area, sought: Sought, on: date) -> list[tuple[UUID, str]]:
    phases = [sought.phase] if sought.phase in set(Phase.values) - {""} else ()
    found = schools_of(area=area.pk, on=on, phases=phases)
    for word in sought.text.split():
        found = found.filter(name__icontains=word)
    return list(found.order_by("name", "pk").values_list("pk", "name"))


def _policies(schools: Sequence[UUID]) -> list[Any]:
    """The standing policies of these schools, each with when the version in use was approved and with nothing else."""
    in_use = Version.objects.filter(policy=OuterRef("pk"), state=State.APPROVED)
    rows = Policy.objects.filter(school__in=schools, withdrawn_at__isnull=True).order_by("school", "title")
    seen = rows.only("school", "title", "kind", "review_months", "review_on")
    return list(seen.annotate(approved_on=Subquery(in_use.values("approved_on")[:1])))


def _standings(schools: Sequence[UUID], on: date) -> dict[tuple[UUID, str], list[Standing]]:
    found: dict[tuple[UUID, str], list[Standing]] = {}
    for policy in _policies(schools):
        found.setdefault((policy.school_id, policy.kind), []).append(_standing(policy, on))
    return found


def _standing(policy: Any, on: date) -> Standing:
    has_version = policy.approved_on is not None
    return standing_on(review_on=policy.review_on, has_version=has_version, is_withdrawn=False, on=on, ahead=ahead())


def _seen(policy: Any, on: date) -> SeenLine:
    standing = _standing(policy, on)
    label, colour = STANDINGS[standing]
    kind, cycle = policy.get_kind_display(), cycle_in_words(policy.review_months)
    return SeenLine(policy.title, kind, cycle, policy.approved_on, policy.review_on, standing, label, colour)


def _is_shown(kind: PolicyKind, standing: Mapping[tuple[UUID, str], list[Standing]]) -> bool:
    """The usual kinds always, others where a school has one; what is of no kind has no column."""
    if kind is PolicyKind.OTHER:
        return False
    return kind in {usual.kind for usual in USUAL} or any(kind.value == each for _, each in standing)


def _worst(standings: Sequence[Standing]) -> Standing | None:
    return min(standings, key=lambda each: PRESSING[each], default=None)


def _row(pk: UUID, name: str, kinds: Sequence[PolicyKind], standing: Mapping[tuple[UUID, str], list[Standing]]) -> Row:
    return Row(pk, name, tuple(_worst(standing.get((pk, kind.value), [])) for kind in kinds))


def _column(
    number: int, kind: PolicyKind, schools: Collection[UUID], standing: Mapping[tuple[UUID, str], list[Standing]]
) -> Column:
    counts = Counter(_worst(standing.get((pk, kind.value), [])) for pk in schools)
    return Column(
        number,
        kind,
        KINDS[kind],
        counts[Standing.IN_DATE],
        counts[Standing.DUE],
        counts[Standing.OVERDUE],
        counts[Standing.UNAPPROVED],
        counts[None],
    )


def _pressing(line: SeenLine) -> tuple[int, date, str]:
    return PRESSING[line.standing], line.review_on or date.max, line.title
