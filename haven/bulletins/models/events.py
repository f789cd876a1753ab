"""The calendar: what the published notes of an area announce."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from haven.access.privacy import Privacy
from haven.bulletins.models.bulletins import Bulletin
from haven.bulletins.models.items import Item
from haven.people.models import Area


class Event(models.Model):
    """A dated happening, in local time. Who may see it, its bulletin says."""

    privacy = Privacy(
        keep="as long as its bulletin",
        working="id area bulletin item title starts_on starts_time ends_on ends_time place is_online recurs "
        "is_optional is_cancelled",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="events")
    bulletin = models.ForeignKey(Bulletin, on_delete=models.PROTECT, related_name="events")
    item = models.OneToOneField(Item, on_delete=models.PROTECT, related_name="event")
    title = models.CharField(max_length=300)
    starts_on = models.DateField()
    starts_time = models.TimeField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    ends_time = models.TimeField(null=True, blank=True)
    place = models.TextField(blank=True)
    is_online = models.BooleanField(default=False)
    recurs = models.CharField(max_length=20, blank=True)
    is_optional = models.BooleanField(default=False)
    is_cancelled = models.BooleanField(default=False)

    class Meta:
        ordering = ["starts_on", F("starts_time").asc(nulls_first=True), "title"]
        indexes = [models.Index(fields=["area", "starts_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="no_event_ends_before_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(ends_time__isnull=True) | Q(starts_time__isnull=False), name="no_event_ends_without_a_start"
            ),
        ]

    def __str__(self) -> str:
        return f"event {self.pk}"
