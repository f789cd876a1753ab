"""`haven invite EMAIL`: invites whom nobody in Haven can invite yet, such as the first lead of an area's council."""

import argparse
import sys
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

from haven.access.actor import HAVEN
from haven.access.decision import Refused
from haven.access.roles import LABELS, Role
from haven.config.database.cluster import NoDatabase
from haven.config.installation import installation
from haven.people.rules.codes import spaced
from haven.people.rules.posts import AGENCY_OF

TOLD = """\
{email} is invited as {role} of {agency}.

  1. Open {origin}/people/invited/
  2. Type the address {email} and this code: {code}
  3. Choose a password, sign in, and add a second factor: that opens the post.

The code works once, until {until}. It is shown here only and sent to nobody: hand it over yourself.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whom, to what, and where."""
    parser.add_argument("email", metavar="EMAIL", help="the address to sign in with")
    parser.add_argument("--role", required=True, choices=[role.value for role in AGENCY_OF], help="the post")
    parser.add_argument("--area", required=True, help="the area, by its number in the register of schools or its name")
    parser.add_argument("--agency", default="", metavar="NAME", help="the agency's name; it is added where it is new")
    parser.add_argument("--name", default="", help="the name of whoever is invited (default: the address)")
    parser.add_argument(
        "--anyway", action="store_true", help="although somebody in Haven could do it; in place of a lost code"
    )


def run(args: argparse.Namespace) -> int:
    """Print the code once: 0, or 2 with one line that says why not."""
    if not _is_address(args.email):
        return _refuse(f"{args.email} is not a whole address, such as name@example.org")
    try:
        with installation():
            agency, invitation, code = _invited(args)
    except Refused as refused:
        return _refuse(refused.advice)
    except NoDatabase as fault:
        return _refuse(str(fault))
    sys.stdout.write(
        TOLD.format(
            email=invitation.email,
            role=LABELS[Role(args.role)].lower(),
            agency=agency.name,
            origin=import_module("django.conf").settings.ORIGIN.rstrip("/"),
            code=spaced(code),
            until=f"{invitation.expires_at.day} {invitation.expires_at:%B %Y}",
        )
    )
    return 0


def _invited(args: argparse.Namespace) -> tuple[Any, Any, str]:
    """The agency, the invitation and its code; all of it or nothing."""
    agencies = import_module("haven.people.services.agencies")  # late: they need Django made ready
    invitations = import_module("haven.people.services.invitations")
    role, who = Role(args.role), {"by": HAVEN, "at": datetime.now(UTC)}
    invite = invitations.invite_anyway if args.anyway else invitations.invite_first
    with import_module("django.db").transaction.atomic():
        agency = agencies.ensure_agency(kind=AGENCY_OF[role], area=args.area, name=args.agency.strip(), **who)
        name = args.name.strip() or args.email
        return agency, *invite(organisation_id=agency.pk, email=args.email, name=name, role=role, **who)


def _is_address(email: str) -> bool:
    name, at, host = email.strip().partition("@")
    return bool(name and at and "." in host) and not any(each.isspace() for each in email.strip()) and len(email) < 255


def _refuse(why: str) -> int:
    sys.stderr.write(f"haven invite: {why}\n")
    return 2
