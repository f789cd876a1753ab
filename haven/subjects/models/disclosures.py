"""Every disclosure, and every decision not to disclose: written before anything is handed over, never changed."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from haven.access.privacy import Privacy
from haven.people.models import Organisation
from haven.subjects.models.records import Record
from haven.subjects.rules.bases import Flow


class Outcome(models.TextChoices):
    """What became of it."""

    SHOWN = "shown", "Shown"
    SENT = "sent", "Sent"
    EXPORTED = "exported", "Taken away as a file"
    KEPT_BACK = "kept-back", "Decided not to share"
    REFUSED = "refused", "Refused"
    LOOKED_UP = "looked-up", "Looked up"


class Told(models.TextChoices):
    """Whether the child or the family was told."""

    YES = "yes", "Yes"
    NOT_YET = "not-yet", "Not yet"
    NO_RISK = "no-risk", "No: it could put somebody at risk"
    NO_CRIME = "no-crime", "No: it could harm an investigation"
    NO_REACH = "no-reach", "No: they could not be reached"
    ROUTINE = "routine", "Not asked: somebody read what was sent to their organisation"


class Disclosure(models.Model):
    """One time that something was shown, sent, refused or kept back: who, as what, which record, why, on what basis."""

    privacy = Privacy(
        keep="as long as its record, and without it where that is erased: its words go with the record's key",
        working="id at outcome role organisation organisation_name to_organisation flow basis edition purpose",
        personal="person person_name",
        confidential="record told words",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    at = models.DateTimeField()
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    record = models.ForeignKey(  # null where a look-up found nothing
        Record, null=True, blank=True, on_delete=models.PROTECT, related_name="disclosures"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    person_name = models.CharField(max_length=150)  # as of then, as are role and organisation
    role = models.CharField(max_length=60)
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    organisation_name = models.CharField(max_length=200)
    to_organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    flow = models.CharField(max_length=40, choices=[(each.value, each.value) for each in Flow])
    purpose = models.CharField(max_length=100)
    basis = models.CharField(max_length=30)
    edition = models.CharField(max_length=10)
    told = models.CharField(max_length=10, choices=Told.choices, default=Told.ROUTINE)
    words = models.BinaryField(null=True)  # the reasons, sealed under the record's key

    class Meta:
        ordering = ["-at", "id"]
        indexes = [models.Index(fields=["record", "-at"]), models.Index(fields=["person", "-at"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome="kept-back") | Q(words__isnull=False), name="what_is_kept_back_says_why"
            ),
            models.CheckConstraint(
                condition=Q(record__isnull=False) | Q(outcome__in=("looked-up", "refused")),
                name="what_is_disclosed_is_of_a_record",
            ),
        ]

    def __str__(self) -> str:
        return f"disclosure {self.pk}"
