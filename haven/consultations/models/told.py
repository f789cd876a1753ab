"""What people are to be told, and when they were: kept in the transaction of what it tells of, sent a little later."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from haven.access.privacy import Privacy
from haven.consultations.models.contributions import Contribution
from haven.guidance.models import Edition
from haven.people.models import Area


class Notice(models.Model):
    """One reason to write: to an invited organisation or, of a consultation on an edition, to an area's leads."""

    class Kind(models.TextChoices):
        """What there is to tell."""

        INVITED = "invited", "A view is asked for"
        REMINDED = "reminded", "The council reminds"
        SOON = "soon", "It closes soon"
        MOVED = "moved", "It closes on another day"
        SENT = "sent", "What was sent can be read"
        ANSWERED = "answered", "It was answered"

    privacy = Privacy(
        keep="one year after it was told",
        working="id contribution area edition kind due_on made_at told_at",
        personal="made_by",
    )

    contribution = models.ForeignKey(
        Contribution, null=True, blank=True, on_delete=models.CASCADE, related_name="notices"
    )  # of no use without it
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    edition = models.ForeignKey(Edition, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    due_on = models.DateField(null=True, blank=True)  # the day for which Haven makes it by itself, once
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["made_at", "id"]
        indexes = [
            models.Index(fields=["made_at"], condition=Q(told_at__isnull=True), name="consultation_notices_to_tell")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "area", "edition", "kind", "due_on"],
                condition=Q(due_on__isnull=False),
                nulls_distinct=False,
                name="haven_gives_notice_once_for_a_day",
            ),
            models.CheckConstraint(
                condition=Q(contribution__isnull=False, area__isnull=True, edition__isnull=True)
                | Q(contribution__isnull=True, area__isnull=False, edition__isnull=False),
                name="a_notice_is_for_an_organisation_or_for_an_areas_leads",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.contribution_id or self.edition_id}"
