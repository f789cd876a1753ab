"""Confidential records, whom each is about, and what ties people and organisations to it."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from haven.access.privacy import Privacy
from haven.people.models import Area, Organisation
from haven.subjects.rules.retention import RULES, Kept
from haven.subjects.rules.ties import PERSONAL, State, Tie

NAMED = sorted(tie.value for tie in PERSONAL)
KEPT_CHOICES = [(kept.value, rule.words) for kept, rule in RULES.items()]


class Record(models.Model):
    """One confidential record: what somebody may read, be sent or be kept from. What it says is sealed elsewhere."""

    privacy = Privacy(
        keep="by its retention class, from a day that is reckoned when it is made; its row stays without its content",
        working="id sort area owner state made_at closed_at kept_as review_on",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    sort = models.CharField(max_length=30)  # the capability's own word: subject, address, notification
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=[(each.value, each.value) for each in State], default=State.OPEN)
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    kept_as = models.CharField(max_length=20, choices=KEPT_CHOICES, default=Kept.CHILD)
    review_on = models.DateField()

    class Meta:
        ordering = ["-made_at"]
        indexes = [models.Index(fields=["review_on"], condition=~Q(state="erased"), name="subjects_up_for_review")]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("made_at")),
                name="no_record_closes_before_it_is_made",
            ),
        ]

    def __str__(self) -> str:
        return f"record {self.pk}"


class About(models.Model):
    """That a record is about a subject. Whoever is excluded from the subject never sees the record."""

    privacy = Privacy(keep="as long as its record", personal="id record subject")

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="about")
    subject = models.ForeignKey("subjects.Subject", on_delete=models.PROTECT, related_name="about")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "subject"], name="a_record_is_about_somebody_once")]

    def __str__(self) -> str:
        return f"{self.record_id} about {self.subject_id}"


class TieRow(models.Model):
    """What binds an organisation or a person to a record, from a moment, perhaps until another."""

    privacy = Privacy(
        keep="as long as its record",
        working="id record tie organisation starts_at ends_at",
        personal="person",
    )

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="ties")
    tie = models.CharField(max_length=20, choices=[(each.value, each.value) for each in Tie])
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["starts_at", "id"]
        indexes = [
            models.Index(fields=["organisation", "tie", "record"]),
            models.Index(
                fields=["person", "tie", "record"], condition=Q(person__isnull=False), name="subjects_by_name"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(tie__in=NAMED, person__isnull=False, organisation__isnull=True)
                | ~Q(tie__in=NAMED) & Q(person__isnull=True, organisation__isnull=False),
                name="a_tie_is_to_a_person_or_to_an_organisation",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")), name="no_tie_ends_before_it_starts"
            ),
            models.CheckConstraint(
                condition=~Q(tie__in=("guest", "broken", "looked-up")) | Q(ends_at__isnull=False),
                name="what_is_lent_has_its_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tie} of {self.record_id}"
