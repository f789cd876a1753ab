"""Surveys: what people are asked as people. Nothing here can be tied to whoever answered."""

from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from haven.access.privacy import Privacy
from haven.people.models import Area
from haven.questions.models.templates import LONGEST_TITLE, Version


class Survey(models.Model):
    """One asking of a template, answered by whoever holds a code.

    The codes that are still unused and the answers stand in two fields of one row, the answers in a drawn order: no row
    of either has a number, a time or a place on the disk by which the two could be brought together
    (docs/decisions/0022-a-survey-is-one-row.md).
    """

    privacy = Privacy(
        keep="three years after it closed",
        working="id area version title note opens_on closes_on issued unused answered made_at closed_at",
        personal="slips made_by",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="surveys")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="surveys")
    title = models.CharField(max_length=LONGEST_TITLE)
    note = models.TextField(blank=True)  # the council's words to whoever answers
    opens_on = models.DateField()
    closes_on = models.DateField()  # the last day on which it is answered
    issued = models.PositiveIntegerField(default=0)  # codes
    unused = ArrayField(models.CharField(max_length=64), default=list, blank=True)  # hashes of the codes
    answered = models.PositiveIntegerField(default=0)
    slips = models.JSONField(default=list, blank=True)  # what was answered: for each a value by question's key
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)  # before its time

    class Meta:
        ordering = ["-opens_on", "title", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="a_surveys_days_run_forward"),
            models.CheckConstraint(condition=Q(issued__gte=F("answered")), name="a_code_is_used_once"),
        ]

    def __str__(self) -> str:
        return self.title
