"""Publishing: what was accepted becomes actions, dates and contacts, all at once or not at all."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused
from haven.actions.services import raise_action
from haven.bulletins.models import Announcement, Bulletin, Event, Item
from haven.bulletins.queries.drafts import draft_for_update
from haven.bulletins.queries.reaching import nobody_reached, organisations_of
from haven.bulletins.queries.withholding import marked_in_directory, searchable, secrets_for_all
from haven.bulletins.rules.asking import event_columns
from haven.bulletins.rules.facts import ContactFacts, EventFacts, ItemKind
from haven.bulletins.rules.marking import Secret
from haven.bulletins.rules.proposing import as_one, is_pair
from haven.bulletins.rules.publishing import ItemState, Standing, faults_of, hindrances
from haven.bulletins.services.directory import note_contact, withhold_contacts
from haven.engines.days.moments import local_day
from haven.ledger.services import record


@transaction.atomic
def publish(*, bulletin_id: UUID, by: Actor, at: datetime) -> Bulletin:
    """Publish a draft of which every item was looked at: raise its actions, enter its events and contacts, tell people.

    Raises `Refused` with what stands in the way.
    """
    bulletin = draft_for_update(bulletin_id=bulletin_id, by=by)
    reached = _require_ready(bulletin, at)
    accepted = list(bulletin.items.select_for_update(of=("self",)).filter(state=ItemState.ACCEPTED))
    _note_contacts(bulletin, accepted, by, at)
    secrets = secrets_for_all(area=bulletin.area_id)
    _raise_actions(bulletin, accepted, secrets, by, at)
    _enter_events(bulletin, accepted)
    bulletin.standing, bulletin.published_at, bulletin.published_by_id = Standing.PUBLISHED, at, by.person
    bulletin.save()
    bulletin.index(*searchable(bulletin, secrets))
    Announcement.objects.create(bulletin=bulletin, kind=Announcement.Kind.PUBLISHED, organisations=reached, made_at=at)
    about = {"bulletin": bulletin.pk, "area": bulletin.area_id, "items": len(accepted), "organisations": len(reached)}
    record("bulletin.published", by=by, at=at, about=about | {"public": bulletin.is_public})
    return bulletin


def _require_ready(bulletin: Bulletin, at: datetime) -> list[UUID]:
    """The organisations it reaches. Raises `Refused`."""
    states = [ItemState(state) for state in bulletin.items.values_list("state", flat=True)]
    faults = faults_of(bulletin.settings, local_day(at))
    if wrong := hindrances(has_words=not bulletin.note.unreadable, states=states, faults=faults):
        raise Refused(Reason.NOT_READY, " ".join(wrong))
    if lacking := nobody_reached(bulletin=bulletin, on=local_day(at)):
        raise Refused(Reason.NOT_READY, " ".join(lacking))
    return list(organisations_of(bulletin=bulletin, on=local_day(at)).values_list("pk", flat=True))


def _note_contacts(bulletin: Bulletin, accepted: list[Item], by: Actor, at: datetime) -> None:
    before = marked_in_directory(area=bulletin.area_id)
    for item in accepted:
        facts = item.says
        if isinstance(facts, ContactFacts):
            item.contact = note_contact(area=bulletin.area, facts=facts, by=by, at=at)
            item.save(update_fields=["contact"])
    if changed := marked_in_directory(area=bulletin.area_id) ^ before:
        withhold_contacts(area=bulletin.area, changed=changed, by=by, at=at)


def _raise_actions(
    bulletin: Bulletin, accepted: list[Item], secrets: frozenset[Secret], by: Actor, at: datetime
) -> None:
    for item in _asking(accepted, by, at):
        item.bulletin = bulletin
        wanted = item.wanted(secrets)
        assert wanted is not None
        item.action = raise_action(area=bulletin.area, wanted=wanted, by=by, at=at)
        item.save()


def _asking(accepted: list[Item], by: Actor, at: datetime) -> list[Item]:
    """The items that ask something. A deadline with the very words of an action gives it its day and is done with."""
    actions = [item for item in accepted if item.kind == ItemKind.ACTION]
    deadlines = [item for item in accepted if item.kind == ItemKind.DEADLINE]
    for action in actions:
        pair = next((each for each in deadlines if _is_pair(action, each)), None)
        if pair is not None:
            deadlines.remove(pair)
            action.say(as_one(action.proposal, pair.proposal).facts)
            pair.successor = action
            pair.settle(ItemState.SUPERSEDED, by.person, at)
    return actions + deadlines


def _is_pair(action: Item, deadline: Item) -> bool:
    same = set(action.audience_of_its_own) == set(deadline.audience_of_its_own)
    return same and is_pair(action.proposal, deadline.proposal)


def _enter_events(bulletin: Bulletin, accepted: list[Item]) -> None:
    for item in accepted:
        facts = item.says
        if isinstance(facts, EventFacts):
            Event.objects.create(area=bulletin.area, bulletin=bulletin, item=item, **event_columns(facts))
