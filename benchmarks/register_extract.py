"""Writes made-up extracts of the register of schools, as wide and as varied as real ones."""

import csv
import io
import random
from collections.abc import Iterable, Mapping, Sequence

READ = [
    "URN",
    "LA (code)",
    "LA (name)",
    "EstablishmentNumber",
    "EstablishmentName",
    "TypeOfEstablishment (code)",
    "TypeOfEstablishment (name)",
    "EstablishmentStatus (code)",
    "EstablishmentStatus (name)",
    "OpenDate",
    "CloseDate",
    "PhaseOfEducation (code)",
    "PhaseOfEducation (name)",
    "StatutoryLowAge",
    "StatutoryHighAge",
    "Trusts (code)",
    "Trusts (name)",
    "Street",
    "Locality",
    "Address3",
    "Town",
    "County (name)",
    "Postcode",
    "SchoolWebsite",
]
"""Headings up to the address, in the register's order."""

WIDTH = 140  # columns of the newest vintage
SAINTS = (
    "Oakfield",
    "Ashdown",
    "St Aldate’s",
    "Bramble Hill",
    "Quarry Bank",
    "Elmstead",
    "Thornbury Road",
    "Holy Rood",
)
TYPES = ("Community school", "Academy converter", "Voluntary aided school", "Free schools", "Other independent school")
PHASES = ("Primary", "Secondary", "Nursery", "Middle deemed secondary", "16 plus", "All-through", "Not applicable")
PLAIN = {
    "LA (code)": "901",
    "LA (name)": "Fairhaven",
    "EstablishmentName": "Oakfield Primary School",
    "TypeOfEstablishment (name)": "Community school",
    "EstablishmentStatus (name)": "Open",
    "PhaseOfEducation (name)": "Primary",
    "Street": "1 Mill Lane",
    "Town": "Fairhaven",
    "Postcode": "ZZ1 1AA",
}


def school(urn: int, **said: str) -> dict[str, str]:
    """One school's row; `said` is by column, spaces and brackets written as they are."""
    return PLAIN | {"URN": str(urn)} | said


def extract(rows: Iterable[Mapping[str, str]], *, width: int = WIDTH, leave_out: Sequence[str] = ()) -> str:
    """A whole file of this width."""
    headings = [name for name in READ if name not in leave_out]
    headings += [f"Later column {number} (name)" for number in range(len(headings), width)]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([row.get(heading, "") for heading in headings] for row in rows)
    return text.getvalue()


def made_up(count: int, *, seed: int = 1, renamed: float = 0.0) -> list[dict[str, str]]:
    """As many schools as asked for, the same for the same seed; some part of them under a new name."""
    chance, other = random.Random(seed), random.Random(seed + 1)
    return [_one(number, chance, is_renamed=other.random() < renamed) for number in range(count)]


def _one(number: int, chance: random.Random, *, is_renamed: bool) -> dict[str, str]:
    area, trust, is_closed = chance.randrange(1, 153), chance.randrange(1, 2500), chance.random() < 0.45
    has_trust = chance.random() < 0.3
    name = f"{chance.choice(SAINTS)} {chance.choice(PHASES[:2])} School {number}"
    return {
        "URN": str(100_000 + number),
        "LA (code)": str(800 - area),
        "LA (name)": f"Borough {area}",
        "EstablishmentNumber": str(chance.randrange(1000, 8000)),
        "EstablishmentName": f"{name} and Nursery" if is_renamed else name,
        "TypeOfEstablishment (name)": chance.choice(TYPES),
        "EstablishmentStatus (name)": "Closed" if is_closed else "Open",
        "OpenDate": f"01-09-{chance.randrange(1950, 2005)}",
        "CloseDate": f"31-08-{chance.randrange(2005, 2026)}" if is_closed else "",
        "PhaseOfEducation (name)": chance.choice(PHASES),
        "Trusts (code)": str(trust) if has_trust else "",
        "Trusts (name)": f"LEARNING TRUST {trust}" if has_trust else "",
        "Street": f"{chance.randrange(1, 300)} Mill Lane",
        "Town": chance.choice(("Fairhaven", "Seaborough", "Inkerton")),
        "Postcode": f"ZZ{chance.randrange(1, 99)} {chance.randrange(1, 9)}AA",
        "SchoolWebsite": f"school{number}.example.org",
    }
