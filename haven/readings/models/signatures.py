"""That somebody read a part and understood it, and where she has got to in another."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from haven.access.privacy import Privacy
from haven.guidance.models import Edition
from haven.readings.models.readers import Reader
from haven.readings.rules.parts import LONGEST_KEY, LONGEST_NAME
from haven.readings.rules.signing import LONGEST_HOW, WAYS, Signed, Way

WAY_CHOICES = [(way.value, words) for way, words in WAYS.items()]


class Signature(models.Model):
    """Somebody has read these words of a part. It is bound to the words, so it holds in every edition that keeps them.
    One that was recorded by mistake is taken back, never deleted."""

    privacy = Privacy(
        keep="as long as its reader is known by name, then as a count",
        working="id edition part_key part_name words way signed_on recorded_at taken_back_at",
        personal="reader recorded_by how taken_back_by taken_back_why",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    reader = models.ForeignKey(Reader, on_delete=models.PROTECT, related_name="signatures")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    part_key = models.CharField(max_length=LONGEST_KEY)
    part_name = models.CharField(max_length=LONGEST_NAME)
    words = models.CharField(max_length=64, blank=True)  # a digest; none where the text was not in Haven
    way = models.CharField(max_length=20, choices=WAY_CHOICES)
    signed_on = models.DateField()
    how = models.CharField(max_length=LONGEST_HOW, blank=True)  # on paper: where the signed sheet is
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    taken_back_why = models.CharField(max_length=LONGEST_HOW, blank=True)

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["reader", "edition", "part_key", "words"],
                condition=Q(taken_back_at__isnull=True),
                name="the_same_words_are_signed_once",
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True, taken_back_by__isnull=True, taken_back_why="")
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False) & ~Q(taken_back_why=""),
                name="a_signature_taken_back_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"signature {self.pk}"

    @property
    def told(self) -> Signed:
        """What it says."""
        return Signed(self.pk, self.edition_id, self.part_key, self.words, Way(self.way), self.signed_on)


class Bookmark(models.Model):
    """How far somebody has read in a part. Not a proof of anything; it goes when she signs."""

    privacy = Privacy(
        keep="until the part is signed or the round ends",
        working="id edition part_key place kept_at",
        personal="reader",
    )

    reader = models.ForeignKey(Reader, on_delete=models.CASCADE, related_name="bookmarks")  # worth nothing without her
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")  # nor without its text
    part_key = models.CharField(max_length=LONGEST_KEY)
    place = models.PositiveIntegerField()
    kept_at = models.DateTimeField()

    class Meta:
        ordering = ["reader", "edition"]
        constraints = [
            models.UniqueConstraint(fields=["reader", "edition", "part_key"], name="a_reader_is_at_one_place_in_a_part")
        ]

    def __str__(self) -> str:
        return f"bookmark {self.pk}"
