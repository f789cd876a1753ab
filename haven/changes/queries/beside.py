"""What an area tells its schools of a comparison. `BESIDE_CHANGES` of the settings names the query that knows."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from haven.access.actor import Actor


def told_beside(*, old: UUID, new: UUID, by: Actor, area: UUID | None) -> Any:
    """What stands beside the comparison of two editions, for its part of the page; none where nothing does."""
    return import_string(settings.BESIDE_CHANGES)(old=old, new=new, by=by, area=area)
