"""A policy's history and the ledger, written together."""

from collections.abc import Mapping
from datetime import datetime

from haven.access.actor import Actor
from haven.ledger.services import record
from haven.policies.models import Policy, Remark
from haven.policies.rules.life import Step


def record_step(
    *,
    policy: Policy,
    step: Step,
    verb: str,
    by: Actor,
    at: datetime,
    version: int | None = None,
    words: str = "",
    about: Mapping[str, object] | None = None,
) -> None:
    """Write one line of a policy's history, and the ledger's entry. Who may, the caller has asked."""
    Remark.objects.create(
        policy=policy, step=step.value, version=version, words=words, said_at=at, said_by_id=by.person
    )
    told = {"policy": policy.pk, "school": policy.school_id} | ({"version": version} if version else {})
    record(verb, by=by, at=at, about=told | dict(about or {}), why=words)
