"""What one organisation has been asked, how far it is, and what shows it."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from haven.access.privacy import Privacy
from haven.actions.models.asked import Action
from haven.actions.rules import CLOSED, WAITING, Move, State, occurrence_in_words
from haven.files.models import StoredFile
from haven.people.models import Organisation

STATES = [
    (State.OPEN.value, "Open"),
    (State.DONE.value, "Done"),
    (State.NOT_APPLICABLE.value, "Does not apply"),
    (State.RETURNED.value, "Sent back"),
    (State.WITHDRAWN.value, "Withdrawn"),
]


class Assignment(models.Model):
    """One occurrence of an action, for one organisation."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="assignments")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="assignments")
    occurrence_on = models.DateField()  # which occurrence: the day it is due, else the day it was asked
    due_on = models.DateField(null=True, blank=True)
    due_time = models.TimeField(null=True, blank=True)
    state = models.CharField(max_length=20, choices=STATES, default=State.OPEN.value)
    reason = models.TextField(blank=True)  # why it does not apply
    comment = models.TextField(blank=True)  # why it was sent back
    handed_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="assignments"
    )
    raised_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    privacy = Privacy(
        keep="seven years after its action ended",
        working="id action organisation occurrence_on due_on due_time state reason comment raised_at seen_at closed_at",
        personal="handed_to closed_by",
    )

    class Meta:
        ordering = ["due_on", "raised_at", "id"]
        indexes = [
            models.Index(fields=["organisation", "state", "due_on"]),
            models.Index(fields=["action", "state", "due_on", "due_time"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["action", "organisation", "occurrence_on"], name="an_organisation_is_asked_once_each_time"
            ),
            models.CheckConstraint(
                condition=Q(due_time__isnull=True) | Q(due_on__isnull=False), name="no_assignments_time_without_a_day"
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(state.value for state in CLOSED), closed_at__isnull=False)
                | ~Q(state__in=sorted(state.value for state in CLOSED)) & Q(closed_at__isnull=True),
                name="what_is_closed_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="not-applicable") | ~Q(reason=""), name="what_does_not_apply_says_why"
            ),
            models.CheckConstraint(condition=~Q(state="returned") | ~Q(comment=""), name="what_is_sent_back_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.action_id} for {self.organisation_id}"

    @property
    def occurrence(self) -> str:
        """Which occurrence it is, in words, where no date says so."""
        return occurrence_in_words(self.action.recurs, self.due_on, self.occurrence_on)

    @property
    def is_waiting(self) -> bool:
        """Whether the organisation has still to do something."""
        return self.state in WAITING


class Evidence(models.Model):
    """One thing that shows it was done. Stays when an assignment is reopened: what was said was said."""

    class Kind(models.TextChoices):
        """What it is."""

        WORD = "word", "In words"
        FILE = "file", "File"
        LINK = "link", "Link"
        RECORD = "record", "Record in Haven"
        READING = "reading", "Read and understood"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    words = models.TextField(blank=True)
    file = models.OneToOneField(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="action_evidence"
    )
    address = models.CharField(max_length=500, blank=True)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    privacy = Privacy(
        keep="seven years after its action ended",
        working="id assignment kind address given_at",
        personal="words file given_by",
    )

    class Meta:
        ordering = ["given_at", "kind"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="word", file__isnull=True, address="") & ~Q(words="")
                | Q(kind="file", file__isnull=False, words="", address="")
                | Q(kind__in=["link", "record"], file__isnull=True) & ~Q(address="")
                | Q(kind="reading", file__isnull=True, words="", address=""),
                name="evidence_holds_what_its_kind_says",
            ),
            models.CheckConstraint(
                condition=~Q(kind="link") | Q(address__startswith="https://") | Q(address__startswith="http://"),
                name="a_link_leads_to_a_web_page",
            ),
            models.CheckConstraint(
                condition=~Q(kind="record") | Q(address__startswith="/") & ~Q(address__startswith="//"),
                name="a_record_lies_within_haven",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.assignment_id}"


class Remark(models.Model):
    """One line of an assignment's history: what was done with it, by whom, and the words said."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="remarks")
    move = models.CharField(max_length=20, choices=[(move.value, move.value.replace("-", " ")) for move in Move])
    words = models.TextField(blank=True)
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    privacy = Privacy(
        keep="seven years after its action ended", working="id assignment move words said_at", personal="said_by"
    )

    class Meta:
        ordering = ["said_at", "id"]

    def __str__(self) -> str:
        return f"{self.move} of {self.assignment_id}"
