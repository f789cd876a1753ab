"""Who a check is about, as text to be sealed."""

import json
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from haven.subjects.rules.naming import Identity


def at_home(council: str) -> str:
    """What is asked of a council about a child who is taught at home: of that work, not of its MASH."""
    return f"{council}, home education"


def as_text(named: Mapping[UUID, Identity]) -> str:
    """Each child by her identifier."""
    told = {
        str(pk): [each.first_name, each.last_name, each.born_on.isoformat() if each.born_on else "", each.other_names]
        for pk, each in sorted(named.items())
    }
    return json.dumps(told, ensure_ascii=False)


def from_text(text: str | None) -> dict[UUID, Identity]:
    """What `as_text` said; nobody where it does not open."""
    told = json.loads(text) if text else {}
    return {
        UUID(pk): Identity(first, last, date.fromisoformat(born) if born else None, other)
        for pk, (first, last, born, other) in told.items()
    }
