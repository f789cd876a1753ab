"""From when what is kept may go."""

from collections.abc import Collection, Mapping
from uuid import UUID

from haven.ledger.together import once_each
from haven.subjects.models import RetentionSetting
from haven.subjects.rules.retention import Kept


def years_kept(*, areas: Collection[UUID]) -> Mapping[tuple[UUID, Kept], int]:
    """For how many years each class is kept in these areas, where an area has set its own."""
    found = once_each("subjects.retention", areas, _years)
    return {(area, kept_as): years for area, those in found.items() for kept_as, years in those.items()}


def _years(areas: Collection[UUID]) -> Mapping[UUID, Mapping[Kept, int]]:
    found: dict[UUID, dict[Kept, int]] = {each: {} for each in areas}
    for row in RetentionSetting.objects.filter(area__in=areas):
        found[row.area_id][Kept(row.kept_as)] = row.years
    return found
