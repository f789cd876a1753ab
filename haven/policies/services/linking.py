"""What a policy rests on: linked, taken off, and looked at again when guidance has moved."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused
from haven.guidance.models import Clause
from haven.guidance.queries.clauses import clause_to_read
from haven.guidance.queries.pages import document_to_read
from haven.policies.models import Link, Policy
from haven.policies.queries.changing import link_for_update, policy_for_update
from haven.policies.rules.life import Step
from haven.policies.services.history import record_step

ALREADY = "The policy rests on this already."
ANOTHER = "Choose a clause of the same document."
TWICE = "The policy rests on that clause already. Take this link off instead."


@transaction.atomic
def link_document(*, policy_id: UUID, document_id: UUID, by: Actor, at: datetime) -> Link:
    """Let a policy rest on a whole document. Raises `Refused`."""
    policy = policy_for_update(policy_id=policy_id, by=by)
    document = document_to_read(document_id=document_id, by=by)
    return _link(policy, Link(document=document), document.title, by, at)


@transaction.atomic
def link_clause(*, policy_id: UUID, edition_id: UUID, place: int, by: Actor, at: datetime) -> Link:
    """Let a policy rest on the words of one clause. Raises `Refused`."""
    policy = policy_for_update(policy_id=policy_id, by=by)
    clause = clause_to_read(edition_id=edition_id, place=place, by=by)
    link = Link()
    link.point_to(clause)
    return _link(policy, link, _named(clause), by, at)


@transaction.atomic
def unlink(*, link_id: UUID, by: Actor, at: datetime) -> None:
    """Let a policy rest on this no longer. That it did stays in its history."""
    link = link_for_update(link_id=link_id, by=by)
    named = f"{link.document.title}, {link.said}" if link.said else link.document.title
    link.delete()
    record_step(policy=link.policy, step=Step.UNLINKED, verb="policy.unlinked", by=by, at=at, words=named)


@transaction.atomic
def confirm_link(*, link_id: UUID, edition_id: UUID | None, place: int | None, by: Actor, at: datetime) -> Link:
    """Say that the policy was checked and is still right: the link points to the clause that stands there now, or
    stays with the whole document. Raises `Refused`, with advice for a clause of another document."""
    link = link_for_update(link_id=link_id, by=by)
    named = link.document.title
    if link.words and edition_id and place:
        clause = clause_to_read(edition_id=edition_id, place=place, by=by)
        if clause.edition.document_id != link.document_id:
            raise Refused(Reason.NOT_ASKABLE, ANOTHER)
        link.point_to(clause)
        _require_once(link, TWICE)
        named = _named(clause)
    elif link.words:
        raise Refused(Reason.NOT_ASKABLE, ANOTHER)
    link.checked_at, link.checked_by_id = at, by.person
    link.save()
    about = {"link": link.pk, "edition": link.edition_id, "clause": link.place}
    verb = "policy.link_checked"
    record_step(policy=link.policy, step=Step.CHECKED, verb=verb, by=by, at=at, words=named, about=about)
    return link


def _link(policy: Policy, link: Link, named: str, by: Actor, at: datetime) -> Link:
    link.policy, link.linked_at, link.linked_by_id = policy, at, by.person
    _require_once(link, ALREADY)
    link.save(force_insert=True)
    about = {"link": link.pk, "document": link.document_id, "edition": link.edition_id, "clause": link.place}
    record_step(policy=policy, step=Step.LINKED, verb="policy.linked", by=by, at=at, words=named, about=about)
    return link


def _require_once(link: Link, advice: str) -> None:
    others = Link.objects.filter(policy=link.policy_id, document=link.document_id, words=link.words)
    if others.exclude(pk=link.pk).exists():
        raise Refused(Reason.WRONG_STATE, advice)


def _named(clause: Clause) -> str:
    return f"{clause.edition.document.title}, {clause.called}"
