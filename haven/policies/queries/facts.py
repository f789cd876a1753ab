"""What a school's register of policies tells, by which questions answer themselves. `FACTS` names these queries."""

from datetime import date
from typing import Any

from django.urls import reverse

from haven.engines.days.moments import day_in_words
from haven.people.models import Organisation
from haven.policies.models import Policy
from haven.policies.queries.register import ahead, with_version
from haven.policies.rules.facts import PolicyKind, address_of
from haven.policies.rules.life import Standing, standing_on
from haven.questions.queries.facts import Known, share
from haven.questions.rules.kinds import Stands

GOOD = frozenset({Standing.IN_DATE, Standing.DUE})
MOST_NAMED = 5


def policies_in_date(school: Organisation, on: date) -> Known | None:
    """Whether every policy of the register is approved and within its review date."""
    rows = [(policy, _standing(policy, on)) for policy in _policies(school)]
    if not rows:
        return None
    late = [policy for policy, standing in rows if standing not in GOOD]
    done = len(rows) - len(late)
    words = f"{done} of the {len(rows)} policies in the register are approved and within their review date."
    if late:
        words += " Not so: " + ", ".join(policy.title for policy in late[:MOST_NAMED])
        words += f" and {len(late) - MOST_NAMED} more." if len(late) > MOST_NAMED else "."
    records = (("Policy register", f"{reverse('policies:index')}?school={school.pk}"),)
    return Known(share(done, len(rows)), words, records + _records(late[:MOST_NAMED]))


def child_protection_policy_in_date(school: Organisation, on: date) -> Known | None:
    """Whether the child protection policy is approved and within its review date."""
    rows = [policy for policy in _policies(school) if policy.kind == PolicyKind.CHILD_PROTECTION]
    if not rows:
        return None
    policy = max(rows, key=lambda each: (each.is_in_use, each.review_on or date.min))
    standing = _standing(policy, on)
    review = day_in_words(policy.review_on) if policy.review_on else ""
    match standing:
        case Standing.UNAPPROVED:
            stands, words = Stands.NOT_IN_PLACE, f"“{policy.title}” has no approved version in Haven."
        case Standing.OVERDUE:
            stands = Stands.PARTLY if policy.is_in_use else Stands.NOT_IN_PLACE
            words = f"The review of “{policy.title}” was due on {review}."
        case _:
            stands, words = (
                Stands.IN_PLACE,
                f"“{policy.title}” is approved" + (f", and comes up for review on {review}." if review else "."),
            )
    return Known(stands, words, _records([policy]))


def _policies(school: Organisation) -> list[Any]:
    return list(with_version(Policy.objects.filter(school=school, withdrawn_at__isnull=True)).order_by("title"))


def _standing(policy: Any, on: date) -> Standing:
    return standing_on(
        review_on=policy.review_on, has_version=policy.is_in_use, is_withdrawn=False, on=on, ahead=ahead()
    )


def _records(policies: list[Any]) -> tuple[tuple[str, str], ...]:
    return tuple((policy.title, address_of(policy.pk)) for policy in policies)
