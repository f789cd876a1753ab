"""An edition of a document, its dates and its file, and the days that were promised for it."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from haven.access.privacy import WHILE_IN_USE, Privacy
from haven.files.models import StoredFile
from haven.guidance.models.documents import Document
from haven.guidance.rules.facts import DAY_FIELDS, LONGEST_ADDRESS, LONGEST_LABEL, EditionFacts
from haven.guidance.rules.life import Days, Ending
from haven.people.models import Area

ENDINGS = [
    (Ending.SUPERSEDED.value, "Superseded by another edition"),
    (Ending.WITHDRAWN.value, "Withdrawn"),
    (Ending.ABSORBED.value, "Absorbed into another document"),
]
PLAIN_FACTS = (
    "label",
    "note",
    "ended_why",
    "copyright_line",
    "pages",
    "changes_table",
    "address",
    "consultation_address",
)


class Edition(models.Model):
    """One edition, from promise to end. Where it stands on a day follows from its dates: rules.life."""

    privacy = Privacy(
        keep=WHILE_IN_USE,
        public="id document key label note expected_on opens_on closes_on answered_on issued_on for_information_on "
        "in_force_on ended_on ending ended_why superseded_by absorbed_into said copyright_line pages changes_table "
        "address consultation_address sources unsourced sha256 words_digest cover_digest clause_count "
        "ended_with_document",
        working="file given_for given_at",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="editions")
    key = models.SlugField(max_length=80, null=True, blank=True)  # noqa: DJ001 - its name in the catalogue pack, if any
    label = models.CharField(max_length=LONGEST_LABEL)  # as it stands on the cover
    note = models.TextField(blank=True)
    expected_on = models.DateField(null=True, blank=True)  # what was promised last: Promise has what before
    opens_on = models.DateField(null=True, blank=True)
    closes_on = models.DateField(null=True, blank=True)  # the last day on which the consultation is answered
    answered_on = models.DateField(null=True, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    for_information_on = models.DateField(null=True, blank=True)
    in_force_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)  # the first day on which it no longer holds
    ending = models.CharField(max_length=20, choices=ENDINGS, blank=True)
    ended_why = models.TextField(blank=True)
    ended_with_document = models.BooleanField(default=False)  # holds again when its document is put back
    superseded_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="supersedes"
    )
    absorbed_into = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="absorbed"
    )
    said = models.JSONField(default=dict, blank=True)  # a source's words where it names no day, by the date's name
    copyright_line = models.CharField(max_length=300, blank=True)
    pages = models.PositiveIntegerField(null=True, blank=True)
    changes_table = models.CharField(max_length=200, blank=True)  # where its own table of changes stands
    address = models.URLField(max_length=LONGEST_ADDRESS, blank=True)
    consultation_address = models.URLField(max_length=LONGEST_ADDRESS, blank=True)
    sources = ArrayField(models.URLField(max_length=LONGEST_ADDRESS), default=list, blank=True)
    unsourced = ArrayField(models.CharField(max_length=40), default=list, blank=True)  # facts without a source
    file = models.OneToOneField(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="guidance_edition"
    )
    given_for = models.ForeignKey(  # whose lead gave the file
        Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    given_at = models.DateTimeField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)  # of the file
    words_digest = models.CharField(max_length=64, blank=True)  # of its words, whatever the file
    cover_digest = models.CharField(max_length=64, blank=True)  # of the words of its cover
    clause_count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["document", F("issued_on").asc(nulls_last=True), F("in_force_on").asc(nulls_last=True), "id"]
        indexes = [models.Index(fields=["document", "in_force_on"]), models.Index(fields=["words_digest"])]
        constraints = [
            models.UniqueConstraint(fields=["document", "key"], name="an_editions_key_stands_once_in_its_document"),
            models.CheckConstraint(condition=~Q(label=""), name="an_edition_has_its_label"),
            models.CheckConstraint(
                condition=Q(closes_on__isnull=True) | Q(opens_on__isnull=True) | Q(closes_on__gte=F("opens_on")),
                name="no_consultation_closes_before_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(in_force_on__isnull=True) | Q(issued_on__isnull=True) | Q(in_force_on__gte=F("issued_on")),
                name="no_edition_is_in_force_before_it_is_issued",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ending="") | Q(ended_on__isnull=False) & ~Q(ending=""),
                name="an_edition_that_ended_says_how",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(in_force_on__isnull=True) | Q(ended_on__gte=F("in_force_on")),
                name="no_edition_ends_before_it_is_in_force",
            ),
            models.CheckConstraint(
                condition=Q(superseded_by__isnull=True) | Q(ending="superseded"),
                name="what_follows_an_edition_supersedes_it",
            ),
            models.CheckConstraint(
                condition=Q(absorbed_into__isnull=False, ending="absorbed")
                | Q(absorbed_into__isnull=True) & ~Q(ending="absorbed"),
                name="what_is_absorbed_says_into_what",
            ),
            models.CheckConstraint(
                condition=Q(file__isnull=True) | ~Q(sha256=""), name="an_editions_file_has_its_fingerprint"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} of {self.document_id}"

    @property
    def days(self) -> Days:
        """Its dates."""
        dates = {name: getattr(self, name) for name in DAY_FIELDS}
        return Days(**dates, ending=Ending(self.ending) if self.ending else None)

    @property
    def facts(self) -> EditionFacts:
        """What is known of it."""
        return EditionFacts(
            **{name: getattr(self, name) for name in PLAIN_FACTS},
            days=self.days,
            superseded_by=self.superseded_by_id,
            absorbed_into=self.absorbed_into_id,
            said=dict(self.said),
            sources=tuple(self.sources),
            unsourced=tuple(self.unsourced),
        )

    def take(self, facts: EditionFacts) -> None:
        """Let this be known of it."""
        for name in PLAIN_FACTS:
            setattr(self, name, getattr(facts, name))
        for name in DAY_FIELDS:
            setattr(self, name, getattr(facts.days, name))
        self.label = " ".join(facts.label.split())
        self.ending = facts.days.ending.value if facts.days.ending else ""
        self.superseded_by_id, self.absorbed_into_id = facts.superseded_by, facts.absorbed_into
        self.said, self.sources, self.unsourced = dict(facts.said), list(facts.sources), list(facts.unsourced)
        self.save()


class Promise(models.Model):
    """A day that was promised for an edition. When another is promised, this one stays: what slipped can be seen."""

    privacy = Privacy(keep="as long as its edition", public="id edition expected_on said noted_on")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="promises")  # a part of the edition
    expected_on = models.DateField()
    said = models.CharField(max_length=100, blank=True)  # in the words of whoever promised, where no day was named
    noted_on = models.DateField()

    class Meta:
        ordering = ["noted_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "noted_on"], name="an_edition_is_promised_once_on_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} by {self.expected_on}"
