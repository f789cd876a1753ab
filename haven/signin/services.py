"""What people do to their own accounts, and what is done for one who lost her second factor. The ledger names her by
her identifier alone."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.internal.auth import WebAuthn
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from haven.access.actor import HAVEN, Actor
from haven.access.decision import Reason, Refused
from haven.ledger.services import record
from haven.people.models import Person
from haven.people.queries.posts import resettable_by
from haven.signin import letters
from haven.signin.models import CacheEntry, FactorReset
from haven.signin.queries import KINDS, factor_identifier, has_factor
from haven.signin.rules import ABSOLUTE

LAST_FACTOR = "This is your only second factor. Add another before you remove it."
TAKEN = "That address cannot be used."
NONE_LOST = "There is no second factor to take off: one is added at the next sign-in."
SAY_HOW = "Say how you made sure who asks."
LOST = "Your second factors and recovery codes were taken off, because somebody said that you lost them"


@transaction.atomic
def note_sign_in(*, ways: Sequence[str], is_new_browser: bool, by: Actor, at: datetime) -> None:
    """Record that she signed in and how, and tell her where the browser is a new one."""
    person = _herself(by)
    record("account.signed_in", by=by, at=at, about={"person": person.pk, "ways": list(ways)})
    if is_new_browser:
        letters.new_sign_in(person.email, at=at)
    if Authenticator.Type.RECOVERY_CODES in ways:
        letters.account_changed(person.email, what="A recovery code was used to sign in")


@transaction.atomic
def note_sign_out(*, by: Actor, at: datetime) -> None:
    """Record that she signed out."""
    record("account.signed_out", by=by, at=at, about={"person": by.person})


@transaction.atomic
def add_app(*, secret: str, by: Actor, at: datetime) -> Authenticator:
    """Take an authenticator app as a second factor. Its first code has been checked."""
    person = _herself(by)
    if Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists():
        raise Refused(Reason.WRONG_STATE, "You have an authenticator app already. Remove it before you add another.")
    factor = TOTP.activate(person, secret).instance
    _factor_added(person, factor, "An authenticator app was added", by, at)
    return factor


@transaction.atomic
def add_passkey(*, name: str, credential: Mapping[str, Any], by: Actor, at: datetime) -> Authenticator:
    """Take a passkey as a second factor. What the browser gave has been checked."""
    person = _herself(by)
    factor = WebAuthn.add(person, name, dict(credential)).instance
    _factor_added(person, factor, "A passkey was added", by, at)
    return factor


def _factor_added(person: Person, factor: Authenticator, what: str, by: Actor, at: datetime) -> None:
    RecoveryCodes.activate(person)
    FactorReset.objects.filter(person=person).delete()
    letters.account_changed(person.email, what=what)
    record("account.factor_added", by=by, at=at, about={"person": person.pk, "kind": KINDS[factor.type]})


@transaction.atomic
def remove_factor(*, factor_id: str, by: Actor, at: datetime) -> None:
    """Do without a second factor from now on. The last one stays: there is no right without one."""
    person = _herself(by)
    rows = list(Authenticator.objects.filter(user=person, type__in=KINDS))
    found = [row for row in rows if factor_identifier(row) == factor_id]
    if not found:
        raise Refused(Reason.OWN_ACCOUNT)
    if len(rows) == 1:
        raise Refused(Reason.LAST_OF_ITS_KIND, LAST_FACTOR)
    kind = KINDS[found[0].type]
    found[0].delete()
    letters.account_changed(person.email, what=f"One {kind} was removed")
    record("account.factor_removed", by=by, at=at, about={"person": person.pk, "kind": kind})


@transaction.atomic
def reset_factors(*, person_id: UUID, why: str, by: Actor, at: datetime) -> None:
    """Take every second factor off somebody who lost hers, and sign her out everywhere.

    Until she has a new one, her sign-in asks for a code sent to her address besides the password. Done by a lead of the
    council, or from the machine's own command line.
    """
    person = Person.objects.select_for_update().get(pk=person_id)
    if by is not HAVEN and not resettable_by(by=by, on=timezone.localdate(at)).filter(pk=person.pk).exists():
        raise Refused(Reason.NOT_THE_AREA)
    if not why.strip():
        raise Refused(Reason.WRONG_STATE, SAY_HOW)
    held = Authenticator.objects.filter(user=person)
    kinds = sorted(KINDS[kind] for kind in held.filter(type__in=KINDS).values_list("type", flat=True))
    if not kinds:
        raise Refused(Reason.WRONG_STATE, NONE_LOST)
    held.delete()
    FactorReset.objects.update_or_create(person=person, defaults={"reset_at": at})
    count = _sign_out(person, but=None)
    letters.account_changed(person.email, what=LOST)
    about = {"person": person.pk, "kinds": kinds, "sessions": count}
    record("account.factors_reset", by=by, at=at, about=about, why=why.strip())


@transaction.atomic
def make_recovery_codes(*, by: Actor, at: datetime) -> None:
    """Make new recovery codes; the old ones are worth nothing from now on."""
    person = _herself(by)
    if not has_factor(person.pk):
        raise Refused(Reason.WRONG_STATE, "Add a second factor first.")
    Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).delete()
    RecoveryCodes.activate(person)
    letters.account_changed(person.email, what="New recovery codes were made, and the old ones no longer work")
    record("account.recovery_codes_made", by=by, at=at, about={"person": person.pk})


@transaction.atomic
def set_password(*, person: Person, password: str, by: Actor, at: datetime) -> None:
    """Set a password that has been checked. Every other session ends: each was opened with what no longer counts.

    `by` has no person where it was reset by a code sent to her address.
    """
    locked = Person.objects.select_for_update().get(pk=person.pk)
    locked.set_password(password)
    locked.save(update_fields=["password"])
    person.password = locked.password
    letters.account_changed(locked.email, what="A new password was set")
    verb = "account.password_changed" if by.person else "account.password_reset"
    record(verb, by=by, at=at, about={"person": locked.pk})


@transaction.atomic
def change_address(*, email: str, by: Actor, at: datetime) -> None:
    """Sign in with another address from now on. It has been shown to be hers; the old one is told."""
    person = _herself(by)
    if Person.objects.filter(email__iexact=email).exclude(pk=person.pk).exists():
        raise Refused(Reason.WRONG_STATE, TAKEN)
    old, person.email = person.email, email.lower()
    person.save(update_fields=["email"])
    letters.account_changed(old, what="Another e-mail address is now used to sign in")
    record("account.address_changed", by=by, at=at, about={"person": person.pk})


@transaction.atomic
def end_sessions(*, but: str | None, by: Actor, at: datetime) -> int:
    """Sign her out everywhere, at the next request of each; `but` is the key of the session to keep."""
    person = _herself(by)
    count = _sign_out(person, but=but)
    record("account.sessions_ended", by=by, at=at, about={"person": person.pk, "count": count})
    return count


@transaction.atomic
def note_link(*, provider: str, by: Actor, at: datetime) -> None:
    """Record that a single sign-on was linked, and tell her."""
    person = _herself(by)
    letters.account_changed(person.email, what="Single sign-on was linked to your account")
    record("account.single_sign_on_linked", by=by, at=at, about={"person": person.pk, "provider": provider})


@transaction.atomic
def unlink(*, provider: str, by: Actor, at: datetime) -> None:
    """Take a single sign-on off the account. Whoever has no password keeps it, or could not come back."""
    person = _herself(by)
    if not person.has_usable_password():
        raise Refused(Reason.WRONG_STATE, "Set a password first, or you could not sign in again.")
    if not SocialAccount.objects.filter(user=person, provider=provider).delete()[0]:
        raise Refused(Reason.OWN_ACCOUNT)
    letters.account_changed(person.email, what="Single sign-on was taken off your account")
    record("account.single_sign_on_unlinked", by=by, at=at, about={"person": person.pk, "provider": provider})


@transaction.atomic
def forget_the_expired(*, by: Actor, at: datetime) -> int:
    """Delete sessions and cache entries that are over; how many rows that were."""
    rows = (
        Session.objects.filter(expire_date__lt=at),
        UserSession.objects.filter(created_at__lt=at - timedelta(seconds=ABSOLUTE)),
        CacheEntry.objects.filter(expires__lt=at),
    )
    count = sum(each.delete()[0] for each in rows)
    record("account.expired_forgotten", by=by, at=at, about={"count": count})
    return count


def _sign_out(person: Person, *, but: str | None) -> int:
    rows = list(UserSession.objects.filter(user=person).exclude(session_key=but or ""))
    for row in rows:
        SessionStore(row.session_key).delete()
        row.delete()
    return len(rows)


def _herself(by: Actor) -> Person:
    """The person who does it, locked: everything here is done to one's own account."""
    if by.person is None:
        raise Refused(Reason.NOT_SIGNED_IN)
    return Person.objects.select_for_update().get(pk=by.person)
