"""That a school takes part, who of it was briefed, and what it returns each month."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from haven.access.privacy import WHILE_IN_USE, Privacy
from haven.people.models import Area, Organisation


class SignUp(models.Model):
    """That a school agreed to take part, from a day up to, not including, another. Notifications go out either way."""

    privacy = Privacy(keep=WHILE_IN_USE, working="id school agreed_on until")

    school = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    agreed_on = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["agreed_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["school"], condition=Q(until__isnull=True), name="a_school_signs_up_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("agreed_on")), name="a_sign_up_lasts_a_while"
            ),
        ]

    def __str__(self) -> str:
        return f"sign-up of {self.school_id}"


class Briefing(models.Model):
    """That somebody of a school was briefed on a day."""

    privacy = Privacy(
        keep="seven years after the post of whoever was briefed ends",
        working="id school council day_on made_at",
        personal="person",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    school = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    council = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    day_on = models.DateField()
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-day_on"]
        constraints = [
            models.UniqueConstraint(fields=["school", "person", "day_on"], name="a_briefing_stands_once"),
        ]

    def __str__(self) -> str:
        return f"briefing {self.pk}"


class MonthlyReturn(models.Model):
    """What a school returns for a month: figures that Haven made from what happened, and that somebody confirmed."""

    privacy = Privacy(
        keep="seven years after its month",
        working="id school area council month due_on figures made_at confirmed_at chased_at told_at",
        personal="confirmed_by",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    school = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    council = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    month = models.DateField()  # its first day
    due_on = models.DateField()  # the last day on which it is in time
    figures = models.JSONField()  # numbers by name; nothing of any child
    made_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    chased_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)  # when somebody was last written to about it

    class Meta:
        ordering = ["-month"]
        constraints = [
            models.UniqueConstraint(fields=["school", "month"], name="a_school_returns_a_month_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="a_return_is_for_a_whole_month"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="a_confirmed_return_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"return {self.pk}"
