"""Writing down that something of a check is shown, or that it was refused, before anything is opened."""

from uuid import UUID

from django.db import transaction

from haven.access.decision import Decision, Refused
from haven.people.seeing import seeing_as
from haven.subjects.disclosure.recording import Purpose, write_down
from haven.subjects.disclosure.showing import shown_or_refused
from haven.subjects.models import Outcome, Record
from haven.subjects.rules.ties import Asker, Deed


def shown(
    record: Record,
    *,
    allowed: Decision,
    purpose: Purpose,
    asker: Asker,
    deed: Deed = Deed.READ,
    outcome: Outcome = Outcome.SHOWN,
) -> frozenset[UUID]:
    """Write it down, and give back the organisations by whose keys she may open it. Raises `Refused`.

    What checks refuse by themselves is written down as what subjects refuse.
    """
    if not allowed:
        with transaction.atomic(), seeing_as(asker.actor):
            post = next(iter(asker.actor.posts), None)
            write_down(Outcome.REFUSED, record=record, purpose=purpose, post=post, by=asker.actor, at=asker.at)
        raise Refused(allowed.reason)
    shown_or_refused(record, purpose=purpose, deed=deed, asker=asker, outcome=outcome)
    return places(asker)


def places(asker: Asker) -> frozenset[UUID]:
    """Where she works."""
    return frozenset(post.organisation for post in asker.actor.posts)


def within(reference: str, words: str) -> str:
    """What a disclosure says it was for: the reference and a plain phrase, never a name."""
    return f"check {reference}: {words}"[:100]
