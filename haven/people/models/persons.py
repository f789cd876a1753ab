"""People, the posts they hold, who covers for them, and who has been invited."""

from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from haven.access.privacy import Privacy
from haven.access.roles import LABELS, Role
from haven.people.models.dated import Between
from haven.people.models.organisations import Organisation

ROLE_CHOICES = [(role.value, label) for role, label in LABELS.items()]


class People(BaseUserManager["Person"]):
    """Makes people and finds them by their address, whatever its case."""

    def create_user(self, email: str, name: str, password: str | None = None) -> "Person":
        """A person who can sign in; without a password until she has set one."""
        person = self.model(email=self.normalize_email(email).lower(), name=name)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> "Person":
        """The person with this address."""
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Somebody who signs in. What she may do stands in her posts, never here."""

    privacy = Privacy(
        keep="seven years after the last post ends, then name and address are erased",
        working="id is_active joined_at",
        personal="email name password last_login",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=150)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects = People()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="addresses_are_kept_in_small_letters")
        ]

    def __str__(self) -> str:
        return f"person {self.pk}"


class Post(models.Model):
    """A role in an organisation, held by a person from a day up to, not including, another."""

    privacy = Privacy(
        keep="seven years after it ends", working="id organisation role starts_on ends_on", personal="person"
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=30, choices=ROLE_CHOICES)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["organisation", "role", "starts_on"]
        indexes = [models.Index(fields=["organisation", "role"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="no_post_ends_before_it_starts"
            ),
            ExclusionConstraint(
                name="a_person_holds_a_post_once_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("organisation", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (Between(), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} at {self.organisation_id}"

    @property
    def label(self) -> str:
        """The role as people say it."""
        return LABELS[Role(self.role)]


class Cover(models.Model):
    """Somebody does a post's work while its holder is away, from a day up to, not including, another."""

    privacy = Privacy(keep="seven years after it ends", working="id post starts_on ends_on", personal="covered_by")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="covers")
    covered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="covers")
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="a_cover_lasts_at_least_a_day"),
            ExclusionConstraint(
                name="a_post_has_one_cover_at_a_time",
                expressions=[("post", RangeOperators.EQUAL), (Between(), RangeOperators.OVERLAPS)],
            ),
        ]

    def __str__(self) -> str:
        return f"cover of {self.post_id}"


class Invitation(models.Model):
    """An invitation to a post. Its secret goes out by e-mail once and is kept here only as a hash."""

    privacy = Privacy(
        keep="one year after it was answered or ran out",
        working="id organisation role starts_on invited_at expires_at secret_hash accepted_at withdrawn_at post",
        personal="email name invited_by",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=150)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="invitations")
    role = models.CharField(max_length=30, choices=ROLE_CHOICES)
    starts_on = models.DateField()
    invited_by = models.ForeignKey(  # null where it was done from the command line, by whoever runs the machine
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="invited"
    )
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    secret_hash = models.CharField(max_length=64, unique=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    post = models.OneToOneField(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="invitation")

    class Meta:
        ordering = ["-invited_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, post__isnull=True)
                | Q(accepted_at__isnull=False, post__isnull=False),
                name="an_accepted_invitation_has_its_post",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="no_accepted_invitation_is_withdrawn",
            ),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="invited_addresses_are_in_small_letters"),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("invited_at")), name="no_invitation_expires_before_it_is_sent"
            ),
            models.UniqueConstraint(
                fields=["email", "organisation", "role"],
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="an_invitation_to_a_post_is_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"
