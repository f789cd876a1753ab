"""The roles a post can have, and the kinds of organisation a post can be in."""

from enum import StrEnum


class Kind(StrEnum):
    """What an organisation is."""

    SCHOOL = "school"
    COUNCIL = "council"
    POLICE = "police"
    HEALTH = "health"
    TRAINER = "trainer"
    CHARITY = "charity"
    TRUST = "trust"
    PARTNERSHIP = "partnership"


class Role(StrEnum):
    """What a post lets its holder be. A role gives functions; which records, the post's organisation and areas say."""

    DSL = "dsl"
    DEPUTY_DSL = "deputy-dsl"
    HEAD = "head"
    GOVERNOR = "governor"
    CHAIR = "chair-of-governors"
    SCHOOL_STAFF = "school-staff"
    SAFEGUARDING_LEAD = "safeguarding-lead"
    SAFEGUARDING_OFFICER = "safeguarding-officer"
    DUTY_OFFICER = "duty-officer"
    SOCIAL_WORKER = "social-worker"
    MASH_COORDINATOR = "mash-coordinator"
    HOME_EDUCATION_OFFICER = "home-education-officer"
    PRIVACY_OFFICER = "privacy-officer"
    POLICE_OFFICER = "police-officer"
    INTELLIGENCE_OFFICER = "intelligence-officer"
    INTELLIGENCE_LEAD = "intelligence-lead"
    HEALTH_PRACTITIONER = "health-practitioner"
    TRAINER = "trainer"
    CHARITY_WORKER = "charity-worker"
    TRUST_LEAD = "trust-lead"
    SCRUTINEER = "scrutineer"
    ADMINISTRATOR = "administrator"


LABELS = {
    Role.DSL: "Designated safeguarding lead",
    Role.DEPUTY_DSL: "Deputy safeguarding lead",
    Role.HEAD: "Headteacher",
    Role.GOVERNOR: "Safeguarding governor",
    Role.CHAIR: "Chair of governors",
    Role.SCHOOL_STAFF: "School staff",
    Role.SAFEGUARDING_LEAD: "Council safeguarding lead",
    Role.SAFEGUARDING_OFFICER: "Council safeguarding officer",
    Role.DUTY_OFFICER: "Council duty officer",
    Role.SOCIAL_WORKER: "Social worker",
    Role.MASH_COORDINATOR: "MASH coordinator",
    Role.HOME_EDUCATION_OFFICER: "Officer for home education",
    Role.PRIVACY_OFFICER: "Privacy officer",
    Role.POLICE_OFFICER: "Police officer",
    Role.INTELLIGENCE_OFFICER: "Intelligence officer",
    Role.INTELLIGENCE_LEAD: "Intelligence lead",
    Role.HEALTH_PRACTITIONER: "Health practitioner",
    Role.TRAINER: "Trainer",
    Role.CHARITY_WORKER: "Charity worker",
    Role.TRUST_LEAD: "Trust safeguarding lead",
    Role.SCRUTINEER: "Scrutineer",
    Role.ADMINISTRATOR: "Administrator",
}

GOVERNORS = frozenset({Role.GOVERNOR, Role.CHAIR})
"""Those who hold a school to account for its safeguarding."""

SCHOOL_ROLES = frozenset({Role.DSL, Role.DEPUTY_DSL, Role.HEAD, Role.SCHOOL_STAFF}) | GOVERNORS
"""Roles held in a school. What a school is asked to do, any of them may see."""

SCHOOL_LEADS = frozenset({Role.DSL, Role.DEPUTY_DSL, Role.HEAD})
"""Those who answer for a school: they close actions and hand them on."""

COUNCIL_LEADS = frozenset({Role.SAFEGUARDING_LEAD, Role.SAFEGUARDING_OFFICER})
"""Those who publish for an area and see what its schools have done."""

COUNCIL = COUNCIL_LEADS | {
    Role.DUTY_OFFICER,
    Role.SOCIAL_WORKER,
    Role.MASH_COORDINATOR,
    Role.HOME_EDUCATION_OFFICER,
    Role.PRIVACY_OFFICER,
}
"""Whoever works with children's records or schools in a council."""

PARTNERS = frozenset({Role.POLICE_OFFICER, Role.HEALTH_PRACTITIONER, Role.CHARITY_WORKER})
"""Whoever works in an agency that safeguards children beside the council."""

INTELLIGENCE = frozenset({Role.INTELLIGENCE_OFFICER, Role.INTELLIGENCE_LEAD})
"""The unit that takes in what partners tell, with the police or, where an area has it so, the council. Only its lead
learns who told."""

READERS = SCHOOL_ROLES | COUNCIL | PARTNERS | INTELLIGENCE | {Role.TRAINER, Role.TRUST_LEAD}
"""Who reads what an area and its publishers say: whoever works in a school, the council or a partner. The scrutineer
sees the ledger and nothing else."""

ROLES_OF = {
    Kind.SCHOOL: SCHOOL_ROLES | {Role.ADMINISTRATOR},
    Kind.COUNCIL: COUNCIL | INTELLIGENCE | {Role.ADMINISTRATOR},
    Kind.POLICE: INTELLIGENCE | {Role.POLICE_OFFICER, Role.ADMINISTRATOR},
    Kind.HEALTH: frozenset({Role.HEALTH_PRACTITIONER, Role.ADMINISTRATOR}),
    Kind.TRAINER: frozenset({Role.TRAINER, Role.ADMINISTRATOR}),
    Kind.CHARITY: frozenset({Role.CHARITY_WORKER, Role.ADMINISTRATOR}),
    Kind.TRUST: frozenset({Role.TRUST_LEAD, Role.ADMINISTRATOR}),
    Kind.PARTNERSHIP: frozenset({Role.SCRUTINEER, Role.ADMINISTRATOR}),
}
"""Which roles a post in each kind of organisation may have."""
