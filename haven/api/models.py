"""The keys by which programs are known, and what was already asked with them."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from haven.access.privacy import Privacy
from haven.people.models import Organisation


class ProgramKey(models.Model):
    """The public key of one program of an organisation. Registered by one person, good once a second approves it."""

    privacy = Privacy(
        keep="as long as the area uses Haven: it says who let a program send",
        working="id organisation program name public starts_at ends_at registered_at approved_at ended_at",
        personal="registered_by approved_by ended_by",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="program_keys")
    program = models.CharField(max_length=100)  # in the force's own words
    name = models.CharField(max_length=32, unique=True)  # the keyid of its signatures
    public = models.BinaryField(max_length=32)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-registered_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="no_program_key_ends_before_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="an_approved_program_key_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("registered_by")),
                name="nobody_approves_her_own_program_key",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="an_ended_program_key_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"program key {self.name}"


class SeenNonce(models.Model):
    """That a request was seen, so that the very same one is not taken again while it could still pass for new."""

    privacy = Privacy(keep="an hour, then swept: by then it is stale", working="id key nonce seen_at")

    key = models.ForeignKey(ProgramKey, on_delete=models.PROTECT, related_name="+")
    nonce = models.CharField(max_length=64)
    seen_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "nonce"], name="a_request_is_taken_once")]

    def __str__(self) -> str:
        return f"nonce of {self.key_id}"
