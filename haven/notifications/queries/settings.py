"""What an area and a force have set, or what holds where they have set nothing."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused
from haven.access.roles import LABELS
from haven.notifications.models import AreaRule, ForceProfile
from haven.notifications.policy import PROFILE_SETTERS, may_set_profile, posts_sending, posts_setting
from haven.notifications.rules.escalating import Offsets
from haven.notifications.rules.items import ASKED, Item, sent_by
from haven.people.models import Area, Organisation


@dataclass(frozen=True, slots=True)
class ProfilePage:
    """What an organisation sends, as whoever sends for it reads it, and whether she may change it."""

    organisation: UUID
    name: str
    row: ForceProfile
    told: Sequence[tuple[str, str]]
    sends: bool
    may_set: bool
    setter: str  # who changes it


def rule_of(*, area: UUID) -> AreaRule:
    """The handling rule of an area and its times."""
    return rules_of(areas=[area])[area]


def rules_of(*, areas: Collection[UUID]) -> dict[UUID, AreaRule]:
    """The same for each of these areas."""
    found = {row.area_id: row for row in AreaRule.objects.filter(area__in=areas)}
    return {each: found.get(each) or AreaRule(area=Area(pk=each)) for each in areas}


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


def profile_page(*, by: Actor) -> ProfilePage:
    """What her organisation sends: for whoever sends for it, or says what it sends. Raises `Refused`."""
    sets, sends = posts_setting(by), posts_sending(by)
    post = next(iter(sets + sends), None)
    if post is None:
        raise Refused(Reason.NOT_THE_ROLE)
    row = profile_of(organisation=post.organisation)
    told = [
        ("What is sent", "\n".join(ASKED[item].label for item in items_of(row))),
        ("Of children aged", f"{row.ages_from} to {row.ages_to}"),
        ("Words that stand under every notification", row.free_words),
        ("Reasons not to notify", "\n".join(row.reasons_not_to_notify)),
    ]
    return ProfilePage(
        post.organisation,
        post.organisation_name,
        row,
        told,
        sends=bool(sends),
        may_set=bool(may_set_profile(by, post.organisation)),
        setter=" or ".join(LABELS[role].lower() for role in sorted(PROFILE_SETTERS[post.kind])),
    )


def items_of(profile: ForceProfile) -> list[Item]:
    """Its items in the order in which they are read."""
    return sent_by([Item(each) for each in profile.items])
