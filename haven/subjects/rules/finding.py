"""By which words somebody is found again among what is sealed, and when two are spelled alike."""

from haven.engines.sealing.lookup import composite, normalised
from haven.subjects.rules.naming import Identity

FIND_BY = "subject"
"""The field of the blind index."""


def words_of(identity: Identity) -> str:
    """Last name, first initial and birth date together. Raises ValueError where one of them is not there."""
    if identity.born_on is None:
        raise ValueError("without a birth date nobody is told from others")
    return composite(surname=identity.last_name, first_name=identity.first_name, born_on=identity.born_on)


def spelling(identity: Identity) -> tuple[str, str]:
    """First and last name without what people spell now so, now so."""
    return normalised(identity.first_name), normalised(identity.last_name)
