"""Glass that was broken, and what was made of it."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from haven.access.privacy import Privacy
from haven.people.models import Organisation
from haven.subjects.models.records import Record
from haven.subjects.rules.breaking import WHY_IN_WORDS, Verdict


class BrokenGlass(models.Model):
    """That somebody on duty opened one record that was not hers to open, for a while and with a reason."""

    privacy = Privacy(
        keep="as long as its record",
        working="id record organisation role why broken_at ends_at review_by reviewed_at verdict told_at",
        personal="person reviewed_by",
        confidential="words remarks",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="broken")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")  # hers, as of then
    role = models.CharField(max_length=30)  # hers, as of then
    why = models.CharField(max_length=20, choices=[(each.value, words) for each, words in WHY_IN_WORDS.items()])
    words = models.BinaryField()  # sealed under the record's key
    broken_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    review_by = models.DateField()
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    verdict = models.CharField(max_length=10, blank=True, choices=[(each.value, each.value) for each in Verdict])
    remarks = models.BinaryField(null=True)  # sealed under the record's key
    told_at = models.DateTimeField(null=True, blank=True)  # when it was escalated, where nobody looked in time

    class Meta:
        ordering = ["-broken_at"]
        indexes = [models.Index(fields=["review_by"], condition=Q(reviewed_at=None), name="subjects_glass_to_review")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("broken_at")), name="broken_glass_lasts_a_while"),
            models.CheckConstraint(
                condition=Q(reviewed_at__isnull=True, reviewed_by__isnull=True, verdict="")
                | Q(reviewed_at__isnull=False, reviewed_by__isnull=False) & ~Q(verdict=""),
                name="a_review_says_who_and_what",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("person")), name="nobody_reviews_herself"
            ),
        ]

    def __str__(self) -> str:
        return f"broken glass {self.pk}"
