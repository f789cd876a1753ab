"""The e-mails of reading. They say that there is something to read, never what, and lead to the front page."""

from collections.abc import Mapping

from django.conf import settings
from django.core.mail import send_mail

SUBJECT = "Haven: there is something for you to read"
LINES = {
    "new": "{n} new to read and sign",
    "soon": "{n} to read and sign within a week",
    "overdue": "{n} overdue",
    "reminded": "{n} waiting, of which your school reminds you",
}
BODY = """In Haven, for you:

{lines}

Sign in to read and sign. You can read on your phone, and go on where you stopped:
{origin}

Haven never asks for your password by e-mail.
"""


def to_read(*, to: str, counts: Mapping[str, int]) -> None:
    """There is something to read: so many rounds of each kind."""
    told = [f"- {line.format(n=counts[key])}" for key, line in LINES.items() if counts.get(key)]
    body = BODY.format(lines="\n".join(told), origin=settings.ORIGIN)
    send_mail(SUBJECT, body, settings.DEFAULT_FROM_EMAIL, [to])
