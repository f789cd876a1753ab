"""What stands in one agency's thread, as values: its parts, what was asked later, who has read it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from haven.checks.models import Ask, Followup, Part
from haven.checks.rules.asking import field_of
from haven.checks.rules.prompts import NEW, OWN
from haven.subjects.disclosure.opening import opened

TELL_MORE = "Anything else, or anything new"


@dataclass(frozen=True, slots=True)
class Wording:
    """What somebody wrote in answer to a question. `words` is none where it does not open."""

    part: UUID
    words: str | None
    writer: str
    written_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class Answered:
    """A question, and its answer as it stands now."""

    key: str
    question: str
    wording: Wording | None

    @property
    def fresh(self) -> UUID:
        """As what the next wording is to be kept, drawn for the form: sent twice, it is kept once."""
        return uuid4()


@dataclass(frozen=True, slots=True)
class More:
    """What was asked later in the thread."""

    kind: str
    reference: str
    words: str
    asked_at: datetime
    due_at: datetime | None
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Read:
    """That somebody at the council read it, as what."""

    role: str
    is_allocated: bool
    at: datetime


def questions_of(ask: Ask, own_question: str | None) -> list[tuple[str, str]]:
    """The questions that are put to an agency, by key, in order."""
    put = [(each["key"], each["words"]) for each in ask.of.questions if each["kind"] == ask.agency.kind]
    put += [(OWN, own_question)] if own_question else []
    return [*put, (NEW, TELL_MORE)]


def answers_of(
    ask: Ask,
    questions: Sequence[tuple[str, str]],
    *,
    organisations: Collection[UUID],
    until: datetime | None = None,
    is_own: bool = False,
) -> list[Answered]:
    """Each question with its latest wording: to its own agency drafts too, to others what was sent, to another agency
    what was sent by a moment."""
    rows = ask.parts.select_related("written_by").order_by("number")
    if not is_own:
        rows = rows.filter(sent_at__isnull=False)
    if until is not None:
        rows = rows.filter(sent_at__lte=until)
    latest = {part.key: part for part in rows}
    return [Answered(key, words, _wording(latest.get(key), ask, organisations)) for key, words in questions]


def more_in(ask: Ask, *, organisations: Collection[UUID]) -> list[More]:
    """What was asked later, oldest first."""
    rows = ask.followups.select_related("of")
    return [_more(each, ask, organisations) for each in rows]


def readings_of(ask: Ask) -> list[Read]:
    """Who at the council has read it."""
    return [Read(each.role, each.is_allocated, each.at) for each in ask.readings.all()]


def _more(row: Followup, ask: Ask, organisations: Collection[UUID]) -> More:
    words = opened(ask.answer_record, f"more_{row.pk.hex}", row.words, organisations=organisations) or ""
    kind = Followup.Kind(row.kind).label
    return More(kind, row.of.reference, words, row.asked_at, row.due_at, row.answered_at)


def _wording(part: Part | None, ask: Ask, organisations: Collection[UUID]) -> Wording | None:
    if part is None:
        return None
    words = opened(ask.answer_record, field_of(part.pk), part.words, organisations=organisations)
    return Wording(part.pk, words, part.written_by.name, part.written_at, part.sent_at)
