"""Who reads in a school: what a post holder is taken for where the school says so, and staff without an account."""

from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from haven.access.privacy import Privacy
from haven.people.models import Organisation
from haven.readings.models.matrices import KIND_CHOICES
from haven.readings.rules.kinds import LONGEST_JOB, LONGEST_NAME


class Reader(models.Model):
    """Somebody who reads in a school. Who holds a post has a row only where more is known of her than that."""

    privacy = Privacy(
        keep="the name and job until so many years after she left (HAVEN_READER_YEARS, no source: the school's rule), "
        "then they are erased; the row stays for the count of signatures",
        working="id organisation kinds starts_on left_on forgotten_at added_at",
        personal="person name job added_by",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="readers")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="readings"
    )
    name = models.CharField(max_length=LONGEST_NAME, blank=True)  # of one without an account
    job = models.CharField(max_length=LONGEST_JOB, blank=True)
    kinds = ArrayField(models.CharField(max_length=30, choices=KIND_CHOICES), default=list, blank=True)
    starts_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)  # the first day on which she no longer reads here
    forgotten_at = models.DateTimeField(null=True, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["organisation", "name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "person"],
                condition=Q(person__isnull=False),
                name="a_person_reads_once_in_a_school",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, name="", job="", left_on__isnull=True)
                | Q(person__isnull=True) & (~Q(name="") | Q(forgotten_at__isnull=False)),
                name="a_reader_has_an_account_or_a_name",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(forgotten_at__isnull=False) | ~Q(kinds=[]),
                name="a_reader_without_an_account_is_of_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(forgotten_at__isnull=True) | Q(left_on__isnull=False, name="", job=""),
                name="only_who_left_is_forgotten",
            ),
        ]

    def __str__(self) -> str:
        return f"reader {self.pk}"
