"""A cycle: one asking of a template by an area, of whom, and when."""

from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from haven.access.privacy import Privacy
from haven.actions.models.audiences import AudienceLine, names_nothing_twice, names_what_its_kind_says
from haven.actions.rules import Reach
from haven.audits.rules import life
from haven.audits.rules.life import STANDINGS
from haven.people.models import Area, Cluster
from haven.questions.models import Version

KEEP = "seven years after the cycle closed"

_DAYS_RUN_FORWARD = Q(first_due_on__gte=F("opens_on")) & Q(final_due_on__gte=F("first_due_on"))


class Cycle(models.Model):
    """One asking of a template. Its own days hold for every school that no window of a group holds for."""

    privacy = Privacy(
        keep=KEEP,
        working="id area version title school_year note opens_on first_due_on final_due_on steps reminders sample"
        " before standing prepared_at opened_at closed_at brought_from",
        personal="prepared_by",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="cycles")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="cycles")
    title = models.CharField(max_length=150)
    school_year = models.PositiveSmallIntegerField()  # the year in which it begins: 2026 for 2026–27
    note = models.TextField(blank=True)  # the council's words to its schools
    opens_on = models.DateField()
    first_due_on = models.DateField()
    final_due_on = models.DateField()
    steps = models.JSONField()  # the chain of signatures: for each step the roles of which any may sign
    reminders = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)  # days before a deadline
    sample = models.JSONField(default=dict, blank=True)  # whom moderation visits: the rule of rules/sampling.py
    before = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="after"
    )  # the cycle whose answers stand ready, and whose plan comes along
    standing = models.CharField(max_length=10, choices=[(each.value, label) for each, label in STANDINGS.items()])
    prepared_at = models.DateTimeField()
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    brought_from = models.CharField(max_length=200, blank=True)  # the file that its answers came in; schools gave none

    class Meta:
        ordering = ["-opens_on", "title", "id"]
        constraints = [
            models.CheckConstraint(condition=_DAYS_RUN_FORWARD, name="a_cycles_days_run_forward"),
            models.CheckConstraint(
                condition=Q(standing="draft", opened_at__isnull=True)
                | ~Q(standing="draft") & Q(opened_at__isnull=False),
                name="a_cycle_that_was_opened_says_when",
            ),
            models.CheckConstraint(
                condition=Q(standing="closed", closed_at__isnull=False)
                | ~Q(standing="closed") & Q(closed_at__isnull=True),
                name="a_closed_cycle_says_when",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def window(self) -> life.Window:
        """Its own days."""
        return life.Window(self.opens_on, self.first_due_on, self.final_due_on)

    @property
    def reaches(self) -> tuple[Reach, ...]:
        """Its audience."""
        return tuple(line.reach for line in self.audience.all())


class Audience(AudienceLine):
    """One line of the schools that a cycle asks."""

    privacy = Privacy(keep="as long as its cycle", working="id cycle kind cluster organisation phase")

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="audience")  # a part of the cycle

    class Meta:
        ordering = ["id"]
        constraints = [
            names_what_its_kind_says("a_cycles_audience_names_what_its_kind_says"),
            names_nothing_twice("a_cycles_audience_names_nothing_twice", "cycle"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.cycle_id}"


class Window(models.Model):
    """Days of its own for one group of schools."""

    privacy = Privacy(keep="as long as its cycle", working="id cycle cluster opens_on first_due_on final_due_on")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="windows")  # a part of the cycle
    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="audit_windows")
    opens_on = models.DateField()
    first_due_on = models.DateField()
    final_due_on = models.DateField()

    class Meta:
        ordering = ["opens_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "cluster"], name="a_group_has_one_window_in_a_cycle"),
            models.CheckConstraint(condition=_DAYS_RUN_FORWARD, name="a_windows_days_run_forward"),
        ]

    def __str__(self) -> str:
        return f"{self.cluster_id} in {self.cycle_id}"

    @property
    def days(self) -> life.Window:
        """As one value."""
        return life.Window(self.opens_on, self.first_due_on, self.final_due_on)


class Moved(models.Model):
    """That a school's final deadline was put off, and why."""

    privacy = Privacy(
        keep="as long as its cycle", working="id cycle organisation_return now_on why moved_at", personal="moved_by"
    )

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="moved")
    organisation_return = models.ForeignKey(
        "audits.Return", null=True, blank=True, on_delete=models.PROTECT, related_name="moved"
    )  # none where it was put off for all
    now_on = models.DateField()
    why = models.TextField()
    moved_at = models.DateTimeField()
    moved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["moved_at", "id"]
        constraints = [models.CheckConstraint(condition=~Q(why=""), name="a_moved_deadline_says_why")]

    def __str__(self) -> str:
        return f"{self.cycle_id} to {self.now_on}"
