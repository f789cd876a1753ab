"""When schools are open: term dates of an area, and days on which a school differs."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from haven.access.privacy import WHILE_IN_USE, Privacy
from haven.people.models.areas import Area
from haven.people.models.dated import BetweenAndWith
from haven.people.models.organisations import Organisation


class TermDates(models.Model):
    """Days on which an area's schools are open, first and last included: one row for each half term."""

    privacy = Privacy(
        keep=WHILE_IN_USE,
        public="id area school_year name starts_on ends_on",
    )

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="term_dates")
    school_year = models.PositiveSmallIntegerField()  # the year in which it begins: 2026 for 2026–27
    name = models.CharField(max_length=50)
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="no_term_ends_before_it_starts"),
            ExclusionConstraint(
                name="terms_of_an_area_do_not_overlap",
                expressions=[("area", RangeOperators.EQUAL), (BetweenAndWith(), RangeOperators.OVERLAPS)],
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DayOverride(models.Model):
    """A day on which one school differs from its area: an INSET day, a closure, a Saturday opening."""

    privacy = Privacy(
        keep=WHILE_IN_USE,
        public="id organisation day_on is_open why",
    )

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="day_overrides")
    day_on = models.DateField()
    is_open = models.BooleanField(default=False)
    why = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["day_on"]
        constraints = [models.UniqueConstraint(fields=["organisation", "day_on"], name="a_school_differs_once_a_day")]

    def __str__(self) -> str:
        return f"{self.organisation_id} on {self.day_on}"
