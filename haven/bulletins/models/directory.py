"""The directory: whom to reach, and how each may be handled."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from haven.access.privacy import Privacy
from haven.bulletins.rules.facts import LONGEST_NAME
from haven.bulletins.rules.marking import LABELS, Secret
from haven.bulletins.rules.showing import telephone
from haven.people.models import Area


class Contact(models.Model):
    """Somebody, or a desk, that an area's notes say how to reach."""

    privacy = Privacy(
        keep="one year after it was retired",
        working="id area marking noted_at retired_at",
        personal="name role phones emails marking_quote",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="contacts")
    name = models.CharField(max_length=LONGEST_NAME, blank=True)
    role = models.CharField(max_length=300, blank=True)
    phones = ArrayField(models.CharField(max_length=20), default=list, blank=True)  # E.164
    emails = ArrayField(models.CharField(max_length=254), default=list, blank=True)  # small letters
    marking = models.CharField(max_length=20, choices=list(LABELS.items()), blank=True, default="")
    marking_quote = models.TextField(blank=True)  # the words of the note that marked it
    noted_at = models.DateTimeField()  # when a note, or a lead, last said so
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name", "role", "id"]
        indexes = [
            models.Index(fields=["area", "marking"]),
            GinIndex(fields=["phones"], name="contacts_by_telephone"),
            GinIndex(fields=["emails"], name="contacts_by_address"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(phones__len__gt=0) | Q(emails__len__gt=0), name="a_contact_can_be_reached"
            ),
            models.CheckConstraint(condition=Q(marking__in=list(LABELS)), name="a_marking_is_one_of_the_known"),
        ]

    def __str__(self) -> str:
        return f"contact {self.pk}"

    @property
    def secret(self) -> Secret:
        """What must not be read of it where it may not be."""
        return Secret(self.name, tuple(self.phones), tuple(self.emails))

    @property
    def called(self) -> str:
        """What it is called: its name, else its role, else how it is reached."""
        ways = [*self.emails, *map(telephone, self.phones)]
        return self.name or self.role or next(iter(ways), "")

    @property
    def role_besides(self) -> str:
        """Its role, where that is not already what it is called."""
        return self.role if self.name else ""

    @property
    def marking_label(self) -> str:
        """Its marking in words; empty where it has none."""
        return LABELS[self.marking] if self.marking else ""
