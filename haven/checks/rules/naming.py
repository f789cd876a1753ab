"""Who a check is about, as text to be sealed."""

import json
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from haven.subjects.rules.naming import Identity


def asked_of(agency: str, *, is_at_home: bool) -> str:
    """Whom it is put to, as people read it. About a child who is taught at home a council is asked as whoever looks
    after that, not as the MASH."""
    return f"{agency}, home education" if is_at_home else agency


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
