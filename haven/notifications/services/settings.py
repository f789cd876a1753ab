"""What a force sends, and what an area says and when it tells whom: set by them, and recorded."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime, time
from uuid import UUID

from django.db import transaction

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused, require
from haven.ledger.services import record
from haven.notifications.models import AreaRule, ForceProfile
from haven.notifications.policy import may_set_profile, may_set_rule
from haven.notifications.rules.items import CORE, Item

NO_HANDLING = "Say how schools handle it"
ORDER = "The list is made before anybody rings: give more minutes for the list than for the telephone"
AGES = "The first age comes before the last, and the last is 17 at most"
MORNINGS = "Give the clock times from the earliest"


@dataclass(frozen=True, slots=True)
class Profile:
    """What a force sends, for which ages, its free words, and its reasons not to notify."""

    items: Sequence[Item]
    ages_from: int
    ages_to: int
    free_words: str
    reasons_not_to_notify: Sequence[str]


@dataclass(frozen=True, slots=True)
class Rule:
    """An area's handling rule, its times in minutes and clock times, and from how many on it shows a number."""

    handling: str
    head_after: int
    council_after: int
    mornings: Sequence[time]
    duty_list_before: int
    telephone_before: int
    suppress_below: int
    asks_returns: bool
    return_days: int
    confirm_hours: int


@transaction.atomic
def set_profile(*, organisation_id: UUID, profile: Profile, by: Actor, at: datetime) -> ForceProfile:
    """Say what a force sends from now on. What every notification needs stays in, whatever is chosen."""
    require(may_set_profile(by, organisation_id))
    if not 0 <= profile.ages_from <= profile.ages_to <= 17:
        raise Refused(Reason.NOT_READY, AGES)
    told = _said(profile) | {"items": [item.value for item in Item if item in CORE or item in profile.items]}
    row, _ = ForceProfile.objects.update_or_create(organisation_id=organisation_id, defaults=told)
    about = {"organisation": organisation_id, "items": told["items"], "ages": [profile.ages_from, profile.ages_to]}
    record("notification.profile_set", by=by, at=at, about=about)
    return row


@transaction.atomic
def set_rule(*, area_id: UUID, rule: Rule, by: Actor, at: datetime) -> AreaRule:
    """Say how schools of an area handle notifications, and when somebody is told that one is unread."""
    require(may_set_rule(by, area_id))
    if not rule.handling.strip():
        raise Refused(Reason.NOT_READY, NO_HANDLING)
    if rule.duty_list_before < rule.telephone_before:
        raise Refused(Reason.NOT_ASKABLE, ORDER)
    if list(rule.mornings) != sorted(set(rule.mornings)):
        raise Refused(Reason.NOT_ASKABLE, MORNINGS)
    row, _ = AreaRule.objects.update_or_create(area_id=area_id, defaults=_said(rule))
    about = {name: said for name, said in _said(rule).items() if name != "handling"} | {"area": area_id}
    record("notification.rule_set", by=by, at=at, about=about, why=rule.handling.strip())
    return row


def _said(given: Profile | Rule) -> dict[str, object]:
    found = {each.name: getattr(given, each.name) for each in fields(given)}
    return {
        name: list(said) if isinstance(said, Sequence) and not isinstance(said, str) else said
        for name, said in found.items()
    }
