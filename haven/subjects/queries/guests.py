"""Who may read a record as a guest, for whoever keeps it, and whom she may let in."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from haven.access.actor import HAVEN, Actor
from haven.access.decision import require
from haven.people.models import Person
from haven.people.seeing import seeing, working_as
from haven.subjects.models import TieRow
from haven.subjects.policy import decide
from haven.subjects.queries.loading import record_to_change
from haven.subjects.rules.ties import Asker, Deed, Tie


@dataclass(frozen=True, slots=True)
class GuestLine:
    """One guest of a record."""

    tie: int
    person: UUID
    name: str
    ends_at: datetime


@seeing("subjects.lending")
def guests_of(*, record_id: UUID, by: Actor, at: datetime) -> list[GuestLine]:
    """Who reads a record as a guest at this moment, by name. Raises `Refused`."""
    row = record_to_change(record_id=record_id)
    require(decide(Asker(by, at), Deed.SEND_ON, row))
    with working_as(HAVEN, "subjects.tying"):
        ties = list(TieRow.objects.filter(record=row, tie=Tie.GUEST, ends_at__gt=at).select_related("person"))
    lines = [
        GuestLine(tie.pk, tie.person.pk, tie.person.name, tie.ends_at) for tie in ties if tie.person and tie.ends_at
    ]
    return sorted(lines, key=lambda line: line.name)


def person_called(*, email: str) -> UUID | None:
    """Who has this address in Haven, whether or not she may be a guest."""
    return Person.objects.filter(email__iexact=email.strip(), is_active=True).values_list("pk", flat=True).first()
