"""What an area says and sets for the notifications of its schools, and what a force sends."""

from datetime import time

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from haven.access.privacy import WHILE_IN_USE, Privacy
from haven.access.roles import Role
from haven.notifications.rules.breaches import HOURS_TO_CONFIRM
from haven.notifications.rules.escalating import MORNINGS
from haven.notifications.rules.items import EVERYTHING, Item
from haven.notifications.rules.returns import DAYS_TO_CONFIRM
from haven.notifications.rules.sending import AGES
from haven.notifications.rules.support import HANDLING
from haven.people.models import Area, Organisation
from haven.subjects.models.keeping import COUNCIL_CHOICES


def usual_mornings() -> list[time]:
    """The clock times at which a school is told again on the morning of the deadline."""
    return list(MORNINGS)


def usual_items() -> list[str]:
    """Everything that a notification may say."""
    return [item.value for item in Item if item in EVERYTHING]


def no_reasons() -> list[str]:
    """None: no regulations that name exceptions were found (Domestic Abuse Act 2021, section 49A(2))."""
    return []


class AreaRule(models.Model):
    """The handling rule of an area, when it tells whom, and from how many on it shows a number."""

    privacy = Privacy(
        keep=WHILE_IN_USE,
        working="area handling head_after council_after mornings duty_list_before telephone_before day_ends "
        "duty_role suppress_below asks_returns return_days confirm_hours",
    )

    area = models.OneToOneField(Area, on_delete=models.PROTECT, primary_key=True, related_name="+")
    handling = models.TextField(default=HANDLING, max_length=2000)
    head_after = models.PositiveSmallIntegerField(default=30)  # minutes, in school hours
    council_after = models.PositiveSmallIntegerField(default=60)
    mornings = ArrayField(models.TimeField(), default=usual_mornings, size=3)
    duty_list_before = models.PositiveSmallIntegerField(default=60)  # minutes before the deadline
    telephone_before = models.PositiveSmallIntegerField(default=30)
    day_ends = models.TimeField(default=time(16))
    duty_role = models.CharField(max_length=30, choices=COUNCIL_CHOICES, default=Role.DUTY_OFFICER)
    suppress_below = models.PositiveSmallIntegerField(
        default=5, validators=[MinValueValidator(2), MaxValueValidator(50)]
    )
    asks_returns = models.BooleanField(default=True)  # of its schools, each month: one borough is known to
    return_days = models.PositiveSmallIntegerField(  # until which day of the next month
        default=DAYS_TO_CONFIRM, validators=[MinValueValidator(1), MaxValueValidator(28)]
    )
    confirm_hours = models.PositiveSmallIntegerField(  # in which a place confirms that copies are destroyed
        default=HOURS_TO_CONFIRM, validators=[MinValueValidator(1), MaxValueValidator(720)]
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(handling=""), name="an_area_has_a_handling_rule"),
            models.CheckConstraint(
                condition=Q(duty_list_before__gte=F("telephone_before")), name="the_list_is_made_before_it_is_rung"
            ),
            models.CheckConstraint(condition=Q(confirm_hours__gte=1), name="copies_are_asked_for_in_some_hours"),
            models.CheckConstraint(condition=Q(suppress_below__gte=2), name="some_small_numbers_are_never_shown"),
        ]

    def __str__(self) -> str:
        return f"rule of {self.area_id}"


class ForceProfile(models.Model):
    """What one force sends, for which ages, and its own list of reasons not to notify."""

    privacy = Privacy(
        keep=WHILE_IN_USE, working="organisation items ages_from ages_to free_words reasons_not_to_notify"
    )

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, primary_key=True, related_name="+")
    items = ArrayField(models.CharField(max_length=20), default=usual_items)
    ages_from = models.PositiveSmallIntegerField(default=AGES[0])
    ages_to = models.PositiveSmallIntegerField(default=AGES[1])
    free_words = models.TextField(blank=True, max_length=2000)  # shown under every notification of this force
    reasons_not_to_notify = ArrayField(models.CharField(max_length=200), default=no_reasons, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ages_to__gte=F("ages_from"), ages_to__lte=17), name="a_force_notifies_of_children"
            )
        ]

    def __str__(self) -> str:
        return f"profile of {self.organisation_id}"
