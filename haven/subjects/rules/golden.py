"""The golden rules of sharing information, as a short check before a decision to share or not to share.

From the advice of May 2024 to practitioners, told in our own words after a secondary list that names rules 1 to 6; the
seventh is not in that list and stands here unsourced.
"""

from dataclasses import dataclass

SOURCE = "https://www.cooklawyers.co.uk/new-dfe-guidance-on-information-sharing-for-safeguarding-practitioners/"

KNOWN_COOKIE = "haven-golden-rules-known"
KNOWN_FOR = 365 * 24 * 60 * 60  # seconds for which a browser keeps them closed


@dataclass(frozen=True, slots=True)
class GoldenRule:
    """One rule as a question to oneself."""

    number: int
    words: str
    is_sourced: bool = True


GOLDEN_RULES = (
    GoldenRule(1, "Does protecting a child from harm come before anybody’s wish for privacy here?"),
    GoldenRule(2, "Can the child and family be told who will know what and why, without anybody being put at risk?"),
    GoldenRule(3, "Is a child at risk? Then consent is not needed."),
    GoldenRule(4, "Am I unsure? Then ask for advice now, not later."),
    GoldenRule(5, "Could somebody be harmed if it were known who they are or where they live? Then leave that out."),
    GoldenRule(6, "Is every fact relevant and right, and does it go only to those who must keep the child safe?"),
    GoldenRule(7, "Have I written down why I share, or why I do not?", is_sourced=False),
)
