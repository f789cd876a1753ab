"""Who of each school can read a notification, whether she was briefed, and whether the school takes part."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, require
from haven.access.roles import LABELS, SCHOOL_LEADS, Kind, Role
from haven.notifications.models import Briefing, SignUp
from haven.notifications.policy import areas_arranged_by, may_arrange, may_see_own
from haven.people.models import Area, Cover, Organisation, Post
from haven.people.queries import on_day, schools_of
from haven.people.queries.posts import able_posts, with_second_factor
from haven.people.seeing import seeing

KEY_ADULTS = frozenset({Role.DSL, Role.DEPUTY_DSL})
ENOUGH = 2  # live key adults of a school


@dataclass(frozen=True, slots=True)
class KeyAdult:
    """A safeguarding lead or deputy in post, or who covers for one who is away."""

    person: UUID
    name: str
    label: str
    can_sign_in: bool
    is_away: bool
    briefed_on: date | None

    @property
    def is_live(self) -> bool:
        """Whether she could read one today."""
        return self.can_sign_in and not self.is_away


@dataclass(frozen=True, slots=True)
class SchoolLine:
    """One school: since when it takes part, and its key adults."""

    school: UUID
    name: str
    signed_up_on: date | None
    adults: tuple[KeyAdult, ...]

    @property
    def live(self) -> int:
        """How many could read one today."""
        return len({each.person for each in self.adults if each.is_live})

    @property
    def is_short(self) -> bool:
        """Whether fewer than two could."""
        return self.live < ENOUGH

    @property
    def not_briefed(self) -> tuple[KeyAdult, ...]:
        """The key adults who were never briefed."""
        return tuple(each for each in self.adults if each.briefed_on is None)

    @property
    def is_not_briefed(self) -> bool:
        """Whether anybody is left to brief, or nobody is there to be."""
        return bool(self.not_briefed) or not self.adults

    @property
    def needs_nothing(self) -> bool:
        """Whether all is well."""
        return not (self.is_short or self.is_not_briefed or self.signed_up_on is None)


@dataclass(frozen=True, slots=True)
class AdultsPage:
    """The schools of an area; those in need of something first."""

    area: Area
    areas: tuple[Area, ...]
    lines: tuple[SchoolLine, ...]

    @property
    def short(self) -> tuple[SchoolLine, ...]:
        """Schools without two live key adults."""
        return tuple(line for line in self.lines if line.is_short)

    @property
    def not_signed_up(self) -> tuple[SchoolLine, ...]:
        """Schools that do not take part yet."""
        return tuple(line for line in self.lines if line.signed_up_on is None)

    @property
    def not_briefed(self) -> tuple[SchoolLine, ...]:
        """Schools with somebody left to brief."""
        return tuple(line for line in self.lines if line.is_not_briefed)


def schools_returning(*, by: Actor) -> list[Organisation]:
    """The schools of which she sees and confirms the returns."""
    return list(Organisation.objects.filter(kind=Kind.SCHOOL, pk__in=by.organisations(SCHOOL_LEADS)))


def area_of(by: Actor, area_id: UUID | None) -> tuple[Area, tuple[Area, ...]]:
    """The area she asks about, or the first she arranges; and all of those. Raises `Refused`."""
    areas = tuple(Area.objects.filter(areas_arranged_by(by)))
    area = next((each for each in areas if each.pk == area_id), next(iter(areas), None))
    if area is None or (area_id is not None and area.pk != area_id):
        raise Refused(Reason.NOT_THE_AREA)
    require(may_arrange(by, area.pk))
    return area, areas


@seeing("notifications.count")
def adults_page(*, area_id: UUID | None, by: Actor, on: date) -> AdultsPage:
    """Every school of an area with its key adults. Raises `Refused`."""
    area, areas = area_of(by, area_id)
    schools = list(schools_of(area=area.pk, on=on).order_by("name"))
    lines = lines_of(schools, on)
    return AdultsPage(area, areas, tuple(sorted(lines, key=lambda line: (line.needs_nothing, line.name))))


@seeing("notifications.count")
def school_line(*, school_id: UUID, by: Actor, on: date) -> SchoolLine:
    """The same of one school, for those who lead safeguarding there or for its area. Raises `Refused`."""
    school = Organisation.objects.get(pk=school_id)
    if not may_see_own(by, school.pk):
        require(may_arrange(by, area_arranged_with(by, school.pk, on)))
    return lines_of([school], on)[0]


@seeing("notifications.count")
def school_to_brief(*, school_id: UUID, by: Actor, on: date) -> SchoolLine:
    """The same, for those alone who lead safeguarding for its area: they brief. Raises `Refused`."""
    require(may_arrange(by, area_arranged_with(by, school_id, on)))
    return lines_of([Organisation.objects.get(pk=school_id)], on)[0]


def area_arranged_with(by: Actor, school: UUID, on: date) -> UUID:
    """The area she arranges in which the school is. Raises `Refused` where there is none."""
    for area in sorted(by.leads, key=str):
        if schools_of(area=area, on=on).filter(pk=school).exists():
            return area
    raise Refused(Reason.NOT_THE_AREA)


def lines_of(schools: Collection[Organisation], on: date) -> list[SchoolLine]:
    """A line for each school, in the order given; as far as whoever asks sees who was briefed."""
    places = [school.pk for school in schools]
    adults = _adults_at(places, on)
    rows = SignUp.objects.filter(school__in=places, until__isnull=True, agreed_on__lte=on)
    signed = dict(rows.values_list("school", "agreed_on"))
    return [SchoolLine(each.pk, each.name, signed.get(each.pk), tuple(adults.get(each.pk, ()))) for each in schools]


def _adults_at(schools: Collection[UUID], on: date) -> dict[UUID, list[KeyAdult]]:
    posts = Post.objects.filter(on_day(on), organisation__in=schools, role__in=KEY_ADULTS, person__is_active=True)
    posts = posts.select_related("person").order_by("role", "person__name")
    able = set(able_posts(on).filter(organisation__in=schools, role__in=KEY_ADULTS).values_list("pk", flat=True))
    covers = Cover.objects.filter(on_day(on), post__in=posts, covered_by__is_active=True)
    covers = covers.select_related("covered_by", "post").order_by("covered_by__name")
    covering = set(covers.filter(with_second_factor("covered_by")).values_list("pk", flat=True))
    away = {cover.post_id for cover in covers}
    briefed = _briefed(schools)
    found: dict[UUID, list[KeyAdult]] = {}
    for post in sorted(posts, key=lambda post: (post.role != Role.DSL, post.person.name)):
        adult = KeyAdult(
            person=post.person_id,
            name=post.person.name,
            label=LABELS[Role(post.role)],
            can_sign_in=post.pk in able,
            is_away=post.pk in away,
            briefed_on=briefed.get((post.organisation_id, post.person_id)),
        )
        found.setdefault(post.organisation_id, []).append(adult)
    for cover in covers:
        adult = KeyAdult(
            person=cover.covered_by_id,
            name=cover.covered_by.name,
            label=f"Covers for the {LABELS[Role(cover.post.role)].lower()}",
            can_sign_in=cover.pk in covering,
            is_away=False,
            briefed_on=briefed.get((cover.post.organisation_id, cover.covered_by_id)),
        )
        found.setdefault(cover.post.organisation_id, []).append(adult)
    return found


def _briefed(schools: Collection[UUID]) -> dict[tuple[UUID, UUID], date]:
    rows = Briefing.objects.filter(school__in=schools).order_by("day_on")
    return {(school, person): day for school, person, day in rows.values_list("school", "person", "day_on")}
