"""What an area and a force have set, or what holds where they have set nothing."""

from datetime import date
from uuid import UUID

from haven.access.roles import Kind
from haven.notifications.models import AreaRule, ForceProfile
from haven.notifications.rules.escalating import Offsets
from haven.notifications.rules.items import Item, sent_by
from haven.people.models import Area, Organisation, ServedArea
from haven.people.queries import on_day


def rule_of(*, area: UUID) -> AreaRule:
    """The handling rule of an area and its times."""
    return AreaRule.objects.filter(area=area).first() or AreaRule(area=Area(pk=area))


def offsets_of(rule: AreaRule) -> Offsets:
    """Its times as the rules count them."""
    return Offsets(
        head_after=rule.head_after,
        council_after=rule.council_after,
        mornings=tuple(rule.mornings),
        duty_list_before=rule.duty_list_before,
        telephone_before=rule.telephone_before,
        day_ends=rule.day_ends,
    )


def profile_of(*, organisation: UUID) -> ForceProfile:
    """What a force sends."""
    found = ForceProfile.objects.filter(organisation=organisation).first()
    return found or ForceProfile(organisation=Organisation(pk=organisation))


def items_of(profile: ForceProfile) -> list[Item]:
    """Its items in the order in which they are read."""
    return sent_by([Item(each) for each in profile.items])


def council_of(*, area: UUID, on: date) -> UUID | None:
    """The council of an area; none where it has none."""
    served = ServedArea.objects.filter(on_day(on), area=area, is_home=True, organisation__kind=Kind.COUNCIL)
    return served.order_by("starts_on").values_list("organisation", flat=True).first()
