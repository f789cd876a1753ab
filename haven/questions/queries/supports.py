"""What stands behind answers: where else the same file stands."""

import hashlib
from datetime import date

from django.db.models.query import QuerySet

from haven.engines.documents.open import is_known
from haven.engines.documents.refusal import Unreadable
from haven.engines.reading.safely import read_safely
from haven.files.models import State
from haven.files.queries import OpenedFile
from haven.questions.models import Sheet, Support
from haven.questions.rules.looking import NO_WORDS

ELSEWHERE = "The same file stands behind question {ref} too"
ELSEWHERE_AND_MORE = "The same file stands behind {count} other questions too"


def warning_of(sheet: Sheet, question: str, content: bytes) -> str:
    """What is odd about a file for a question, as far as it is known at once: that it is blank, or stands behind others
    of the same school; empty where nothing.
    """
    if not content.strip():
        return NO_WORDS
    digest = hashlib.sha256(content).hexdigest()
    rows = Support.objects.filter(sheet=sheet, file__sha256=digest).exclude(question=question)
    others = sorted(set(rows.values_list("question", flat=True)))
    if not others:
        return ""
    if len(others) > 1:
        return ELSEWHERE_AND_MORE.format(count=len(others))
    known = sheet.version.outline.questions.get(others[0])
    return ELSEWHERE.format(ref=known.ref if known else others[0])


def words_in(file: OpenedFile, *, on: date) -> str:
    """The words of a file, read in a process of its own; none where it holds none or cannot be read."""
    if not is_known(file.name):
        return ""
    try:
        return read_safely(file.name, file.content, on).text
    except Unreadable:
        return ""


def to_look_into() -> QuerySet[Support]:
    """The files into which Haven has not looked yet, the oldest first."""
    rows = Support.objects.filter(kind=Support.Kind.FILE, looked_at__isnull=True, file__state=State.CLEAN)
    return rows.order_by("given_at")
