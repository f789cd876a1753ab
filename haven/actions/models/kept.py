"""What is kept for one person: unfinished forms, the key of her calendar, the digests she was sent."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from haven.access.privacy import Privacy


class Draft(models.Model):
    """A form as far as somebody has filled it in. Hers alone; gone once the form is sent."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts")  # hers alone
    place = models.CharField(max_length=100)  # which form: "close/<assignment>", "raise/<area>"
    fields = models.JSONField()
    saved_at = models.DateTimeField()

    privacy = Privacy(
        keep="until the form is sent, or three months after the last change",
        working="id place saved_at",
        personal="person fields",
    )

    class Meta:
        ordering = ["-saved_at"]
        constraints = [models.UniqueConstraint(fields=["person", "place"], name="a_form_has_one_draft")]

    def __str__(self) -> str:
        return f"draft of {self.place}"


class CalendarKey(models.Model):
    """The secret part of the private address of a person's calendar, kept only as a hash."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_keys")
    secret_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        keep="one year after it was revoked", working="id secret_hash made_at revoked_at", personal="person"
    )

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(revoked_at__isnull=True), name="a_person_has_one_live_calendar_key"
            )
        ]

    def __str__(self) -> str:
        return f"calendar key {self.pk}"


class Digest(models.Model):
    """The weekly digest was sent to a person: she gets none twice for one week."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digests")
    week_on = models.DateField()  # its Monday
    sent_at = models.DateTimeField()

    privacy = Privacy(keep="one year after it was sent", working="id week_on sent_at", personal="person")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "week_on"], name="one_digest_a_week")]

    def __str__(self) -> str:
        return f"digest for the week of {self.week_on}"
