"""The keys as they are kept: each wrapped under the one above it, the root above all outside the database.

    root key           outside the database; here only its name
    organisation's key wrapped under the root
    record's key       wrapped under the key of each organisation that may read the record; without a wrap, unreadable

They stand in tables of their own, so that their backups can be kept for a shorter time than those of what they open.
"""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from haven.access.privacy import Privacy


class RootKey(models.Model):
    """A root key by its name, which tells nothing of it. One is in use; the others were replaced."""

    privacy = Privacy(
        keep="for ever: it says nothing of anyone", working="name is_current made_at split_at drilled_at replaced_at"
    )

    name = models.CharField(max_length=10, primary_key=True)  # haven.engines.sealing.keys.name_of
    is_current = models.BooleanField()
    made_at = models.DateTimeField()
    split_at = models.DateTimeField(null=True, blank=True)  # into three shares, last
    drilled_at = models.DateTimeField(null=True, blank=True)  # the last test in which everything opened
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["made_at"]
        constraints = [
            models.UniqueConstraint(fields=["is_current"], condition=Q(is_current=True), name="one_root_key_is_in_use"),
            models.CheckConstraint(
                condition=Q(is_current=True, replaced_at__isnull=True) | Q(is_current=False, replaced_at__isnull=False),
                name="a_root_key_is_in_use_or_was_replaced",
            ),
        ]

    def __str__(self) -> str:
        return f"root key {self.name}"


class Purpose(models.TextChoices):
    """What an organisation's key is for."""

    WRAPPING = "wrapping", "Wrapping the keys of records"
    LOOKUP = "lookup", "Finding people among sealed records"


class State(models.TextChoices):
    """Where an organisation's key stands in its life."""

    LIVE = "live", "In use"
    RETIRING = "retiring", "Being replaced"
    DESTROYED = "destroyed", "Destroyed"


class OrganisationKey(models.Model):
    """One version of an organisation's key. A destroyed one keeps its row, without the key."""

    privacy = Privacy(
        keep="for ever, the key itself until it is replaced: it names an organisation, not people",
        working="id organisation purpose version state root wrapped made_at destroyed_at",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.UUIDField()
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.LIVE)
    root = models.ForeignKey(RootKey, on_delete=models.PROTECT, related_name="organisation_keys")
    wrapped = models.BinaryField(null=True)
    made_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["organisation", "purpose", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "purpose", "version"], name="a_version_of_a_key_stands_once"
            ),
            models.UniqueConstraint(
                fields=["organisation", "purpose"], condition=Q(state="live"), name="one_version_of_a_key_is_in_use"
            ),
            models.UniqueConstraint(
                fields=["organisation", "purpose"],
                condition=Q(state="retiring"),
                name="one_version_of_a_key_is_being_replaced",
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="versions_of_keys_count_from_one"),
            models.CheckConstraint(
                condition=Q(state="destroyed", wrapped__isnull=True, destroyed_at__isnull=False)
                | ~Q(state="destroyed") & Q(wrapped__isnull=False, destroyed_at__isnull=True),
                name="a_key_is_there_until_it_is_destroyed",
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.version} of {self.organisation}"


class RecordKey(models.Model):
    """That a record has a key, and whose record it is. The key itself stands in its wraps alone."""

    privacy = Privacy(
        keep="until its record is erased; in backups of the keys no longer than those are kept (35 days is advised)",
        working="record owner sample made_at",
    )

    record = models.UUIDField(primary_key=True)
    owner = models.UUIDField()  # the organisation whose record it is: what its fields are bound to
    sample = models.BinaryField()  # nothing, sealed under the key: what a drill opens
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at"]

    def __str__(self) -> str:
        return f"key of record {self.record}"


class Wrap(models.Model):
    """A record's key as one organisation may open it. Deleting it takes the record back."""

    privacy = Privacy(
        keep="until the record is taken back from the organisation, or erased",
        working="id record organisation key wrapped granted_at",
    )

    record = models.ForeignKey(RecordKey, on_delete=models.CASCADE, related_name="wraps")
    organisation = models.UUIDField()
    key = models.ForeignKey(OrganisationKey, on_delete=models.PROTECT, related_name="wraps", db_index=False)
    wrapped = models.BinaryField()
    granted_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["key", "id"], name="keys_wrap_by_key")]
        constraints = [
            models.UniqueConstraint(fields=["record", "organisation"], name="a_record_is_wrapped_for_each_reader_once")
        ]

    def __str__(self) -> str:
        return f"key of record {self.record_id} for {self.organisation}"
