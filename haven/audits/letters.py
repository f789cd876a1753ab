"""The e-mails of audits. They say that there is something to see, never what, and lead to the front page."""

from collections.abc import Mapping

from django.conf import settings
from django.core.mail import send_mail

LINES = {
    "opened": "{n} new: your school is asked to answer",
    "sign": "{n} waiting for your signature",
    "soon": "{n} with a deadline that is near",
    "chased": "{n} of which the council reminds you",
    "sent-back": "{n} on which the council asks for more",
    "answered": "{n} with the council’s answer for you to read",
    "visit": "{n} with a visit, planned or written up",
    "moved": "{n} with a later deadline than before",
    "sent": "{n} sent: you can look at the receipt",
}

BODY = """\
Safeguarding audits:

{lines}

Sign in to see which:
{origin}

Haven never asks for your password by e-mail.
"""


def news(*, to: str, counts: Mapping[str, int]) -> None:
    """Something has happened to an audit of somebody's school."""
    lines = "\n".join(f"- {line.format(n=counts[key])}" for key, line in LINES.items() if counts.get(key))
    subject = "Haven: there is something for you to see"
    send_mail(subject, BODY.format(lines=lines, origin=settings.ORIGIN), settings.DEFAULT_FROM_EMAIL, [to])
