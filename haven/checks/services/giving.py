"""Giving an ask to somebody by name, where the agency's own people may not answer it or are not there."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from haven.access.actor import HAVEN, Actor
from haven.checks.models import Ask, Given, Why
from haven.subjects.services import assign_record, send_record


def give(*, ask: Ask, people: Collection[UUID], why: Why, by: Actor, at: datetime) -> None:
    """Tie each to the check and to its answer. Whoever asks gives a trust whose lead is among them the keys, too."""
    records = (ask.of.record_id, ask.answer_record)
    for person in sorted(people):
        for record in records:
            assign_record(record_id=record, person_id=person, by=by, at=at)
        Given.objects.create(ask=ask, person_id=person, why=why, given_at=at)
    if people and why == Why.RUNGS and ask.agency.trust_id and by is not HAVEN:
        children = set(ask.about.values_list("subject", flat=True))
        for record in records:
            send_record(record_id=record, to=ask.agency.trust_id, by=by, at=at, naming=children)
