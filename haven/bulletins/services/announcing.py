"""Announcing: one e-mail to everybody whom a bulletin is meant for, saying that there is something to read."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from haven.access.actor import HAVEN, Actor
from haven.access.decision import Reason, Refused
from haven.access.roles import READERS
from haven.actions.queries.audiences import meant_among, people_to_tell
from haven.bulletins import letters
from haven.bulletins.models import Announcement
from haven.bulletins.rules.publishing import BulletinKind
from haven.engines.days.moments import local_day
from haven.kit.letters import went_out
from haven.ledger.services import record

READING = frozenset(role.value for role in READERS)


@transaction.atomic
def announce(*, by: Actor, at: datetime) -> int:
    """Tell of what has not been told yet; how many e-mails. What could not be sent is logged and not held back for."""
    if by != HAVEN:
        raise Refused(Reason.NOT_THE_ROLE)
    waiting = list(
        Announcement.objects.filter(told_at__isnull=True)
        .select_for_update(of=("self",), skip_locked=True)
        .select_related("bulletin")
    )
    sent = sum(_sent(email, counts) for email, counts in _counted(waiting, at).items())
    for each in waiting:
        each.told_at = at
    Announcement.objects.bulk_update(waiting, ["told_at"])
    if waiting:
        record("bulletins.announced", by=by, at=at, about={"announcements": len(waiting), "letters": sent})
    return sent


def _counted(waiting: Iterable[Announcement], at: datetime) -> dict[str, Counter[str]]:
    """For each address how many bulletins there is what to say of."""
    organisations = {organisation for each in waiting for organisation in each.organisations}
    people = people_to_tell(organisations=organisations, on=local_day(at))
    last = {each.bulletin_id: each for each in waiting}  # of each bulletin the last word
    counts: dict[str, Counter[str]] = {}
    for each in last.values():
        is_urgent = each.kind == Announcement.Kind.PUBLISHED and each.bulletin.kind == BulletinKind.URGENT
        told = "urgent" if is_urgent else str(each.kind)
        for email in {email for place in each.organisations for email in _meant(each, people.get(place, []))}:
            counts.setdefault(email, Counter())[told] += 1
    return counts


def _meant(announcement: Announcement, posts: list[tuple[str, UUID, str]]) -> set[str]:
    """Those in the posts it is meant for; else the safeguarding leads; else everybody there who reads bulletins."""
    return {email for _, _, email in meant_among(posts, roles=announcement.bulletin.roles, readers=READING)}


def _sent(email: str, counts: Counter[str]) -> bool:
    return went_out(lambda: letters.news(to=email, counts=counts))
