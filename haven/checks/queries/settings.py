"""What an area sets, and the questions that can be put."""

from uuid import UUID

from haven.checks.models import AreaSetting, PromptSet
from haven.checks.rules.prompts import Prompt, prompts_in
from haven.people.models import Area


def settings_of(*, area: UUID) -> AreaSetting:
    """What an area sets, or what holds where it sets nothing."""
    return AreaSetting.objects.filter(area=area).first() or AreaSetting(area=Area(pk=area))


def prompts() -> list[Prompt]:
    """The questions of the latest pack that was loaded."""
    latest = PromptSet.objects.order_by("-version").first()
    return prompts_in(latest.content) if latest else []
