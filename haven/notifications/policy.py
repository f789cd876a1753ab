"""Who may do what with notifications: function, and the one decision of subjects beside it.

`haven.subjects` decides who may read a record: the subject's own for the name, the notice's for what happened. Here
stands what a function adds: who sends for whom, who receives at which place, who watches over an area.
"""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.query import QuerySet

from haven.access.actor import HAVEN, Actor, HeldPost
from haven.access.decision import Decision, Reason, allow, refuse
from haven.access.roles import COUNCIL_LEADS, SCHOOL_LEADS, Kind, Role
from haven.notifications.models import Breach, Delivery, Notice, Reader
from haven.people.seeing import working_as
from haven.subjects.models import Record
from haven.subjects.queries.deciding import decide, records_for
from haven.subjects.queries.loading import there
from haven.subjects.queries.recipients import hidden_from
from haven.subjects.rules.ties import RECIPIENTS, SENDERS, Asker, Deed

SENDING = frozenset({Kind.POLICE, Kind.COUNCIL})
PROFILE_SETTERS: Mapping[Kind, frozenset[Role]] = {
    Kind.POLICE: frozenset({Role.ADMINISTRATOR}),
    Kind.COUNCIL: frozenset({Role.SAFEGUARDING_LEAD}),
}
"""Who says what an organisation sends, by what it is."""

WATCHERS = COUNCIL_LEADS | {Role.DUTY_OFFICER}
"""Who in a council sees where deliveries of its area stand. None of them reads any by that."""

CONFIRMING = SCHOOL_LEADS | COUNCIL_LEADS | {Role.HOME_EDUCATION_OFFICER}
"""Who says for a school, or for a council where a child learns at home, that copies are destroyed."""

ENTERING = RECIPIENTS | SENDERS | {Role.HEAD, Role.CHAIR, Role.TRUST_LEAD}
"""Whom something may be sent to, or sent back to, one day."""


def delivery_to_change(*, delivery_id: UUID) -> Delivery:
    """A delivery, locked until the transaction ends. One that she does not see, and one that there is not, answer
    alike: `Refused`."""
    return there(Delivery.objects.select_for_update(of=("self",)).filter(pk=delivery_id).first())


def posts_sending(actor: Actor) -> list[HeldPost]:
    """The posts in which she sends."""
    return [post for post in actor.posts if post.role in SENDERS and post.kind in SENDING]


def posts_setting(actor: Actor) -> list[HeldPost]:
    """The posts in which she says what is sent."""
    return [post for post in actor.posts if post.role in PROFILE_SETTERS.get(post.kind, frozenset())]


def may_enter(actor: Actor) -> Decision:
    """Whoever may have something there. What, each list says for itself."""
    return allow(Reason.HOLDS_THE_POST) if actor.holds(*ENTERING) else refuse(Reason.NOT_THE_ROLE)


def may_send(actor: Actor, organisation: UUID, area: UUID) -> Decision:
    """Whoever works with records at a force or a council that serves the area. Programs send in such a post."""
    posts = posts_sending(actor)
    if any(post.organisation == organisation and area in post.areas for post in posts):
        return allow(Reason.HOLDS_THE_POST)
    return refuse(Reason.NOT_THE_AREA if posts else Reason.NOT_THE_ROLE)


def may_set_profile(actor: Actor, organisation: UUID) -> Decision:
    """What an organisation sends is for one to say and not for each of its officers: for a force its administrator,
    for a council its safeguarding lead."""
    if any(post.organisation == organisation for post in posts_setting(actor)):
        return allow(Reason.HOLDS_THE_POST)
    return refuse(
        Reason.NOT_THE_ROLE if actor.holds(*SENDERS, organisation=organisation) else Reason.NOT_THE_ORGANISATION
    )


def may_set_rule(actor: Actor, area: UUID) -> Decision:
    """The council's leads say how schools of their area handle what they are sent."""
    return allow(Reason.LEADS_THE_AREA) if area in actor.leads else refuse(Reason.NOT_THE_AREA)


def may_keep(asker: Asker, delivery: Delivery) -> Decision:
    """Whoever sends for the sender decides what becomes of it, unless she must not know of one of its children."""
    if not asker.actor.holds(*SENDERS, organisation=delivery.sender_id):
        return refuse(Reason.NOT_THE_ORGANISATION)
    if delivery.notification_id in kept_from(asker.actor):
        return refuse(Reason.NOT_THE_ORGANISATION)
    return allow(Reason.HOLDS_THE_POST)


def may_receive(asker: Asker, delivery: Delivery) -> Decision:
    """Whoever gets what is sent to that place, or was named for it: she may see whom it concerns."""
    if not (decision := may_know(asker.actor, delivery)):
        return decision
    return decide(asker, Deed.READ, _there(Record.objects.filter(subject=delivery.subject_id)))


def may_know(actor: Actor, delivery: Delivery) -> Decision:
    """The same, before it is asked whether it can still be read: she may be told where it stands."""
    if not _receives(actor, delivery) or delivery.notification_id in kept_from(actor):
        return refuse(Reason.NOT_THE_ORGANISATION)
    return allow(Reason.WAS_SENT_TO)


def may_open(asker: Asker, delivery: Delivery) -> Decision:
    """The same, once the child is confirmed: she may see what happened."""
    if not (decision := may_receive(asker, delivery)):
        return decision
    return decide(asker, Deed.READ, _there(Record.objects.filter(notice=delivery.notice_id)))


def deliveries_received(asker: Asker) -> Q:
    """`may_receive` as a filter on deliveries, for whoever sees them as herself."""
    actor = asker.actor
    seen = Record.objects.filter(records_for(asker, Deed.READ))
    named = Reader.objects.filter(person=actor.person, ended_at=None, delivery=OuterRef("pk"))
    place = Q(school__in=actor.organisations(RECIPIENTS)) | Q(Exists(named))
    return place & Q(subject__record__in=seen) & ~Q(notification__in=kept_from(actor))


def deliveries_sent(actor: Actor) -> Q:
    """`may_keep` as a filter on deliveries."""
    return Q(sender__in=actor.organisations(SENDERS)) & ~Q(notification__in=kept_from(actor))


def may_watch(actor: Actor, delivery: Delivery) -> Decision:
    """Those of the council who answer for what a school did not read: where it stands, never what it says."""
    posts = [post for post in actor.posts if post.role in WATCHERS and post.kind is Kind.COUNCIL]
    if not any(delivery.area_id in post.areas for post in posts) or delivery.notification_id in kept_from(actor):
        return refuse(Reason.NOT_THE_AREA)
    return allow(Reason.HOLDS_THE_POST)


def deliveries_watched(actor: Actor) -> Q:
    """`may_watch` as a filter on deliveries."""
    posts = [post for post in actor.posts if post.role in WATCHERS and post.kind is Kind.COUNCIL]
    areas = {area for post in posts for area in post.areas}
    return Q(area__in=areas) & ~Q(notification__in=kept_from(actor))


def kept_from(actor: Actor) -> frozenset[UUID]:
    """The notifications of which she must know nothing: those of a child from whom she is excluded, whichever child
    of the sending it is. Haven looks, since she sees neither the other children nor who excluded her from them."""
    if actor.person is None:
        return frozenset()
    with transaction.atomic(), working_as(HAVEN, "subjects.delivering"):
        return frozenset(Notice.objects.filter(hidden_from(actor.person)).values_list("notification", flat=True))


def _receives(actor: Actor, delivery: Delivery) -> bool:
    if delivery.school_id and actor.holds(*RECIPIENTS, organisation=delivery.school_id):
        return True
    return Reader.objects.filter(delivery=delivery, person=actor.person, ended_at=None).exists()


def _there(rows: QuerySet[Record]) -> Record:
    """The record, whether she sees it or not: what decides about it asks that."""
    with transaction.atomic(), working_as(HAVEN, "subjects.delivering"):
        return rows.get()


def may_arrange(actor: Actor, area: UUID) -> Decision:
    """The council's leads for the area: which of its schools take part, who was briefed, and how it goes as a whole."""
    return allow(Reason.LEADS_THE_AREA) if area in actor.leads else refuse(Reason.NOT_THE_AREA)


def areas_arranged_by(actor: Actor) -> Q:
    """`may_arrange` as a filter on areas."""
    return Q(pk__in=actor.leads)


def may_see_own(actor: Actor, school: UUID) -> Decision:
    """Those who lead a school's safeguarding see and confirm its returns, and who of it was briefed."""
    if actor.holds(*SCHOOL_LEADS, organisation=school):
        return allow(Reason.HOLDS_THE_POST)
    return refuse(Reason.NOT_THE_ORGANISATION)


def returns_seen_by(actor: Actor) -> Q:
    """`may_see_own` as a filter on returns."""
    return Q(school__in=actor.organisations(SCHOOL_LEADS))


def may_count_unasked(actor: Actor) -> Decision:
    """Only Haven itself makes returns and asks for them."""
    return allow(Reason.IS_HAVEN) if actor == HAVEN else refuse(Reason.NOT_THE_ROLE)


def may_count_sent(actor: Actor, sender: UUID) -> Decision:
    """Whoever sends for a force sees how what it sent fared."""
    posts = [post for post in actor.posts if post.role in SENDERS and post.kind is Kind.POLICE]
    if any(post.organisation == sender for post in posts):
        return allow(Reason.HOLDS_THE_POST)
    return refuse(Reason.NOT_THE_ORGANISATION)


def may_confirm(actor: Actor, breach: Breach) -> Decision:
    """Whoever answers for the place where it was read, unless she must not know of one of its children."""
    if not actor.holds(*CONFIRMING, organisation=breach.place_id) or breach.notification in kept_from(actor):
        return refuse(Reason.NOT_THE_ORGANISATION)
    return allow(Reason.HOLDS_THE_POST)


def breaches_to_confirm(actor: Actor) -> Q:
    """`may_confirm` as a filter on breaches."""
    return Q(place__in=actor.organisations(CONFIRMING)) & ~Q(notification__in=kept_from(actor))


def may_sign(actor: Actor, breach: Breach) -> Decision:
    """Whoever sends for its sender, unless she must not know of one of its children."""
    if not actor.holds(*SENDERS, organisation=breach.sender_id) or breach.notification in kept_from(actor):
        return refuse(Reason.NOT_THE_ORGANISATION)
    return allow(Reason.HOLDS_THE_POST)
