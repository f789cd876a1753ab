"""Inviting somebody to a post, and taking the invitation up."""

from datetime import date, datetime
from functools import partial
from typing import NoReturn
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.dateformat import format as written

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, require
from haven.access.roles import Kind, Role
from haven.ledger.services import record
from haven.people import letters
from haven.people.models import Invitation, Organisation, Person, Post, Status
from haven.people.policy import may_invite, may_invite_by_hand, may_withdraw_invitation
from haven.people.queries.posts import inviters_to
from haven.people.rules.codes import as_typed, new_code
from haven.people.rules.posts import expires_at, has_room_for, open_invitation

NO_SUCH_INVITATION = "The address and the code do not belong to an invitation that can still be taken up"

SOMEBODY_THERE = "{agency} has somebody who can sign in and invite. Ask there; or, knowing that, add --anyway"


@transaction.atomic
def invite(
    *, organisation_id: UUID, email: str, name: str, role: Role, starts_on: date, by: Actor, at: datetime
) -> Invitation:
    """Invite somebody to a post. The code goes out by e-mail and is kept only as a hash."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation_id)
    require(may_invite(by, organisation, role, on=timezone.localdate(at)))
    email = email.strip().lower()
    _require_free(organisation, email, role, at)
    invitation, code = _offer(organisation, email, name, role, starts_on, by, at)
    until = written(timezone.localdate(invitation.expires_at), "j F Y")
    transaction.on_commit(partial(letters.invitation, to=email, code=code, until=until), robust=True)
    return invitation


@transaction.atomic
def invite_first(
    *, organisation_id: UUID, email: str, name: str, role: Role, by: Actor, at: datetime
) -> tuple[Invitation, str]:
    """Invite somebody whom nobody in Haven could invite. Gives back the code, to be handed over: no e-mail is sent.

    Refused where somebody is there who could have done it.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation_id)
    require(may_invite_by_hand(by))
    if inviters_to(organisation=organisation, role=role, on=timezone.localdate(at)).exists():
        raise Refused(Reason.WRONG_STATE, SOMEBODY_THERE.format(agency=organisation.name))
    return _invite_by_hand(organisation, email, name, role, by, at)


@transaction.atomic
def invite_anyway(
    *, organisation_id: UUID, email: str, name: str, role: Role, by: Actor, at: datetime
) -> tuple[Invitation, str]:
    """As `invite_first`, whoever is there, and in place of an invitation whose code was lost."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation_id)
    require(may_invite_by_hand(by))
    lost = organisation.invitations.filter(
        email=email.strip().lower(), role=role, accepted_at=None, withdrawn_at=None, expires_at__gt=at
    )
    for invitation in lost:
        withdraw_invitation(invitation_id=invitation.pk, by=by, at=at)
    return _invite_by_hand(organisation, email, name, role, by, at)


@transaction.atomic
def withdraw_invitation(*, invitation_id: UUID, by: Actor, at: datetime) -> Invitation:
    """Take an invitation back before it is taken up."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation_id)
    role = Role(invitation.role)
    require(may_withdraw_invitation(by, invitation.organisation, role, on=timezone.localdate(at)))
    if invitation.accepted_at or invitation.withdrawn_at:
        raise Refused(Reason.WRONG_STATE, "It has been taken up or withdrawn already")
    invitation.withdrawn_at = at
    invitation.save(update_fields=["withdrawn_at"])
    record("invitation.withdrawn", by=by, at=at, about=_facts(invitation))
    return invitation


@transaction.atomic
def join(*, email: str, code: str, name: str, password: str, by: Actor, at: datetime) -> Person:
    """Take an invitation up as somebody new: an account, and the post. It is live once a second factor is enrolled.

    `by` is nobody: who joins becomes known by joining. Raises Refused where the address has an account already, whose
    owner signs in first and takes the invitation up as herself.
    """
    if by.person is not None:
        raise Refused(Reason.WRONG_STATE, "You have an account. Take the invitation up with that")
    invitation = _invitation(email, code, at)
    if Person.objects.filter(email=invitation.email).exists():
        raise Refused(Reason.WRONG_STATE, "This address has an account. Sign in, then take the invitation up")
    person = Person.objects.create_user(email=invitation.email, name=name, password=password)
    joined = Actor(person=person.pk, name=person.name)
    record("person.joined", by=joined, at=at, about={"person": person.pk, "invitation": invitation.pk})
    _take_up(invitation, person, joined, at)
    return person


@transaction.atomic
def accept_invitation(*, email: str, code: str, by: Actor, at: datetime) -> Post:
    """Take an invitation up with the account one has."""
    invitation = _invitation(email, code, at)
    person = Person.objects.filter(email=invitation.email, is_active=True).first()
    if person is None or person.pk != by.person:
        raise Refused(Reason.NOT_SIGNED_IN, "Sign in with the address the invitation was sent to")
    return _take_up(invitation, person, by, at)


def _take_up(invitation: Invitation, person: Person, by: Actor, at: datetime) -> Post:
    starts_on = max(invitation.starts_on, timezone.localdate(at))
    place = {"organisation": invitation.organisation, "role": invitation.role}
    try:
        with transaction.atomic():
            post = Post.objects.create(person=person, starts_on=starts_on, **place)
    except IntegrityError:
        raise Refused(Reason.WRONG_STATE, "You hold this post already") from None
    invitation.accepted_at, invitation.post = at, post
    invitation.save(update_fields=["accepted_at", "post"])
    record("invitation.accepted", by=by, at=at, about=_facts(invitation) | {"post": post.pk, "person": person.pk})
    return post


def _invite_by_hand(
    organisation: Organisation, email: str, name: str, role: Role, by: Actor, at: datetime
) -> tuple[Invitation, str]:
    email = email.strip().lower()
    _require_free(organisation, email, role, at)
    return _offer(organisation, email, name, role, timezone.localdate(at), by, at)


def _offer(
    organisation: Organisation, email: str, name: str, role: Role, starts_on: date, by: Actor, at: datetime
) -> tuple[Invitation, str]:
    code = new_code()
    invitation = Invitation.objects.create(
        email=email,
        name=name,
        organisation=organisation,
        role=role,
        starts_on=starts_on,
        invited_by_id=by.person,
        invited_at=at,
        expires_at=expires_at(at),
        secret_hash=_hash(email, code),
    )
    record("person.invited", by=by, at=at, about=_facts(invitation))
    return invitation, code


def _require_free(organisation: Organisation, email: str, role: Role, at: datetime) -> None:
    """The organisation is there, has such a post, and has not yet given or offered it to this person."""
    if organisation.status == Status.CLOSED:
        raise Refused(Reason.WRONG_STATE, "This organisation is closed")
    if not has_room_for(Kind(organisation.kind), role):
        raise Refused(Reason.WRONG_STATE, "An organisation of this kind has no such post")
    held = Post.objects.filter(person__email=email, organisation=organisation, role=role)
    if held.filter(ends_on__isnull=True).exists():
        raise Refused(Reason.WRONG_STATE, "This person holds that post already")
    offered = organisation.invitations.filter(email=email, role=role, accepted_at=None, withdrawn_at=None)
    if offered.filter(expires_at__gt=at).exists():
        raise Refused(Reason.WRONG_STATE, "This person has been invited to that post already")
    offered.update(withdrawn_at=at)  # it has lapsed


def _invitation(email: str, code: str, at: datetime) -> Invitation:
    """The open invitation of this address and this code. Every way of failing looks the same."""
    found = Invitation.objects.select_for_update().filter(
        secret_hash=_hash(email.strip().lower(), as_typed(code)), accepted_at=None, withdrawn_at=None
    )
    invitation = found.select_related("organisation").first()
    if invitation is None:
        _refuse_code()
    if not open_invitation(expires=invitation.expires_at, at=at) or invitation.organisation.status == Status.CLOSED:
        _refuse_code()
    return invitation


def _refuse_code() -> NoReturn:
    raise Refused(Reason.WRONG_STATE, NO_SUCH_INVITATION)


def _hash(email: str, code: str) -> str:
    """A code is worth nothing without its address, nor to whoever reads the table without the installation's secret."""
    return salted_hmac("haven.people.invitation", f"{email} {code}", algorithm="sha256").hexdigest()


def _facts(invitation: Invitation) -> dict[str, object]:
    return {"invitation": invitation.pk, "organisation": invitation.organisation_id, "role": invitation.role}
