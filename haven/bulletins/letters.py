"""The e-mails of bulletins. They say that there is something to read, never what, and lead to the front page alone."""

from collections.abc import Mapping

from django.conf import settings
from django.core.mail import send_mail

LINES = {
    "urgent": "{n} urgent: please read today",
    "published": "{n} new to read",
    "amended": "{n} changed since published",
    "withdrawn": "{n} withdrawn",
}

BODY = """\
Bulletins for your organisation:

{lines}

Sign in to read:
{origin}

Haven never asks for your password by e-mail.
"""


def news(*, to: str, counts: Mapping[str, int]) -> None:
    """Bulletins were published for somebody's organisation, changed or withdrawn."""
    lines = "\n".join(f"- {line.format(n=counts[key])}" for key, line in LINES.items() if counts.get(key))
    subject = "Haven: an urgent bulletin" if counts.get("urgent") else "Haven: there is a bulletin for you"
    send_mail(subject, BODY.format(lines=lines, origin=settings.ORIGIN), settings.DEFAULT_FROM_EMAIL, [to])
