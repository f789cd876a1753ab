"""What somebody may see of her own account, and what her next sign-in asks of her. Nobody sees another's."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.utils.crypto import salted_hmac

from haven.access.actor import Actor
from haven.people.models import Person
from haven.signin.models import FactorReset
from haven.signin.rules import is_dormant


class FactorKind(StrEnum):
    """What a second factor is."""

    APP = "authenticator app"
    PASSKEY = "passkey"


KINDS = {Authenticator.Type.TOTP: FactorKind.APP, Authenticator.Type.WEBAUTHN: FactorKind.PASSKEY}


@dataclass(frozen=True, slots=True)
class Factor:
    """One second factor, by an identifier that says nothing."""

    id: str
    kind: FactorKind
    name: str
    added_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class OpenSession:
    """One place where she is signed in."""

    browser: str
    signed_in_at: datetime
    is_this_one: bool


def factor_identifier(authenticator: Authenticator) -> str:
    """What stands for a factor in an address."""
    return salted_hmac("signin.factor", str(authenticator.pk), algorithm="sha256").hexdigest()[:20]


def factors_of(person: UUID | None) -> list[Factor]:
    """Her second factors, the oldest first. Recovery codes are none."""
    rows = Authenticator.objects.filter(user_id=person, type__in=KINDS).order_by("created_at", "pk")
    return [
        Factor(
            id=factor_identifier(row),
            kind=KINDS[row.type],
            name=row.data.get("name") or "Authenticator app",
            added_at=row.created_at,
            last_used_at=row.last_used_at,
        )
        for row in rows
    ]


def has_factor(person: UUID | None) -> bool:
    """Whether she has a second factor."""
    return bool(Authenticator.objects.filter(user_id=person, type__in=KINDS).exists())


def must_show_address(person: Person, *, at: datetime) -> bool:
    """Whether her next sign-in asks for a code sent to her address: after a reset, and after a long absence."""
    if FactorReset.objects.filter(person=person).exists():
        return True
    return is_dormant(seen_at=person.last_login or person.joined_at, now=at, days=settings.DORMANT_DAYS)


def recovery_codes_of(*, by: Actor) -> list[str]:
    """Her recovery codes that are not used up. The caller has made sure that it is she."""
    row = Authenticator.objects.filter(user_id=by.person, type=Authenticator.Type.RECOVERY_CODES).first()
    return list(row.wrap().get_unused_codes()) if row else []


def sessions_of(*, by: Actor, this_one: str | None) -> list[OpenSession]:
    """Where she is signed in now, the newest first. `this_one` is the key of the session that asks."""
    rows = [row for row in UserSession.objects.filter(user_id=by.person).order_by("-created_at") if not row.purge()]
    return [
        OpenSession(
            browser=_browser(row.user_agent), signed_in_at=row.created_at, is_this_one=row.session_key == this_one
        )
        for row in rows
    ]


def linked_providers(*, by: Actor) -> frozenset[str]:
    """The single sign-on providers whose sign-in she has linked."""
    return frozenset(SocialAccount.objects.filter(user_id=by.person).values_list("provider", flat=True))


BROWSERS = ("Edg", "OPR", "Firefox", "Chrome", "Safari")  # the first found names it: each claims to be those after it
SYSTEMS = ("iPhone", "iPad", "Android", "Windows", "CrOS", "Mac OS", "Linux")
SAID = {"Edg": "Edge", "OPR": "Opera", "CrOS": "ChromeOS", "Mac OS": "a Mac", "iPhone": "an iPhone", "iPad": "an iPad"}


def _browser(agent: str) -> str:
    """A browser and where it runs, as people say it."""
    browser = next((name for name in BROWSERS if name in agent), "A browser")
    system = next((name for name in SYSTEMS if name in agent), "")
    return f"{SAID.get(browser, browser)} on {SAID.get(system, system)}" if system else SAID.get(browser, browser)
