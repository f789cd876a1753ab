"""Sending letters of which one may fail: the others go out, and nobody's address is logged."""

import logging
from collections.abc import Callable, Mapping
from smtplib import SMTPException
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage

LOG = logging.getLogger(__name__)
SUBJECT = "Haven: there is something for you to see"
BODY = """\
{about}:

{lines}

Sign in to see which:
{origin}

Haven never asks for your password by e-mail.
"""


def something_to_see(
    *,
    to: str,
    about: str,
    lines: Mapping[str, str],
    counts: Mapping[str, int],
    message: UUID | None = None,
    path: str = "",
) -> None:
    """Say that there is something to see, so many of each kind and never what, and lead to the front page, or to a
    page of everybody’s own at `path`, by way of signing in.

    `lines` has for each kind the words in which `{n}` stands for its number. `message` is by what a letter that may go
    out twice is known to be one.
    """
    told = "\n".join(f"- {line.format(n=counts[key])}" for key, line in lines.items() if counts.get(key))
    body = BODY.format(about=about, lines=told, origin=f"{settings.ORIGIN}{path}")
    headers = {"Message-ID": f"<{message}@{urlsplit(settings.ORIGIN).hostname}>"} if message else {}
    EmailMessage(SUBJECT, body, settings.DEFAULT_FROM_EMAIL, [to], headers=headers).send()


def went_out(send: Callable[[], None]) -> bool:
    """Whether the letter went out. A failure is logged without the address and never stops the others."""
    try:
        send()
    except (OSError, SMTPException) as fault:  # its own words name the address
        LOG.error("a letter could not be sent: %s", type(fault).__name__)
        return False
    return True
