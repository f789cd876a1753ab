"""From when what is kept may go."""

from datetime import date
from uuid import UUID

from haven.subjects.models import RetentionSetting
from haven.subjects.rules.retention import Kept, review_due


def reviewed_on(*, area: UUID, kept_as: Kept, born_on: date | None, on: date) -> date:
    """From when a record that is made on this day may be erased, by its class and the area's own years for it."""
    years = RetentionSetting.objects.filter(area=area, kept_as=kept_as).values_list("years", flat=True).first()
    return review_due(kept_as, years=years, born_on=born_on, touched_on=on)
