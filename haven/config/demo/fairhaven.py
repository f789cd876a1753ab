"""Fairhaven and the people in it. All of it is made up; its numbers are not in the national register's range."""

from dataclasses import dataclass

from haven.access.roles import LABELS, Kind, Role

AREA_NAME, AREA_CODE = "Fairhaven", "999"
CLUSTERS = ("Harbour", "Riverside", "Hilltop", "Marshes", "Old Town", "Northgate", "Eastfields", "Woodland")

SAINTS = "Agatha’s Botolph’s Cedd’s Dunstan’s Edith’s Felix Guthlac’s Hild’s".split()
TREES = """
    Alder Ashdown Beech Birch Cedar Chestnut Elder Hawthorn Hazel Holly Juniper Larch Lime Maple Oakfield Poplar Rowan
    Sycamore Willow Yew
""".split()
PLACES = """
    Anchor Beacon Bridge Chapel Ferry Gullrock Harbourview Lighthouse Mariner Mill Orchard Pier Quay Saltmarsh Sandpiper
    Seawall Shingle Tidewater Watergate Wharf
""".split()
STREETS = ("Mast Road", "Keel Street", "Rigging Lane", "Compass Way", "Tern Avenue", "Sluice Road", "Capstan Hill")


@dataclass(frozen=True, slots=True)
class School:
    """A school of Fairhaven."""

    name: str
    phase: str
    school_type: str
    cluster: str


def schools() -> list[School]:
    """The 96 schools: 4 nurseries, 66 primaries, 18 secondaries, 4 special, 2 sixth forms and 2 others."""
    named = [School("Oakfield Primary School", "primary", "Community school", CLUSTERS[0])]
    named.append(School("Ashdown Academy", "secondary", "Academy converter", CLUSTERS[0]))
    words = [word for word in (*PLACES, *TREES) if word not in {"Oakfield", "Ashdown"}]
    kinds = (
        [(f"{word} Primary School", "primary", "Community school") for word in words]
        + [(f"St {word} Church of England Primary School", "primary", "Voluntary aided school") for word in SAINTS]
        + [(f"{word} Infant School", "primary", "Foundation school") for word in words[:10]]
        + [(f"{word} Junior School", "primary", "Academy sponsor led") for word in words[:9]]
        + [(f"{word} Academy", "secondary", "Academy converter") for word in words[10:23]]
        + [(f"{word} High School", "secondary", "Community school") for word in words[23:27]]
        + [(f"{word} Nursery School", "nursery", "Local authority nursery school") for word in words[27:31]]
        + [(f"{word} School", "all-through", "Community special school") for word in words[31:35]]
        + [(f"{word} Sixth Form College", "16-plus", "Further education") for word in words[35:37]]
        + [("Compass Pupil Referral Unit", "all-through", "Pupil referral unit")]
        + [("Fairhaven College for Girls", "all-through", "Other independent school")]
    )
    places = [School(*kind, CLUSTERS[n % len(CLUSTERS)]) for n, kind in enumerate(kinds, start=2)]
    return named + places


OF_TRUST = ("Ashdown Academy", "Orchard Academy", "Quay Academy", "Seawall Academy", "Anchor Junior School")
"""The schools of its trust."""

AGENCIES = {
    "council": (Kind.COUNCIL, "Fairhaven Council"),
    "police": (Kind.POLICE, "Fairhaven Police"),
    "health": (Kind.HEALTH, "Fairhaven Community Health"),
    "trainer": (Kind.TRAINER, "Fairhaven Learning"),
    "charity": (Kind.CHARITY, "Safe Tides"),
    "trust": (Kind.TRUST, "Tidewater Learning Trust"),
    "partnership": (Kind.PARTNERSHIP, "Fairhaven Safeguarding Partnership"),
}


@dataclass(frozen=True, slots=True)
class Member:
    """One of the cast: whom the demonstration lets you be."""

    key: str
    name: str
    role: Role | None
    place: str  # an agency's key or a school's name
    tries: str  # what to try as her

    @property
    def title(self) -> str:
        """Her post, as people say it."""
        if self.role is None:
            return "No post"
        place = AGENCIES[self.place][1] if self.place in AGENCIES else self.place
        return f"{LABELS[self.role]}, {place}"


CAST = (
    Member(
        "marcus",
        "Marcus Hale",
        Role.SAFEGUARDING_LEAD,
        "council",
        "Read a note of your own, publish it, see who has acted",
    ),
    Member(
        "priya",
        "Priya Nair",
        Role.DSL,
        "Oakfield Primary School",
        "Answer your school’s audit, most of which is known, close an action, and read what the police sent",
    ),
    Member(
        "tom", "Tom Whitlock", Role.HEAD, "Oakfield Primary School", "See what your school owes, and who looks after it"
    ),
    Member(
        "ruth",
        "Ruth Okafor",
        Role.GOVERNOR,
        "Oakfield Primary School",
        "Read the policy that waits for you, and approve it",
    ),
    Member(
        "kezia",
        "Kezia Marlow",
        Role.SCHOOL_STAFF,
        "Oakfield Primary School",
        "Read on your phone what staff must read, and sign it",
    ),
    Member("grace", "Grace Adeyemi", Role.DSL, "Ashdown Academy", "See that another school’s evidence is its own"),
    Member("bell", "PC Bell", Role.POLICE_OFFICER, "police", "Tell a child’s school, and see where it stands"),
    Member(
        "ivo", "Ivo Marlowe", Role.INTELLIGENCE_OFFICER, "police", "Work with what schools told, and see what links it"
    ),
    Member("iris", "Iris Tolland", Role.INTELLIGENCE_LEAD, "police", "Learn who told, and be written down for it"),
    Member("osei", "Dr Osei", Role.HEALTH_PRACTITIONER, "health", "Answer what the council asks about a child"),
    Member(
        "mina",
        "Mina Hartshorn",
        Role.MASH_COORDINATOR,
        "council",
        "Ask schools and agencies about a child, and see what is late",
    ),
    Member(
        "hamid",
        "Hamid Cottle",
        Role.HOME_EDUCATION_OFFICER,
        "council",
        "Answer the MASH about a child who is taught at home",
    ),
    Member("lena", "Lena Fisk", Role.SOCIAL_WORKER, "council", "Read a check that was given to you, and ask for more"),
    Member(
        "pavel",
        "Pavel Kestrel",
        Role.PRIVACY_OFFICER,
        "council",
        "See who was shown what, and decide an erasure that somebody else asked for",
    ),
    Member(
        "ola",
        "Ola Penn",
        Role.TRUST_LEAD,
        "trust",
        "See how far your trust’s schools are, and answer once for all of them",
    ),
    Member("nadia", "Nadia Rahman", Role.SCRUTINEER, "partnership", "Read the ledger, and nothing else"),
    Member("sam", "Sam Loveday", None, "", "Hold no post, and be refused everywhere"),
)

FIRST_NAMES = """
    Amara Bethan Callum Divya Elena Femi Gwen Hamid Isla Jonah Kezia Liam Mina Niall Orla Pavel Quentin Rosa Samir Thea
    Umar Violet Wendell Zofia
""".split()
LAST_NAMES = """
    Aldous Brackenbury Cottle Dunmore Everdene Fairweather Gathercole Hartshorn Inchbald Jellicoe Kestrel Lovelock
    Merriman Netherby Osgood Penhallow Quayle Ravenhill
""".split()


def name_of(number: int) -> str:
    """A name for the number: 432 differ before one comes again."""
    return f"{FIRST_NAMES[number % len(FIRST_NAMES)]} {LAST_NAMES[(number + number // 24) % len(LAST_NAMES)]}"
