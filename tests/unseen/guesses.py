"""What somebody could guess of a notification."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from haven.notifications.rules.sending import new_reference
from tests.cast import NOW


@dataclass(frozen=True)
class Guess:
    """Its row, the key under which it was sent, its reference, and when it was accepted. As it is made, of one that
    there is not."""

    id: UUID = field(default_factory=uuid4)
    key: UUID = field(default_factory=uuid4)
    reference: str = field(default_factory=new_reference)
    at: datetime = NOW
