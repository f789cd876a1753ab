"""Which organisation is an area’s intelligence unit, and the area’s words for the ways that lead elsewhere."""

from django.db import models

from haven.access.privacy import WHILE_IN_USE, Privacy
from haven.intelligence.rules.routing import LONGEST
from haven.people.models import Area, Organisation


class Unit(models.Model):
    """What an area sets. Where it sets nothing, the police who serve it are the unit."""

    privacy = Privacy(keep=WHILE_IN_USE, public="area organisation crime_words child_words")

    area = models.OneToOneField(Area, on_delete=models.PROTECT, primary_key=True, related_name="+")
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    crime_words = models.CharField(max_length=LONGEST, blank=True)
    child_words = models.CharField(max_length=LONGEST, blank=True)

    def __str__(self) -> str:
        return f"unit of {self.area_id}"
