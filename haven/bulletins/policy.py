"""Who may prepare, read and look up; each as a decision on one thing and, for lists, the same rule as a filter.

Why the circles of a marking are what they are: docs/decisions/0005-who-sees-a-marked-contact.md.
"""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.db.models.query import QuerySet

from haven.access.actor import HAVEN, Actor
from haven.access.decision import Decision, Reason, allow, refuse
from haven.access.roles import COUNCIL, PARTNERS, READERS, SCHOOL_LEADS, SCHOOL_ROLES, Role
from haven.actions.queries.audiences import lines_reaching
from haven.bulletins.models import Audience, Bulletin, Contact, Item, ItemAudience
from haven.bulletins.rules.publishing import ItemState, Standing
from haven.engines.reading.items import Marking

PRACTITIONERS = SCHOOL_LEADS | {Role.SCHOOL_STAFF} | COUNCIL | PARTNERS
"""Those who work with children by profession. A governor or trustee is often a parent, a trainer an outsider."""

CIRCLES: Mapping[str, frozenset[Role]] = {
    "": READERS,
    Marking.NOT_FOR_PARENTS.value: PRACTITIONERS | {Role.TRAINER},
    Marking.PROFESSIONAL_ONLY.value: PRACTITIONERS,
    Marking.INTERNAL.value: COUNCIL | SCHOOL_LEADS,
}
"""Who may have a contact of each marking; of an internal one only the schools that a bulletin naming it reached."""


def may_prepare(actor: Actor, area: UUID) -> Decision:
    """Leads of the area add notes, check and publish them, and keep the directory; so does Haven with what arrives."""
    if actor == HAVEN:
        return allow(Reason.IS_HAVEN)
    if area in actor.leads:
        return allow(Reason.LEADS_THE_AREA)
    return refuse(Reason.NOT_THE_AREA)


def prepared_by(actor: Actor) -> Q:
    """The bulletins, events and contacts that `may_prepare` allows."""
    return Q(area__in=actor.leads)


def may_enter(actor: Actor) -> Decision:
    """Who may open the pages of bulletins and the directory at all."""
    return allow(Reason.HOLDS_THE_POST) if actor.holds(*READERS) else refuse(Reason.NOT_THE_ROLE)


def may_read(actor: Actor, bulletin: Bulletin, on: date) -> Decision:
    """Whether this published or withdrawn bulletin reached her on this day, or her area's leads made it."""
    if Bulletin.objects.filter(read_by(actor, on), pk=bulletin.pk).exists():
        return allow(Reason.WAS_SENT_TO)
    return refuse(Reason.NOT_THE_ORGANISATION)


def read_by(actor: Actor, on: date) -> Q:
    """The bulletins that `may_read` allows: published to her organisation, by her council, or to the public."""
    stands = Q(standing__in=[Standing.PUBLISHED, Standing.WITHDRAWN])
    within = Q(area__in=actor.areas(COUNCIL)) | Q(is_public=True, area__in=actor.areas(READERS))
    reaching = Audience.objects.filter(_reaching(actor, on, "bulletin__area__in"))
    return stands & (within | Q(pk__in=reaching.values("bulletin")))


def items_meant_for(actor: Actor, on: date) -> Q:
    """Of the items of bulletins that she reads, those that are for one of her organisations, or her council's own."""
    narrowed = ItemAudience.objects.all()
    reaching = narrowed.filter(_reaching(actor, on, "item__bulletin__area__in"))
    is_for_all = ~Q(pk__in=narrowed.values("item"))
    return is_for_all | Q(pk__in=reaching.values("item")) | Q(bulletin__area__in=actor.areas(COUNCIL))


def _reaching(actor: Actor, on: date, area: str) -> Q:
    """The lines of audiences that reach one of her organisations. `area` leads from a line to its area."""
    reached = Q(pk__in=[])
    for post in actor.posts:
        if post.role in READERS:
            is_school = post.role in SCHOOL_ROLES
            lines = lines_reaching(organisation=post.organisation, is_school=is_school, on=on)
            reached |= Q((area, post.areas)) & lines
    return reached


def may_see_contact(actor: Actor, contact: Contact, on: date) -> Decision:
    """Whether she may have this contact: its name, its numbers, its addresses. Everything that shows one asks."""
    if contact.area_id in actor.leads:
        return allow(Reason.LEADS_THE_AREA)
    if contact.area_id not in actor.areas(CIRCLES[contact.marking]):
        return refuse(Reason.NOT_THE_ROLE)
    if contact.marking == Marking.INTERNAL and contact.area_id not in actor.areas(COUNCIL):
        was_sent = _naming(actor, on).filter(contact=contact).exists()
        return allow(Reason.WAS_SENT_TO) if was_sent else refuse(Reason.NOT_THE_ORGANISATION)
    return allow(Reason.HOLDS_THE_POST)


def contacts_seen_by(actor: Actor, on: date) -> Q:
    """The contacts that `may_see_contact` allows."""
    seen = prepared_by(actor)
    for marking, roles in CIRCLES.items():
        circle = Q(marking=marking, area__in=actor.areas(roles))
        if marking == Marking.INTERNAL:
            circle &= Q(area__in=actor.areas(COUNCIL)) | Q(pk__in=_naming(actor, on).values("contact"))
        seen |= circle
    return seen


PUBLIC_CONTACTS = Q(marking="")
"""The contacts that anybody may have, where a public bulletin names them."""


def _naming(actor: Actor, on: date) -> QuerySet[Item]:
    """The accepted items by which the bulletins she was sent name a contact."""
    sent = Bulletin.objects.filter(read_by(actor, on), standing=Standing.PUBLISHED)
    return Item.objects.filter(
        items_meant_for(actor, on), state=ItemState.ACCEPTED, contact__isnull=False, bulletin__in=sent
    )
