"""Schools and agencies."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from haven.access.privacy import WHILE_IN_USE, Privacy
from haven.access.roles import Kind


class Phase(models.TextChoices):
    """What ages a school teaches, in the words of the national register."""

    NURSERY = "nursery", "Nursery"
    PRIMARY = "primary", "Primary"
    MIDDLE = "middle", "Middle"
    SECONDARY = "secondary", "Secondary"
    SIXTEEN_PLUS = "16-plus", "16 plus"
    ALL_THROUGH = "all-through", "All-through"
    NOT_APPLICABLE = "", "Not applicable"


class Status(models.TextChoices):
    """Whether an organisation is there."""

    OPEN = "open", "Open"
    PROPOSED = "proposed", "Proposed to open"
    CLOSING = "closing", "Open, but proposed to close"
    CLOSED = "closed", "Closed"


class Organisation(models.Model):
    """A school, by its unique reference number, or an agency. Never deleted: it closes."""

    privacy = Privacy(
        keep=WHILE_IN_USE,
        public="id kind name urn group_number phase school_type trust trust_name street town postcode website status "
        "opened_on closed_on",
        working="source_digest",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value.capitalize()) for kind in Kind])
    name = models.CharField(max_length=200)
    urn = models.PositiveIntegerField(null=True, blank=True, unique=True)
    group_number = models.PositiveIntegerField(null=True, blank=True, unique=True)  # a trust's number in the register
    phase = models.CharField(max_length=20, choices=Phase.choices, blank=True, default="")
    school_type = models.CharField(max_length=100, blank=True)
    trust = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="schools")
    trust_name = models.CharField(max_length=200, blank=True)
    street = models.CharField(max_length=200, blank=True)
    town = models.CharField(max_length=100, blank=True)
    postcode = models.CharField(max_length=20, blank=True)
    website = models.CharField(max_length=300, blank=True)
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.OPEN)
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    source_digest = models.CharField(max_length=64, blank=True)  # of the register's row last loaded: same, no change

    class Meta:
        ordering = ["name", "urn"]
        indexes = [models.Index(fields=["kind", "status", "name"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=Kind.SCHOOL.value, urn__isnull=False) | ~Q(kind=Kind.SCHOOL.value),
                name="every_school_has_a_urn",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(opened_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="no_organisation_closes_before_it_opens",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_school(self) -> bool:
        """Whether it is a school."""
        return self.kind == Kind.SCHOOL


class Succession(models.Model):
    """One school follows another: an academy its predecessor, a merged school both."""

    privacy = Privacy(keep=WHILE_IN_USE, public="id predecessor successor")

    predecessor = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="precessions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="a_succession_stands_once"),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="no_school_succeeds_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id}"
