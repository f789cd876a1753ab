"""The e-mails of changes: that there is a digest to read. Only of a public one they say what, and lead to it."""

from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail

from haven.digests.rules.prose import first_lines

FOOT = "\n\nHaven never asks for your password by e-mail.\n"

PUBLIC = """\
{title}

{introduction}

Read it, with the actions for schools:
{origin}/public/changes/{digest}/

Sign in to see what stands on your own list:
{origin}"""

ANY = """\
Your council tells what changed in guidance, and what schools can do.

Sign in to read:
{origin}"""


def public_digest(*, to: str, digest: UUID, title: str, introduction: str) -> None:
    """A digest that anybody may read was published, or changed."""
    said = {"title": title, "introduction": first_lines(introduction), "digest": digest, "origin": settings.ORIGIN}
    body = PUBLIC.format(**said) if introduction else PUBLIC.replace("{introduction}\n\n", "").format(**said)
    send_mail(title, body + FOOT, settings.DEFAULT_FROM_EMAIL, [to])


def digest(*, to: str) -> None:
    """A digest was published, or changed, for those who work for the area."""
    body = ANY.format(origin=settings.ORIGIN)
    send_mail("Haven: what changed in guidance", body + FOOT, settings.DEFAULT_FROM_EMAIL, [to])
