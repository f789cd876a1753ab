"""What tests of people look at and set up."""

import json
from typing import Any

from allauth.mfa.models import Authenticator

from haven.ledger.models import Detail
from haven.people.models import Person


def told() -> list[dict[str, Any]]:
    """What the ledger says, oldest first."""
    return [json.loads(text) for text in Detail.objects.order_by("pk").values_list("text", flat=True)]


def last_told() -> dict[str, Any]:
    """The ledger's newest entry."""
    return told()[-1]


def enrol(*people: Person) -> None:
    """Give each a second factor."""
    for person in people:
        Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={})
