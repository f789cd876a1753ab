"""What is answered, how it was worded before, what stands behind it, and the counts of each section."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from haven.access.privacy import Privacy
from haven.files.models import StoredFile
from haven.questions.models.sheets import Sheet
from haven.questions.models.templates import LONGEST_KEY
from haven.questions.rules.answering import Entry
from haven.questions.rules.kinds import STANDS
from haven.questions.rules.showing import Counts

STANDINGS = [(stands.value, label) for stands, label in STANDS.items()]


class Answer(models.Model):
    """What stands as the answer to one question of a sheet. One that Haven put there waits until it is confirmed."""

    class Origin(models.TextChoices):
        """Where it came from."""

        GIVEN = "given", "Answered here"
        CARRIED = "carried", "Carried over from last time"
        KNOWN = "known", "Known to Haven"
        SHARED = "shared", "Answered for another area"
        TRUST = "trust", "Prepared by the trust"
        IMPORTED = "imported", "Brought in from a spreadsheet"

    privacy = Privacy(
        keep="as long as its sheet",
        working="id sheet section question stands by_on origin is_confirmed known_value override_why revision"
        " written_at",
        personal="value words fact_words written_by",
    )

    id = models.BigAutoField(primary_key=True)
    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="answers")  # a part of the sheet
    section = models.CharField(max_length=LONGEST_KEY)
    question = models.CharField(max_length=LONGEST_KEY)
    value = models.JSONField(null=True, blank=True)
    stands = models.CharField(max_length=20, choices=STANDINGS, blank=True)  # what it is worth; empty without a value
    words = models.TextField(blank=True)  # the explanation
    by_on = models.DateField(null=True, blank=True)  # by when what is lacking will be in place
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.GIVEN)
    is_confirmed = models.BooleanField(default=True)
    known_value = models.JSONField(null=True, blank=True)  # what Haven answered beforehand
    fact_words = models.TextField(blank=True)  # what Haven knew, where it answered beforehand
    override_why = models.TextField(blank=True)  # why the school answered otherwise than Haven knew
    revision = models.PositiveIntegerField(default=1)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # none where Haven did

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "question"], name="a_question_is_answered_once_on_a_sheet"),
        ]

    def __str__(self) -> str:
        return f"{self.question} on {self.sheet_id}"

    @property
    def entry(self) -> Entry:
        """What is answered."""
        return Entry(value=self.value, words=self.words, by_on=self.by_on, why=self.override_why)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is answered."""
        return self.value is None and not self.words and self.by_on is None

    @property
    def is_overridden(self) -> bool:
        """Whether the school answered otherwise than Haven knew."""
        is_known = self.origin == self.Origin.KNOWN and self.known_value is not None
        return is_known and self.is_confirmed and self.value != self.known_value


class Wording(models.Model):
    """An answer as it was worded otherwise: before somebody changed it, or beside it when two wrote at once."""

    privacy = Privacy(
        keep="as long as its answer",
        working="id answer by_on revision is_beside settled_at until_at",
        personal="value words written_by written_at",
    )

    id = models.BigAutoField(primary_key=True)
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="wordings")  # a part of the answer
    value = models.JSONField(null=True, blank=True)
    words = models.TextField(blank=True)
    by_on = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField()  # that it was, or that its writer had seen
    is_beside = models.BooleanField(default=False)  # written at the same time: one of the two is to be chosen
    settled_at = models.DateTimeField(null=True, blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    until_at = models.DateTimeField()  # when it was replaced, or came in beside

    class Meta:
        ordering = ["-until_at", "-id"]
        indexes = [
            models.Index(
                fields=["answer"], condition=Q(is_beside=True, settled_at__isnull=True), name="wordings_to_choose"
            )
        ]

    def __str__(self) -> str:
        return f"wording of {self.answer_id}"


class Support(models.Model):
    """One thing that stands behind an answer: a file, a web page, or a record that Haven holds."""

    class Kind(models.TextChoices):
        """What it is."""

        FILE = "file", "File"
        LINK = "link", "Web page"
        RECORD = "record", "Record in Haven"

    privacy = Privacy(
        keep="as long as its sheet",
        working="id sheet question kind address warning is_from_fact looked_at given_at",
        personal="title file given_by",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="supports")
    question = models.CharField(max_length=LONGEST_KEY)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    title = models.CharField(max_length=200)
    file = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="supports"
    )  # one file may stand behind answers of several years
    address = models.CharField(max_length=500, blank=True)
    warning = models.CharField(max_length=200, blank=True)  # that it is blank, or stands behind other answers too
    is_from_fact = models.BooleanField(default=False)  # linked by Haven, which knew
    looked_at = models.DateTimeField(null=True, blank=True)  # when Haven looked whether the file holds words
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["given_at", "id"]
        indexes = [
            models.Index(fields=["sheet", "question"]),
            models.Index(
                fields=["given_at"], condition=Q(kind="file", looked_at__isnull=True), name="supports_to_look_into"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="file", file__isnull=False, address="")
                | Q(kind="link", file__isnull=True, address__regex=r"^https?://")
                | Q(kind="record", file__isnull=True, address__regex=r"^/[^/]"),
                name="a_support_holds_what_its_kind_says",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="a_support_has_a_title"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.question} on {self.sheet_id}"


class Tally(models.Model):
    """The counts of one section of one sheet, written by every save. `haven check` counts again and compares."""

    privacy = Privacy(
        keep="as long as its sheet",
        working="id sheet section asked answered waiting in_place partly not_in_place not_applicable said",
    )

    id = models.BigAutoField(primary_key=True)
    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="tallies")  # counts of the sheet
    section = models.CharField(max_length=LONGEST_KEY)
    asked = models.PositiveSmallIntegerField()
    answered = models.PositiveSmallIntegerField()
    waiting = models.PositiveSmallIntegerField()
    in_place = models.PositiveSmallIntegerField()
    partly = models.PositiveSmallIntegerField()
    not_in_place = models.PositiveSmallIntegerField()
    not_applicable = models.PositiveSmallIntegerField()
    said = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["sheet", "section"], name="a_section_is_counted_once")]

    def __str__(self) -> str:
        return f"{self.section} of {self.sheet_id}"

    @property
    def counts(self) -> Counts:
        """As one value."""
        return Counts(*(getattr(self, name) for name in Counts.__dataclass_fields__))
