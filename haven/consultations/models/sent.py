"""What was sent in an area's name."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from haven.access.privacy import Privacy
from haven.consultations.models.responses import Response
from haven.consultations.rules.final import LONGEST_REFERENCE, WAYS
from haven.files.models import StoredFile


class Submission(models.Model):
    """A response as it was sent, word by word. Never changed: one that was recorded wrongly is recorded anew."""

    privacy = Privacy(
        keep="as long as its response",
        working="id response number sent_on way reference text digest file recorded_at",
        personal="recorded_by",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="submissions")
    number = models.PositiveIntegerField()  # the last one stands
    sent_on = models.DateField()
    way = models.CharField(max_length=20, choices=[(way.value, label) for way, label in WAYS])
    reference = models.CharField(max_length=LONGEST_REFERENCE, blank=True)
    text = models.TextField()
    digest = models.CharField(max_length=64)  # of the text: it stands in the ledger too
    file = models.OneToOneField(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="consultation_submission"
    )
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["response", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["response", "number"], name="a_record_of_what_was_sent_stands_once"),
            models.CheckConstraint(
                condition=~Q(text="") & Q(digest__regex=r"^[0-9a-f]{64}$"),
                name="what_was_sent_has_its_words_and_digest",
            ),
        ]

    def __str__(self) -> str:
        return f"submission {self.number} of {self.response_id}"
