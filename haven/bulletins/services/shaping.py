"""Shaping the items of a draft: join two, split one, add one by its words."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from haven.access.actor import Actor
from haven.access.decision import Reason, Refused
from haven.actions.rules import LONGEST_WHAT, Reach, ReachKind
from haven.bulletins.models import Bulletin, Item
from haven.bulletins.queries.drafts import draft_for_update, drafted_item_for_update
from haven.bulletins.rules.cutting import Half, find_words, halves, in_one_line
from haven.bulletins.rules.facts import (
    AskedFacts,
    EventFacts,
    Facts,
    ItemKind,
    LinkFacts,
    as_kind,
    joined_facts,
    written,
)
from haven.bulletins.rules.narrowing import narrowed
from haven.bulletins.rules.proposing import proposals
from haven.bulletins.rules.publishing import ItemState, Move, Origin, after
from haven.engines.days.moments import local_day
from haven.engines.documents.refusal import Unreadable
from haven.engines.reading.safely import read_pasted_safely
from haven.ledger.services import record

NOT_TWO = "Choose another item of the same note to join with."
DECIDED = "One of these items was dismissed, joined or split already."
OTHERS = "The two were for different schools, so say for whom this is"
NOT_TO_SPLIT = "Both parts need words. Choose another place to split."
NOT_IN_THE_NOTE = "Those words do not stand in the note. Copy them just as they are written there."


@transaction.atomic
def join_items(*, item_id: UUID, other_id: UUID, by: Actor, at: datetime) -> Item:
    """Make one item of two: the first one's kind, the words of both and all between, whatever either knows."""
    item = drafted_item_for_update(item_id=item_id, by=by)
    other = item.bulletin.items.select_for_update(of=("self",)).filter(pk=other_id).exclude(pk=item_id).first()
    if other is None:
        raise Refused(Reason.NOT_READY, NOT_TWO)
    start, end = min(item.start, other.start), max(item.end, other.end)
    joined = _made(
        item.bulletin,
        ItemKind(item.kind),
        Half(start, end, item.bulletin.note.text[start:end]),
        joined_facts(item.says, as_kind(ItemKind(item.kind), other.says, other.quote)),
        Origin.JOINED,
    )
    joined.confidence = min(item.confidence, other.confidence)
    joined.conflict = item.conflict or other.conflict
    if set(item.audience_of_its_own) == set(other.audience_of_its_own):
        joined.narrowed_by = item.narrowed_by or other.narrowed_by
        joined.narrow(item.audience_of_its_own)
    else:
        joined.conflict = joined.conflict or OTHERS
    joined.save()
    for each in (item, other):
        _supersede(each, joined, by, at)
    about = {"bulletin": item.bulletin_id, "items": [item.number, other.number], "made": joined.number}
    record("bulletin.items_joined", by=by, at=at, about=about)
    return joined


@transaction.atomic
def split_item(*, item_id: UUID, second_begins: int, by: Actor, at: datetime) -> tuple[Item, Item]:
    """Make two items of one; the second begins so many characters into its words."""
    item = drafted_item_for_update(item_id=item_id, by=by)
    parts = halves(item.start, item.quote, second_begins)
    if parts is None:
        raise Refused(Reason.NOT_READY, NOT_TO_SPLIT)
    kind = ItemKind(item.kind)
    made = [_made(item.bulletin, kind, half, _part_of(item.says, half), Origin.SPLIT) for half in parts]
    for each in made:
        each.narrow(item.audience_of_its_own)
    Item.objects.filter(pk__in=[each.pk for each in made]).update(narrowed_by=item.narrowed_by)
    _supersede(item, made[0], by, at)
    about = {"bulletin": item.bulletin_id, "item": item.number, "made": [each.number for each in made]}
    record("bulletin.item_split", by=by, at=at, about=about)
    return made[0], made[1]


@transaction.atomic
def add_item(
    *, bulletin_id: UUID, kind: ItemKind, words: str, near: int | None = None, by: Actor, at: datetime
) -> Item:
    """Add an item that stands on these words of the note, the place nearest to `near` where they stand several times.

    What the words say of its kind is read from them. Raises `Refused` where they are not in the note.
    """
    bulletin = draft_for_update(bulletin_id=bulletin_id, by=by)
    text = bulletin.note.text
    span = find_words(text, words, near)
    if span is None:
        raise Refused(Reason.NOT_IN_THE_NOTE, NOT_IN_THE_NOTE)
    half = Half(span[0], span[1], text[span[0] : span[1]])
    facts = _facts_read_from(half.quote, kind, bulletin, at)
    item = _made(bulletin, kind, half, facts, Origin.ADDED)
    if said := narrowed(half.quote, ()):
        item.narrow(Reach(ReachKind.PHASE, phase) for phase in said.phases)
        item.narrowed_by = said.words
        item.save(update_fields=["narrowed_by"])
    about = {"bulletin": bulletin.pk, "item": item.pk, "number": item.number, "kind": kind}
    record("bulletin.item_added", by=by, at=at, about=about)
    return item


def _facts_read_from(quote: str, kind: ItemKind, bulletin: Bulletin, at: datetime) -> Facts:
    """What reading finds in the words by themselves, else the bare words."""
    today = bulletin.note.noted_on or local_day(at)
    try:
        found = proposals(read_pasted_safely("Selected words", quote.encode(), today).items)
    except Unreadable:
        found = []
    same = [each.facts for each in found if each.kind is kind]
    if same:
        return same[0]
    other = next((each.facts for each in found if isinstance(each.facts, AskedFacts | EventFacts)), None)
    line = in_one_line(quote)
    base = as_kind(kind, other, quote) if other is not None else as_kind(kind, LinkFacts(url="", text=line), quote)
    match base:
        case AskedFacts():
            return replace(base, what=line[:LONGEST_WHAT])
        case EventFacts():
            return replace(base, title=line[:LONGEST_WHAT])
        case _:
            return base


def _made(bulletin: Bulletin, kind: ItemKind, half: Half, facts: Facts, origin: Origin) -> Item:
    return Item.objects.create(
        bulletin=bulletin,
        number=bulletin.next_item_number,
        kind=kind.value,
        start=half.start,
        end=half.end,
        quote=half.quote,
        facts=written(facts),
        origin=origin.value,
    )


def _part_of(facts: Facts, half: Half) -> Facts:
    """The facts for one half: the same, but called by its own words."""
    line = in_one_line(half.quote)[:LONGEST_WHAT]
    match facts:
        case AskedFacts():
            return replace(facts, what=line)
        case EventFacts():
            return replace(facts, title=line)
        case _:
            return facts


def _supersede(item: Item, successor: Item, by: Actor, at: datetime) -> None:
    state = after(ItemState(item.state), Move.SUPERSEDE)
    if state is None:
        raise Refused(Reason.WRONG_STATE, DECIDED)
    item.successor = successor
    item.settle(state, by.person, at)
