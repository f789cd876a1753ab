"""A school's answers to one version, as a whole."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from haven.access.privacy import Privacy
from haven.people.models import Organisation
from haven.questions.models.templates import LONGEST_KEY, Version
from haven.questions.rules.showing import School

LONGEST_ADDRESS = 300


class Sheet(models.Model):
    """One organisation's answers to one version of a template.

    Whoever opened it keeps its address, says who may lock it, and shows it. Two traits of a school may change while it
    answers: its phase and its type are the register's.
    """

    privacy = Privacy(
        keep="seven years after it was locked",
        working="id version organisation address traits before opened_at started_at locked_at",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="sheets")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="sheets")
    address = models.CharField(max_length=LONGEST_ADDRESS)  # of the page that it is shown on
    traits = ArrayField(models.CharField(max_length=LONGEST_KEY), default=list, blank=True)
    before = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="after"
    )  # the answers of last time, which stand ready in it
    opened_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)  # when the first answer was given or confirmed
    locked_at = models.DateTimeField(null=True, blank=True)  # since when nothing can be changed

    class Meta:
        ordering = ["opened_at", "id"]
        indexes = [models.Index(fields=["organisation", "version"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(address__startswith="/") & ~Q(address__startswith="//"), name="a_sheet_lies_within_haven"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} on {self.version_id}"

    @property
    def is_locked(self) -> bool:
        """Whether nothing can be changed."""
        return self.locked_at is not None

    @property
    def school(self) -> School:
        """What decides which questions it is asked."""
        return School(self.organisation.phase, self.organisation.school_type, frozenset(self.traits))
