"""`haven factors reset EMAIL`: for somebody who lost her second factor, where nobody in Haven can reset it."""

import argparse
import sys
from datetime import UTC, datetime
from importlib import import_module

from haven.access.actor import HAVEN
from haven.access.decision import Reason, Refused
from haven.config.database.cluster import NoDatabase
from haven.config.installation import installation

TOLD = """\
The second factors and recovery codes of {email} are taken off, and every session is ended.
At the next sign-in the password is asked for, and a code that goes to that address; then a new second factor is added.
"""
UNSENT = "E-mails are not sent here, but written to {folder}: the code will be there.\n"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whose, and why."""
    parser.add_argument("verb", choices=["reset"], help="take every second factor off an account")
    parser.add_argument("email", metavar="EMAIL", help="the address of the account")
    parser.add_argument("--why", required=True, help="how you made sure who asks; recorded for good")


def run(args: argparse.Namespace) -> int:
    """0, or 2 with one line that says why not."""
    try:
        with installation():
            email, settings = _reset(args.email, args.why), import_module("django.conf").settings
    except Refused as refused:
        return _refuse(refused.advice)
    except NoDatabase as fault:
        return _refuse(str(fault))
    sys.stdout.write(TOLD.format(email=email))
    if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        sys.stdout.write(UNSENT.format(folder=settings.EMAIL_FILE_PATH))
    return 0


def _reset(email: str, why: str) -> str:
    people = import_module("haven.people.models").Person.objects  # late: they need Django made ready
    services = import_module("haven.signin.services")
    person = people.filter(email__iexact=email.strip(), is_active=True).first()
    if person is None:
        raise Refused(Reason.WRONG_STATE, f"{email} has no account here")
    services.reset_factors(person_id=person.pk, why=why, by=HAVEN, at=datetime.now(UTC))
    return str(person.email)


def _refuse(why: str) -> int:
    sys.stderr.write(f"haven factors: {why}\n")
    return 2
