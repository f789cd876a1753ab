"""What an area sets for its checks, and the questions that a pack brings."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.db import transaction

from haven.access.actor import HAVEN, Actor
from haven.access.decision import Reason, Refused, require
from haven.access.roles import ROLES_OF, Kind, Role
from haven.checks.models import AreaSetting, PromptSet
from haven.checks.policy import may_chase, may_set
from haven.checks.rules.bands import Band
from haven.ledger.services import record

WRONG_HOURS = "The MASH must close later than it opens, on at least one day"
WRONG_ROLE = "Choose somebody at the council"
CHANGED = "Version {version} was loaded with other words. Give the new words a new version"


@dataclass(frozen=True, slots=True)
class Hours:
    """When the MASH is open: from, until, on which days of the week (Monday is 0), on bank holidays or not."""

    opens_at: time
    closes_at: time
    days: Collection[int]
    on_bank_holidays: bool


@transaction.atomic
def set_area(
    *,
    area: UUID,
    bands: Mapping[Band, int],
    hours: Hours,
    within_days: int,
    out_of_term: Role,
    by: Actor,
    at: datetime,
) -> AreaSetting:
    """Set how many opening hours each band gives (nought for no target), when the MASH is open, for how long the same
    child is the same episode, and who answers while schools are shut. What was asked already keeps its time."""
    require(may_set(by, area))
    if hours.closes_at <= hours.opens_at or not hours.days:
        raise Refused(Reason.NOT_ASKABLE, WRONG_HOURS)
    if out_of_term not in ROLES_OF[Kind.COUNCIL]:
        raise Refused(Reason.NOT_ASKABLE, WRONG_ROLE)
    said: dict[str, Any] = {f"{band}_hours": count for band, count in bands.items()}
    said |= {"opens_at": hours.opens_at, "closes_at": hours.closes_at, "days": sorted(set(hours.days))}
    said |= {"on_bank_holidays": hours.on_bank_holidays, "within_days": within_days, "out_of_term_role": out_of_term}
    row, _ = AreaSetting.objects.update_or_create(area_id=area, defaults=said)
    record("check.area_set", by=by, at=at, about={"area": area} | said)
    return row


@transaction.atomic
def load_prompts(*, content: Mapping[str, Any], by: Actor, at: datetime) -> bool:
    """Load a pack of questions; false where this version is there already. Raises `Refused` where its words differ."""
    require(may_chase(by))
    assert by is HAVEN
    version = content["version"]
    known = PromptSet.objects.filter(version=version).first()
    if known is not None:
        if known.content != content:
            raise Refused(Reason.WRONG_STATE, CHANGED.format(version=version))
        return False
    PromptSet.objects.create(version=version, content=content, loaded_at=at)
    record("check.prompts_loaded", by=by, at=at, about={"version": version})
    return True
