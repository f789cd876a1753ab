"""Several people at one question: whose words stand, and which are kept beside them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

KEPT_AFTER = timedelta(minutes=10)
"""Words that stood this long are kept when their own writer changes them."""


class Saving(StrEnum):
    """What becomes of a save."""

    SAME = "same"  # nothing new: pressed twice, or another said the same
    WRITTEN = "written"
    BESIDE = "beside"  # somebody else wrote in the meantime: both are kept, and one is to be chosen


@dataclass(frozen=True, slots=True)
class Standing:
    """The answer as it stands."""

    revision: int
    written_by: UUID | None
    written_at: datetime
    is_same: bool  # as what is to be saved
    is_empty: bool


def saving(standing: Standing | None, *, seen: int, by: UUID | None) -> Saving:
    """What becomes of a save by somebody who had seen this revision.

    One's own later words always stand, from whatever tab: what they replace is kept. Words over an empty answer clash
    with nothing.
    """
    if standing is None or standing.is_empty:
        return Saving.WRITTEN
    if standing.is_same:
        return Saving.SAME
    if seen >= standing.revision or standing.written_by == by:
        return Saving.WRITTEN
    return Saving.BESIDE


def is_worth_keeping(standing: Standing, *, seen: int, by: UUID | None, at: datetime) -> bool:
    """Whether the words that are replaced are kept as an earlier wording: another's, unseen ones, or some time old."""
    if standing.is_empty or standing.is_same:
        return False
    is_unseen = seen < standing.revision
    return is_unseen or standing.written_by != by or at - standing.written_at >= KEPT_AFTER
