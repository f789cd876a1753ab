"""Looking into the files given as evidence, behind the scenes: a blank one is flagged, and kept."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from haven.access.actor import Actor
from haven.access.decision import require
from haven.engines.days.moments import local_day
from haven.engines.documents.open import is_known
from haven.engines.documents.refusal import Unreadable
from haven.engines.reading.safely import read_safely
from haven.files.queries import OpenedFile, open_file
from haven.ledger.services import record
from haven.questions.models import Support
from haven.questions.policy import may_look_into
from haven.questions.queries.supports import to_look_into
from haven.questions.rules.looking import NOT_OPENED, found_wanting, joined

AT_ONCE = 50  # files in one go


def look_into_files(*, by: Actor, at: datetime) -> int:
    """Open each new file in a process of its own and flag those without words; how many were looked into.

    A file that is still being scanned waits. Pictures are evidence as they are.
    """
    require(may_look_into(by))
    looked, warned = 0, []
    for support in to_look_into()[:AT_ONCE]:
        file = open_file(file_id=support.file_id) if support.file_id else None
        if file is None:
            continue
        looked += 1
        if _note(support.pk, _wanting(file, at), at):
            warned.append(support.pk)
    if looked:
        record("supports.looked_into", by=by, at=at, about={"files": looked, "warned": warned})
    return looked


def _wanting(file: OpenedFile, at: datetime) -> str:
    if not is_known(file.name):
        return ""
    try:
        text = read_safely(file.name, file.content, local_day(at)).text
    except Unreadable as unreadable:
        return found_wanting("", file.content) if _is_wordless(unreadable) else NOT_OPENED
    return found_wanting(text, file.content)


def _is_wordless(unreadable: Unreadable) -> bool:
    return any(words in unreadable.line for words in ("no words", "no text", "is empty"))


@transaction.atomic
def _note(support_id: UUID, wanting: str, at: datetime) -> bool:
    """Whether something was wrong with it. It may have been taken back in the meantime."""
    support = Support.objects.select_for_update().filter(pk=support_id).first()
    if support is None:
        return False
    support.warning, support.looked_at = joined(support.warning, wanting), at
    support.save(update_fields=["warning", "looked_at"])
    return bool(wanting)
