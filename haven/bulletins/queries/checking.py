"""The page on which a draft is checked: the note with its marks, and its items, unsure ones first."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models.query import QuerySet

from haven.access.actor import Actor
from haven.access.decision import require
from haven.bulletins.models import Bulletin, Item
from haven.bulletins.policy import may_prepare, prepared_by
from haven.bulletins.rules.cutting import Mark, Segment, places_to_split, segments
from haven.bulletins.rules.facts import ItemKind, faults
from haven.bulletins.rules.publishing import ItemState, Standing
from haven.bulletins.rules.showing import Fact, facts_in_words
from haven.files.queries import OpenedFile, open_file

SHOWN = [ItemState.PROPOSED, ItemState.ACCEPTED, ItemState.DISMISSED]


@dataclass(frozen=True, slots=True)
class Card:
    """One item as it stands in the list."""

    item: Item
    name: str
    facts: list[Fact]
    lacks: str
    is_forbidding: bool
    is_marked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckingPage:
    """A draft with all that is to be decided."""

    bulletin: Bulletin
    segments: list[Segment]
    unsure: list[Card]
    sure: list[Card]
    accepted: list[Card]
    dismissed: list[Card]

    @property
    def waiting(self) -> int:
        """How many items nobody has looked at."""
        return len(self.unsure) + len(self.sure)

    @property
    def ready(self) -> int:
        """How many items the reader was sure of and nothing is lacking from."""
        return sum(not card.lacks for card in self.sure)

    @property
    def decided(self) -> int:
        """How many items somebody has decided of."""
        return len(self.accepted) + len(self.dismissed)

    @property
    def total(self) -> int:
        """How many items there are."""
        return self.waiting + self.decided


def drafts_of(*, by: Actor) -> QuerySet[Bulletin]:
    """The drafts of the areas that she leads, the newest first."""
    return Bulletin.objects.filter(prepared_by(by), standing=Standing.DRAFT).select_related("note")


def bulletin_to_prepare(*, bulletin_id: UUID, by: Actor) -> Bulletin:
    """A bulletin of an area that she leads, in whatever state. Raises `Refused`."""
    bulletin = Bulletin.objects.select_related("note", "area", "asked_by").get(pk=bulletin_id)
    require(may_prepare(by, bulletin.area_id))
    return bulletin


def item_to_prepare(*, item_id: UUID, by: Actor) -> Item:
    """An item of a bulletin of an area that she leads. Raises `Refused`."""
    item = Item.objects.select_related("bulletin__note", "bulletin__area").get(pk=item_id)
    require(may_prepare(by, item.bulletin.area_id))
    return item


def checking_page(*, bulletin_id: UUID, by: Actor) -> CheckingPage:
    """The draft as it stands. Raises `Refused`."""
    bulletin = bulletin_to_prepare(bulletin_id=bulletin_id, by=by)
    shown = bulletin.items.filter(state__in=SHOWN)
    cards = [card_of(item) for item in shown.prefetch_related("audience__cluster", "audience__organisation")]
    waiting = [card for card in cards if card.item.state == ItemState.PROPOSED]
    marks = [Mark(card.item.number, card.item.start, card.item.end) for card in cards]
    return CheckingPage(
        bulletin=bulletin,
        segments=segments(bulletin.note.text, marks),
        unsure=[card for card in waiting if not card.item.is_sure],
        sure=[card for card in waiting if card.item.is_sure],
        accepted=[card for card in cards if card.item.state == ItemState.ACCEPTED],
        dismissed=[card for card in cards if card.item.state == ItemState.DISMISSED],
    )


def card_of(item: Item) -> Card:
    """An item with its facts in words and what it lacks."""
    facts = item.says
    lacks = " ".join(faults(ItemKind(item.kind), facts))
    said = facts_in_words(facts) + ([("Only for", item.only_for)] if item.only_for else [])
    is_marked = bool(getattr(facts, "marking", None))
    return Card(item, item.name, said, lacks, bool(getattr(facts, "prohibits", False)), is_marked)


def others_to_join(item: Item) -> list[tuple[str, str]]:
    """The other items of the note, nearest first, as choices."""
    others = item.bulletin.items.filter(state__in=[ItemState.PROPOSED, ItemState.ACCEPTED]).exclude(pk=item.pk)
    nearest = sorted(others, key=lambda each: abs(each.start - item.start))
    return [(str(each.pk), f"{each.number}. {each.get_kind_display()}: {each.name}") for each in nearest]


def parts_to_split(item: Item) -> list[tuple[str, str]]:
    """Where the second part could begin, each as its first words."""
    return [(str(at), " ".join(item.quote[at : at + 80].split())) for at in places_to_split(item.quote)]


def file_of(*, bulletin_id: UUID, by: Actor) -> OpenedFile | None:
    """The note's file as it came in, for who prepares the bulletin. Raises `Refused`."""
    note = bulletin_to_prepare(bulletin_id=bulletin_id, by=by).note
    return open_file(file_id=note.file_id) if note.file_id else None


def waiting_in(*, bulletin: Bulletin) -> int:
    """How many items of a draft nobody has looked at."""
    return bulletin.items.filter(state=ItemState.PROPOSED).count()


def next_waiting(*, item: Item) -> int | None:
    """The number of the item to look at after this one: unsure ones first, then in the order of the note."""
    waiting = list(item.bulletin.items.filter(state=ItemState.PROPOSED))
    order = [each for each in waiting if not each.is_sure] + [each for each in waiting if each.is_sure]
    mine = (item.is_sure, item.start, item.end, item.number)
    later = [each for each in order if (each.is_sure, each.start, each.end, each.number) > mine]
    following = later or order
    return following[0].number if following else None


def published_twin(*, bulletin: Bulletin) -> Bulletin | None:
    """The bulletin that was published from the very same words, in the same area; the newest, where there are more."""
    same = Bulletin.objects.filter(area=bulletin.area_id, standing=Standing.PUBLISHED, note__text=bulletin.note.text)
    return same.exclude(pk=bulletin.pk).exclude(note__text="").order_by("-published_at").first()


def is_draft_of(*, bulletin_id: UUID, by: Actor) -> bool:
    """Whether this is a draft that she checks."""
    return drafts_of(by=by).filter(pk=bulletin_id).exists()
