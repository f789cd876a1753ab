"""A policy in a school's register, its reviews and its history."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from haven.access.privacy import Privacy
from haven.access.roles import SCHOOL_ROLES, Role
from haven.actions.models import Action
from haven.people.models import Organisation
from haven.policies.rules.facts import (
    APPROVERS,
    KINDS,
    LONGEST_ADDRESS,
    LONGEST_PLACE,
    LONGEST_TITLE,
    MOST_MONTHS,
    Approver,
    PolicyFacts,
    PolicyKind,
    cycle_in_words,
    role_in_words,
)
from haven.policies.rules.life import STEPS

KIND_CHOICES = [(kind.value, label) for kind, label in KINDS.items()]
APPROVER_CHOICES = [(approver.value, label) for approver, label in APPROVERS.items()]
ROLE_CHOICES = [(role.value, role_in_words(role)) for role in Role if role in SCHOOL_ROLES]
KEPT = "as long as its school uses Haven"


class Policy(models.Model):
    """One policy of a school, whatever its version. Never deleted: it is withdrawn."""

    privacy = Privacy(
        keep=KEPT,
        public="address",
        working="id school title kind owner_role review_months review_on approver kept_at registered_at withdrawn_at "
        "withdrawn_why",
        personal="owner registered_by",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    school = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="policies")
    title = models.CharField(max_length=LONGEST_TITLE)
    kind = models.CharField(max_length=30, choices=KIND_CHOICES)
    owner_role = models.CharField(max_length=30, choices=ROLE_CHOICES, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="policies_owned"
    )
    review_months = models.PositiveSmallIntegerField()
    review_on = models.DateField(null=True, blank=True)
    approver = models.CharField(max_length=20, choices=APPROVER_CHOICES)
    address = models.URLField(max_length=LONGEST_ADDRESS, blank=True)  # where anybody may read it
    kept_at = models.CharField(max_length=LONGEST_PLACE, blank=True)
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.TextField(blank=True)

    class Meta:
        ordering = ["review_on", "title", "id"]
        indexes = [
            models.Index(fields=["school", "kind"]),
            models.Index(fields=["review_on"], condition=Q(withdrawn_at__isnull=True), name="policies_to_review"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="a_policy_has_its_title"),
            models.CheckConstraint(
                condition=Q(owner__isnull=True) & ~Q(owner_role="") | Q(owner__isnull=False, owner_role=""),
                name="a_policy_is_a_posts_or_a_persons",
            ),
            models.CheckConstraint(
                condition=Q(review_months__gte=1, review_months__lte=MOST_MONTHS), name="a_policy_comes_up_for_review"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_why="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_why=""),
                name="a_withdrawn_policy_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_withdrawn(self) -> bool:
        """Whether the school goes by it no longer."""
        return self.withdrawn_at is not None

    @property
    def cycle(self) -> str:
        """How often it comes up for review, in words."""
        return cycle_in_words(self.review_months)

    @property
    def owned_by(self) -> str:
        """Whose it is, in words."""
        return self.owner.name if self.owner else role_in_words(self.owner_role)

    @property
    def facts(self) -> PolicyFacts:
        """What is known of it."""
        return PolicyFacts(
            title=self.title,
            kind=PolicyKind(self.kind),
            review_months=self.review_months,
            approver=Approver(self.approver),
            owner_role=Role(self.owner_role) if self.owner_role else None,
            owner=self.owner_id,
            review_on=self.review_on,
            address=self.address,
            kept_at=self.kept_at,
        )

    def take(self, facts: PolicyFacts) -> None:
        """Let this be known of it; nothing is saved."""
        self.title, self.kind = " ".join(facts.title.split()), facts.kind.value
        self.owner_role, self.owner_id = facts.owner_role.value if facts.owner_role else "", facts.owner
        self.review_months, self.review_on, self.approver = facts.review_months, facts.review_on, facts.approver.value
        self.address, self.kept_at = facts.address, facts.kept_at.strip()


class Review(models.Model):
    """One review of a policy: the action that asks for it, and how it ended."""

    privacy = Privacy(keep=KEPT, working="id policy action due_on why started_at ended_at", personal="started_by")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="reviews")
    action = models.OneToOneField(Action, on_delete=models.PROTECT, related_name="policy_review")
    due_on = models.DateField()
    why = models.TextField(blank=True)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # none where Haven did
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-started_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["policy"], condition=Q(ended_at__isnull=True), name="a_policy_has_one_review_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"review of {self.policy_id}"


class Remark(models.Model):
    """One line of a policy's history: what was done, by whom, and the words said."""

    privacy = Privacy(keep=KEPT, working="id policy step version words said_at", personal="said_by")

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="remarks")
    step = models.CharField(max_length=20, choices=[(step.value, label) for step, label in STEPS.items()])
    version = models.PositiveIntegerField(null=True, blank=True)  # the number of the version it is about
    words = models.TextField(blank=True)
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # none where Haven did

    class Meta:
        ordering = ["-said_at", "-id"]

    def __str__(self) -> str:
        return f"{self.step} of {self.policy_id}"
