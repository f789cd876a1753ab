"""How what is asked is said in a list, a heading or a calendar. The one place for it."""

import re

_FORBIDS = re.compile(
    r"^\s*(?:please\s+|kindly\s+)?(?:no(?:body|t|ne)?|no[- ]one|never|under no circumstances|on no account|stop)\b|"
    r"\b(?:do not|don[’']t|never|must not|mustn[’']t|must no longer|may not|should not|shouldn[’']t|cannot|can[’']t|"
    r"(?:is|are) not (?:to|allowed|permitted)|no longer be|not be (?:used|given|shared|passed|published|circulated)|"
    r"refrain|forbidden|prohibited)\b",
    re.IGNORECASE,
)


def forbids(what: str) -> bool:
    """Whether words forbid by themselves."""
    return bool(_FORBIDS.search(what))


def as_asked(what: str, prohibits: bool) -> str:
    """What is asked; where it is forbidden, in words that forbid it, and once."""
    return f"Do not: {what}" if prohibits and not forbids(what) else what
