"""The sheets that services change, locked."""

from uuid import UUID

from haven.access.actor import HAVEN, Actor
from haven.access.decision import Reason, Refused, require
from haven.questions.models import Sheet
from haven.questions.policy import may_answer

NEEDED = (
    "organisation_id traits started_at locked_at version__digest organisation__phase organisation__school_type"
).split()
SIGNED = "It has been signed, so nothing can be changed. It can be reopened first."


def sheet_for_update(sheet_id: UUID) -> Sheet:
    """The sheet, with whatever its questions need; the row is locked, so that its counts are right."""
    rows = Sheet.objects.select_for_update(of=("self",)).select_related("organisation", "version")
    return rows.only(*NEEDED).get(pk=sheet_id)


def open_sheet_for_update(sheet_id: UUID, by: Actor) -> Sheet:
    """The same, for somebody who answers. Raises `Refused` where she may not, or where it is locked."""
    sheet = sheet_for_update(sheet_id)
    require(may_answer(by, sheet))
    if sheet.is_locked and by != HAVEN:
        raise Refused(Reason.WRONG_STATE, SIGNED)
    return sheet
