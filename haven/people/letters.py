"""The e-mails of people. None names anybody; the only address in any of them is the front door."""

import logging

from django.conf import settings
from django.core.mail import send_mail

from haven.people.rules.codes import spaced

LOG = logging.getLogger(__name__)

INVITATION = """\
You have been invited to Haven, which your area's safeguarding partners share.

1. Go to {origin}
2. Choose "I have been invited"
3. Type the address this was sent to, and this code:

   {code}

The code works once, until {until}. Nobody from Haven will ever ask you for it.
If you did not expect this, you need do nothing.
"""

POST_GRANTED = """\
What you may do in Haven has changed: you have been given a post. Sign in to see it.

{origin}
"""

POST_ENDED = """\
What you may do in Haven has changed: a post of yours has been given an end date. Sign in to see it.

{origin}
"""

COVER = """\
You have been named as somebody's cover in Haven. Sign in to see for whom and for how long.

{origin}
"""


def invitation(*, to: str, code: str, until: str) -> None:
    """The code with which an invitation is taken up."""
    _send(to, "You have been invited to Haven", INVITATION.format(origin=_origin(), code=spaced(code), until=until))


def post_granted(*, to: str) -> None:
    """Somebody who has an account has been given a post."""
    _send(to, "Your posts in Haven have changed", POST_GRANTED.format(origin=_origin()))


def post_ended(*, to: str) -> None:
    """A post has been given an end date by somebody else."""
    _send(to, "Your posts in Haven have changed", POST_ENDED.format(origin=_origin()))


def cover_named(*, to: str) -> None:
    """Somebody has been named as a cover."""
    _send(to, "You have been named as a cover in Haven", COVER.format(origin=_origin()))


def _origin() -> str:
    return f"{settings.ORIGIN.rstrip('/')}/"


def _send(to: str, subject: str, body: str) -> None:
    try:
        send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [to])
    except OSError as fault:  # every failure of a mail server is one; its own words name the address
        LOG.error("an e-mail about posts was not sent: %s", type(fault).__name__)
