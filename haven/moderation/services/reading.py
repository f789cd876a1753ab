"""That the council reads a return, and opens what stands behind its answers: noted, so that the school sees it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from haven.access.actor import Actor
from haven.access.decision import person_of, require
from haven.audits.queries.changing import return_for_update
from haven.audits.queries.returns import sent_copy
from haven.engines.days.moments import local_day
from haven.ledger.services import record
from haven.moderation.models import Reading
from haven.moderation.policy import council_of, may_oversee
from haven.moderation.queries.reading import about_of, file_read
from haven.questions.models import Support


@transaction.atomic
def note_reading(*, return_id: UUID, by: Actor, at: datetime) -> Reading:
    """Note that somebody of the council reads the copy that was sent: once a day. Raises `Refused`."""
    of = return_for_update(return_id=return_id)
    require(may_oversee(by, of))
    reading, is_new = Reading.objects.get_or_create(
        copy=sent_copy(of),
        read_by_id=person_of(by),
        read_on=local_day(at),
        defaults={"read_at": at, "place": council_of(by, of.cycle.area_id)},
    )
    if is_new:
        record("return.read", by=by, at=at, about=about_of(of) | {"copy": reading.copy_id})
    return reading


@transaction.atomic
def open_evidence(*, return_id: UUID, support_id: UUID, by: Actor, at: datetime) -> Support:
    """Give the file behind an answer to somebody of the council, and note that she opened it. Raises `Refused`."""
    support = file_read(return_id=return_id, support_id=support_id, by=by)
    of = return_for_update(return_id=return_id)
    about = about_of(of) | {"question": support.question, "support": support.pk, "file": support.file_id}
    record("evidence.opened", by=by, at=at, about=about)
    return support
