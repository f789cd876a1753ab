"""Writing what may leave the unit: without what could show who told."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from haven.access.actor import HAVEN, Actor
from haven.access.decision import Reason, Refused, person_of
from haven.intelligence.disclosure.opening import source_of, words_of
from haven.intelligence.models import Report, Source, Submission
from haven.intelligence.policy import SOURCE_READERS
from haven.intelligence.queries.loading import facts_of, submission_to_change
from haven.intelligence.rules.sanitising import to_warn_of
from haven.intelligence.rules.telling import reference
from haven.ledger.services import record
from haven.people.seeing import seeing, working_as
from haven.subjects.models import About
from haven.subjects.rules.retention import Kept
from haven.subjects.services import make_record
from haven.subjects.services.records import NewRecord

WRITE = "Write what others may read"
COULD = "Whoever told this said that it could show who they are. Look again, then tick that you have."
SHOWS = "These words could show who told: {words}. Take them out, or tick that you have looked."
DAMAGED = "What was told cannot be opened. Ask whoever looks after Haven to look at the keys."


class MayShowSource(Refused):
    """The text could show who told, and nobody has said that she looked."""

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__(Reason.NOT_READY, SHOWS.format(words=", ".join(words)) if words else COULD)
        self.words = tuple(words)


@seeing("intelligence.working")
def sanitise(*, submission_id: UUID, key: UUID, text: str, has_looked: bool, by: Actor, at: datetime) -> Report:
    """Write the next version of what may leave the unit. Sent twice under one key, it is written once.

    Raises `MayShowSource` where it could show who told, unless she says that she has looked; `Refused`, with advice.
    """
    row = submission_to_change(submission_id, by, at)
    if found := Report.objects.filter(pk=key, submission=row).first():
        return found
    if not text.strip():
        raise Refused(Reason.NOT_READY, WRITE)
    words, could_show = _warnings(row, text, by)
    if (words or could_show) and not has_looked:
        raise MayShowSource(words)
    about = list(About.objects.filter(record=row.record).values_list("subject", flat=True))
    fields = {"text": text.strip().encode()}
    new = NewRecord("intelligence-report", row.area_id, row.unit_id, fields, about, kept_as=Kept.INTELLIGENCE)
    kept, sealed = make_record(new=new, by=by, at=at)
    made = Report.objects.create(
        pk=key,
        submission=row,
        record=kept,
        unit_id=row.unit_id,
        reference=reference(),
        version=row.reports.count() + 1,
        made_at=at,
        made_by_id=person_of(by),
        **sealed,
    )
    told = facts_of(row) | {"report": made.pk, "version": made.version, "was_warned": bool(words or could_show)}
    record("matter.sanitised", by=by, at=at, about=told)
    return made


def _warnings(row: Submission, text: str, by: Actor) -> tuple[list[str], bool]:
    """The words that could show who told, and whether whoever told feared it. Haven alone looks at the source."""
    telling = words_of(row)
    with working_as(HAVEN, "intelligence.sanitising"):
        source = source_of(Source.objects.get(submission=row))
    if telling is None or source is None:
        raise Refused(Reason.WRONG_STATE, DAMAGED)
    knows = by.holds(*SOURCE_READERS, organisation=row.unit_id)
    of_source = [source.name, source.organisation, source.told_by]
    words = to_warn_of(text, matter=telling.matter, source=of_source, knows_source=knows)
    return words, telling.could_show
