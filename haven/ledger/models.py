"""The ledger's rows, which are only ever added to. What was done stands in a detail, at once; the sequencer then gives
it an entry, which says nothing in clear, and one day a rule may erase the detail.
"""

from django.db import models
from django.db.models.functions import Now

from haven.access.privacy import Privacy


class Detail(models.Model):
    """What was done, as canonical JSON, with the salt that keeps its commitment from being guessed."""

    privacy = Privacy(
        keep="as long as the record it speaks of, then erased under that record's rule", personal="id salt text"
    )

    salt = models.BinaryField(max_length=32)
    text = models.TextField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"detail {self.pk}"


class Waiting(models.Model):
    """Details that were told together and wait for their entries, from the first to the last with no number left out.

    The database puts them here itself, and lets them go only against their entries.
    """

    privacy = Privacy(keep="until the details have their entries, which takes seconds", working="first last since")

    first = models.BigIntegerField(primary_key=True)
    last = models.BigIntegerField()
    since = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["first"]

    def __str__(self) -> str:
        return f"details {self.first} to {self.last} wait"


class Entry(models.Model):
    """One leaf of the ledger's tree: a commitment to its detail, which may have been erased since."""

    privacy = Privacy(keep="for ever: it says nothing without its detail", working="number leaf detail")

    number = models.BigIntegerField(primary_key=True)
    leaf = models.BinaryField(max_length=33)
    detail = models.OneToOneField(  # null only for Django, which then looks for details that are gone
        Detail, on_delete=models.DO_NOTHING, db_constraint=False, null=True, related_name="entry"
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(condition=models.Q(number__gte=1), name="ledger_entries_are_counted_from_one"),
            models.CheckConstraint(condition=models.Q(detail__isnull=False), name="ledger_entries_have_a_detail"),
        ]

    def __str__(self) -> str:
        return f"entry {self.number}"


class Tile(models.Model):
    """256 hashes of one level of the tree, written once when it is full, with the hash that stands for it above."""

    privacy = Privacy(keep="for ever: it says nothing of anyone", working="id level index hashes root")

    level = models.SmallIntegerField()
    index = models.BigIntegerField()
    hashes = models.BinaryField(max_length=8192)
    root = models.BinaryField(max_length=32)

    class Meta:
        ordering = ["level", "index"]
        constraints = [models.UniqueConstraint(fields=["level", "index"], name="ledger_each_tile_once")]

    def __str__(self) -> str:
        return f"tile {self.index} of level {self.level}"


class Checkpoint(models.Model):
    """The tree of a size, signed by the ledger's own key. Every entry stands under one from the moment it is there."""

    privacy = Privacy(keep="for ever: it says nothing of anyone", working="size note signed_at")

    size = models.BigIntegerField(primary_key=True)
    note = models.TextField()
    signed_at = models.DateTimeField()

    class Meta:
        ordering = ["size"]

    def __str__(self) -> str:
        return f"checkpoint at {self.size}"


class Cosignature(models.Model):
    """That a witness signed a checkpoint: its line, its name and its time."""

    privacy = Privacy(keep="for ever: it names an organisation, not a person", working="id checkpoint witness line at")

    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, related_name="cosignatures")
    witness = models.CharField(max_length=200)
    line = models.CharField(max_length=500)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]
        constraints = [models.UniqueConstraint(fields=["checkpoint", "line"], name="ledger_each_cosignature_once")]

    def __str__(self) -> str:
        return f"{self.witness} on {self.checkpoint_id}"
