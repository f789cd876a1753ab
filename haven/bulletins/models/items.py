"""What was found in a note, or added to it, and what was decided of it."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from haven.access.privacy import Privacy
from haven.actions.models import Action
from haven.actions.models.audiences import AudienceLine, names_nothing_twice, names_what_its_kind_says
from haven.actions.rules import Reach, WantedAction
from haven.bulletins.models.bulletins import Bulletin
from haven.bulletins.models.directory import Contact
from haven.bulletins.rules.asking import wanted_action
from haven.bulletins.rules.facts import AskedFacts, Facts, ItemKind, called, read_back, written
from haven.bulletins.rules.marking import Secret
from haven.bulletins.rules.proposing import Proposal, is_sure, why_unsure
from haven.bulletins.rules.publishing import ItemState, Origin

KINDS = [
    (ItemKind.ACTION.value, "Action"),
    (ItemKind.DEADLINE.value, "Deadline"),
    (ItemKind.EVENT.value, "Event"),
    (ItemKind.CONTACT.value, "Contact"),
    (ItemKind.GUIDANCE.value, "Guidance"),
    (ItemKind.LINK.value, "Link"),
]
STATES = [(state.value, state.value.capitalize()) for state in ItemState]


class Item(models.Model):
    """One item of a note: the words it stands on, what they say, and what was decided."""

    privacy = Privacy(
        keep="as long as its bulletin",
        working="id bulletin number kind start end confidence conflict narrowed_by origin state successor decided_by "
        "decided_at action",
        personal="quote facts contact",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    bulletin = models.ForeignKey(Bulletin, on_delete=models.CASCADE, related_name="items")  # a part of the bulletin
    number = models.PositiveIntegerField()  # by which the note and the list point at each other
    kind = models.CharField(max_length=20, choices=KINDS)
    start = models.PositiveIntegerField()  # code points of the note's text
    end = models.PositiveIntegerField()
    quote = models.TextField()
    confidence = models.FloatField(default=1.0)
    conflict = models.TextField(blank=True)  # how the text contradicts itself
    narrowed_by = models.CharField(max_length=200, blank=True)  # the words that say for which schools it is
    facts = models.JSONField()
    origin = models.CharField(max_length=20, choices=[(each.value, each.value) for each in Origin])
    state = models.CharField(max_length=20, choices=STATES, default=ItemState.PROPOSED.value)
    successor = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    action = models.ForeignKey(Action, null=True, blank=True, on_delete=models.PROTECT, related_name="bulletin_items")
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.PROTECT, related_name="items")

    class Meta:
        ordering = ["start", "end", "number"]
        indexes = [models.Index(fields=["bulletin", "state"])]
        constraints = [
            models.UniqueConstraint(fields=["bulletin", "number"], name="an_items_number_stands_once_in_a_bulletin"),
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="no_item_ends_before_it_starts"),
            models.CheckConstraint(
                condition=Q(confidence__gte=0, confidence__lte=1), name="confidence_lies_between_nought_and_one"
            ),
            models.CheckConstraint(
                condition=Q(state="proposed", decided_at__isnull=True)
                | ~Q(state="proposed") & Q(decided_at__isnull=False),
                name="what_is_decided_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"item {self.number} of {self.bulletin_id}"

    @property
    def says(self) -> Facts:
        """What it says."""
        return read_back(ItemKind(self.kind), self.facts)

    def say(self, facts: Facts) -> None:
        """Let it say this."""
        self.facts = written(facts)

    @property
    def name(self) -> str:
        """What it is called in a list."""
        return called(self.says)

    @property
    def is_sure(self) -> bool:
        """Whether the reader was sure of it."""
        return is_sure(self.confidence, self.conflict, self.narrowed_by)

    @property
    def why_unsure(self) -> str:
        """Why it comes first, where it does."""
        return why_unsure(self.confidence, self.conflict, self.narrowed_by)

    @property
    def audience_of_its_own(self) -> tuple[Reach, ...]:
        """Whom it is for, of those its bulletin is for; none where it is for all of them."""
        return tuple(line.reach for line in self.audience.all())

    @property
    def only_for(self) -> str:
        """For whom alone it is, in words; empty where it is for everybody whom its bulletin is for."""
        return ", ".join(sorted(line.in_words for line in self.audience.all()))

    def narrow(self, audience: Iterable[Reach]) -> None:
        """Let it be for these, of those its bulletin is for; for all of them where nobody is named."""
        self.audience.all().delete()
        ItemAudience.objects.bulk_create(ItemAudience.of(audience, item=self))

    def wanted(self, secrets: frozenset[Secret]) -> WantedAction | None:
        """The action it asks for, these contacts withheld; none where it asks for nothing."""
        facts, bulletin = self.says, self.bulletin
        if not isinstance(facts, AskedFacts):
            return None
        return wanted_action(
            facts,
            key=self.pk,
            number=self.number,
            quote=self.quote,
            bulletin=bulletin.pk,
            asked_by=bulletin.asked_by_id,
            settings=bulletin.settings,
            audience=self.audience_of_its_own,
            secrets=secrets,
        )

    @property
    def proposal(self) -> Proposal:
        """The item by itself, apart from what was decided of it."""
        return Proposal(
            kind=ItemKind(self.kind),
            start=self.start,
            end=self.end,
            quote=self.quote,
            confidence=self.confidence,
            conflict=self.conflict,
            facts=self.says,
            narrowed_by=self.narrowed_by,
        )

    def settle(self, state: ItemState, person: UUID | None, at: datetime) -> None:
        """Put down what was decided, by whom and when; for a proposed one, nothing yet."""
        self.state = state.value
        is_open = state is ItemState.PROPOSED
        self.decided_at, self.decided_by_id = (None, None) if is_open else (at, person)
        self.save()


class ItemAudience(AudienceLine):
    """One line of an item's own audience: it narrows whom the bulletin is for."""

    privacy = Privacy(keep="as long as its bulletin", working="id item kind cluster organisation phase")

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="audience")  # a part of the item

    class Meta:
        ordering = ["id"]
        constraints = [
            names_what_its_kind_says("an_items_audience_names_what_its_kind_says"),
            names_nothing_twice("an_items_audience_names_nothing_twice", "item"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.item_id}"
