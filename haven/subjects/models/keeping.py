"""How long records are kept, what holds them, and how they end; and what an area sets for itself."""

from uuid import uuid4

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from haven.access.privacy import WHILE_IN_USE, Privacy
from haven.access.roles import INTELLIGENCE, LABELS, ROLES_OF, Kind, Role
from haven.people.models import Area
from haven.subjects.models.records import KEPT_CHOICES
from haven.subjects.models.subjects import Subject

COUNCIL_CHOICES = [(role.value, LABELS[role]) for role in Role if role in ROLES_OF[Kind.COUNCIL] - INTELLIGENCE]


class AreaSetting(models.Model):
    """Whom an area names for what no school can answer, and how long broken glass stays open there."""

    privacy = Privacy(keep=WHILE_IN_USE, working="area home_education_role last_resort_role glass_minutes")

    area = models.OneToOneField(Area, on_delete=models.PROTECT, primary_key=True, related_name="+")
    home_education_role = models.CharField(max_length=30, choices=COUNCIL_CHOICES, default=Role.HOME_EDUCATION_OFFICER)
    last_resort_role = models.CharField(max_length=30, choices=COUNCIL_CHOICES, default=Role.DUTY_OFFICER)
    glass_minutes = models.PositiveSmallIntegerField(
        default=60, validators=[MinValueValidator(5), MaxValueValidator(180)]
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(glass_minutes__gte=5, glass_minutes__lte=180), name="glass_stays_open_three_hours_at_most"
            )
        ]

    def __str__(self) -> str:
        return f"settings of {self.area_id}"


class RetentionSetting(models.Model):
    """How many years an area keeps a class of records, where that is not what Haven brings."""

    privacy = Privacy(keep=WHILE_IN_USE, working="id area kept_as years source")

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    kept_as = models.CharField(max_length=20, choices=KEPT_CHOICES)
    years = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=200)  # who decided it, and where that is written

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "kept_as"], name="an_area_keeps_a_class_for_one_time"),
            models.CheckConstraint(condition=Q(years__gte=1, years__lte=100), name="kept_for_years_not_for_ever"),
            models.CheckConstraint(condition=~Q(source=""), name="who_sets_a_time_says_by_what"),
        ]

    def __str__(self) -> str:
        return f"{self.kept_as} in {self.area_id}"


class Hold(models.Model):
    """A legal hold: nothing about the subject is erased while it stands."""

    privacy = Privacy(
        keep="as long as its subject", working="id subject held_at why ended_at ended_why", personal="held_by ended_by"
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="holds")
    held_at = models.DateTimeField()
    held_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=200)  # the inquiry or court by its reference, never the person
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    ended_why = models.CharField(max_length=200, blank=True)  # likewise without a name

    class Meta:
        ordering = ["-held_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(why=""), name="a_hold_says_for_what"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, ended_why="")
                | Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(ended_why=""),
                name="a_hold_that_ended_says_who_ended_it_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"hold {self.pk}"


class Erasure(models.Model):
    """That somebody asked for a subject to be erased under a rule, and that another said yes or no."""

    privacy = Privacy(
        keep="for ever: it names nobody whose name still stands",
        working="id subject kept_as asked_at decided_at is_approved",
        personal="asked_by decided_by",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="erasures")
    kept_as = models.CharField(max_length=20, choices=KEPT_CHOICES)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    is_approved = models.BooleanField(null=True)

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject"], condition=Q(decided_at__isnull=True), name="an_erasure_is_asked_for_once"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
                name="a_second_person_decides_an_erasure",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True, is_approved__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False, is_approved__isnull=False),
                name="a_decided_erasure_says_who_and_what",
            ),
        ]

    def __str__(self) -> str:
        return f"erasure {self.pk}"
