"""The lawful bases of a disclosure, by edition of the law, and which is usual for each flow.

Whoever discloses may choose another; what she chose is recorded with the edition it was chosen from. A basis whose
`source` is empty stands here without one: whoever is responsible for data protection in the area should confirm it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

BEFORE_2025 = date(2018, 5, 25)
PART_OF_2025_ACT = date(2026, 3, 1)
"""From when recognised legitimate interests are offered unless an area's installation says otherwise. The sources say
'much in force from February 2026' and give no day: the first day after that month is the safe one."""


class Flow(StrEnum):
    """From whom to whom something goes."""

    POLICE_TO_SCHOOL = "police to school"
    MASH_TO_AGENCY = "MASH to agency"
    AGENCY_TO_MASH = "agency to MASH"
    TO_INTELLIGENCE = "agency to intelligence unit"
    FROM_INTELLIGENCE = "intelligence unit to agency"
    SCHOOL_TO_SCHOOL = "school to school"
    WITHIN = "within one organisation"
    LOOKED_UP = "looked up"
    TO_SUBJECT = "to the person it is about"


@dataclass(frozen=True, slots=True)
class Basis:
    """One lawful basis: its code, what people read, the words of the law it goes by, and where that is taken from."""

    code: str
    words: str
    law: str
    source: str = ""


DUTY = Basis(
    "duty",
    "A law obliges us",
    "UK GDPR Article 6(1)(c); for notices of domestic abuse to schools, Domestic Abuse Act 2021, section 49A",
    "https://www.legislation.gov.uk/ukpga/2024/21/section/20/enacted",
)
TASK = Basis("public-task", "It is needed for our public task", "UK GDPR Article 6(1)(e)")
VITAL = Basis("vital", "Somebody’s life may depend on it", "UK GDPR Article 6(1)(d)")
INTERESTS = Basis("interests", "It is needed for a legitimate interest that outweighs", "UK GDPR Article 6(1)(f)")
RECOGNISED = Basis(
    "recognised-interests",
    "A recognised legitimate interest: safeguarding, crime, an emergency, or a body that says it needs it for its task",
    "UK GDPR Article 6(1)(ea), put in by the Data (Use and Access) Act 2025",
    "https://www.brownejacobson.com/insights/recognised-legitimate-interests-sharing-information-with-the-police",
)
ACCESS = Basis("access", "The person asked for what is held about them", "UK GDPR Article 15")

EDITIONS: tuple[tuple[str, tuple[Basis, ...]], ...] = (
    ("2018", (DUTY, TASK, VITAL, INTERESTS, ACCESS)),
    ("2025", (DUTY, TASK, RECOGNISED, VITAL, INTERESTS, ACCESS)),
)

USUAL: Mapping[Flow, Basis] = {
    Flow.POLICE_TO_SCHOOL: DUTY,
    Flow.MASH_TO_AGENCY: TASK,
    Flow.AGENCY_TO_MASH: TASK,  # whether a maintained school may use the recognised one is for its own adviser
    Flow.TO_INTELLIGENCE: TASK,
    Flow.FROM_INTELLIGENCE: TASK,
    Flow.SCHOOL_TO_SCHOOL: DUTY,
    Flow.WITHIN: TASK,
    Flow.LOOKED_UP: TASK,
    Flow.TO_SUBJECT: ACCESS,
}
"""What is chosen beforehand. Consent is not among them: the guidance of 2024 calls it usually the wrong basis."""


def edition_on(day: date, *, recognised_from: date = PART_OF_2025_ACT) -> tuple[str, tuple[Basis, ...]]:
    """The edition of the law that holds on this day, and its bases."""
    return EDITIONS[1] if day >= recognised_from else EDITIONS[0]


def basis_in_words(code: str) -> str:
    """What people read of a basis that was once chosen, whichever edition it was chosen from."""
    return next((each.words for _, bases in EDITIONS for each in bases if each.code == code), code)


def basis_called(code: str, *, on: date, recognised_from: date = PART_OF_2025_ACT) -> Basis | None:
    """The basis of this code in that day's edition."""
    _, bases = edition_on(on, recognised_from=recognised_from)
    return next((each for each in bases if each.code == code), None)
