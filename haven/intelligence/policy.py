"""Who may tell, who works with what was told, who learns who told; and the same as filters.

Which records somebody comes to, the one decision of subjects says. Here stands which function is needed besides: to
keep a record is not enough, and to work with what was told is not enough to learn who told it.
"""

from uuid import UUID

from django.db import transaction
from django.db.models import Q

from haven.access.actor import HAVEN, Actor
from haven.access.decision import Decision, Reason, allow, refuse
from haven.access.roles import COUNCIL_LEADS, INTELLIGENCE, READERS, Role
from haven.intelligence.models import Report, Source, Submission
from haven.people.seeing import working_as
from haven.subjects.models import About, Record
from haven.subjects.queries.deciding import decide, records_for
from haven.subjects.queries.recipients import hidden_from
from haven.subjects.rules.ties import Asker, Deed

SOURCE_READERS = frozenset({Role.INTELLIGENCE_LEAD})
"""Who learns who told: the lead of the unit, and nobody else whatever she holds or breaks."""


def may_tell(actor: Actor, area: UUID) -> Decision:
    """Whoever works in a school, the council or a partner, in an area that she serves."""
    return _in_area(actor, area, READERS)


def may_work(asker: Asker, submission: Submission, deed: Deed = Deed.READ) -> Decision:
    """Those of the unit that keeps it."""
    return _of_unit(asker, submission.record, deed, INTELLIGENCE)


def may_learn_source(asker: Asker, source: Source) -> Decision:
    """The lead of the unit that keeps it, who has just shown her second factor again."""
    decision = _of_unit(asker, source.record, Deed.READ, SOURCE_READERS)
    return decision if asker.is_fresh or not decision else refuse(Reason.NOT_FRESH)


def may_read_report(asker: Asker, report: Report) -> Decision:
    """Whoever at an organisation reads what it was sent. What the unit itself wrote is read with its submission."""
    if any(post.organisation != report.unit_id for post in asker.actor.posts):
        return decide(asker, Deed.READ, report.record)
    return refuse(Reason.NOT_THE_ROLE)


def submissions_for(asker: Asker) -> Q:
    """The submissions that `may_work` lets her read, for whoever sees them as herself."""
    units = asker.actor.organisations(INTELLIGENCE)
    return Q(unit__in=units, record__in=Record.objects.filter(records_for(asker, Deed.READ)))


def sent_to(asker: Asker) -> Q:
    """The disseminations to organisations of hers that she may read, for whoever sees them as herself."""
    places = {post.organisation for post in asker.actor.posts}
    seen = Record.objects.filter(records_for(asker, Deed.READ))
    return Q(to__in=places, taken_back_at__isnull=True, report__record__in=seen)


def may_arrange(actor: Actor, area: UUID) -> Decision:
    """The council’s leads say which organisation is their area’s unit."""
    return _in_area(actor, area, COUNCIL_LEADS)


def may_see_month(actor: Actor, area: UUID) -> Decision:
    """Whoever may tell sees what was made of it, counted."""
    return _in_area(actor, area, READERS)


def may_see_schools(actor: Actor, area: UUID) -> Decision:
    """The council’s leads see which schools take part, and of the unit whoever may learn who told: a school that told
    little leads to who did."""
    return _in_area(actor, area, COUNCIL_LEADS | SOURCE_READERS)


def kept_from(actor: Actor) -> frozenset[UUID]:
    """The submissions of which she must know nothing: those about somebody from whom she is excluded. Haven looks,
    since she sees neither them nor who excluded her."""
    if actor.person is None:
        return frozenset()
    with transaction.atomic(), working_as(HAVEN, "subjects.delivering"):
        records = frozenset(About.objects.filter(hidden_from(actor.person)).values_list("record", flat=True))
    if not records:
        return records
    with transaction.atomic(), working_as(HAVEN, "intelligence.counting"):
        return frozenset(Submission.objects.filter(record__in=records).values_list("pk", flat=True))


def _of_unit(asker: Asker, record: Record, deed: Deed, roles: frozenset[Role]) -> Decision:
    if not asker.actor.holds(*roles, organisation=record.owner_id):
        return refuse(Reason.NOT_THE_ROLE)
    return decide(asker, deed, record)


def _in_area(actor: Actor, area: UUID, roles: frozenset[Role]) -> Decision:
    if actor.person is None:
        return refuse(Reason.NOT_SIGNED_IN)
    return allow(Reason.HOLDS_THE_POST) if actor.holds(*roles, area=area) else refuse(Reason.NOT_THE_AREA)
