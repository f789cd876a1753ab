"""The page on which an area tells its schools what changed: as it is written, and as it was published."""

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from haven.access.privacy import Privacy
from haven.access.roles import LABELS
from haven.actions.models.audiences import AudienceLine, names_nothing_twice, names_what_its_kind_says
from haven.changes.models.comparing import VERDICT_CHOICES, Judgement
from haven.changes.rules.comparing import Verdict
from haven.digests.rules.digests import (
    LONGEST_HEADING,
    LONGEST_PART,
    LONGEST_TITLE,
    ChangeTold,
    Content,
    Standing,
    change_told,
    unpacked,
)
from haven.guidance.models import Document, Edition
from haven.people.models import Area

STANDINGS = [
    (Standing.DRAFT.value, "Draft"),
    (Standing.PUBLISHED.value, "Published"),
    (Standing.WITHDRAWN.value, "Withdrawn"),
]
ROLES = [(role.value, label) for role, label in LABELS.items()]


class Digest(models.Model):
    """What changed between two editions, as an area's leads write it. What others read is its newest version."""

    privacy = Privacy(
        keep="as long as its document",
        working="id area document old new title introduction closing standing is_public roles version revision made_at "
        "published_at amended_at ended_at ended_why",
        personal="made_by",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="digests")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="digests")
    old = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    new = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=LONGEST_TITLE)
    introduction = models.TextField(blank=True)
    closing = models.TextField(blank=True)  # what the council is doing
    standing = models.CharField(max_length=20, choices=STANDINGS, default=Standing.DRAFT.value)
    is_public = models.BooleanField(default=False)
    roles = ArrayField(models.CharField(max_length=30, choices=ROLES), default=list, blank=True)  # who get the e-mail
    version = models.PositiveIntegerField(default=0)  # published last; none before the first
    revision = models.PositiveIntegerField(default=1)  # of what stands around the lines
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    amended_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.TextField(blank=True)

    class Meta:
        ordering = [F("published_at").desc(nulls_first=True), "-made_at", "id"]
        indexes = [models.Index(fields=["area", "standing", "-published_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "old", "new"],
                condition=~Q(standing="withdrawn"),
                name="an_area_has_one_digest_of_two_editions",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="a_digest_has_a_title"),
            models.CheckConstraint(
                condition=Q(standing="draft", published_at__isnull=True, version=0)
                | ~Q(standing="draft") & Q(published_at__isnull=False, version__gt=0),
                name="a_published_digest_has_its_version_and_moment",
            ),
            models.CheckConstraint(
                condition=Q(standing="withdrawn", ended_at__isnull=False) & ~Q(ended_why="")
                | ~Q(standing="withdrawn") & Q(ended_at__isnull=True),
                name="a_withdrawn_digest_says_when_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"digest {self.pk}"

    @property
    def is_draft(self) -> bool:
        """Whether it was never published."""
        return self.standing == Standing.DRAFT

    @property
    def is_published(self) -> bool:
        """Whether schools read it."""
        return self.standing == Standing.PUBLISHED

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was taken back."""
        return self.standing == Standing.WITHDRAWN


class DigestLine(models.Model):
    """One line of a digest as it is written: of a judged change, or added by hand.

    A line says what its judgement says until somebody edits it; from then on it `is_own`, and `seen_verdict` and
    `seen_words` are what the judgement said when she looked at it last. `change` is the change as it was found then.
    """

    privacy = Privacy(
        keep="as long as its digest",
        working="id digest position judgement ref part change heading meaning verdict is_own seen_verdict seen_words "
        "is_left_out revision",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    digest = models.ForeignKey(Digest, on_delete=models.CASCADE, related_name="lines")  # a part of the digest
    position = models.PositiveIntegerField()
    judgement = models.ForeignKey(Judgement, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ref = models.CharField(max_length=40, blank=True)  # what its change is called in addresses
    part = models.CharField(max_length=LONGEST_PART, blank=True)  # of the document; none where it is said in general
    change = models.JSONField(null=True, blank=True)
    heading = models.CharField(max_length=LONGEST_HEADING)
    meaning = models.TextField(blank=True)
    verdict = models.CharField(max_length=20, choices=VERDICT_CHOICES)
    is_own = models.BooleanField(default=False)
    seen_verdict = models.CharField(max_length=20, choices=VERDICT_CHOICES, blank=True)
    seen_words = models.TextField(blank=True)
    is_left_out = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["digest", "ref"], condition=~Q(ref=""), name="a_change_stands_once_in_a_digest"
            ),
            models.CheckConstraint(condition=~Q(heading=""), name="a_line_of_a_digest_has_a_heading"),
            models.CheckConstraint(
                condition=Q(judgement__isnull=True, ref="", change__isnull=True, is_own=True)
                | Q(judgement__isnull=False, change__isnull=False) & ~Q(ref=""),
                name="a_line_is_of_a_change_or_by_hand",
            ),
        ]

    def __str__(self) -> str:
        return f"line {self.pk} of {self.digest_id}"

    @property
    def told(self) -> ChangeTold | None:
        """The change as it was found; none where the line was added by hand."""
        return change_told(self.change) if self.change else None

    @property
    def asks(self) -> bool:
        """Whether it wants something done, where it is its own."""
        return self.verdict == Verdict.ACTION


class DigestAudience(AudienceLine):
    """One line of whom a digest is for."""

    privacy = Privacy(keep="as long as its digest", working="id digest kind cluster organisation phase")

    digest = models.ForeignKey(Digest, on_delete=models.CASCADE, related_name="audience")  # a part of the digest

    class Meta:
        ordering = ["id"]
        constraints = [
            names_what_its_kind_says("a_digests_audience_names_what_its_kind_says"),
            names_nothing_twice("a_digests_audience_names_nothing_twice", "digest"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.digest_id}"


class DigestVersion(models.Model):
    """A digest as it was published, word for word. `tells` are the organisations that are written to, once."""

    privacy = Privacy(keep="as long as its digest", working="id digest number said why published_at tells told_at")

    digest = models.ForeignKey(Digest, on_delete=models.CASCADE, related_name="versions")  # a part of the digest
    number = models.PositiveIntegerField()
    said: Any = models.JSONField()
    why = models.TextField(blank=True)  # what changed, from the second on
    published_at = models.DateTimeField()
    tells = ArrayField(models.UUIDField(), default=list, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-number"]
        indexes = [
            models.Index(fields=["published_at"], condition=Q(told_at__isnull=True), name="digest_versions_to_tell")
        ]
        constraints = [
            models.UniqueConstraint(fields=["digest", "number"], name="a_version_of_a_digest_stands_once"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(why=""), name="a_changed_digest_says_why"),
        ]

    def __str__(self) -> str:
        return f"version {self.number} of {self.digest_id}"

    @property
    def content(self) -> Content:
        """What it said."""
        return unpacked(self.said)


class DigestLetter(models.Model):
    """That somebody was written to of a version, so that nobody is written to twice."""

    privacy = Privacy(keep="as long as the digest", working="id version sent_at", personal="person")

    version = models.ForeignKey(DigestVersion, on_delete=models.CASCADE, related_name="letters")  # a part of it
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "person"], name="nobody_is_told_twice_of_a_version")]

    def __str__(self) -> str:
        return f"letter of {self.version_id}"
