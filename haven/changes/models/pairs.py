"""Two files that somebody compares without keeping them as editions of anything."""

import zlib
from uuid import uuid4

from django.db import models
from django.db.models import Q

from haven.access.privacy import Privacy
from haven.engines.compare import changes, wire

LONGEST_FAULT = 500


class Pair(models.Model):
    """Two files and what was found, both sealed. Whose they are, only the session in which they were given knows."""

    class State(models.TextChoices):
        """How far it has come."""

        WAITING = "waiting", "Being compared"
        DONE = "done", "Compared"
        REFUSED = "refused", "Not to be compared"

    privacy = Privacy(
        keep="until it is thrown away or kept as editions; at most eight hours",
        working="id state given_key found_key old_fault new_fault given_at done_at",
        confidential="given found",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    state = models.CharField(max_length=20, choices=State.choices, default=State.WAITING)
    given_key = models.BinaryField()
    given = models.BinaryField()  # names and contents of the two files
    found_key = models.BinaryField(null=True)
    found = models.BinaryField(null=True)  # every change between them
    old_fault = models.CharField(max_length=LONGEST_FAULT, blank=True)  # why the earlier one cannot be read
    new_fault = models.CharField(max_length=LONGEST_FAULT, blank=True)
    given_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["given_at"], name="pairs_by_age")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="done", found__isnull=False, found_key__isnull=False)
                | ~Q(state="done") & Q(found__isnull=True, found_key__isnull=True),
                name="a_pair_that_is_done_has_its_changes",
            ),
            models.CheckConstraint(
                condition=Q(state="refused") & (~Q(old_fault="") | ~Q(new_fault=""))
                | ~Q(state="refused") & Q(old_fault="", new_fault=""),
                name="a_refused_pair_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"pair {self.pk}"


def found_in(packed: bytes) -> changes.Comparison:
    """The comparison that was packed."""
    return wire.unpacked(zlib.decompress(packed))
