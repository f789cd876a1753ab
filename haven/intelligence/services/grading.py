"""Grading what was told."""

from datetime import datetime
from uuid import UUID

from haven.access.actor import Actor
from haven.access.decision import person_of
from haven.intelligence.models import Grade
from haven.intelligence.queries.loading import facts_of, submission_to_change
from haven.intelligence.rules.grading import Graded
from haven.intelligence.rules.telling import Theme
from haven.ledger.services import record
from haven.people.seeing import seeing


@seeing("intelligence.working")
def grade(*, submission_id: UUID, graded: Graded, theme: Theme, by: Actor, at: datetime) -> Grade:
    """Grade a submission, anew where it was graded before, and say what it is about. The same grade again is none."""
    row = submission_to_change(submission_id, by, at)
    said = {
        "source": graded.source,
        "information": graded.information,
        "handling": graded.handling,
        "priority": graded.priority,
    }
    last = row.grades.first()
    if last and row.theme == theme and all(getattr(last, name) == value for name, value in said.items()):
        return last
    if row.theme != theme:
        row.theme = theme
        row.save(update_fields=["theme"])
    made = Grade.objects.create(submission=row, graded_at=at, graded_by_id=person_of(by), **said)
    record("matter.graded", by=by, at=at, about=facts_of(row) | {"grade": made.pk, "theme": theme})
    return made
