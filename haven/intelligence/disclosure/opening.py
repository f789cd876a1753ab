"""Opening what is sealed, by the keys of the unit or of whom a report was sent to. What does not open is none."""

import json
from dataclasses import dataclass
from uuid import UUID

from haven.intelligence.models import Dissemination, Entity, Report, Source, Submission
from haven.intelligence.rules.telling import Telling, telling_of
from haven.keys.queries import Unopened, open_with


@dataclass(frozen=True, slots=True)
class Who:
    """Who told: whoever submitted it, as she was then, and who told her."""

    name: str
    role: str
    organisation: str
    basis: str
    edition: str
    told_by: str
    receipt: UUID


def words_of(row: Submission) -> Telling | None:
    """What was told, by the unit’s key."""
    fields = _opened(row.record_id, row.unit_id, {"matter": row.matter, "particulars": row.particulars})
    return telling_of(fields["matter"], fields["particulars"]) if fields else None


def source_of(row: Source) -> Who | None:
    """Who told it, by the unit’s key. For Haven itself, and for the disclosure of sources."""
    sealed = {"who": row.who}
    sealed |= {} if row.told_by is None else {"told_by": row.told_by}
    fields = _opened(row.record_id, row.unit_id, sealed)
    if fields is None:
        return None
    said = json.loads(fields["who"])
    return Who(**said | {"receipt": UUID(said["receipt"])}, told_by=fields.get("told_by", ""))


def entity_words(row: Entity) -> str | None:
    """What is mentioned, by the unit’s key."""
    fields = _opened(row.record_id, row.unit_id, {"words": row.words})
    return fields["words"] if fields else None


def report_text(row: Report, *, organisation: UUID) -> str | None:
    """The sanitised words, by the key of the unit or of an organisation that it was sent to."""
    fields = _opened(row.record_id, organisation, {"text": row.text})
    return fields["text"] if fields else None


def conditions_of(row: Dissemination, *, organisation: UUID) -> str | None:
    """On which conditions a report was sent; blank where there are none."""
    if row.conditions is None:
        return ""
    name = conditions_field(row.pk)
    fields = _opened(row.report.record_id, organisation, {name: row.conditions})
    return fields[name] if fields else None


def conditions_field(dissemination: UUID) -> str:
    """The name under which the conditions of one dissemination are sealed."""
    return f"conditions_{dissemination.hex}"


def _opened(record: UUID, organisation: UUID, sealed: dict[str, bytes | memoryview]) -> dict[str, str] | None:
    fields = open_with(organisation=organisation, sealed={record: {name: bytes(each) for name, each in sealed.items()}})
    found = fields[record]
    return None if isinstance(found, Unopened) else {name: each.decode() for name, each in found.items()}
