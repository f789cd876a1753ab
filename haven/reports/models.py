"""The report of a cycle: the council's own words around the figures, and the documents that were made."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from haven.access.privacy import Privacy
from haven.audits.models.cycles import Cycle
from haven.reports.rules.reporting import EDITIONS


class Report(models.Model):
    """What the area says before and after the figures of one cycle. The figures are counted anew each time."""

    privacy = Privacy(
        keep="as long as its cycle", working="id cycle intro conclusions revision changed_at", personal="changed_by"
    )

    cycle = models.OneToOneField(Cycle, on_delete=models.CASCADE, related_name="report")  # of no use without it
    intro = models.TextField(blank=True)
    conclusions = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)  # how often it was written
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["cycle"]

    def __str__(self) -> str:
        return f"report on {self.cycle_id}"


class PrintedReport(models.Model):
    """One edition as it was made at one moment: Word, PDF and figures together, sealed."""

    privacy = Privacy(
        keep="until the same edition is made again; as long as its cycle",
        working="id cycle edition asked_at made_at key",
        personal="asked_by",
        confidential="content",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="printed")
    edition = models.CharField(max_length=10, choices=[(each.value, label) for each, label in EDITIONS.items()])
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(null=True, blank=True)
    key = models.BinaryField(null=True)
    content = models.BinaryField(null=True)

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(made_at__isnull=True, key__isnull=True, content__isnull=True)
                | Q(made_at__isnull=False, key__isnull=False, content__isnull=False),
                name="a_report_that_was_made_holds_its_documents",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition} report on {self.cycle_id}"
