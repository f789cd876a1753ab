"""Who may ask, see, answer and send back; each as a decision on one thing and, for lists, the same rule as a filter."""

from uuid import UUID

from django.db.models import Q

from haven.access.actor import HAVEN, Actor
from haven.access.decision import Decision, Reason, allow, refuse
from haven.access.roles import SCHOOL_LEADS, SCHOOL_ROLES, Role
from haven.actions.models import Action, Assignment

AGENCY_ROLES = frozenset(
    {
        Role.SAFEGUARDING_LEAD,
        Role.SAFEGUARDING_OFFICER,
        Role.POLICE_OFFICER,
        Role.HEALTH_PRACTITIONER,
        Role.TRAINER,
        Role.CHARITY_WORKER,
    }
)

SEEING = SCHOOL_ROLES | AGENCY_ROLES
"""Who sees what her organisation is asked to do."""

ANSWERING = SCHOOL_LEADS | AGENCY_ROLES
"""Who answers for her organisation: closes, sets aside, hands on."""


def may_ask(actor: Actor, area: UUID) -> Decision:
    """Leads of the area ask, change and withdraw what is asked in it, and see who has acted; so does Haven itself."""
    if actor == HAVEN:
        return allow(Reason.IS_HAVEN)
    if area in actor.leads:
        return allow(Reason.LEADS_THE_AREA)
    return refuse(Reason.NOT_THE_AREA)


def may_set(actor: Actor, organisation: UUID) -> Decision:
    """Those who answer for an organisation set an action for it alone, change and withdraw it; so does Haven itself."""
    if actor == HAVEN:
        return allow(Reason.IS_HAVEN)
    if actor.holds(*ANSWERING, organisation=organisation):
        return allow(Reason.HOLDS_THE_POST)
    return refuse(Reason.NOT_THE_ROLE if organisation in actor.organisations(SEEING) else Reason.NOT_THE_ORGANISATION)


def may_oversee(actor: Actor, action: Action) -> Decision:
    """Leads of the area see who has acted on what is asked in it. An organisation's own action is none of theirs."""
    return refuse(Reason.NOT_THE_ORGANISATION) if action.is_own else may_ask(actor, action.area_id)


def actions_led_by(actor: Actor) -> Q:
    """The actions that `may_oversee` allows."""
    return Q(area__in=actor.leads, is_own=False)


def may_see(actor: Actor, assignment: Assignment) -> Decision:
    """The organisation that is asked sees an assignment, its evidence and its history; so do the area's leads.

    What is an organisation's own, it alone sees.
    """
    if assignment.organisation_id in actor.organisations(SEEING):
        return allow(Reason.HOLDS_THE_POST)
    if assignment.action.area_id in actor.leads and not assignment.action.is_own:
        return allow(Reason.LEADS_THE_AREA)
    return refuse(Reason.NOT_THE_ORGANISATION)


def assignments_seen_by(actor: Actor) -> Q:
    """The assignments that `may_see` allows."""
    return Q(organisation__in=actor.organisations(SEEING)) | Q(action__area__in=actor.leads, action__is_own=False)


def may_answer(actor: Actor, assignment: Assignment) -> Decision:
    """Those who answer for the organisation close and set aside; so do whoever it is meant for or was handed to.

    Haven closes what is an organisation's own, once what it was set for has been done in Haven.
    """
    if actor == HAVEN and assignment.action.is_own:
        return allow(Reason.IS_HAVEN)
    held = [post for post in actor.posts if post.organisation == assignment.organisation_id]
    if any(post.role in ANSWERING for post in held):
        return allow(Reason.HOLDS_THE_POST)
    if any(post.role in SEEING and post.role.value in assignment.action.roles for post in held):
        return allow(Reason.HOLDS_THE_POST)
    is_hers = assignment.handed_to_id is not None and assignment.handed_to_id == actor.person
    if is_hers and any(post.role in SEEING for post in held):
        return allow(Reason.WAS_SENT_TO)
    return refuse(Reason.NOT_THE_ROLE if held else Reason.NOT_THE_ORGANISATION)


def may_hand_on(actor: Actor, assignment: Assignment) -> Decision:
    """Those who answer for the organisation hand an assignment to a colleague; so does Haven what is its own."""
    if actor == HAVEN and assignment.action.is_own:
        return allow(Reason.IS_HAVEN)
    if actor.holds(*ANSWERING, organisation=assignment.organisation_id):
        return allow(Reason.HOLDS_THE_POST)
    return refuse(Reason.NOT_THE_ROLE)


def may_return(actor: Actor, assignment: Assignment) -> Decision:
    """Leads of the area that asked send an answer back. Nobody does where the organisation asked itself."""
    return may_oversee(actor, assignment.action)


def may_remind(actor: Actor, action: Action) -> Decision:
    """Leads of the area that asked remind those who have not acted."""
    return may_oversee(actor, action)


def may_change(actor: Actor, action: Action) -> Decision:
    """Leads of the area that asked amend, withdraw and replace; an organisation does so with its own."""
    return may_set(actor, action.asked_by_id) if action.is_own else may_ask(actor, action.area_id)
