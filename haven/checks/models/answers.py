"""What an agency answers, in parts; who at the council has read it; which other agencies may."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from haven.access.privacy import Privacy
from haven.checks.models.asks import Ask
from haven.people.models import Organisation


class Part(models.Model):
    """The answer to one question as somebody wrote it. Written anew it is another row: nothing is written over."""

    privacy = Privacy(
        keep="as long as its check; its words go with the key of the answer",
        working="id ask key number written_at sent_at",
        personal="written_by",
        confidential="words",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    ask = models.ForeignKey(Ask, on_delete=models.PROTECT, related_name="parts")
    key = models.CharField(max_length=40)
    number = models.PositiveSmallIntegerField()  # 1 for the first wording of this question
    words = models.BinaryField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["key", "number"]
        constraints = [
            models.UniqueConstraint(fields=["ask", "key", "number"], name="a_wording_follows_another"),
            models.CheckConstraint(condition=Q(number__gte=1), name="wordings_are_counted_from_one"),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(sent_at__gte=F("written_at")),
                name="nothing_is_sent_before_it_is_written",
            ),
        ]

    def __str__(self) -> str:
        return f"part {self.pk}"


class Reading(models.Model):
    """That somebody at the council read what an agency answered. The agency is shown when, and as what."""

    privacy = Privacy(keep="as long as its check", working="id ask role is_allocated at", personal="person")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    ask = models.ForeignKey(Ask, on_delete=models.PROTECT, related_name="readings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=60)  # as of then
    is_allocated = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"reading of {self.ask_id}"


class Shared(models.Model):
    """That another agency may read what this one had answered when the round closed."""

    privacy = Privacy(keep="as long as its check", working="id ask to at")

    ask = models.ForeignKey(Ask, on_delete=models.PROTECT, related_name="shared")
    to = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ask", "to"], name="an_answer_is_shared_with_an_agency_once")]

    def __str__(self) -> str:
        return f"{self.ask_id} for {self.to_id}"
