"""Who may do what with organisations, posts and calendars. Each rule about a thing has its filter beside it.

A post held as somebody's cover opens what the post opens, but never lets its holder change who holds posts.
"""

from datetime import date
from uuid import UUID

from django.db.models import Q

from haven.access.actor import HAVEN, Actor
from haven.access.decision import Decision, Reason, allow, refuse
from haven.access.roles import COUNCIL_LEADS, SCHOOL_LEADS, Kind, Role
from haven.people.models import Cover, Organisation, Post, ServedArea, on_day
from haven.people.rules.posts import invitable

MANAGERS = frozenset({Role.ADMINISTRATOR, Role.HEAD, Role.SAFEGUARDING_LEAD})
"""Who looks after the people of her own organisation."""

CALENDAR_KEEPERS = SCHOOL_LEADS | {Role.ADMINISTRATOR}


def may_see_organisation(actor: Actor, organisation: Organisation, *, on: date) -> Decision:
    """Those who hold a post in it, and the council's leads for an area it serves."""
    if any(post.organisation == organisation.pk for post in actor.posts):
        return allow(Reason.HOLDS_THE_POST)
    if _leads(actor, organisation, on):
        return allow(Reason.LEADS_THE_AREA)
    return _refused(actor, Reason.NOT_THE_ORGANISATION)


def organisations_seen_by(actor: Actor, *, on: date) -> Q:
    """`may_see_organisation` as a filter on organisations."""
    return Q(pk__in={post.organisation for post in actor.posts}) | Q(pk__in=_serving(actor.leads, on))


def may_manage_people(actor: Actor, organisation: Organisation, *, on: date) -> Decision:
    """Those who look after its people, and the council's leads for a school or agency of their area."""
    if actor is HAVEN:
        return allow(Reason.IS_HAVEN)
    if _own_roles(actor, organisation.pk) & MANAGERS:
        return allow(Reason.ADMINISTERS)
    if organisation.kind not in (Kind.COUNCIL, Kind.PARTNERSHIP) and _leads_herself(actor, organisation, on):
        return allow(Reason.LEADS_THE_AREA)
    return _refused(actor, Reason.NOT_THE_ROLE)


def managed_by(actor: Actor, *, on: date) -> Q:
    """`may_manage_people` as a filter on organisations."""
    own = {post.organisation for post in actor.posts if post.role in MANAGERS and not post.is_cover}
    outside = ~Q(kind__in=(Kind.COUNCIL, Kind.PARTNERSHIP))
    return Q(pk__in=own) | (outside & Q(pk__in=_serving(_own_areas(actor), on)))


def may_invite(actor: Actor, organisation: Organisation, role: Role, *, on: date) -> Decision:
    """Whoever may bring this role into this organisation."""
    if actor is HAVEN:
        return allow(Reason.IS_HAVEN)
    if role in roles_invitable_by(actor, organisation, on=on):
        return allow(Reason.ADMINISTERS)
    return _refused(actor, Reason.NOT_THE_ROLE)


def roles_invitable_by(actor: Actor, organisation: Organisation, *, on: date) -> frozenset[Role]:
    """The roles for which `may_invite` says yes."""
    own = _own_roles(actor, organisation.pk)
    return invitable(Kind(organisation.kind), own=own, leads_the_area=_leads_herself(actor, organisation, on))


def may_withdraw_invitation(actor: Actor, organisation: Organisation, role: Role, *, on: date) -> Decision:
    """Whoever could have sent it."""
    return may_invite(actor, organisation, role, on=on)


def may_end_post(actor: Actor, post: Post, *, on: date) -> Decision:
    """Its holder, and whoever looks after the people of the organisation."""
    if actor.person == post.person_id and actor.posts:
        return allow(Reason.OWN_ACCOUNT)
    return may_manage_people(actor, post.organisation, on=on)


def posts_ended_by(actor: Actor, *, on: date) -> Q:
    """`may_end_post` as a filter on posts."""
    own = Q(person=actor.person) if actor.posts else Q(pk__in=[])
    return own | Q(organisation__in=Organisation.objects.filter(managed_by(actor, on=on)))


def may_override_last_post(actor: Actor, post: Post, *, on: date) -> Decision:
    """The council's leads for the school's area: to end a post although nobody follows."""
    if _leads_herself(actor, post.organisation, on):
        return allow(Reason.LEADS_THE_AREA)
    return _refused(actor, Reason.NOT_THE_AREA)


def factors_reset_by(actor: Actor, *, on: date) -> Q:
    """Whose second factor she may reset when they have lost it, as a filter on people: those with a post in an area
    that she leads. Never her own, nor that of one who scrutinises the council."""
    own = (post for post in actor.posts if post.role == Role.SAFEGUARDING_LEAD and not post.is_cover)
    areas = frozenset(area for post in own for area in post.areas)
    held = Post.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on))
    there = held.filter(Q(organisation__in=_serving(areas, on))).values("person")
    scrutinising = held.filter(organisation__kind=Kind.PARTNERSHIP).values("person")
    return Q(pk__in=there, is_active=True) & ~Q(pk__in=scrutinising) & ~Q(pk=actor.person)


def may_set_cover(actor: Actor, post: Post, *, on: date) -> Decision:
    """Its holder, and whoever looks after the people of the organisation."""
    return may_end_post(actor, post, on=on)


def may_end_cover(actor: Actor, cover: Cover, *, on: date) -> Decision:
    """Whoever could have set it, and she who covers."""
    if actor.person == cover.covered_by_id and actor.posts:
        return allow(Reason.OWN_ACCOUNT)
    return may_set_cover(actor, cover.post, on=on)


def may_edit_calendar(actor: Actor, organisation: Organisation, *, on: date) -> Decision:
    """A school's leads and administrators, and the council's leads for its area."""
    if organisation.kind != Kind.SCHOOL:
        return _refused(actor, Reason.NOT_THE_ORGANISATION)
    if actor.holds(*CALENDAR_KEEPERS, organisation=organisation.pk):
        return allow(Reason.HOLDS_THE_POST)
    if _leads(actor, organisation, on):
        return allow(Reason.LEADS_THE_AREA)
    return _refused(actor, Reason.NOT_THE_ORGANISATION)


def calendars_kept_by(actor: Actor, *, on: date) -> Q:
    """`may_edit_calendar` as a filter on organisations."""
    own = actor.organisations(CALENDAR_KEEPERS)
    return Q(kind=Kind.SCHOOL) & (Q(pk__in=own) | Q(pk__in=_serving(actor.leads, on)))


def may_arrange_area(actor: Actor, area: UUID) -> Decision:
    """The council's leads for the area set its term dates and its clusters."""
    if area in actor.leads:
        return allow(Reason.LEADS_THE_AREA)
    return _refused(actor, Reason.NOT_THE_AREA)


def areas_arranged_by(actor: Actor) -> Q:
    """`may_arrange_area` as a filter on areas."""
    return Q(pk__in=actor.leads)


def may_load_register(actor: Actor) -> Decision:
    """Only whoever runs the machine, from its command line."""
    return allow(Reason.IS_HAVEN) if actor is HAVEN else _refused(actor, Reason.NOT_THE_ROLE)


def may_add_agency(actor: Actor) -> Decision:
    """Only whoever runs the machine, from its command line."""
    return may_load_register(actor)


def may_invite_by_hand(actor: Actor) -> Decision:
    """Only whoever runs the machine, from its command line."""
    return may_load_register(actor)


def _own_roles(actor: Actor, organisation: UUID) -> frozenset[Role]:
    return frozenset(post.role for post in actor.posts if post.organisation == organisation and not post.is_cover)


def _own_areas(actor: Actor) -> frozenset[UUID]:
    """The areas she leads by a post of her own."""
    own = (post for post in actor.posts if post.role in COUNCIL_LEADS and not post.is_cover)
    return frozenset(area for post in own for area in post.areas)


def _leads(actor: Actor, organisation: Organisation, on: date) -> bool:
    return _serves(organisation, actor.leads, on)


def _leads_herself(actor: Actor, organisation: Organisation, on: date) -> bool:
    return _serves(organisation, _own_areas(actor), on)


def _serves(organisation: Organisation, areas: frozenset[UUID], on: date) -> bool:
    return bool(areas) and ServedArea.objects.filter(on_day(on), organisation=organisation, area__in=areas).exists()


def _serving(areas: frozenset[UUID], on: date) -> object:
    """The organisations that serve one of the areas on this day, as a subquery."""
    return ServedArea.objects.filter(on_day(on), area__in=areas).values("organisation")


def _refused(actor: Actor, reason: Reason) -> Decision:
    if actor.person is None:
        return refuse(Reason.NOT_SIGNED_IN)
    return refuse(reason if actor.posts else Reason.NO_LIVE_POST)
