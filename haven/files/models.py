"""Files as they are kept: what is known of each, and apart from it what it holds, sealed."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from haven.access.privacy import Privacy


class State(models.TextChoices):
    """Whether a file may be handed out."""

    QUARANTINE = "quarantine", "Being checked"
    CLEAN = "clean", "Checked"
    REFUSED = "refused", "Refused"


class StoredFile(models.Model):
    """A file given to Haven. Who gave it stands in the ledger; who may open it, with whatever it is kept for."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)  # of the file as it was given
    state = models.CharField(max_length=20, choices=State.choices)
    refusal = models.CharField(max_length=200, blank=True)
    stored_at = models.DateTimeField()

    privacy = Privacy(
        keep="as long as the record it is kept for",
        working="id media_type size sha256 state refusal stored_at",
        personal="name",  # people name files after people
    )

    class Meta:
        ordering = ["-stored_at"]
        indexes = [models.Index(fields=["stored_at"], condition=Q(state="quarantine"), name="files_in_quarantine")]
        constraints = [
            models.CheckConstraint(condition=Q(size__gte=1), name="no_file_is_empty"),
            models.CheckConstraint(
                condition=Q(state="refused") & ~Q(refusal="") | ~Q(state="refused") & Q(refusal=""),
                name="a_refused_file_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"file {self.pk}"


class SealedContent(models.Model):
    """What a file holds, encrypted. In a table of its own, so that no list of files ever carries it along."""

    file = models.OneToOneField(StoredFile, on_delete=models.CASCADE, primary_key=True, related_name="sealed")
    wrapped_key = models.BinaryField()
    content = models.BinaryField()

    privacy = Privacy(keep="as long as its file", working="file wrapped_key", confidential="content")

    def __str__(self) -> str:
        return f"content of file {self.file_id}"
