"""Areas, who serves them, and groups of schools within them."""

from uuid import uuid4

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q

from haven.access.privacy import WHILE_IN_USE, Privacy
from haven.people.models.dated import Between
from haven.people.models.organisations import Organisation


class Area(models.Model):
    """The area of one local authority, with its partnership."""

    privacy = Privacy(keep=WHILE_IN_USE, public="id name code")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(max_length=100)  # not unique: an authority made anew may keep the old one's name
    code = models.CharField(max_length=3, unique=True)  # the authority's number in the national register

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ServedArea(models.Model):
    """An organisation works for an area: a school lies in one and may work with others; a police force serves many."""

    privacy = Privacy(
        keep=WHILE_IN_USE,
        public="id organisation area is_home starts_on ends_on",
    )

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="served_areas")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="served_by")
    is_home = models.BooleanField(default=True)  # lies in the area, rather than only working with it
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)  # the first day on which it no longer does

    class Meta:
        indexes = [models.Index(fields=["area", "organisation"])]
        constraints = [
            ExclusionConstraint(
                name="an_organisation_serves_an_area_once_at_a_time",
                expressions=[
                    ("organisation", RangeOperators.EQUAL),
                    ("area", RangeOperators.EQUAL),
                    (Between(), RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="an_organisation_lies_in_one_area_at_a_time",
                expressions=[("organisation", RangeOperators.EQUAL), (Between(), RangeOperators.OVERLAPS)],
                condition=Q(is_home=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.area_id}"


class Cluster(models.Model):
    """A group of schools that meet and are written to together."""

    privacy = Privacy(keep=WHILE_IN_USE, public="id area name")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="clusters")
    name = models.CharField(max_length=100)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["area", "name"], name="a_clusters_name_stands_once_in_an_area")]

    def __str__(self) -> str:
        return self.name


class ClusterPlace(models.Model):
    """A school's place in a cluster, from a day up to, not including, another."""

    privacy = Privacy(
        keep=WHILE_IN_USE,
        public="id cluster organisation starts_on ends_on",
    )

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="places")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="cluster_places")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="a_school_is_in_a_cluster_once_at_a_time",
                expressions=[
                    ("cluster", RangeOperators.EQUAL),
                    ("organisation", RangeOperators.EQUAL),
                    (Between(), RangeOperators.OVERLAPS),
                ],
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.cluster_id}"
