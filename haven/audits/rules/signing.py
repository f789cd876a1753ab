"""The rules of signing: who is next, until when, and the words that are signed."""

from collections.abc import Sequence
from datetime import date, timedelta

GRACE = timedelta(days=14)
"""A return that somebody signed in time may get its other signatures so long after the final deadline."""

DECLARATION = (
    "I have read this audit and its action plan. To the best of my knowledge they are true and leave nothing out. "
    "I sign them as they stand here."
)


def last_day_to_sign(final_due_on: date, first_signed_on: date) -> date:
    """Until when the steps after the first may be signed. One that was sent back late counts from its first."""
    return max(final_due_on, first_signed_on) + GRACE


def next_step(steps: Sequence[Sequence[str]], signed: int) -> int:
    """The number of the step that is signed next, from 1; nought once all are."""
    return signed + 1 if signed < len(steps) else 0
