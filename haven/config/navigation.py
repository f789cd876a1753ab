"""The menu: which parts of the house this actor may enter."""

from dataclasses import dataclass

from haven.access.actor import Actor
from haven.access.roles import COUNCIL_LEADS, INTELLIGENCE, SCHOOL_LEADS, SCHOOL_ROLES, Kind, Role
from haven.subjects.rules.ties import SENDERS


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the menu."""

    name: str
    address: str
    is_here: bool
    is_apart: bool  # stands beside the name of the house, not among its parts


GUIDANCE = ("Guidance", "/guidance/")
WITHIN = dict.fromkeys(("/changes/", "/digests/", "/consultations/"), "/guidance/") | {
    "/questionnaires/": "/audits/",
    "/programs/": "/notifications/",
}  # entered from another part
ASKED = (Role.POLICE_OFFICER, Role.HEALTH_PRACTITIONER, Role.TRAINER, Role.CHARITY_WORKER)
READING = ("Reading", "/reading/")
POLICIES = ("Policies", "/policies/")
AUDITS = ("Audits", "/audits/")
NOTIFIED = COUNCIL_LEADS | {
    Role.DSL,
    Role.DEPUTY_DSL,
    Role.HEAD,
    Role.CHAIR,
    Role.TRUST_LEAD,
    Role.POLICE_OFFICER,
    Role.DUTY_OFFICER,
    Role.HOME_EDUCATION_OFFICER,
}
NOTIFICATIONS = (("Notifications", "/notifications/"),)
WHAT_IS_SENT = (("Notifications", "/notifications/profile/"),)  # which an administrator of a force sets
SCHOOL = (
    ("Actions", "/actions/"),
    AUDITS,
    ("Bulletins", "/bulletins/"),
    GUIDANCE,
    POLICIES,
    READING,
    ("Directory", "/bulletins/contacts/"),
)
LEAD = (
    ("Actions", "/actions/overview/"),
    AUDITS,
    ("Bulletins", "/bulletins/"),
    GUIDANCE,
    POLICIES,
    ("Reading", "/reading/counts/"),
    ("Directory", "/bulletins/contacts/"),
)
TELL = (("Tell", "/intelligence/"),)  # what somebody knows
UNIT = (("Intelligence", "/intelligence/unit/"),)
AGENCY = (("Actions", "/actions/"),)  # what a partner itself is asked to do
PARTNER = (("Bulletins", "/bulletins/"), GUIDANCE, ("Directory", "/bulletins/contacts/"))
TRUST = (("Audits", "/audits/trust/"),)
SCRUTINEER = (("Ledger", "/ledger/"),)
PEOPLE = (("People", "/people/"),)
LOOK_UP = (("Look up", "/children/"),)
ACCOUNT = (("Account", "/account/"),)
SIGN_IN = (("Sign in", "/account/sign-in/"),)
APART = PEOPLE + ACCOUNT + SIGN_IN
CHECKS = (("Checks", "/checks/"),)
CHECKING = (
    SCHOOL_LEADS
    | COUNCIL_LEADS
    | {
        Role.CHAIR,
        Role.TRUST_LEAD,
        Role.DUTY_OFFICER,
        Role.SOCIAL_WORKER,
        Role.MASH_COORDINATOR,
        Role.HOME_EDUCATION_OFFICER,
        Role.HEALTH_PRACTITIONER,
        Role.POLICE_OFFICER,
    }
)
"""Who asks or answers in a MASH check, or may have to where those who usually answer cannot."""
VISITOR = (("Bulletins", "/public/"), *SIGN_IN)


def navigation(actor: Actor | None, path: str) -> list[Entry]:
    """The entries for this actor, with the one she is in marked."""
    wanted = _wanted(actor)
    path = next((whole for part, whole in WITHIN.items() if path.startswith(part)), path)
    here = max((address for _, address in wanted if path.startswith(address)), key=len, default="")
    return [Entry(name, address, address == here, (name, address) in APART) for name, address in wanted]


def _wanted(actor: Actor | None) -> tuple[tuple[str, str], ...]:
    if actor is None or actor.person is None:
        return VISITOR
    if not actor.posts:
        return ACCOUNT
    first, *others = _of_role(actor)
    notified = NOTIFICATIONS if actor.holds(*NOTIFIED) else WHAT_IS_SENT if _administers_a_force(actor) else ()
    confidential = notified + (CHECKS if actor.holds(*CHECKING) else ())
    looking = LOOK_UP if actor.holds(*SENDERS, Role.PRIVACY_OFFICER) else ()
    return (first, *confidential, *looking, *others)


def _administers_a_force(actor: Actor) -> bool:
    return any(post.role is Role.ADMINISTRATOR and post.kind is Kind.POLICE for post in actor.posts)


def _of_role(actor: Actor) -> tuple[tuple[str, str], ...]:
    if actor.holds(*COUNCIL_LEADS):
        return LEAD + TELL + PEOPLE + ACCOUNT
    if actor.holds(*SCHOOL_ROLES):
        return SCHOOL + TELL + PEOPLE + ACCOUNT
    if actor.holds(Role.SCRUTINEER):
        return SCRUTINEER + ACCOUNT
    if actor.holds(Role.TRUST_LEAD):
        return TRUST + PARTNER + TELL + PEOPLE + ACCOUNT
    if actor.holds(*INTELLIGENCE):
        return UNIT + TELL + PARTNER + PEOPLE + ACCOUNT
    return (AGENCY if actor.holds(*ASKED) else ()) + PARTNER + TELL + PEOPLE + ACCOUNT
