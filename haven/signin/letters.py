"""E-mails about signing in. No name, no detail, and no address but Haven's own front door."""

import logging
from datetime import datetime
from functools import partial

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

logger = logging.getLogger(__name__)

NOT_YOU = """\
If this was not you, go to Haven, set a new password and sign out everywhere. Then tell whoever looks after accounts in
your school or team."""


def new_sign_in(to: str, *, at: datetime) -> None:
    """Somebody signed in from a browser that she had not used before."""
    when = timezone.localtime(at)
    day = f"{when.day} {when:%B %Y} at {when:%H:%M}"
    _send(to, "New sign-in to Haven", f"Your Haven account was opened in a new browser on {day}.\n\n{NOT_YOU}")


def account_changed(to: str, *, what: str) -> None:
    """Something about how she signs in has changed. `what` begins a sentence: "A passkey was added"."""
    _send(to, "Your Haven account has changed", f"{what}.\n\n{NOT_YOU}")


def reset_code(to: str, *, code: str) -> None:
    """The code with which to set a new password."""
    text = f"""\
Somebody, we hope you, asked to set a new password for Haven. The code is

    {code}

Type it into the page that asked for it, within 15 minutes. Haven never asks for it by telephone or e-mail.

If you did not ask, do nothing. Your password is as it was."""
    _send(to, "Your code for a new Haven password", text)


def no_such_account(to: str) -> None:
    """Somebody asked for a new password with an address that Haven does not know."""
    text = """\
Somebody, perhaps you, asked to set a new password for Haven with this e-mail address. Haven has no account for it.

If it was you, try the address at which you were invited. If not, do nothing."""
    _send(to, "Haven has no account for this address", text)


def sign_in_code(to: str, *, code: str) -> None:
    """The code that shows at sign-in that her address is hers still."""
    text = f"""\
Somebody, we hope you, typed the password of your Haven account. You have not been there for long, or your second factor
was reset, so Haven asks for this code too:

    {code}

Type it into the page that asked for it, within 15 minutes. If it was not you, somebody knows your password: go to Haven
and choose "I have forgotten my password"."""
    _send(to, "Your code to sign in to Haven", text)


def address_code(to: str, *, code: str) -> None:
    """The code that shows that a new address is hers."""
    text = f"""\
Somebody, we hope you, wants to use this e-mail address to sign in to Haven. The code is

    {code}

Type it into the page that asked for it, within 15 minutes. If you did not ask, do nothing."""
    _send(to, "Your code for a new Haven address", text)


def _send(to: str, subject: str, text: str) -> None:
    message = EmailMessage(subject=subject, body=f"{text}\n\nHaven\n{settings.ORIGIN}/\n", to=[to])
    transaction.on_commit(partial(_deliver, message))


def _deliver(message: EmailMessage) -> None:
    try:
        message.send()
    except OSError as fault:  # every failure of a mail server is one; the page must not tell who has an account
        why = type(fault).__name__  # its words name the address
        logger.error("an e-mail about signing in was not sent: %s (%s)", message.subject, why)
