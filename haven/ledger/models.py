"""The ledger's rows. Entries say nothing in clear; what they say stands in a detail, which a rule may one day erase."""

from django.db import models

from haven.access.privacy import Privacy


class Entry(models.Model):
    """One line of the ledger: a commitment to its detail, chained to the line before. Inserted once, never changed."""

    privacy = Privacy(keep="for ever: it says nothing without its detail", working="number leaf link")

    number = models.BigIntegerField(primary_key=True)
    leaf = models.BinaryField(max_length=33)
    link = models.BinaryField(max_length=32)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(condition=models.Q(number__gte=1), name="ledger_entries_are_counted_from_one"),
        ]

    def __str__(self) -> str:
        return f"entry {self.number}"


class Detail(models.Model):
    """What an entry says, as canonical JSON, with the salt that keeps its commitment from being guessed."""

    privacy = Privacy(
        keep="as long as the record it speaks of, then erased under that record's rule", personal="entry salt text"
    )

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True, related_name="detail")
    salt = models.BinaryField(max_length=32)
    text = models.TextField()

    class Meta:
        ordering = ["entry"]

    def __str__(self) -> str:
        return f"detail of entry {self.entry_id}"


class Head(models.Model):
    """The ledger's size and last link: one row. Appending locks it, so that entries are numbered without a gap."""

    privacy = Privacy(keep="for ever: it says nothing of anyone", working="id size link")

    id = models.SmallIntegerField(primary_key=True, default=1)
    size = models.BigIntegerField(default=0)
    link = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="ledger_has_one_head")]

    def __str__(self) -> str:
        return f"head at {self.size}"
