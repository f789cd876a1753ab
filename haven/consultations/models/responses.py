"""An area's response to a consultation: until when it is gathered, and of whom."""

from datetime import date
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from haven.access.privacy import Privacy
from haven.actions.models.audiences import AudienceLine, names_nothing_twice, names_what_its_kind_says
from haven.actions.rules import Reach
from haven.consultations.rules.life import last_day
from haven.guidance.models import Edition
from haven.people.models import Area

KEEP = "seven years after the consultation closed"


class Response(models.Model):
    """What one area says to the consultation on one edition. Prepared first, then gathered, then recorded as sent."""

    privacy = Privacy(
        keep=KEEP,
        working="id area edition closes_on known_closes_on note prepared_at invited_at",
        personal="prepared_by invited_by",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="responses")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="responses")
    closes_on = models.DateField()  # the area's own closing date: the last day on which somebody may contribute
    known_closes_on = models.DateField(null=True, blank=True)  # the consultation's, as it stood when ours was set
    note = models.TextField(blank=True)  # what matters in it
    prepared_at = models.DateTimeField()
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(null=True, blank=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["closes_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["area", "edition"], name="an_area_responds_once_to_a_consultation"),
            models.CheckConstraint(
                condition=Q(invited_at__isnull=True, invited_by__isnull=True)
                | Q(invited_at__isnull=False, invited_by__isnull=False),
                name="an_invitation_to_contribute_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"response of {self.area_id} to {self.edition_id}"

    @property
    def reaches(self) -> tuple[Reach, ...]:
        """Its audience."""
        return tuple(line.reach for line in self.audience.all())

    @property
    def last_on(self) -> date:
        """The last day on which somebody may contribute, as the consultation's own date now stands."""
        return last_day(self.closes_on, self.edition.closes_on)

    @property
    def has_slipped(self) -> bool:
        """Whether the consultation's closing date is another than when the area's was set."""
        return self.edition.closes_on != self.known_closes_on


class Audience(AudienceLine):
    """One line of those who are invited to contribute."""

    privacy = Privacy(keep="as long as its response", working="id response kind cluster organisation phase")

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="audience")  # a part of the response

    class Meta:
        ordering = ["id"]
        constraints = [
            names_what_its_kind_says("a_responses_audience_names_what_its_kind_says"),
            names_nothing_twice("a_responses_audience_names_nothing_twice", "response"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.response_id}"


class Moved(models.Model):
    """That an area's own closing date was moved, and why."""

    privacy = Privacy(
        keep="as long as its response", working="id response was_on now_on why moved_at", personal="moved_by"
    )

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="moved")
    was_on = models.DateField()
    now_on = models.DateField()
    why = models.TextField()
    moved_at = models.DateTimeField()
    moved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["moved_at", "id"]
        constraints = [models.CheckConstraint(condition=~Q(why=""), name="a_moved_closing_date_says_why")]

    def __str__(self) -> str:
        return f"{self.response_id} to {self.now_on}"
