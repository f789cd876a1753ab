"""How long what is kept about a person stays, by class. At the end stands a review and never a silent deletion.

Periods without a source are the installation's own, chosen long rather than short; an area sets its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kept(StrEnum):
    """A retention class."""

    CHILD = "child"
    ABUSE_INQUIRY = "abuse-inquiry"
    ADULT = "adult"
    MISDIRECTED = "misdirected"
    INTELLIGENCE = "intelligence"


class From(StrEnum):
    """What the years count from."""

    BIRTH = "birth"
    LAST_TOUCHED = "last touched"


COUNTED: Mapping[From, str] = {From.BIRTH: "from birth", From.LAST_TOUCHED: "from the last entry"}
MOST_YEARS = 100


@dataclass(frozen=True, slots=True)
class Rule:
    """So many years from something; where that is taken from, or nothing where no source was found."""

    words: str
    years: int
    counted_from: From
    source: str = ""


RULES: Mapping[Kept, Rule] = {
    Kept.CHILD: Rule(
        "a child named in safeguarding work",
        25,
        From.BIRTH,
        "IRMS toolkit: https://dataprotection.education/best-practice-update/"
        "234-best-practice-on-the-retention-of-child-protection-information",
    ),
    Kept.ABUSE_INQUIRY: Rule(
        "anything about the sexual abuse of a child",
        75,
        From.LAST_TOUCHED,
        "practice after the Independent Inquiry into Child Sexual Abuse: "
        "https://educationdatahub.org.uk/resources/addendum-to-child-protection-policy-2025",
    ),
    Kept.ADULT: Rule("an adult named in safeguarding work", 25, From.LAST_TOUCHED),
    Kept.MISDIRECTED: Rule("what reached the wrong organisation and was not theirs", 1, From.LAST_TOUCHED),
    Kept.INTELLIGENCE: Rule("what partners told an intelligence unit", 25, From.LAST_TOUCHED),
}


def review_due(kept: Kept, *, years: int | None, born_on: date | None, touched_on: date) -> date:
    """From when it may be erased: whole years after birth or after it was last touched, rounded up to 1 September.

    The rounding keeps a birthday from being read off the date. Without a birth date the years count from the touch.
    """
    rule = RULES[kept]
    start = born_on if rule.counted_from is From.BIRTH and born_on else touched_on
    year = start.year + (rule.years if years is None else years)
    after = (start.month, start.day) > (9, 1)
    return date(year + 1 if after else year, 9, 1)
