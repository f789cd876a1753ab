"""What two editions were found to differ in, and what an area's lead makes of each change and clause."""

import zlib
from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from haven.access.privacy import Privacy
from haven.actions.models import Action
from haven.changes.rules.comparing import VERDICTS, Sides, Verdict
from haven.engines.compare import changes, wire
from haven.guidance.models import ClausePointer, Document, Edition, points_fully
from haven.people.models import Area

VERDICT_CHOICES = [(verdict.value, label) for verdict, label in VERDICTS.items()]


class Comparison(models.Model):
    """Every change between two editions, kept so that it is worked out once. It holds for the two files it names."""

    privacy = Privacy(
        keep="until the night after the file of either edition is taken away",
        public="id old new old_sha256 new_sha256 packed change_count made_at",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    old = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")  # worked out anew at any time
    new = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")  # likewise
    old_sha256 = models.CharField(max_length=64)
    new_sha256 = models.CharField(max_length=64)
    packed = models.BinaryField()
    change_count = models.PositiveIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["old", "new"], name="two_editions_are_compared_once"),
            models.CheckConstraint(condition=~Q(old=F("new")), name="no_edition_is_compared_with_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.old_id} with {self.new_id}"

    @property
    def told(self) -> changes.Comparison:
        """What was found. Raises ValueError for what an earlier Haven packed in another way."""
        try:
            return wire.unpacked(zlib.decompress(bytes(self.packed)))
        except zlib.error as error:
            raise ValueError("not a comparison") from error


def packed(found: changes.Comparison) -> bytes:
    """What was found, as a row keeps it."""
    return zlib.compress(wire.packed(found))


class AskedClause(ClausePointer):
    """An action that an area's lead asked for the words of a clause, whether they changed or not."""

    privacy = Privacy(keep="as long as the action", working="id area action document edition place words said")

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    action = models.OneToOneField(Action, on_delete=models.PROTECT, related_name="asked_for_clause")

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["document", "words"])]
        constraints = [points_fully("what_is_asked_points_to_a_clause")]

    def __str__(self) -> str:
        return f"{self.action_id} for {self.said}"


class Judgement(models.Model):
    """What one change of a document means for an area, as its lead judged it.

    It is bound to the words on either side and to no edition, so it holds wherever those words change in the same way:
    for the text for information and for the final one.
    """

    privacy = Privacy(
        keep="as long as its document",
        working="id area document old_words new_words touches old new ref verdict words judged_at action",
        personal="judged_by",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="judgements")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="judgements")
    old_words = models.CharField(max_length=64, blank=True)  # a digest; none where the change is an addition
    new_words = models.CharField(max_length=64, blank=True)  # none where it is a removal
    touches = ArrayField(models.CharField(max_length=64), default=list)  # the digest of each clause on either side
    old = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")  # where it was judged last
    new = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    ref = models.CharField(max_length=40)  # what the change is called in addresses
    verdict = models.CharField(max_length=20, choices=VERDICT_CHOICES)
    words = models.TextField(blank=True)
    judged_at = models.DateTimeField()
    judged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    action = models.OneToOneField(Action, null=True, blank=True, on_delete=models.PROTECT, related_name="judged_change")

    class Meta:
        ordering = ["judged_at", "id"]
        indexes = [GinIndex(fields=["touches"], name="judgements_by_clause")]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "document", "old_words", "new_words"], name="an_area_judges_a_change_once"
            ),
            models.CheckConstraint(
                condition=~Q(old_words="", new_words=""), name="what_is_judged_has_words_on_one_side"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verdict} on {self.ref} of {self.document_id}"

    @property
    def sides(self) -> Sides:
        """The words it is bound to."""
        return Sides(self.old_words, self.new_words)

    @property
    def says(self) -> Verdict:
        """Its verdict."""
        return Verdict(self.verdict)
