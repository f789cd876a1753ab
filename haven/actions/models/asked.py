"""What is asked, of whom, and how it was worded before."""

from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from haven.access.privacy import Privacy
from haven.access.roles import LABELS
from haven.actions.models.audiences import AudienceLine, names_nothing_twice, names_what_its_kind_says
from haven.actions.rules import (
    LONGEST_ADDRESS,
    LONGEST_LABEL,
    LONGEST_WHAT,
    EvidenceAsked,
    Reach,
    Standing,
)
from haven.engines.days.recurrence import Rhythm
from haven.people.models import Area, Organisation

STANDINGS = [
    (Standing.PUBLISHED.value, "Asked"),
    (Standing.WITHDRAWN.value, "Withdrawn"),
    (Standing.REPLACED.value, "Replaced"),
]

RHYTHMS = [
    (Rhythm.WEEKLY.value, "Every week"),
    (Rhythm.MONTHLY.value, "Every month"),
    (Rhythm.MONTH_END.value, "At the end of every month"),
    (Rhythm.TERMLY.value, "Every term"),
    (Rhythm.YEARLY.value, "Every year"),
]

EVIDENCE_ASKED = [
    (EvidenceAsked.NONE.value, "Nothing: marking it done is enough"),
    (EvidenceAsked.WORD.value, "A few words"),
    (EvidenceAsked.FILE.value, "A file"),
    (EvidenceAsked.LINK.value, "A link"),
    (EvidenceAsked.READING.value, "Somebody confirms having read it"),
]


class Action(models.Model):
    """Something asked of organisations in an area. Where it came from stands as a label, an address and the words.

    An organisation's own is what it asks of itself: its audience is itself alone, and the area sees nothing of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="actions")
    asked_by = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="actions_asked")
    is_own = models.BooleanField(default=False)
    what = models.CharField(max_length=LONGEST_WHAT)
    detail = models.TextField(blank=True)
    source_label = models.CharField(max_length=LONGEST_LABEL, blank=True)
    source_address = models.CharField(max_length=LONGEST_ADDRESS, blank=True)
    quote = models.TextField(blank=True)
    roles = ArrayField(
        models.CharField(max_length=30, choices=[(role.value, label) for role, label in LABELS.items()]),
        default=list,
        blank=True,
    )
    due_on = models.DateField(null=True, blank=True)
    due_time = models.TimeField(null=True, blank=True)
    recurs = models.CharField(max_length=20, choices=RHYTHMS, blank=True)
    first_on = models.DateField()  # the first occurrence: the day it is due, else the day it was asked
    latest_on = models.DateField()  # the occurrence raised last
    evidence_asked = models.CharField(max_length=20, choices=EVIDENCE_ASKED, default=EvidenceAsked.NONE.value)
    is_optional = models.BooleanField(default=False)
    prohibits = models.BooleanField(default=False)
    standing = models.CharField(max_length=20, choices=STANDINGS, default=Standing.PUBLISHED.value)
    version = models.PositiveIntegerField(default=1)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="actions_published"
    )  # none where Haven did
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.TextField(blank=True)
    replaced_by = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaces")

    privacy = Privacy(
        keep="seven years after it ended",
        working="id area asked_by is_own what detail source_label source_address quote roles due_on due_time recurs"
        " first_on latest_on evidence_asked is_optional prohibits standing version published_at ended_at ended_why"
        " replaced_by",
        personal="published_by",
    )

    class Meta:
        ordering = ["-published_at", "id"]
        indexes = [
            models.Index(fields=["area", "standing", "due_on"]),
            models.Index(fields=["source_address"], condition=~Q(source_address=""), name="actions_by_source"),
            models.Index(
                fields=["latest_on"], condition=~Q(recurs="") & Q(standing="published"), name="recurring_actions"
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="an_action_says_what_is_asked"),
            models.CheckConstraint(
                condition=Q(due_time__isnull=True) | Q(due_on__isnull=False), name="no_due_time_without_a_day"
            ),
            models.CheckConstraint(
                condition=Q(source_address="")
                | Q(source_address__startswith="/") & ~Q(source_address__startswith="//"),
                name="a_source_lies_within_haven",
            ),
            models.CheckConstraint(
                condition=Q(standing="published", ended_at__isnull=True)
                | ~Q(standing="published") & Q(ended_at__isnull=False),
                name="an_ended_action_says_when",
            ),
            models.CheckConstraint(
                condition=Q(standing="replaced", replaced_by__isnull=False)
                | ~Q(standing="replaced") & Q(replaced_by__isnull=True),
                name="a_replaced_action_names_its_successor",
            ),
            models.CheckConstraint(
                condition=Q(prohibits=False) | Q(evidence_asked="reading"), name="a_prohibition_asks_to_be_read"
            ),
            models.CheckConstraint(
                condition=Q(is_own=False) | Q(is_optional=False), name="what_is_ones_own_is_never_optional"
            ),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def is_published(self) -> bool:
        """Whether it is still asked."""
        return self.standing == Standing.PUBLISHED

    @property
    def reaches(self) -> tuple[Reach, ...]:
        """Its audience."""
        return tuple(line.reach for line in self.audience.all() if not line.is_limit)

    @property
    def within(self) -> tuple[Reach, ...]:
        """Within whom its audience stays; none where it names everybody it means."""
        return tuple(line.reach for line in self.audience.all() if line.is_limit)


class Audience(AudienceLine):
    """One line of an action's audience, or of those within whom the audience stays."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="audience")  # a part of the action
    is_limit = models.BooleanField(default=False)  # whether it names those within whom the others stay

    privacy = Privacy(keep="as long as its action", working="id action is_limit kind cluster organisation phase")

    class Meta:
        ordering = ["id"]
        constraints = [
            names_what_its_kind_says("an_audience_names_what_its_kind_says"),
            names_nothing_twice("an_audience_names_nothing_twice", "action", "is_limit"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.action_id}"


class Version(models.Model):
    """An action as it was worded before a change."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="versions")  # a part of the action
    number = models.PositiveIntegerField()
    was = models.JSONField()
    until_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    why = models.TextField(blank=True)

    privacy = Privacy(keep="as long as its action", working="id action number was until_at why", personal="changed_by")

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["action", "number"], name="a_version_stands_once")]

    def __str__(self) -> str:
        return f"version {self.number} of {self.action_id}"
