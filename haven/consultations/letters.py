"""The e-mails of consultations. They say that there is something to see, never what, and lead to the front page."""

from collections.abc import Mapping

from django.conf import settings
from django.core.mail import send_mail

LINES = {
    "invited": "{n} new: your organisation’s view is asked for",
    "reminded": "{n} waiting for your organisation’s view, of which the council reminds you",
    "soon": "{n} waiting for your organisation’s view, closing soon",
    "moved": "{n} closing on another day than before",
    "sent": "{n} sent: you can read what was sent",
    "answered": "{n} answered",
    "unsent": "{n} closing soon, for which your area has recorded nothing as sent",
}

BODY = """\
Consultations on guidance:

{lines}

Sign in to see which:
{origin}

Haven never asks for your password by e-mail.
"""


def news(*, to: str, counts: Mapping[str, int]) -> None:
    """Something has happened to a consultation that concerns somebody's organisation or area."""
    lines = "\n".join(f"- {line.format(n=counts[key])}" for key, line in LINES.items() if counts.get(key))
    subject = "Haven: there is something for you to see"
    send_mail(subject, BODY.format(lines=lines, origin=settings.ORIGIN), settings.DEFAULT_FROM_EMAIL, [to])
