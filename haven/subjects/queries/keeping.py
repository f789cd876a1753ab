"""From when what is kept may go."""

from collections.abc import Collection, Mapping
from uuid import UUID

from haven.subjects.models import RetentionSetting
from haven.subjects.rules.retention import Kept


def years_kept(*, areas: Collection[UUID]) -> Mapping[tuple[UUID, Kept], int]:
    """For how many years each class is kept in these areas, where an area has set its own."""
    rows = RetentionSetting.objects.filter(area__in=areas).values_list("area", "kept_as", "years")
    return {(area, Kept(kept_as)): years for area, kept_as, years in rows}
