"""The versions of a policy."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from haven.access.privacy import Privacy
from haven.access.roles import Role
from haven.actions.models import Action
from haven.files.models import StoredFile
from haven.policies.models.policies import ROLE_CHOICES, Policy
from haven.policies.rules.facts import LONGEST_ADDRESS, LONGEST_LABEL, role_in_words
from haven.policies.rules.life import IN_THE_MAKING, ONCE_APPROVED, STATES, State

STATE_CHOICES = [(state.value, label) for state, label in STATES.items()]
MAKING = sorted(state.value for state in IN_THE_MAKING)
APPROVED_ONCE = sorted(state.value for state in ONCE_APPROVED)
PERSON = settings.AUTH_USER_MODEL


class Version(models.Model):
    """One version of a policy, as a file or as a link, from its draft to the one that replaced it."""

    privacy = Privacy(
        keep="as long as its policy; the file of a replaced one for the years that HAVEN_POLICY_YEARS says",
        working="id policy number label link changes state drafted_at sent_at approved_on approved_at signed_as "
        "meeting minute replaced_at withdrawn_at forgotten_at approval",
        personal="file drafted_by sent_by signed_by recorded_by",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()  # from 1
    label = models.CharField(max_length=LONGEST_LABEL)
    file = models.OneToOneField(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="policy_version"
    )
    link = models.URLField(max_length=LONGEST_ADDRESS, blank=True)
    changes = models.TextField(blank=True)  # what is new in it, for whoever approves
    state = models.CharField(max_length=20, choices=STATE_CHOICES, default=State.DRAFT.value)
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    approval = models.OneToOneField(  # the action that asks for it
        Action, null=True, blank=True, on_delete=models.PROTECT, related_name="policy_approval"
    )
    approved_on = models.DateField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)  # when Haven learned of it
    signed_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    signed_as = models.CharField(max_length=30, choices=ROLE_CHOICES, blank=True)
    meeting = models.CharField(max_length=LONGEST_LABEL, blank=True)  # which approved it, where nobody signed here
    minute = models.CharField(max_length=LONGEST_LABEL, blank=True)
    recorded_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)  # since when its file is kept no longer

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["policy", "number"], name="a_policys_version_stands_once"),
            models.UniqueConstraint(
                fields=["policy"], condition=Q(state="approved"), name="a_policy_has_one_version_in_use"
            ),
            models.UniqueConstraint(
                fields=["policy"], condition=Q(state__in=MAKING), name="a_policy_has_one_version_in_the_making"
            ),
            models.CheckConstraint(condition=~Q(label=""), name="a_policys_version_has_its_label"),
            models.CheckConstraint(
                condition=Q(file__isnull=False, link="", forgotten_at__isnull=True)
                | Q(file__isnull=True, forgotten_at__isnull=True) & ~Q(link="")
                | Q(file__isnull=True, link="", forgotten_at__isnull=False),
                name="a_policys_version_is_a_file_or_a_link",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=APPROVED_ONCE)
                | Q(approved_on__isnull=False, approved_at__isnull=False)
                & (
                    Q(signed_by__isnull=False) & ~Q(signed_as="") & Q(meeting="")
                    | Q(signed_by__isnull=True) & ~Q(meeting="")
                ),
                name="an_approved_version_says_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(state="replaced") | Q(replaced_at__isnull=False), name="a_replaced_version_says_when"
            ),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False), name="a_version_that_was_sent_says_when"
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number} of {self.policy_id}"

    @property
    def approved_by(self) -> str:
        """Who approved it, in words: whoever signed, or the meeting with its minute."""
        if self.signed_by:
            return f"{self.signed_by.name}, {role_in_words(Role(self.signed_as))}"
        return f"{self.meeting}, minute {self.minute}" if self.minute else self.meeting
