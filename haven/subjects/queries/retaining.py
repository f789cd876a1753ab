"""How long an area keeps each sort of record, beside what Haven brings and where that is taken from."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused
from haven.people.models import Area
from haven.subjects.models import RetentionSetting
from haven.subjects.policy import may_keep
from haven.subjects.rules.retention import COUNTED, RULES, Kept, Rule
from haven.subjects.rules.ties import KEEPERS


@dataclass(frozen=True, slots=True)
class YearsLine:
    """One class of records. `decided` says who set its years and where that stands; empty where the area set none."""

    kept: Kept
    rule: Rule
    years: int
    decided: str

    @property
    def counted(self) -> str:
        """From what the years count."""
        return COUNTED[self.rule.counted_from]


@dataclass(frozen=True, slots=True)
class YearsPage:
    """An area and its classes."""

    area: UUID
    name: str
    lines: Sequence[YearsLine]


def years_pages(*, by: Actor) -> list[YearsPage]:
    """Each area whose records she keeps, by name. Raises `Refused`."""
    areas = {area for area in by.areas(KEEPERS) if may_keep(by, area)}
    if not areas:
        raise Refused(Reason.NOT_THE_ROLE)
    own = {(row.area_id, Kept(row.kept_as)): row for row in RetentionSetting.objects.filter(area__in=areas)}
    rows = Area.objects.filter(pk__in=areas).order_by("name")
    return [YearsPage(row.pk, row.name, [_line(kept, own.get((row.pk, kept))) for kept in Kept]) for row in rows]


def _line(kept: Kept, own: RetentionSetting | None) -> YearsLine:
    rule = RULES[kept]
    return YearsLine(kept, rule, own.years if own else rule.years, own.source if own else "")
