"""What comes back to a school: that it was read, comments by question, written feedback, and visits."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from haven.access.privacy import Privacy
from haven.audits.models.returns import Copy, Return
from haven.questions.models.templates import LONGEST_KEY


class Reading(models.Model):
    """That somebody of the area opened a copy, once a day: a school sees by whom and when it was read."""

    privacy = Privacy(keep="as long as its cycle", working="id copy read_on read_at place", personal="read_by")

    copy = models.ForeignKey(Copy, on_delete=models.PROTECT, related_name="readings")
    read_on = models.DateField()
    read_at = models.DateTimeField()
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=200)  # the council in which she read it

    class Meta:
        ordering = ["read_at"]
        constraints = [
            models.UniqueConstraint(fields=["copy", "read_by", "read_on"], name="a_reader_is_noted_once_a_day")
        ]

    def __str__(self) -> str:
        return f"reading of {self.copy_id}"


class Remark(models.Model):
    """What a reader says to one question of a copy, or what a school answers to that."""

    class Kind(models.TextChoices):
        """What it is for."""

        COMMENT = "comment", "Comment"
        MORE = "more", "More is asked for"
        GOOD = "good", "Good practice"
        REPLY = "reply", "The school’s reply"

    privacy = Privacy(
        keep="as long as its cycle", working="id copy question kind words said_at shown_at", personal="said_by"
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    copy = models.ForeignKey(Copy, on_delete=models.PROTECT, related_name="remarks")
    question = models.CharField(max_length=LONGEST_KEY)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    words = models.TextField()
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    shown_at = models.DateTimeField(null=True, blank=True)  # with the feedback, or when it was sent back

    class Meta:
        ordering = ["said_at", "id"]
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="a_remark_on_an_audit_says_something")]

    def __str__(self) -> str:
        return f"{self.kind} on {self.question} of {self.copy_id}"


class Feedback(models.Model):
    """The area's written answer to a return, dated and signed. Never changed: a second one is given beside it."""

    privacy = Privacy(
        keep="as long as its cycle",
        working="id copy number words area_will sends_back digest given_at place",
        personal="given_by name",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    copy = models.ForeignKey(Copy, on_delete=models.PROTECT, related_name="feedback")
    number = models.PositiveIntegerField()
    words = models.TextField()
    area_will = models.TextField(blank=True)  # what the area will do because of it
    sends_back = models.BooleanField(default=False)  # asks for more
    digest = models.CharField(max_length=64)  # of the words and the remarks shown with them
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=150)  # as she signed
    place = models.CharField(max_length=200)  # the council for which she signed

    class Meta:
        ordering = ["copy", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["copy", "number"], name="feedback_on_a_copy_stands_once"),
            models.CheckConstraint(condition=~Q(words=""), name="feedback_says_something"),
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="feedback_has_its_digest"),
        ]

    def __str__(self) -> str:
        return f"feedback {self.number} on {self.copy_id}"


class Visit(models.Model):
    """A moderation visit: why this school, who came when, and what was agreed."""

    privacy = Privacy(
        keep="as long as its cycle",
        working="id of reason planned_on visited_on words agreed_at made_at",
        personal="visitor made_by",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    of = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="visits")
    reason = models.CharField(max_length=200)  # of the rule that drew it, in words
    planned_on = models.DateField(null=True, blank=True)
    visited_on = models.DateField(null=True, blank=True)
    visitor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    words = models.TextField(blank=True)  # what was seen, in all
    agreed_at = models.DateTimeField(null=True, blank=True)  # shown to the school from then on
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["planned_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["of"], name="a_return_is_visited_once"),
            models.CheckConstraint(
                condition=Q(agreed_at__isnull=True) | Q(visited_on__isnull=False), name="an_agreed_visit_took_place"
            ),
        ]

    def __str__(self) -> str:
        return f"visit to {self.of_id}"


class Finding(models.Model):
    """What a visit found on one question: the grade agreed, beside the school's own."""

    privacy = Privacy(keep="as long as its cycle", working="id visit question own agreed words")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="findings")  # a part of the visit
    question = models.CharField(max_length=LONGEST_KEY)
    own = models.CharField(max_length=30, blank=True)  # what the school had chosen
    agreed = models.CharField(max_length=30)
    words = models.TextField(blank=True)

    class Meta:
        ordering = ["visit", "question"]
        constraints = [models.UniqueConstraint(fields=["visit", "question"], name="a_visit_finds_once_on_a_question")]

    def __str__(self) -> str:
        return f"{self.question} of {self.visit_id}"
