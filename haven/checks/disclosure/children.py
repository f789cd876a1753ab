"""The children whom a check is to be about: opened for whoever asks, and written down first."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from haven.access.actor import Actor
from haven.subjects.disclosure.recording import Purpose
from haven.subjects.disclosure.showing import open_subject
from haven.subjects.rules.bases import Flow
from haven.subjects.rules.naming import Identity

FOR_A_CHECK = "to ask schools and agencies in a MASH check"


@dataclass(frozen=True, slots=True)
class Chosen:
    """A child who was chosen. `identity` is none where her record does not open."""

    subject: UUID
    identity: Identity | None

    @property
    def name(self) -> str:
        """As the page says who it is."""
        return self.identity.name if self.identity else "A child whose record does not open"


def names_of(*, children: Collection[UUID], by: Actor, at: datetime) -> list[Chosen]:
    """Who they are. Raises `Refused` where she may not see one of them."""
    purpose = Purpose(Flow.WITHIN, FOR_A_CHECK)
    seen = [open_subject(subject_id=each, purpose=purpose, by=by, at=at) for each in children]
    return [Chosen(each.subject, each.identity) for each in seen]
