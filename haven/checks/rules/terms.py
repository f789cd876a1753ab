"""Who answers while a school is closed."""

from datetime import datetime


def is_out_of_term(opens_at: datetime | None, due: datetime | None) -> bool:
    """Whether the officer whom the area names answers, since the school opens only after it is due, or never again.

    Without a target the school answers when it opens.
    """
    if opens_at is None:
        return True
    return due is not None and opens_at > due
