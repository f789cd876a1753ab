"""Who must never see what concerns a subject. Held above the school."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from haven.access.privacy import Privacy
from haven.people.models import Organisation
from haven.subjects.models.subjects import Subject


class Ground(models.TextChoices):
    """Why. From a list, so that no story is written where somebody could read it."""

    RELATIVE = "relative", "Is related to the child or to somebody involved"
    PARTNER = "partner", "Is or was the partner of somebody involved"
    INVOLVED = "involved", "Is involved in what happened"
    KNOWN = "known", "Knows the family in private life"
    OTHER = "other", "Another reason, known to whoever excluded"


class SetBy(models.TextChoices):
    """In what capacity an exclusion was set."""

    SENDER = "sender", "The police"
    COUNCIL = "council", "The council"
    DECLARED = "declared", "Herself"


class Exclusion(models.Model):
    """That a person must never see anything about a subject, whatever post she holds and whatever glass she breaks."""

    privacy = Privacy(
        keep="as long as its subject; it is ended, never deleted",
        working="id set_at set_as ended_at organisation",
        confidential="subject person ground set_by ended_by",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="exclusions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=20, choices=Ground.choices)
    set_as = models.CharField(max_length=20, choices=SetBy.choices)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")  # of whoever set it
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-set_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "person"],
                condition=Q(ended_at__isnull=True),
                name="a_person_is_excluded_from_somebody_once",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="an_exclusion_that_ended_says_who_ended_it",
            ),
            models.CheckConstraint(
                condition=Q(ended_by__isnull=True) | ~Q(ended_by=F("person")), name="nobody_ends_her_own_exclusion"
            ),
        ]

    def __str__(self) -> str:
        return f"exclusion {self.pk}"
