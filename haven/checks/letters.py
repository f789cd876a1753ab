"""The e-mails of checks. None names a child, a school, a reference or how urgent it is."""

from collections.abc import Iterable
from functools import partial

from django.db import transaction

from haven.kit.letters import something_to_see, went_out

LINES = {
    "asked": "{n} request for information to answer",
    "again": "{n} answer of yours to which more is asked",
    "soon": "{n} request for information that is due soon",
    "late": "{n} request for information that is late",
    "answered": "{n} answer to a request of yours",
    "unanswered": "{n} request of yours that was not answered in time",
    "withdrawn": "{n} request for information that was withdrawn: nothing is to be done",
    "allocated": "{n} check that was given to you",
}


def told(*, to: str, kind: str) -> None:
    """That there is one thing of a kind to see."""
    something_to_see(to=to, about="In Haven there is", lines=LINES, counts={kind: 1})


def tell(emails: Iterable[str], kind: str) -> None:
    """Write to each once what it tells of is committed."""
    for email in sorted(set(emails)):
        transaction.on_commit(partial(wrote, email, kind))


def wrote(email: str, kind: str) -> bool:
    """Whether the letter went out."""
    return went_out(partial(told, to=email, kind=kind))
