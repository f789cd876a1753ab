"""The e-mails of actions. They say that there is something to see, never what, and lead to the front page alone."""

from collections.abc import Mapping
from typing import Protocol

from django.conf import settings
from django.core.mail import send_mail

FOOT = "\n\nSign in to see what and to answer:\n{origin}\n\nHaven never asks for your password by e-mail.\n"

NEWS = {
    "new": "{n} new to do",
    "returned": "{n} sent back with a comment",
    "handed-on": "{n} handed to you",
    "reminded": "{n} waiting, of which the council reminds you",
    "changed": "{n} changed since you saw them",
    "withdrawn": "{n} no longer asked of you",
}

DIGEST = {
    "overdue": "{n} overdue",
    "returned": "{n} sent back with a comment",
    "soon": "{n} due within two weeks",
    "later": "{n} due later",
    "undated": "{n} without a date",
}


class Letter(Protocol):
    """A letter that says how many of what."""

    def __call__(self, *, to: str, counts: Mapping[str, int]) -> None:
        """Send it."""


def news(*, to: str, counts: Mapping[str, int]) -> None:
    """Something has happened to what your organisation is asked to do."""
    _send("Haven: there is something for you to see", "In Haven, for your organisation:", NEWS, to, counts)


def digest(*, to: str, counts: Mapping[str, int]) -> None:
    """What stands on your organisation's list this week."""
    _send("Haven: your week", "On your organisation's list this week:", DIGEST, to, counts)


def _send(subject: str, opening: str, lines: Mapping[str, str], to: str, counts: Mapping[str, int]) -> None:
    told = [line.format(n=counts[key]) for key, line in lines.items() if counts.get(key)]
    body = "\n".join([opening, "", *(f"- {line}" for line in told)]) + FOOT.format(origin=settings.ORIGIN)
    send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [to])
