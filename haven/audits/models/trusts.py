"""What a trust prepares once for all of its schools."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from haven.access.privacy import Privacy
from haven.audits.models.cycles import Cycle
from haven.people.models import Organisation
from haven.questions.models import Sheet


class TrustSheet(models.Model):
    """A trust's answers to a cycle's questions. Handed out, they stand ready in its schools' returns."""

    privacy = Privacy(
        keep="as long as its cycle", working="id cycle trust sheet handed_out_at", personal="handed_out_by"
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="trust_sheets")
    trust = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="trust_sheets")
    sheet = models.OneToOneField(Sheet, on_delete=models.PROTECT, related_name="trust_sheet")
    handed_out_at = models.DateTimeField(null=True, blank=True)  # the last time
    handed_out_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["cycle", "id"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "trust"], name="a_trust_prepares_a_cycle_once"),
            models.CheckConstraint(
                condition=Q(handed_out_at__isnull=True, handed_out_by__isnull=True)
                | Q(handed_out_at__isnull=False, handed_out_by__isnull=False),
                name="what_a_trust_handed_out_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.trust_id} in {self.cycle_id}"
