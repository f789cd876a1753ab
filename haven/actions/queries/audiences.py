"""Whom an audience reaches, and whom to write to there."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.db.models import Exists, Q
from django.db.models.query import QuerySet

from haven.access.actor import Actor
from haven.access.roles import COUNCIL_LEADS, Kind, Role
from haven.actions.rules import SCHOOLS, SPECIAL, Reach, ReachKind
from haven.engines.days.school import SchoolCalendar, Term
from haven.people.models import Area, Cluster, ClusterPlace, Organisation, Post, ServedArea, Status, TermDates
from haven.people.queries import on_day

HERE = [Status.OPEN, Status.CLOSING]
TOLD_BY_DEFAULT = frozenset({Role.DSL.value, Role.DEPUTY_DSL.value})


def organisations_reached(
    *, area: Area, audience: Iterable[Reach], within: Collection[Reach] = (), on: date
) -> QuerySet[Organisation]:
    """The open organisations of the area that an audience reaches on this day, each once.

    Where `within` names anybody, only those whom it reaches too.
    """
    served = ServedArea.objects.filter(on_day(on), area=area).values("organisation")
    reached = Organisation.objects.filter(_any_of(audience, on), pk__in=served, status__in=HERE)
    return reached.filter(_any_of(within, on)) if within else reached


def lines_reaching(*, organisation: UUID, is_school: bool, on: date) -> Q:
    """The lines of audiences that reach this organisation: `organisations_reached` the other way round."""
    places = ClusterPlace.objects.filter(on_day(on), organisation=organisation).values("cluster")
    lines = Q(kind="organisation", organisation=organisation) | Q(kind="cluster", cluster__in=places)
    if not is_school:
        return lines
    school = Organisation.objects.filter(pk=organisation)
    special = Q(kind="phase", phase=SPECIAL) & Q(Exists(school.filter(OF_SPECIAL_TYPE)))
    phase = Q(kind="phase", phase__in=school.exclude(phase="").values("phase"))
    return lines | Q(kind="all-schools") | phase | special


def strangers(*, area: Area, audience: Iterable[Reach], on: date) -> list[str]:
    """What an audience names that does not belong to the area, in words; none where all of it does."""
    named = {kind: [reach.of for reach in audience if reach.kind is kind] for kind in ReachKind}
    clusters = set(
        map(
            str,
            Cluster.objects.filter(area=area, pk__in=map(UUID, named[ReachKind.CLUSTER])).values_list("pk", flat=True),
        )
    )
    here = ServedArea.objects.filter(on_day(on), area=area, organisation__in=map(UUID, named[ReachKind.ORGANISATION]))
    organisations = {str(pk) for pk in here.values_list("organisation_id", flat=True)}
    return [
        *(f"cluster {each}" for each in named[ReachKind.CLUSTER] if each not in clusters),
        *(f"organisation {each}" for each in named[ReachKind.ORGANISATION] if each not in organisations),
        *(f"phase {each}" for each in named[ReachKind.PHASE] if each not in SCHOOLS),
    ]


def people_to_tell(*, organisations: Collection[UUID], on: date) -> dict[UUID, list[tuple[str, UUID, str]]]:
    """For each organisation its live posts as role, person and address."""
    posts = Post.objects.filter(on_day(on), organisation__in=organisations, person__is_active=True)
    told: dict[UUID, list[tuple[str, UUID, str]]] = {}
    for organisation, role, person, email in posts.values_list("organisation", "role", "person", "person__email"):
        told.setdefault(organisation, []).append((role, person, email))
    covers = posts.filter(on_day_of_cover(on), covers__covered_by__is_active=True)
    fields = ("organisation", "role", "covers__covered_by", "covers__covered_by__email")
    for organisation, role, person, email in covers.values_list(*fields):
        told.setdefault(organisation, []).append((role, person, email))
    return told


def meant_among(
    posts: Iterable[tuple[str, UUID, str]], *, roles: Collection[str], readers: Collection[str]
) -> list[tuple[str, UUID, str]]:
    """Of an organisation's posts those in these roles; else the safeguarding leads; else everybody who reads it."""
    known = [post for post in posts if post[0] in readers]
    for wanted in (roles, TOLD_BY_DEFAULT):
        if meant := [post for post in known if post[0] in wanted]:
            return meant
    return known


def on_day_of_cover(day: date) -> Q:
    """Posts that somebody covers on this day."""
    return Q(covers__starts_on__lte=day, covers__ends_on__gt=day)


def school_calendar(*, area: UUID) -> SchoolCalendar:
    """The area's terms, by which termly actions come round."""
    terms = TermDates.objects.filter(area=area).values_list("starts_on", "ends_on").distinct()
    return SchoolCalendar(terms=tuple(Term(starts, ends) for starts, ends in terms))


def holds_post(*, person: UUID, organisation: UUID, roles: Collection[Role], on: date) -> bool:
    """Whether the person holds or covers one of these posts in the organisation on this day."""
    posts = Post.objects.filter(
        on_day(on), organisation=organisation, role__in=[role.value for role in roles], person__is_active=True
    )
    return posts.filter(Q(person=person) | on_day_of_cover(on) & Q(covers__covered_by=person)).exists()


def clusters(*, area: Area) -> list[tuple[str, str]]:
    """The area's clusters, as choices of a form."""
    return [(str(pk), name) for pk, name in Cluster.objects.filter(area=area).values_list("pk", "name")]


def named(*, area: Area, lines: Collection[str], on: date) -> tuple[list[UUID], list[str]]:
    """The organisations of the area that are named by URN or by their whole name, and the lines that name none."""
    served = ServedArea.objects.filter(on_day(on), area=area).values("organisation")
    here = Organisation.objects.filter(pk__in=served).values_list("pk", "urn", "name")
    known: dict[str, UUID] = {}
    for pk, urn, name in here:
        known |= {name.casefold(): pk} | ({str(urn): pk} if urn else {})
    wanted = {line: known.get(line.casefold()) for line in lines}
    return [pk for pk in wanted.values() if pk], [line for line, pk in wanted.items() if pk is None]


def names_of(*, organisations: Collection[str]) -> list[str]:
    """The URN of each, or its name where it has none, as `named` reads them."""
    rows = Organisation.objects.filter(pk__in=[UUID(each) for each in organisations]).values_list("urn", "name")
    return [str(urn) if urn else name for urn, name in rows]


def area_of(*, organisation: UUID, on: date) -> Area | None:
    """The area an organisation lies in on this day, or else the first that it works for; none where there is none."""
    served = ServedArea.objects.filter(on_day(on), organisation=organisation).select_related("area")
    first = served.order_by("-is_home", "area__name").first()
    return first.area if first else None


def asking_as(*, area: UUID, by: Actor) -> UUID:
    """The organisation in whose name a lead of the area asks."""
    return next(post.organisation for post in by.posts if post.role in COUNCIL_LEADS and area in post.areas)


SCHOOL = Kind.SCHOOL.value
OF_SPECIAL_TYPE = Q(school_type__icontains=SPECIAL)


def _any_of(audience: Iterable[Reach], on: date) -> Q:
    reached = Q(pk__in=[])
    for reach in audience:
        reached |= _reached(reach, on)
    return reached


def _reached(reach: Reach, on: date) -> Q:
    match reach.kind:
        case ReachKind.ALL_SCHOOLS:
            return Q(kind=SCHOOL)
        case ReachKind.PHASE:
            return Q(kind=SCHOOL) & (OF_SPECIAL_TYPE if reach.of == SPECIAL else Q(phase=reach.of))
        case ReachKind.CLUSTER:
            return Q(pk__in=ClusterPlace.objects.filter(on_day(on), cluster=UUID(reach.of)).values("organisation"))
        case ReachKind.ORGANISATION:
            return Q(pk=reach.of)
