"""A notice as it goes to one school or to one council's officer; who may read it there by name; and who is told."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from haven.access.privacy import Privacy
from haven.notifications.models.notifications import Notice, Notification
from haven.notifications.rules.escalating import Prompting
from haven.notifications.rules.stages import IN_WORDS, OWNERS, Must, Stage
from haven.people.models import Area, Organisation
from haven.subjects.models import Subject
from haven.subjects.rules.recipients import HIGHEST_WITHOUT_ALARM, Rung

WITH_RECEIVER = sorted(stage.value for stage in OWNERS[Must.RECEIVER])
STAGES = [(stage.value, IN_WORDS[stage]) for stage in Stage]


def _person() -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )


class Delivery(models.Model):
    """One notice at one place, and where it stands there. From the commit that writes it the place can read it."""

    privacy = Privacy(
        keep="as long as the record of its notice",
        working="id notification notice reference accepted_at sender area council school home_area follows stage "
        "made_at deadline_at missed_at rung prompted next_step_at escalated_until seen_at confirmed_at refused_at "
        "ruled_at opened_at acknowledged_at closed_at recalled_at",
        personal="seen_by confirmed_by refused_by ruled_by opened_by closed_by",
        confidential="subject moved_to",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    notification = models.ForeignKey(Notification, on_delete=models.PROTECT, related_name="deliveries")
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="deliveries")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")  # the notice's own
    reference = models.CharField(max_length=9)  # the notification's, whose row the receiver does not see
    accepted_at = models.DateTimeField()  # likewise
    sender = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    council = models.ForeignKey(  # that of the area when it was made, whose duty officer answers for it
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    school = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    home_area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    follows = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by")
    stage = models.CharField(max_length=20, choices=STAGES, default=Stage.AVAILABLE)
    made_at = models.DateTimeField()
    deadline_at = models.DateTimeField()  # the start of its next school day after the notification was accepted
    missed_at = models.DateTimeField(null=True, blank=True)  # when it was found unread past its deadline
    rung = models.PositiveSmallIntegerField(choices=[(each.value, each.name.lower()) for each in Rung])
    prompted = models.PositiveSmallIntegerField(default=0)  # how often somebody was told
    next_step_at = models.DateTimeField(null=True, blank=True)  # when somebody must be told next
    escalated_until = models.DateTimeField(null=True, blank=True)  # every step until here was taken

    seen_at = models.DateTimeField(null=True, blank=True)
    seen_by = _person()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = _person()
    refused_at = models.DateTimeField(null=True, blank=True)
    refused_by = _person()
    moved_to = models.ForeignKey(  # where whoever refused it says that the child went
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ruled_at = models.DateTimeField(null=True, blank=True)  # when the handling rule was acknowledged
    ruled_by = _person()
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_by = _person()
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = _person()
    recalled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]
        indexes = [
            models.Index(fields=["school", "stage", "-made_at"]),
            models.Index(fields=["sender", "stage"]),
            models.Index(fields=["council", "accepted_at"]),
            models.Index(
                fields=["next_step_at"], condition=Q(next_step_at__isnull=False), name="notifications_steps_to_take"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(school__isnull=False, home_area__isnull=True)
                | Q(school__isnull=True, home_area__isnull=False, council__isnull=False),
                name="a_notice_goes_to_a_school_or_to_a_council",
            ),
            models.UniqueConstraint(
                fields=["notice", "school"],
                condition=Q(stage__in=WITH_RECEIVER),
                name="a_notice_stands_once_with_a_school",
            ),
            models.UniqueConstraint(
                fields=["notice", "home_area"],
                condition=Q(stage__in=WITH_RECEIVER),
                name="a_notice_stands_once_with_a_council",
            ),
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True)
                | Q(confirmed_at__isnull=False, ruled_at__isnull=False, opened_at__gte=F("ruled_at")),
                name="nothing_is_opened_before_the_rule_was_seen",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(seen_at__isnull=False, confirmed_at__gte=F("seen_at")),
                name="nothing_is_confirmed_unseen",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=("opened", "acknowledged")) | Q(opened_at__isnull=False),
                name="what_counts_as_read_was_opened",
            ),
            models.CheckConstraint(
                condition=~Q(stage="acknowledged") | Q(acknowledged_at__isnull=False),
                name="what_counts_as_acknowledged_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(stage="not-ours") | Q(refused_at__isnull=False), name="what_is_not_theirs_says_when"
            ),
        ]

    def __str__(self) -> str:
        return f"delivery {self.pk}"

    @property
    def is_alarm(self) -> bool:
        """Whether no lead of the school was left to read it."""
        return self.rung > HIGHEST_WITHOUT_ALARM

    @property
    def facts(self) -> dict[str, object]:
        """What the ledger is told: which delivery, never of whom."""
        return {
            "delivery": self.pk,
            "notification": self.notification_id,
            "stage": self.stage,
            "area": self.area_id,
        }

    @property
    def receiver_id(self) -> object:
        """The organisation that must read it: the school, or the council for a child taught at home."""
        return self.school_id or self.council_id


class Reader(models.Model):
    """Somebody who may read one delivery by name, where none of a school's leads may."""

    privacy = Privacy(
        keep="as long as its delivery", working="id delivery organisation made_at ended_at", personal="person"
    )

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="readers")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")  # where she holds a post
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["delivery", "person"], condition=Q(ended_at__isnull=True), name="a_reader_is_named_once"
            )
        ]

    def __str__(self) -> str:
        return f"reader of {self.delivery_id}"


class Prompt(models.Model):
    """A letter that is to go out: to whom and at which step. It carries nothing, so sending one twice harms nobody."""

    privacy = Privacy(
        keep="ninety days after it was sent",
        working="id delivery step made_at claimed_until token sent_at given_up_at",
        personal="person",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)  # also its Message-ID, whatever happens
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="prompts")
    step = models.CharField(max_length=20, choices=[(each.value, each.value) for each in Prompting])
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True, blank=True)
    token = models.UUIDField(null=True, blank=True)  # of whoever claimed it last: nobody else marks it
    sent_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["made_at", "id"]
        indexes = [
            models.Index(
                fields=["made_at"],
                condition=Q(sent_at__isnull=True, given_up_at__isnull=True),
                name="notifications_letters_to_send",
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["delivery", "step", "person"], name="a_person_is_told_once_at_a_step"),
            models.CheckConstraint(
                condition=Q(claimed_until__isnull=True, token__isnull=True)
                | Q(claimed_until__isnull=False, token__isnull=False),
                name="a_claim_has_its_token",
            ),
        ]

    def __str__(self) -> str:
        return f"prompt {self.pk}"
