"""What an area sets for its checks, and the questions that a pack brings."""

from datetime import time

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from haven.access.privacy import WHILE_IN_USE, Privacy
from haven.access.roles import LABELS, ROLES_OF, Kind, Role
from haven.checks.rules.asking import WITHIN_DAYS
from haven.checks.rules.bands import HOURS, Band
from haven.engines.days.bank_holidays import ENGLAND_AND_WALES
from haven.engines.days.hours import Opening, OpeningHours
from haven.people.models import Area

COUNCIL_CHOICES = [(role.value, LABELS[role]) for role in Role if role in ROLES_OF[Kind.COUNCIL]]
LONGEST = 500  # hours


def workdays() -> list[int]:
    """Monday to Friday."""
    return [0, 1, 2, 3, 4]


class AreaSetting(models.Model):
    """When the MASH of an area is open, how soon it is to be answered, and who answers while schools are shut."""

    privacy = Privacy(
        keep=WHILE_IN_USE,
        working="area red_hours amber_hours green_hours blue_hours opens_at closes_at days on_bank_holidays "
        "within_days out_of_term_role",
    )

    area = models.OneToOneField(Area, on_delete=models.PROTECT, primary_key=True, related_name="+")
    red_hours = models.PositiveSmallIntegerField(default=HOURS[Band.RED], validators=[MaxValueValidator(LONGEST)])
    amber_hours = models.PositiveSmallIntegerField(default=HOURS[Band.AMBER], validators=[MaxValueValidator(LONGEST)])
    green_hours = models.PositiveSmallIntegerField(default=HOURS[Band.GREEN], validators=[MaxValueValidator(LONGEST)])
    blue_hours = models.PositiveSmallIntegerField(default=HOURS[Band.BLUE], validators=[MaxValueValidator(LONGEST)])
    opens_at = models.TimeField(default=time(9))
    closes_at = models.TimeField(default=time(17))
    days = ArrayField(models.PositiveSmallIntegerField(), default=workdays)  # Monday is 0
    on_bank_holidays = models.BooleanField(default=False)
    within_days = models.PositiveSmallIntegerField(
        default=WITHIN_DAYS, validators=[MinValueValidator(1), MaxValueValidator(366)]
    )
    out_of_term_role = models.CharField(max_length=30, choices=COUNCIL_CHOICES, default=Role.DUTY_OFFICER)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="a_mash_closes_after_it_opens"),
            models.CheckConstraint(condition=~Q(days=[]), name="a_mash_is_open_on_some_day"),
        ]

    def __str__(self) -> str:
        return f"checks of {self.area_id}"

    @property
    def clock(self) -> OpeningHours:
        """When the MASH is open."""
        opening = Opening(self.opens_at, self.closes_at)
        week = tuple(opening if day in self.days else None for day in range(7))
        return OpeningHours(week=week, closed=frozenset() if self.on_bank_holidays else ENGLAND_AND_WALES)

    def hours_of(self, band: Band) -> int:
        """In how many opening hours this band is to be answered; nought for no target."""
        hours: int = getattr(self, f"{band}_hours")
        return hours


class PromptSet(models.Model):
    """The questions of a pack, as it was loaded. A check keeps its own questions as they were put."""

    privacy = Privacy(keep=WHILE_IN_USE, public="id version content loaded_at")

    version = models.CharField(max_length=20, unique=True)
    content = models.JSONField()
    loaded_at = models.DateTimeField()

    class Meta:
        ordering = ["-version"]

    def __str__(self) -> str:
        return f"questions {self.version}"
