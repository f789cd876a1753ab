"""What hangs on a clause: the policies that rest on it. `STRANDS` of the settings names the query."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from django.db.models import Exists, OuterRef

from haven.access.actor import Actor
from haven.guidance.models import Document
from haven.guidance.queries.strands import Strand
from haven.policies.models import Link, Policy, Version
from haven.policies.policy import policies_read_by
from haven.policies.queries.register import ahead
from haven.policies.rules.facts import address_of
from haven.policies.rules.life import STANDINGS, State, standing_on


def policies_on(document: Document, words: Collection[str], by: Actor, on: date) -> Mapping[str, Sequence[Strand]]:
    """The policies of her own school that rest on these words, as far as she may read them."""
    in_use = Version.objects.filter(policy=OuterRef("policy"), state=State.APPROVED)
    rows = Link.objects.filter(
        document=document,
        words__in=words,
        policy__withdrawn_at__isnull=True,
        policy__in=Policy.objects.filter(policies_read_by(by)),
    )
    found: dict[str, list[Strand]] = {}
    for link in rows.select_related("policy").annotate(is_in_use=Exists(in_use)).order_by("policy__title"):
        found.setdefault(link.words, []).append(_strand(link.policy, on, has_version=link.is_in_use))
    return found


def _strand(policy: Policy, on: date, *, has_version: bool) -> Strand:
    standing = standing_on(
        review_on=policy.review_on, has_version=has_version, is_withdrawn=False, on=on, ahead=ahead()
    )
    return Strand(kind="Policy", title=policy.title, address=address_of(policy.pk), beside=STANDINGS[standing][0])
