"""One school's return, the frozen copies of it, and who signed which."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from haven.access.privacy import Privacy
from haven.access.roles import LABELS
from haven.audits.models.cycles import Cycle, Window
from haven.audits.rules import life
from haven.audits.rules.life import STATES, State
from haven.people.models import Organisation
from haven.questions.models import Sheet


class Return(models.Model):
    """One school in a cycle. It has no sheet until somebody at the school opens it."""

    privacy = Privacy(
        keep="as long as its cycle",
        working="id cycle organisation window sheet state reference final_due_on asked_at begun_at submitted_at "
        "sent_back_at",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="returns")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="audit_returns")
    window = models.ForeignKey(Window, null=True, blank=True, on_delete=models.PROTECT, related_name="returns")
    sheet = models.OneToOneField(Sheet, null=True, blank=True, on_delete=models.PROTECT, related_name="audit_return")
    state = models.CharField(
        max_length=10, choices=[(each.value, label) for each, label in STATES.items()], default=State.WAITING.value
    )
    reference = models.CharField(max_length=40, blank=True)  # of the copy that was sent last
    final_due_on = models.DateField(null=True, blank=True)  # put off for this school alone
    asked_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)  # the last copy
    sent_back_at = models.DateTimeField(null=True, blank=True)  # for more; none once that is sent

    class Meta:
        ordering = ["cycle", "organisation__name", "id"]
        indexes = [models.Index(fields=["cycle", "state"]), models.Index(fields=["organisation", "cycle"])]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "organisation"], name="a_school_returns_once_in_a_cycle"),
            models.UniqueConstraint(
                fields=["cycle", "reference"], condition=~Q(reference=""), name="a_reference_stands_once_in_a_cycle"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting") | Q(sheet__isnull=False), name="a_return_that_was_begun_has_its_sheet"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["submitted", "read"]) | Q(submitted_at__isnull=False) & ~Q(reference=""),
                name="a_return_that_was_sent_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.cycle_id}"

    @property
    def days(self) -> life.Window:
        """Its window: its group's or the cycle's, and its own final deadline where it was put off."""
        days = self.window.days if self.window else self.cycle.window
        return life.Window(days.opens_on, days.first_due_on, self.final_due_on or days.final_due_on)


class Copy(models.Model):
    """A return as it stood when it was first signed, whole and never changed. Signatures are bound to its digest."""

    privacy = Privacy(
        keep="as long as its cycle",
        working="id of number digest made_at lapsed_at sent_at",
        personal="content",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    of = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="copies")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    lapsed_at = models.DateTimeField(null=True, blank=True)  # reopened: its signatures no longer count
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["of", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["of", "number"], name="a_copy_of_a_return_stands_once"),
            models.UniqueConstraint(
                fields=["of"], condition=Q(lapsed_at__isnull=True), name="a_return_has_one_copy_that_stands"
            ),
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="a_copy_has_its_digest"),
        ]

    def __str__(self) -> str:
        return f"copy {self.number} of {self.of_id}"


class Signature(models.Model):
    """That somebody signed a copy, in which post, as she was then."""

    privacy = Privacy(
        keep="as long as its cycle",
        working="id copy step role is_cover digest signed_at",
        personal="signed_by name words",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    copy = models.ForeignKey(Copy, on_delete=models.PROTECT, related_name="signatures")
    step = models.PositiveSmallIntegerField()  # from 1
    role = models.CharField(max_length=30, choices=[(role.value, label) for role, label in LABELS.items()])
    is_cover = models.BooleanField(default=False)  # signed for the holder of the post, who is away
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=150)  # as she signed
    words = models.TextField(blank=True)  # what she wished to say with it
    digest = models.CharField(max_length=64)  # of the copy, as it was shown to her
    signed_at = models.DateTimeField()

    class Meta:
        ordering = ["copy", "step"]
        constraints = [models.UniqueConstraint(fields=["copy", "step"], name="a_step_is_signed_once")]

    def __str__(self) -> str:
        return f"step {self.step} of {self.copy_id}"
