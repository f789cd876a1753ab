"""What follows where something was recalled after it was read. Nothing here says of whom or what."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from haven.access.privacy import Privacy
from haven.notifications.models.deliveries import Delivery
from haven.notifications.rules.breaches import IN_WORDS
from haven.people.models import Area, Organisation


class Breach(models.Model):
    """That one place read what was then recalled: whether its copies are destroyed, and who of it had seen it.

    The place answers the first, the sender signs the second for its own register of breaches.
    """

    privacy = Privacy(
        keep="as long as its delivery",
        working="id delivery notification reference sender area place made_at due_at copies confirmed_at chased_at"
        " signed_at signed_as",
        personal="confirmed_by signed_by",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    delivery = models.OneToOneField(Delivery, on_delete=models.PROTECT, related_name="breach")
    notification = models.UUIDField()  # whose row the place does not see
    reference = models.CharField(max_length=9)
    sender = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    copies = models.CharField(
        max_length=10, blank=True, choices=[(each.value, words) for each, words in IN_WORDS.items()]
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    chased_at = models.DateTimeField(null=True, blank=True)  # when somebody was told that it is late
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    signed_as = models.CharField(max_length=40, blank=True)  # its number in the sender's register of breaches

    class Meta:
        ordering = ["due_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(due_at__gt=F("made_at")), name="a_place_has_time_to_confirm"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True, copies="")
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False) & ~Q(copies=""),
                name="who_confirms_says_what_became_of_copies",
            ),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, signed_by__isnull=True, signed_as="")
                | Q(signed_at__isnull=False, signed_by__isnull=False) & ~Q(signed_as=""),
                name="a_signed_list_says_by_whom_and_as_what",
            ),
        ]

    def __str__(self) -> str:
        return f"breach {self.pk}"
