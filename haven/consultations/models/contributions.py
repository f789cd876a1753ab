"""What each invited organisation says: sent once, changed until the area's closing date, every wording kept."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from haven.access.privacy import Privacy
from haven.consultations.models.questions import LONGEST_CHOICE, Question
from haven.consultations.models.responses import Response
from haven.people.models import Organisation


class Contribution(models.Model):
    """One organisation that is invited. `version` is the number of the wording that stands; nought before the first."""

    privacy = Privacy(keep="as long as its response", working="id response organisation invited_at version sent_at")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="contributions")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="contributions")
    invited_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)  # the wording that stands

    class Meta:
        ordering = ["organisation__name", "id"]
        indexes = [models.Index(fields=["organisation", "response"])]
        constraints = [
            models.UniqueConstraint(fields=["response", "organisation"], name="an_organisation_contributes_once"),
            models.CheckConstraint(
                condition=Q(version=0, sent_at__isnull=True) | Q(version__gt=0, sent_at__isnull=False),
                name="a_contribution_that_was_sent_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} to {self.response_id}"


class Wording(models.Model):
    """One contribution as it was sent at one time."""

    privacy = Privacy(keep="as long as its response", working="id contribution number sent_at", personal="sent_by")

    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="wordings")
    number = models.PositiveIntegerField()
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["contribution", "number"]
        constraints = [
            models.UniqueConstraint(fields=["contribution", "number"], name="a_wording_of_a_contribution_stands_once")
        ]

    def __str__(self) -> str:
        return f"wording {self.number} of {self.contribution_id}"


class Reply(models.Model):
    """What a wording says to one question."""

    privacy = Privacy(keep="as long as its response", working="id wording question choice words")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, related_name="replies")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="replies")
    choice = models.CharField(max_length=LONGEST_CHOICE, blank=True)
    words = models.TextField(blank=True)

    class Meta:
        ordering = ["wording", "question__place"]
        constraints = [
            models.UniqueConstraint(fields=["wording", "question"], name="a_wording_replies_once_to_a_question"),
            models.CheckConstraint(condition=~Q(choice="") | ~Q(words=""), name="a_reply_says_something"),
        ]

    def __str__(self) -> str:
        return f"reply to {self.question_id}"
