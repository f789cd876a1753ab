"""Who may do what with confidential records: one decision, and the same rule as a filter.

`decide` is asked by pages, lists, files, counts and letters alike. `records_for` says of all records at once what
`decide` says of each; a test holds them together over worlds made at random.

What a decision is made by, Haven itself looks for: whoever asks does not see every row that decides against her.
"""

from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.query import QuerySet

from haven.access.actor import HAVEN, Actor
from haven.access.decision import Decision, Reason, allow, refuse
from haven.access.roles import Kind, Role
from haven.people.seeing import working_as
from haven.subjects.models import About, Exclusion, Record, TieRow
from haven.subjects.rules import breaking
from haven.subjects.rules.ties import (
    BY_NAME,
    BY_ROLE,
    KEEPERS,
    OWNERS,
    STATES,
    STRONG,
    Asker,
    Bond,
    Deed,
    Facts,
    State,
    Tie,
    decided,
    state_allows,
)

EXCLUDERS = OWNERS | {Role.PRIVACY_OFFICER}
"""Who sets and sees exclusions: the police, the council, its privacy officer. Never anybody at a school."""

FINDERS = OWNERS | {Role.PRIVACY_OFFICER}
"""Who looks a subject up by name and birth date."""

OUTSIDE_SCHOOLS = frozenset({Kind.COUNCIL, Kind.POLICE})

UNBREAKABLE = frozenset({"source", "address"})
"""Sorts of record that no broken glass opens: who gave intelligence, and where somebody is safe."""


def decide(asker: Asker, deed: Deed, record: Record) -> Decision:
    """Whether she may do this with this record, now."""
    with transaction.atomic(), working_as(HAVEN, "subjects.deciding"):
        rows = list(record.ties.all())
        excluded = excluded_from(record)
    bonds = tuple(Bond(Tie(row.tie), row.starts_at, row.organisation_id, row.person_id, row.ends_at) for row in rows)
    return decided(asker, deed, Facts(State(record.state), bonds, excluded))


def excluded_from(record: Record) -> frozenset[UUID]:
    """Who must not see it: whoever is excluded from anybody it is about."""
    about = record.about.values("subject")
    standing = Exclusion.objects.filter(subject__in=about, ended_at__isnull=True)
    with transaction.atomic(), working_as(HAVEN, "subjects.deciding"):
        return frozenset(standing.values_list("person", flat=True))


def standing_exclusions(person: UUID | None) -> QuerySet[Exclusion]:
    """Those that keep this person from somebody, now."""
    return Exclusion.objects.filter(person=person, ended_at__isnull=True)


def records_for(asker: Asker, deed: Deed) -> Q:
    """`decide` as a filter on records, for whoever sees them as herself."""
    actor = asker.actor
    if actor.person is None or not actor.posts or (deed in STRONG and not asker.is_fresh):
        return Q(pk__in=[])
    allowed = Q()
    for state in State:
        ties = [tie for tie in Tie if state_allows(deed, state, tie)]
        if ties:
            allowed |= Q(state=state) & Q(Exists(_ties_of(asker, deed, ties).filter(record=OuterRef("pk"))))
    bound = Q(pk__in=_ties_of(asker, deed, list(Tie)).values("record"))  # said alone, it lets the index of ties lead
    excluding = standing_exclusions(actor.person)
    about = About.objects.filter(record=OuterRef("pk"))
    hidden = Exists(about.filter(subject__in=excluding.values("subject")))  # not by way of subjects: she may see none
    return bound & allowed & ~Q(hidden) if allowed else Q(pk__in=[])


def may_find(actor: Actor, area: UUID) -> Decision:
    """The police and the council look subjects up in an area that they serve, and never schools."""
    return _outside(actor, area, FINDERS)


def may_add(actor: Actor, area: UUID) -> Decision:
    """Whoever works with records at the police or the council."""
    return _outside(actor, area, OWNERS)


def may_exclude(actor: Actor, area: UUID) -> Decision:
    """The police and the council set exclusions, in an area that they serve. That she is excluded is asked apart."""
    return _outside(actor, area, EXCLUDERS)


def may_end_exclusion(actor: Actor, exclusion: Exclusion, area: UUID) -> Decision:
    """The privacy officer, and never for herself."""
    if exclusion.person_id == actor.person:
        return refuse(Reason.NOT_THE_ROLE)
    return _outside(actor, area, {Role.PRIVACY_OFFICER})


def may_break(actor: Actor, record: Record, *, schools: frozenset[UUID]) -> Decision:
    """Those on duty in the council of its area, and whoever covers for a lead at a school of the child."""
    if record.sort in UNBREAKABLE or record.state not in STATES[Deed.READ]:
        return refuse(Reason.WRONG_STATE)
    if actor.person in excluded_from(record):
        return refuse(Reason.NOT_THE_ORGANISATION)
    if actor.holds(*breaking.ON_DUTY, area=record.area_id):
        return allow(Reason.HOLDS_THE_POST)
    covers = {post.organisation for post in actor.posts if post.is_cover and post.role in breaking.COVERING}
    return allow(Reason.HOLDS_THE_POST) if covers & schools else refuse(Reason.NOT_THE_ROLE)


def may_ever_break(actor: Actor) -> Decision:
    """Whether there is any record for which she might: so that a page of it is there for nobody else."""
    covers = any(post.is_cover and post.role in breaking.COVERING for post in actor.posts)
    return allow(Reason.HOLDS_THE_POST) if covers or actor.holds(*breaking.ON_DUTY) else refuse(Reason.NOT_THE_ROLE)


def may_review(actor: Actor, area: UUID, *, broken_by: UUID) -> Decision:
    """The area's privacy officer, and never what she broke herself."""
    if actor.person == broken_by:
        return refuse(Reason.NOT_A_SECOND_PERSON)
    return _outside(actor, area, breaking.REVIEWERS)


def may_keep(actor: Actor, area: UUID) -> Decision:
    """The privacy officer and the safeguarding lead hold, export and erase. Exclusions bind them, too."""
    return allow(Reason.IS_HAVEN) if actor is HAVEN else _outside(actor, area, KEEPERS)


def _outside(actor: Actor, area: UUID, roles: frozenset[Role] | set[Role]) -> Decision:
    held = [post for post in actor.posts if post.role in roles and post.kind in OUTSIDE_SCHOOLS]
    if any(area in post.areas for post in held):
        return allow(Reason.HOLDS_THE_POST)
    if actor.person is None:
        return refuse(Reason.NOT_SIGNED_IN)
    return refuse(Reason.NOT_THE_AREA if held else Reason.NOT_THE_ROLE)


def _ties_of(asker: Asker, deed: Deed, ties: list[Tie]) -> QuerySet[TieRow]:
    """The ties that let her do this, now, as a subquery."""
    named = [tie for tie in ties if tie in BY_NAME[deed]]
    wanted = Q(tie__in=named, person=asker.actor.person)
    for tie in ties:
        roles = BY_ROLE[deed].get(tie, frozenset[Role]())
        if tie not in BY_NAME[Deed.READ] and (where := asker.actor.organisations(roles)):
            wanted |= Q(tie=tie, organisation__in=where)
    still = Q(ends_at__isnull=True) | Q(ends_at__gt=asker.at)
    return TieRow.objects.filter(wanted, still, starts_at__lte=asker.at).order_by()
